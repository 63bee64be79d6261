"""The shape of a fact table: one de-personalised row per record, integers and codes.

Days are integers (days since 1970-01-01) and halves of months are integers, so that
one SQL text means the same in DuckDB, PostgreSQL and Spark. A half is the first to the
14th, or the 15th to the month's end: two halves make a calendar month, and the second
of one month with the first of the next a reporting month (Decree 09/2019).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from gandan.kernel.periods import CUT_OFF_DAY, add_months

EPOCH = date(1970, 1, 1)
_HALVES_A_YEAR = 24


class Kind(StrEnum):
    TEXT = "text"  # a code, "" for none
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DAY = "day"  # days since 1970-01-01
    HALF = "half"  # halves of months since year 0


@dataclass(frozen=True, slots=True)
class Column:
    """`public` columns stand in public downloads; the others never leave the house."""

    name: str
    kind: Kind
    meaning: str
    nullable: bool = False
    public: bool = True


@dataclass(frozen=True, slots=True)
class FactTable:
    """`name` is the SQL name everywhere; `record` names the column of the record."""

    name: str
    meaning: str
    columns: tuple[Column, ...]

    def __getitem__(self, name: str) -> Column:
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"{self.name} has no column {name!r}")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


Row = Mapping[str, str | int | bool | None]


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    return EPOCH + timedelta(days=number)


def half_of(day: date) -> int:
    """The half of a month a day falls into: even until the 14th, odd from the 15th."""
    second = day.day >= CUT_OFF_DAY
    return day.year * _HALVES_A_YEAR + (day.month - 1) * 2 + second


def first_day(half: int) -> date:
    """The day on which a half begins; the next one's first day ends it."""
    year, rest = divmod(half, _HALVES_A_YEAR)
    month, second = divmod(rest, 2)
    return date(year, month + 1, CUT_OFF_DAY if second else 1)


def last_day(half: int) -> date:
    return first_day(half + 1) - timedelta(days=1)


def halves(starts: date, ends: date) -> range | None:
    """The halves of [starts, ends); none where they do not fill it exactly."""
    first, past = half_of(starts), half_of(ends)
    if first_day(first) != starts or first_day(past) != ends:
        return None
    return range(first, past)


def month_halves(year: int, month: int) -> range:
    found = halves(date(year, month, 1), add_months(date(year, month, 1), 1))
    assert found is not None
    return found
