"""The reform index in the demo: an invented tree for the communes, under way.

The ward has scored a part of its sheet; a neighbour has handed in and was asked one
question; the others have not begun.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal

from gandan.indicators.models import ReformRound, ReformSheet
from gandan.indicators.reform import actions, queries, trees
from gandan.indicators.reform.actions import Said
from gandan.indicators.reform.rules import Group, Method, Verb
from gandan.kernel.actors import Actor, Role
from gandan.kernel.localtime import local_day
from gandan.people.actors import actor_of
from gandan.people.models import Mandate

YEAR = 2026
WARD, NEIGHBOUR = "04.01273@2025-07-01", "04.01279@2025-07-01"
_ASKED = "3.2.1"


def build(at: datetime) -> ReformRound:
    """A week before `at` the round was opened; deadlines lie ahead."""
    opened, on = at - timedelta(days=7), local_day(at)
    trees.import_tree(
        trees.INVENTED_TREE, year=YEAR, group=Group.COMMUNES, invented=True
    )
    steering = _holder(Role.PROVINCE_STEERING, on)
    found = actions.open_round(
        round_id=ReformRound.objects.get(year=YEAR, group=Group.COMMUNES.value).pk,
        self_until=on + timedelta(days=19),
        explain_until=on + timedelta(days=50),
        bonus_cap=Decimal(2),
        penalty_cap=Decimal(3),
        by=steering,
        at=opened,
    )
    ward = found.sheets.get(organisation__key=WARD)
    some = dict(list(_said(ward).items())[:4])
    leader = _holder(Role.UNIT_LEADER, on, WARD)
    actions.score(sheet_id=ward.pk, said=some, by=leader, at=at)

    other = found.sheets.get(organisation__key=NEIGHBOUR)
    leader = _holder(Role.UNIT_LEADER, on, NEIGHBOUR)
    actions.score(sheet_id=other.pk, said=_said(other), by=leader, at=at)
    actions.end_stage(sheet_id=other.pk, verb=Verb.HAND_IN, by=leader, at=at)
    said = _said(other)
    said[_ASKED] = Said(said[_ASKED].points, "Chưa rõ mẫu số của tỷ lệ.", asks=True)
    actions.appraise(sheet_id=other.pk, said=said, by=steering, at=at)
    return found


def _holder(role: Role, on: date, key: str = "") -> Actor:
    mandates = Mandate.objects.on(on).filter(role=role.value, user__demo=True)
    if key:
        mandates = mandates.filter(organisation__key=key)
    return actor_of(mandates.select_related("user").order_by("id")[0].user, on)


def _said(sheet: ReformSheet) -> dict[str, Said]:
    """Nine tenths of every item, in quarters of a point."""
    quarter = Decimal("0.25")
    return {
        mark.node.code: Said(
            (mark.node.most or Decimal(0)) * 9 / 10 // quarter * quarter,
            "Số liệu minh họa.",
        )
        for mark in queries.marks_of(sheet)
        if mark.node.method == Method.APPRAISAL
    }
