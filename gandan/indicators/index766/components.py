"""The six groups, one hundred points, as data. Pure Python."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Group(StrEnum):
    TRANSPARENCY = "transparency"
    PROGRESS = "progress"
    ONLINE = "online"
    DIGITISATION = "digitisation"
    PAYMENT = "payment"
    SATISFACTION = "satisfaction"


GROUP_POINTS = {
    Group.TRANSPARENCY: 18,
    Group.PROGRESS: 20,
    Group.ONLINE: 12,
    Group.DIGITISATION: 22,
    Group.PAYMENT: 10,
    Group.SATISFACTION: 18,
}


class Act(StrEnum):
    """What a unit can still do for a component, one record at a time.

    Refusing, withdrawing and entering anew would move the figure too, and are not here.
    """

    DECIDE_IN_TIME = "decide_in_time"
    ISSUE_ELECTRONIC = "issue_electronic"
    DIGITISE = "digitise"
    OFFER_ONLINE_PAYMENT = "offer_online_payment"


SHORTENS_A_WAIT = frozenset({Act.DECIDE_IN_TIME})


@dataclass(frozen=True, slots=True)
class Component:
    """`score = points × min(1, rate / full_at)`; an empty denominator gives `at_empty`.

    `at_empty` is none where the decision states nothing: then there is no score, and
    the points are not counted among the measured ones. `verified` is of the formula.
    """

    code: str
    group: Group
    points: Decimal
    full_at: Decimal = Decimal(1)
    at_empty: Decimal | None = None
    measured: bool = True
    verified: bool = True
    province_only: bool = False
    act: Act | None = None


def _points(value: str) -> Decimal:
    return Decimal(value)


_FULL_AT_80 = Decimal("0.8")
_FULL_AT_90 = Decimal("0.9")
_SIX = Decimal(6)

COMPONENTS: tuple[Component, ...] = (
    Component("1.1", Group.TRANSPARENCY, _points("6"), measured=False),
    Component("1.2", Group.TRANSPARENCY, _points("4"), measured=False),
    Component("1.3", Group.TRANSPARENCY, _points("2"), measured=False),
    Component("1.4", Group.TRANSPARENCY, _points("6"), measured=False),
    Component("2.1", Group.PROGRESS, _points("20"), act=Act.DECIDE_IN_TIME),
    # Which procedures are fit for full online filing is a list that is not loaded here.
    Component("3", Group.ONLINE, _points("12"), measured=False, province_only=True),
    Component("4.1", Group.DIGITISATION, _points("6"), act=Act.ISSUE_ELECTRONIC),
    Component(
        "4.2",
        Group.DIGITISATION,
        _points("4"),
        full_at=_FULL_AT_80,
        # The decision counts papers; here a dossier is digitised or not.
        verified=False,
        act=Act.DIGITISE,
    ),
    Component("4.3", Group.DIGITISATION, _points("2"), measured=False),
    Component(
        "4.4", Group.DIGITISATION, _points("2"), full_at=_FULL_AT_80, measured=False
    ),
    Component("4.5", Group.DIGITISATION, _points("4"), measured=False),
    Component(
        "4.6", Group.DIGITISATION, _points("2"), measured=False, province_only=True
    ),
    Component(
        "4.7", Group.DIGITISATION, _points("2"), measured=False, province_only=True
    ),
    # 6·A + min(2, 2.5·B) + 2.5·C with C at most 0.8: read off the portal's results.
    Component(
        "5.A",
        Group.PAYMENT,
        _points("6"),
        verified=False,
        act=Act.OFFER_ONLINE_PAYMENT,
    ),
    # The catalogue does not state every fee, and what is not stated is not free: how
    # many procedures have one is not known.
    Component(
        "5.B",
        Group.PAYMENT,
        _points("2"),
        full_at=_FULL_AT_80,
        measured=False,
        verified=False,
    ),
    Component(
        "5.C",
        Group.PAYMENT,
        _points("2"),
        full_at=_FULL_AT_80,
        measured=False,
        verified=False,
    ),
    # Feedback is not kept here yet. No feedback in a period is worth six points, which
    # may be said only where feedback is recorded.
    Component("6.1", Group.SATISFACTION, _points("6"), at_empty=_SIX, measured=False),
    Component("6.2", Group.SATISFACTION, _points("6"), at_empty=_SIX, measured=False),
    # What counts as a dislike is ours: one or two of five.
    Component(
        "6.3",
        Group.SATISFACTION,
        _points("6"),
        full_at=_FULL_AT_90,
        verified=False,
    ),
)
BY_CODE = {component.code: component for component in COMPONENTS}
