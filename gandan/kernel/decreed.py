"""The decreed days off that come with the program, read from `decreed.csv`.

The calendar table is seeded from the same file, so that the command without a database
and the pages with one start from the same days.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gandan.kernel.calendar import DayKind, Half, SpecialDay, WorkCalendar

DECREED_CSV = Path(__file__).with_name("decreed.csv")


@dataclass(frozen=True, slots=True)
class DecreedDay:
    """One row: an empty scope is every State office; unverified shows as such."""

    day: date
    kind: DayKind
    half: Half | None
    scope: str
    name: str
    basis: str
    published_at: date | None
    verified: bool

    @property
    def special(self) -> SpecialDay:
        return SpecialDay(self.day, self.kind, self.name, self.basis, self.half)


_HALVES: dict[str, Half | None] = {
    "": None,
    "morning": "morning",
    "afternoon": "afternoon",
}
_TRUTH = {"true": True, "false": False}


def read_days(lines: Iterable[str]) -> tuple[DecreedDay, ...]:
    """The rows of a calendar file; the first bad one is named by its line."""
    rows = csv.DictReader(lines)
    days = []
    for row in rows:
        try:
            days.append(
                DecreedDay(
                    day=date.fromisoformat(row["date"]),
                    kind=DayKind(row["kind"]),
                    half=_HALVES[row["half"]],
                    scope=row["scope"],
                    name=row["name"],
                    basis=row["basis"],
                    published_at=(
                        date.fromisoformat(row["published_at"])
                        if row["published_at"]
                        else None
                    ),
                    verified=_TRUTH[row["verified"]],
                )
            )
        except (KeyError, ValueError, TypeError) as error:
            raise ValueError(f"line {rows.line_num}: {error}") from error
    return tuple(days)


def calendar_of(days: Iterable[DecreedDay], scope: str = "") -> WorkCalendar:
    """The calendar of one scope: its own rows stand before those of every office."""
    chosen: dict[date, SpecialDay] = {}
    decreed_years = set()
    for day in sorted(days, key=lambda row: row.scope != ""):
        if day.scope in {"", scope}:
            chosen[day.day] = day.special
        if day.scope == "":
            decreed_years.add(day.day.year)
    return WorkCalendar(days=chosen, decreed_years=frozenset(decreed_years))


@cache
def decreed_days() -> tuple[DecreedDay, ...]:
    with DECREED_CSV.open(encoding="utf-8", newline="") as lines:
        return read_days(lines)


@cache
def decreed_calendar() -> WorkCalendar:
    return calendar_of(decreed_days())
