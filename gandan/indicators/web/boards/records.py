"""Records behind figures as rows: from facts, with number and link where the viewer
may open the dossier. Who may not sees procedure, agency and days, and no number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from gandan.dossiers import access
from gandan.dossiers.facts import VISIT
from gandan.figures.facts import day_of
from gandan.indicators.charts_of_units import Chart
from gandan.indicators.models import DossierFact, VisitFact
from gandan.indicators.queries import Record
from gandan.kernel.actors import Actor
from gandan.places import queries as places
from gandan.procedures.models import ProcedureVersion
from gandan.ui import words

_FIELDS = (
    *("record", "unit", "procedure", "received_day", "ended_day", "due_day"),
    *("overdue_from", "judged_extended", "days_all", "visits"),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """`code` and `href` are empty where the viewer may not open it."""

    code: str
    href: str
    name: str
    unit: str
    received: date | None
    due: date | None
    days: int | None
    visits: int
    tag: words.Tag | None


def behind(
    records: Sequence[Record], actor: Actor, today: date, chart: Chart
) -> list[Shown]:
    """In the order of the records; what has no fact row any more is left out."""
    visits = [one.id for one in records if one.table == VISIT.name]
    dossiers = {one.id: None for one in records if one.table != VISIT.name}
    shown = of_dossiers(_dossiers(dossiers), actor, today, chart)
    return [*shown, *_visits(visits, today, chart)]


def _dossiers(ids: Iterable[str]) -> list[Mapping[str, int | str | None]]:
    rows = DossierFact._default_manager.filter(record__in=list(ids), protected=False)
    return list(rows.order_by("record").values(*_FIELDS))


def of_ids(ids: Sequence[str], actor: Actor, today: date, chart: Chart) -> list[Shown]:
    """In the order of the ids."""
    rows = {str(row["record"]): row for row in _dossiers(ids)}
    ordered = [rows[one] for one in ids if one in rows]
    return of_dossiers(ordered, actor, today, chart)


def waiting_longest(
    units: Iterable[str], most: int
) -> list[Mapping[str, int | str | None]]:
    """Open dossiers whose owners have waited most days in all, the longest first."""
    return list(
        DossierFact._default_manager.filter(
            unit__in=sorted(units), ended_day=None, protected=False
        )
        .order_by("received_day", "record")
        .values(*_FIELDS)[:most]
    )


def running(
    units: Iterable[str] | None = None, procedures: Iterable[str] | None = None
) -> QuerySet[Any]:
    """Open dossiers whose clock runs, the earliest due day first; none protected."""
    rows = DossierFact._default_manager.filter(
        ended_day=None, protected=False, overdue_from__isnull=False
    )
    if units is not None:
        rows = rows.filter(unit__in=sorted(units))
    if procedures is not None:
        rows = rows.filter(procedure__in=sorted(procedures))
    return rows.order_by("due_day", "record").values(*_FIELDS)


def of_dossiers(
    rows: Sequence[Mapping[str, int | str | None]],
    actor: Actor,
    today: date,
    chart: Chart,
) -> list[Shown]:
    """Two questions, however many rows: numbers the viewer may see, and names."""
    ids = [str(row["record"]) for row in rows]
    seen = access.visible_to(actor).filter(public_id__in=ids)
    codes = {
        str(key): code or "" for key, code in seen.values_list("public_id", "code")
    }
    names = names_of(str(row["procedure"]) for row in rows)
    found = []
    for row in rows:
        record, unit = str(row["record"]), chart.agency(str(row["unit"]))
        received = _day(row["received_day"])
        ended = _day(row["ended_day"])
        due = _day(row["due_day"])
        found.append(
            Shown(
                code=codes.get(record, ""),
                href=reverse("dossiers:show", args=[record]) if record in codes else "",
                name=names.get(str(row["procedure"]), str(row["procedure"])),
                unit=chart.name(unit, today),
                received=received,
                due=due,
                days=((ended or today) - received).days if received else None,
                visits=int(row["visits"] or 0),
                tag=_tag(row, ended, due, today),
            )
        )
    return found


def names_of(codes: Iterable[str]) -> dict[str, str]:
    """By code, the everyday name of a procedure's newest version."""
    rows = ProcedureVersion.objects.filter(code__in=set(codes)).order_by("valid_from")
    return {
        code: everyday.get("vi") or name
        for code, everyday, name in rows.values_list("code", "everyday", "name")
    }


def _visits(ids: Sequence[str], today: date, chart: Chart) -> list[Shown]:
    if not ids:
        return []
    rows = list(
        VisitFact._default_manager.filter(record__in=ids)
        .order_by("record")
        .values("unit", "procedure", "visited_day", "missing")
    )
    names = names_of(str(row["procedure"]) for row in rows)
    return [
        Shown(
            code="",
            href="",
            name=names.get(row["procedure"], row["procedure"]),
            unit=chart.name(chart.agency(row["unit"]), today),
            received=_day(row["visited_day"]),
            due=None,
            days=None,
            visits=1,
            tag=words.Tag(
                "you",
                ngettext("%(n)s paper missing", "%(n)s papers missing", row["missing"])
                % {"n": row["missing"]},
            ),
        )
        for row in rows
    ]


def _tag(
    row: Mapping[str, int | str | None],
    ended: date | None,
    due: date | None,
    today: date,
) -> words.Tag:
    if ended is not None:
        if row["judged_extended"] == "late":
            return words.Tag("late", _("Ended late"))
        if row["judged_extended"] in {"early", "on_time"}:
            return words.Tag("ok", _("Ended in time"))
        return words.Tag("ended", pgettext("state of a dossier", "Ended"))
    left = 0
    if due is not None:
        left = places.work_calendar().working_days_between(today, due)
    return words.due_tag(due=due, today=today, working_days=left)


def _day(number: int | str | None) -> date | None:
    return None if number is None else day_of(int(number))
