"""Which units fill in a group's sheets, and what a sheet scores."""

from datetime import date

from django.db.models import QuerySet

from gandan.documents.models import StoredFile
from gandan.indicators.models import ReformMark, ReformSheet
from gandan.indicators.reform import rules
from gandan.indicators.reform.rules import Group, Leaf, Method, Score, Sight
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Level, OrganisationKind


def units_of(group: Group, on: date) -> list[Organisation]:
    """Departments and the office of the province; or the committees of communes."""
    if group is Group.COMMUNES:
        committees = places.of_kind(OrganisationKind.PEOPLE_COMMITTEE, on)
        return [body for body in committees if body.place.level == Level.COMMUNE]
    return [
        body
        for kind in (OrganisationKind.DEPARTMENT, OrganisationKind.OFFICE)
        for body in places.of_kind(kind, on)
        if body.place.level == Level.PROVINCE
    ]


def marks_of(sheet: ReformSheet) -> QuerySet[ReformMark]:
    return (
        ReformMark.objects.filter(sheet=sheet)
        .select_related("node")
        .order_by("node__ordinal")
    )


def files_of(sheet: ReformSheet) -> dict[str, list[StoredFile]]:
    """By the public id of the mark they prove."""
    subjects = [str(mark.public_id) for mark in sheet.marks.all()]
    found: dict[str, list[StoredFile]] = {}
    files = StoredFile.objects.filter(subject__in=subjects)
    for file in files.order_by("uploaded_at", "id"):
        found.setdefault(file.subject, []).append(file)
    return found


EVERYTHING = Sight(first=True, second=True, survey=True)


def score_of(sheet: ReformSheet, *, seen: Sight = EVERYTHING) -> Score:
    """Of what this reader may see: the rest counts as not yet given."""
    points = [row.points for row in sheet.adjustments.all()]
    return rules.score(
        (
            Leaf(
                area=mark.node.area,
                most=mark.node.most or rules.NOTHING,
                method=Method(mark.node.method),
                first=mark.first_points if seen.first else None,
                second=mark.second_points if seen.second else None,
                survey=mark.survey_points if seen.survey else None,
            )
            for mark in marks_of(sheet)
        ),
        bonuses=[p for p in points if p > 0] if seen.first else [],
        penalties=[-p for p in points if p < 0] if seen.first else [],
        bonus_cap=sheet.round.bonus_cap,
        penalty_cap=sheet.round.penalty_cap,
    )
