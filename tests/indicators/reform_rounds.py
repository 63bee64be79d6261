"""A round of three units in the demo's tree, brought to a stage by the actions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gandan.indicators.models import ReformRound, ReformSheet
from gandan.indicators.reform import actions, trees
from gandan.indicators.reform.actions import Said
from gandan.indicators.reform.rules import Group, Method, Verb
from gandan.kernel.actors import Actor, Role
from gandan.places import queries as places
from tests.factories import at, committee, official

START = at("2026-03-03")  # Tuesday
TODAY = START.date()
SELF_UNTIL, EXPLAIN_UNTIL = date(2026, 3, 31), date(2026, 4, 15)
OURS, OTHER = "01273", "01279"


def province() -> Actor:
    whole = places.province(TODAY, "04")
    assert whole is not None
    body = places.committee_of(whole, TODAY)
    assert body is not None
    return official("steering", (Role.PROVINCE_STEERING, body), on=TODAY)


def leader(code: str = OURS) -> Actor:
    name = f"leader-{code}"
    return official(name, (Role.UNIT_LEADER, committee(TODAY, code)), on=TODAY)


def draft(**more: Any) -> ReformRound:
    trees.import_tree(
        trees.INVENTED_TREE, year=2026, group=Group.COMMUNES, invented=True, **more
    )
    return ReformRound.objects.get(year=2026, group=Group.COMMUNES.value)


def opened() -> ReformRound:
    return actions.open_round(
        round_id=draft().pk,
        self_until=SELF_UNTIL,
        explain_until=EXPLAIN_UNTIL,
        bonus_cap=Decimal(2),
        penalty_cap=Decimal(3),
        by=province(),
        at=START,
    )


def sheet_of(code: str = OURS) -> ReformSheet:
    found = committee(TODAY, code)
    return ReformSheet.objects.select_related("round").get(organisation=found)


def items(sheet: ReformSheet, method: Method = Method.APPRAISAL) -> dict[str, Decimal]:
    """Code → the most points, of what this method scores."""
    nodes = sheet.round.nodes.filter(most__isnull=False, method=method.value)
    return {node.code: Decimal(node.most or 0) for node in nodes}


def all_said(sheet: ReformSheet, share: str = "1") -> dict[str, Said]:
    return {
        code: Said(most * Decimal(share), "Có số liệu kèm theo.")
        for code, most in items(sheet).items()
    }


def handed_in(code: str = OURS, when: datetime = START) -> ReformSheet:
    sheet, by = sheet_of(code), leader(code)
    actions.score(sheet_id=sheet.pk, said=all_said(sheet), by=by, at=when)
    actions.end_stage(sheet_id=sheet.pk, verb=Verb.HAND_IN, by=by, at=when)
    return sheet_of(code)


def asked(code: str = OURS, item: str = "3.2.1") -> ReformSheet:
    """Appraised once at half of the points; one item is to be explained."""
    sheet, by = handed_in(code), province()
    said = all_said(sheet, "0.5")
    said[item] = Said(said[item].points, "Số liệu chưa khớp.", asks=True)
    actions.appraise(sheet_id=sheet.pk, said=said, by=by, at=START)
    actions.end_stage(sheet_id=sheet.pk, verb=Verb.END_FIRST, by=by, at=START)
    return sheet_of(code)


def appraised(code: str = OURS) -> ReformSheet:
    """Nothing was asked: the first round is the last."""
    sheet, by = handed_in(code), province()
    said = all_said(sheet, "0.5")
    actions.appraise(sheet_id=sheet.pk, said=said, by=by, at=START)
    actions.end_stage(sheet_id=sheet.pk, verb=Verb.END_FIRST, by=by, at=START)
    return sheet_of(code)


def surveyed(code: str = OURS, share: str = "0.8") -> ReformSheet:
    sheet = appraised(code)
    points = {c: m * Decimal(share) for c, m in items(sheet, Method.SURVEY).items()}
    actions.survey(sheet_id=sheet.pk, points=points, by=province(), at=START)
    return sheet_of(code)


def closed() -> ReformRound:
    """Two units alone, so that a test need not fill in fifty-six sheets."""
    found = opened()
    kept = [committee(TODAY, code).pk for code in (OURS, OTHER)]
    found.sheets.exclude(organisation__in=kept).delete()
    surveyed(OURS, "0.8")
    surveyed(OTHER, "0.4")
    return actions.close_round(round_id=found.pk, by=province(), at=START)
