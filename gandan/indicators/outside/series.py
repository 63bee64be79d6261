"""Our province among all: readings on one footing, their quarters, its neighbours.

A run ends where the method counts on another scale or where the number of ranked units
changed; nothing is drawn or compared across its ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from gandan.figures.models import PublishedValue
from gandan.figures.published import queries
from gandan.figures.published.rules import (
    Change,
    Footing,
    Quartiles,
    Status,
    changes,
    quartiles,
)


@dataclass(frozen=True, slots=True)
class Reading:
    """One edition: our value and what the others had in it."""

    year: int
    as_of: date | None
    ours: Decimal | None
    quarters: Quartiles

    @property
    def label(self) -> str:
        return f"{self.as_of:%d/%m}" if self.as_of else str(self.year)


@dataclass(frozen=True, slots=True)
class Run:
    """Readings that may be read against each other."""

    footing: Footing
    readings: tuple[Reading, ...]

    @property
    def starts(self) -> str:
        return self.readings[0].label

    @property
    def ends(self) -> str:
        return self.readings[-1].label


@dataclass(frozen=True, slots=True)
class Neighbour:
    name: str
    value: Decimal | None  # None: nothing published for it; never a zero
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Neighbours:
    edition: str
    year: int
    chart: str
    rows: tuple[Neighbour, ...]
    middle: Decimal | None


def footing(row: PublishedValue) -> Footing:
    return Footing(row.unit.chart, (row.scale_low, row.scale_high))


Fields: TypeAlias = dict[tuple[str, str], list[PublishedValue]]


def fields(index: str) -> Fields:
    """Totals with a value, by edition; of Decision 766 the year to date alone, for a
    month that is still running says little."""
    found: Fields = {}
    rows = queries.of_index(index).filter(
        dimension="", value__isnull=False, status=Status.OFFICIAL.value
    )
    for row in rows:
        if not row.period or row.period.endswith("-ytd"):
            found.setdefault((row.edition, row.period), []).append(row)
    return found


def runs(editions: Fields) -> list[Run]:
    """Oldest first; an edition of fewer than four units has no quarters."""
    parts: list[tuple[Footing, list[Reading]]] = []
    for rows in editions.values():
        quarters = quartiles([row.value for row in rows if row.value is not None])
        if quarters is None:
            continue
        first = rows[0]
        ours = next((r.value for r in rows if r.unit.code == queries.OURS), None)
        reading = Reading(first.data_year, first.as_of, ours, quarters)
        here = footing(first)
        if not parts or changes(parts[-1][0], here):
            parts.append((here, []))
        parts[-1][1].append(reading)
    return [Run(where, tuple(readings)) for where, readings in parts]


def neighbours(editions: Fields) -> Neighbours | None:
    """The newest edition that has the others too, ours first, then by name."""
    for (edition, _period), rows in reversed(editions.items()):
        ours = [row for row in rows if row.unit.code == queries.OURS]
        quarters = quartiles([row.value for row in rows if row.value is not None])
        if not ours or quarters is None:
            continue
        values = {row.unit_id: row.value for row in rows}
        chart = ours[0].unit.chart
        beside = queries.neighbours(chart)
        return Neighbours(
            edition,
            ours[0].data_year,
            chart,
            (
                Neighbour(ours[0].unit.name, ours[0].value, True),
                *(Neighbour(u.name, values.get(u.pk), False) for u in beside),
            ),
            quarters.middle,
        )
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table over the years; `row` is none for a year without any."""

    year: int
    row: PublishedValue | None
    changed: tuple[Change, ...] = ()


def over_the_years(rows: Sequence[PublishedValue]) -> list[Line]:
    """Every year from the first to the last; years of which nothing is known here are
    said, not skipped. A change of units or scale is marked where it happens."""
    lines: list[Line] = []
    before: Footing | None = None
    for row in rows:
        if lines:
            lines += [Line(y, None) for y in range(lines[-1].year + 1, row.data_year)]
        here = footing(row)
        lines.append(Line(row.data_year, row, changes(before, here) if before else ()))
        before = (
            here
            if before is None or here.scale[0] is not None
            else Footing(here.chart, before.scale)
        )
    return lines
