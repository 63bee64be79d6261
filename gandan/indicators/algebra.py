"""The algebra of figures: conditions over one fact row, and states that add up.

A measure is a count, a sum or an integer histogram: whatever can be merged by addition
and taken back by subtraction. A definition divides two of them (or reads a histogram);
nothing here knows a database. `emission` writes the SQL, `finish` the decimal.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from gandan.figures.facts import Column, FactTable, Kind

Value: TypeAlias = str | int | bool


class Test(StrEnum):
    EQUAL = "="
    UNEQUAL = "<>"
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True)
class Compare:
    """A column against a value; an absent value makes it untrue, never unknown."""

    column: Column
    test: Test
    value: Value


@dataclass(frozen=True, slots=True)
class CompareColumns:
    left: Column
    test: Test
    right: Column


@dataclass(frozen=True, slots=True)
class OneOf:
    column: Column
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class IsSet:
    column: Column


@dataclass(frozen=True, slots=True)
class Not:
    condition: "Condition"


@dataclass(frozen=True, slots=True)
class All:
    conditions: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Any:
    conditions: tuple["Condition", ...]


Condition: TypeAlias = Compare | CompareColumns | OneOf | IsSet | Not | All | Any
ALWAYS = All(())


@dataclass(frozen=True, slots=True)
class Count:
    """How many rows the condition holds for."""

    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of a column; an absent value adds nothing."""

    column: Column
    where: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Histogram:
    """How many rows have each value of an integer column; absent ones are left out."""

    column: Column
    where: Condition = ALWAYS


Aggregate: TypeAlias = Count | Sum | Histogram


@dataclass(frozen=True, slots=True)
class Measure:
    """An aggregate with a code and the columns that say where and when it counts.

    `code` is stable, and has its version in it once its meaning changes
    ("resolved_late.v2"). `unit` is the column of the agency, `half` the half of a month
    in which it counts; a row without that half does not count.
    """

    code: str
    table: FactTable
    aggregate: Aggregate
    half: Column
    unit: Column
    procedure: Column

    def __post_init__(self) -> None:
        assert self.half.kind is Kind.HALF, self.code
        for column in columns_of(self):
            assert column in self.table.columns, (self.code, column.name)


def columns_of(measure: Measure) -> Iterable[Column]:
    yield from (measure.half, measure.unit, measure.procedure)
    match measure.aggregate:
        case Count(where):
            yield from columns_in(where)
        case Sum(column, where) | Histogram(column, where):
            yield column
            yield from columns_in(where)


def columns_in(condition: Condition) -> Iterable[Column]:
    match condition:
        case Compare(column) | OneOf(column) | IsSet(column):
            yield column
        case CompareColumns(left, _test, right):
            yield from (left, right)
        case Not(inner):
            yield from columns_in(inner)
        case All(several) | Any(several):
            for one in several:
                yield from columns_in(one)
