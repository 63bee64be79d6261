"""When two published values may be compared, quartiles, and whether an aim is met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """Who says so: the publisher, an estimate, a claim, arithmetic on these."""

    OFFICIAL = "official"
    ESTIMATED = "estimated"
    CLAIMED = "claimed"
    DERIVED = "derived"


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Row:
    """One published value as a file states it; shape is already checked."""

    index: str
    edition: str
    data_year: int
    chart: str
    unit: str
    source_title: str
    source_address: str
    status: Status
    period: str = ""
    as_of: date | None = None
    dimension: str = ""
    value: Decimal | None = None
    scale_low: Decimal | None = None
    scale_high: Decimal | None = None
    rank: int | None = None
    rank_of: int | None = None
    rank_derived: bool = False
    published_on: date | None = None
    note: str = ""


class Change(StrEnum):
    """Why a value may not be read against the one before it."""

    UNITS = "units"  # another number of ranked units: 63 became 34
    SCALE = "scale"  # the method counts on another scale


@dataclass(frozen=True, slots=True)
class Footing:
    """What two editions must share to be compared."""

    chart: str
    scale: tuple[Decimal | None, Decimal | None]


def changes(before: Footing, after: Footing) -> tuple[Change, ...]:
    found = []
    if before.chart != after.chart:
        found.append(Change.UNITS)
    if before.scale != after.scale and None not in (*before.scale, *after.scale):
        found.append(Change.SCALE)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Of the units that have a value: five values that were themselves published."""

    lowest: Decimal
    first: Decimal
    middle: Decimal
    third: Decimal
    highest: Decimal
    count: int


def quartiles(values: Sequence[Decimal]) -> Quartiles | None:
    """Discrete: the smallest value that a quarter, half, three quarters do not pass.

    Fewer than four values have no quarters.
    """
    ordered = sorted(values)
    n = len(ordered)
    if n < 4:
        return None

    def at(share: int) -> Decimal:
        return ordered[-(-n * share // 4) - 1]

    return Quartiles(ordered[0], at(1), at(2), at(3), ordered[-1], n)


def quarter_of(rank: int, of: int) -> int:
    """1 is the highest quarter, 4 the lowest."""
    return -(-rank * 4 // of)


class Verdict(StrEnum):
    MET = "met"
    NOT_MET = "not_met"
    NOT_MEASURED = "not_measured"
    NO_AIM = "no_aim"


def judge(
    aim: Decimal | None,
    value: Decimal | None,
    *,
    direction: Direction,
    strictly: bool = False,
) -> Verdict:
    """`value` is that of the whole year; a reading on the way is not passed here."""
    if aim is None:
        return Verdict.NO_AIM
    if value is None:
        return Verdict.NOT_MEASURED
    if value == aim:
        return Verdict.NOT_MET if strictly else Verdict.MET
    is_beyond = value > aim if direction is Direction.UP else value < aim
    return Verdict.MET if is_beyond else Verdict.NOT_MET
