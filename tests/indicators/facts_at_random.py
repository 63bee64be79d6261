"""Random rows of fact tables, and how each database is given them."""

from collections.abc import Iterable, Sequence
from datetime import date
from random import Random

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from gandan.figures.facts import (
    Column,
    FactTable,
    Kind,
    Row,
    day_number,
    day_of,
    half_of,
)

Cell = str | int | bool | None

FIRST = day_number(date(2025, 2, 10))
LAST = day_number(date(2025, 4, 20))
UNITS = ("X01", "X02", "H26")
# "" is a row whose procedure is not known.
PROCEDURES = ("1.001", "1.002", "")
_TEXTS = {
    "unit": UNITS,
    "procedure": PROCEDURES,
    "channel": ("counter", "online", "post"),
    "outcome": ("result", "refused", "withdrawn", "stopped", ""),
    "paid": ("none", "cash", "online", ""),
    "owner": ("applicant", "Chi cục Thuế"),
}
_JUDGED = ("early", "on_time", "late", "void", "")
_WIDE = {"fee_vnd": 3_000_000_000, "days_all": 400, "rating": 5}


def _texts(column: Column) -> Sequence[str]:
    if column.name.startswith("judged_"):
        return _JUDGED
    return _TEXTS.get(column.name, ("a", "b"))


def _cells(column: Column) -> SearchStrategy[Cell]:
    values: SearchStrategy[Cell]
    match column.kind:
        case Kind.TEXT:
            values = st.sampled_from(_texts(column))
        case Kind.BOOLEAN:
            values = st.booleans()
        case Kind.INTEGER:
            # A dossier closed before it was received has days below zero.
            least = -2 if column.name in {"days_all", "working_days"} else 0
            values = st.integers(least, _WIDE.get(column.name, 3))
        case _:
            values = st.integers(FIRST, LAST)
    return st.none() | values if column.nullable else values


def rows(table: FactTable, *, most: int = 25) -> SearchStrategy[list[Row]]:
    """Halves follow from their days; all else is independent, odd cases with it."""
    drawn = {
        column.name: _cells(column)
        for column in table.columns
        if column.kind is not Kind.HALF
    }
    return st.lists(st.fixed_dictionaries(drawn), max_size=most).map(
        lambda several: [
            _finished(table, row, number) for number, row in enumerate(several)
        ]
    )


def many(table: FactTable, count: int, seed: int) -> list[Row]:
    """As many as one likes, the same ones for the same seed."""
    draw = Random(seed)
    found: list[Row] = []
    for number in range(count):
        row: dict[str, Cell] = {}
        for column in table.columns:
            if column.nullable and draw.random() < 0.3:
                row[column.name] = None
            elif column.kind is Kind.TEXT:
                row[column.name] = draw.choice(_texts(column))
            elif column.kind is Kind.BOOLEAN:
                row[column.name] = draw.random() < 0.5
            elif column.kind is Kind.INTEGER:
                row[column.name] = draw.randint(0, _WIDE.get(column.name, 3))
            else:
                row[column.name] = draw.randint(FIRST, LAST)
        found.append(_finished(table, row, number))
    return found


def _finished(table: FactTable, row: dict[str, Cell], number: int) -> Row:
    row = dict(row)
    for column in table.columns:
        if column.kind is Kind.HALF:
            day = row[column.name.removesuffix("_half") + "_day"]
            row[column.name] = None if day is None else half_of(day_of(int(day)))
    row["record"] = f"00000000-0000-4000-8000-{number:012}"
    return {name: row[name] for name in table.names}


_TYPES = {Kind.TEXT: "TEXT", Kind.BOOLEAN: "BOOLEAN"}


def schema(table: FactTable) -> str:
    return ", ".join(
        f"{column.name} {_TYPES.get(column.kind, 'BIGINT')}" for column in table.columns
    )


def tuples(table: FactTable, several: Iterable[Row]) -> list[tuple[Cell, ...]]:
    return [tuple(row[name] for name in table.names) for row in several]
