"""What a figure is: two counts over facts, the law behind it, and who answers for it.

A definition is one reviewed file in `definitions/`. Its code and version stand beside
every value; a changed meaning is a new version. Nothing here reads a database.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from django.utils.functional import Promise

from gandan.figures.facts import Column, FactTable
from gandan.indicators.algebra import All, Condition, Count, Histogram, IsSet, Measure

Words: TypeAlias = str | Promise

OURS = "ours"  # no text asks for the figure: it is our own choice, and says so
# The owner of figures that no text gives to another body.
CONTROL_OFFICE = "Văn phòng Ủy ban nhân dân tỉnh"


class Unit(StrEnum):
    SHARE = "share"  # numerator ÷ denominator, 0 to 1
    COUNT = "count"
    DAYS = "days"
    VND = "vnd"
    POINTS = "points"  # numerator ÷ denominator
    PER_DOSSIER = "per_dossier"  # numerator ÷ denominator


class Direction(StrEnum):
    """Which way is better for people; neither where a change may mean both."""

    HIGHER = "higher"
    LOWER = "lower"
    NEITHER = "neither"


class Section(StrEnum):
    """Where it stands on a scorecard: what it cost people comes first."""

    COST = "cost"
    INTAKE = "intake"
    RESULT = "result"
    TIME = "time"
    CARE = "care"
    DIGITAL = "digital"


@dataclass(frozen=True, slots=True)
class Flow:
    """What happened in the period: the sum of one or more measures."""

    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands open at the end of a day, counted from histograms.

    A record stands from `since` (a day, or a half of a month) until it ends. `open`
    counts those that have not ended, by `since`; `ended` counts the others by the half
    in which they ended, so that any half's last day can be read exactly. `ages` are the
    first and last number of days it has stood, the day `since` being the first.
    """

    open: Measure
    ended: Measure
    ages: tuple[int, int | None] | None = None

    @property
    def since(self) -> Column:
        assert isinstance(self.open.aggregate, Histogram)
        return self.open.aggregate.column


@dataclass(frozen=True, slots=True)
class Percentile:
    """The smallest whole value that `share` of the records do not exceed."""

    measure: Measure
    share: Decimal


Part: TypeAlias = Flow | Standing | Percentile


def flow(*measures: Measure) -> Flow:
    return Flow(measures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """`value` is numerator ÷ denominator, or the numerator alone where there is none.

    A percentile's numerator is the number of records it was read from. `at_empty` is
    the value where the denominator is zero, n/a unless a text states one; below `least`
    records in the denominator nothing is shown. `opens`: the records behind it may be
    listed (never the ratings: they are nobody's).
    """

    code: str
    version: int
    section: Section
    title: Words
    question: Words
    numerator: Part
    denominator: Part | None = None
    unit: Unit
    direction: Direction
    legal_basis: str
    owner: str = CONTROL_OFFICE
    leaves_out: Words
    at_empty: Decimal | None = None
    least: int = 0
    opens: bool = True
    reviewed_on: date
    review_on: date
    verified: bool = True
    dimensions: tuple[str, ...] = field(
        default=("place", "agency", "field", "procedure", "month")
    )

    @property
    def parts(self) -> tuple[Part, ...]:
        if self.denominator is None:
            return (self.numerator,)
        return (self.numerator, self.denominator)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Each once, in order."""
        found = (one for part in self.parts for one in measures_of(part))
        return tuple({one.code: one for one in found}.values())

    @property
    def is_standing(self) -> bool:
        return isinstance(self.numerator, Standing)


def measures_of(part: Part) -> Iterator[Measure]:
    match part:
        case Flow(measures):
            yield from measures
        case Standing(still_open, ended):
            yield from (still_open, ended)
        case Percentile(measure):
            yield measure


def condition_of(measure: Measure) -> Condition:
    """Which rows it counts, apart from the half it asks for."""
    match measure.aggregate:
        case Count(where):
            return where
        case Histogram(column, where) if column.nullable:
            return All((where, IsSet(column)))
        case aggregate:
            return aggregate.where


def table_of(part: Part) -> FactTable:
    """The one of its first measure; only the denominator of a share may have two."""
    return next(measures_of(part)).table
