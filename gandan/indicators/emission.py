"""SQL of measures: one text that gives the same integers in three databases.

Only what all of them read the same way: SUM of CASE over whole numbers, GROUP BY, and
conditions that are true or false, never unknown. The one difference between dialects is
how a wide row becomes several. Every value is a code checked here, so that no text from
outside can enter.

A statement returns (measure, unit, procedure, half, key, n): the measure's code, the
unit's key, the procedure's code or "" for all of them, the half of a month, the value
counted by a histogram (0 for counts and sums), and a whole number that is not zero.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gandan.figures.facts import Column, FactTable
from gandan.indicators.algebra import (
    All,
    Any,
    Compare,
    CompareColumns,
    Condition,
    Count,
    Histogram,
    IsSet,
    Measure,
    Not,
    OneOf,
    Sum,
    Value,
)

COLUMNS = ("measure", "unit", "procedure", "half", "key", "n")
ALL_PROCEDURES = ""
_NAME = re.compile(r"[a-z_][a-z0-9_.]*")
# A backslash or a quote in a text is read differently by Spark.
_CODE = re.compile(r"[^'\\\n]*")


class Dialect(StrEnum):
    DUCKDB = "duckdb"
    POSTGRES = "postgres"
    SPARK = "spark"


@dataclass(frozen=True, slots=True)
class Group:
    """Measures that one pass over a table can take: the same half, unit, procedure."""

    table: FactTable
    half: Column
    unit: Column
    procedure: Column
    measures: tuple[Measure, ...]

    @property
    def day(self) -> Column:
        """The day that stands behind the half."""
        return self.table[self.half.name.removesuffix("_half") + "_day"]


@dataclass(frozen=True, slots=True)
class Days:
    """Only rows whose day (the one of the half) is in [starts, ends): day numbers."""

    starts: int
    ends: int


def groups(measures: Iterable[Measure]) -> tuple[Group, ...]:
    """In the order of the measures; each statement is made of one group."""
    found: dict[tuple[FactTable, Column, Column, Column], dict[str, Measure]] = {}
    for one in measures:
        key = (one.table, one.half, one.unit, one.procedure)
        found.setdefault(key, {})[one.code] = one
    return tuple(Group(*key, tuple(several.values())) for key, several in found.items())


def statement(
    group: Group,
    *,
    relation: str,
    dialect: Dialect,
    weight: str | None = None,
    days: Days | None = None,
    where: Condition | None = None,
    by_procedure: bool = True,
) -> str:
    """The counts of a group over a relation that has the columns of its table.

    `weight` names a column of 1 and −1: rows that come and rows that go. Both grains
    are given, one row for each procedure and one for all; without `by_procedure` only
    the latter. A row without a procedure counts among all of them and nowhere else.
    """
    for name in (relation, weight or "w"):
        _check(_NAME, name)
    source = _Source(group, relation, weight, days, where, by_procedure)
    counts = [one for one in group.measures if not isinstance(one.aggregate, Histogram)]
    histograms: dict[Column, list[Measure]] = {}
    for one in group.measures:
        if isinstance(one.aggregate, Histogram):
            histograms.setdefault(one.aggregate.column, []).append(one)
    blocks = [_Block("counts", None, tuple(counts))] if counts else []
    blocks += [
        _Block(f"by_{column.name}", column, tuple(several))
        for column, several in histograms.items()
    ]
    tables = ",\n".join(text for block in blocks for text in source.tables(block))
    rows = "\nUNION ALL\n".join(_rows(block, dialect) for block in blocks)
    return f"WITH {tables}\n{rows}"


def condition_sql(condition: Condition) -> str:
    """True or false: an absent value never makes it unknown."""
    match condition:
        case Compare(column, test, value):
            return _known((column,), f"{column.name} {test} {literal(value)}")
        case CompareColumns(left, test, right):
            return _known((left, right), f"{left.name} {test} {right.name}")
        case OneOf(column, values):
            if not values:
                return "FALSE"
            listed = ", ".join(literal(value) for value in values)
            return _known((column,), f"{column.name} IN ({listed})")
        case IsSet(column):
            return f"{column.name} IS NOT NULL"
        case Not(inner):
            return f"NOT ({condition_sql(inner)})"
        case All(several):
            return " AND ".join(_inside(one) for one in several) or "TRUE"
        case Any(several):
            return " OR ".join(_inside(one) for one in several) or "FALSE"


def literal(value: Value) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return str(value)
    _check(_CODE, value)
    return f"'{value}'"


def _check(pattern: re.Pattern[str], text: str) -> None:
    if not pattern.fullmatch(text):
        raise ValueError(f"{text!r} cannot stand in a statement")


def _known(columns: Sequence[Column], comparison: str) -> str:
    tests = [f"{column.name} IS NOT NULL" for column in columns if column.nullable]
    return " AND ".join((*tests, comparison))


def _inside(condition: Condition) -> str:
    return f"({condition_sql(condition)})"


@dataclass(frozen=True, slots=True)
class _Block:
    """What is grouped together: all counts and sums, or the histograms of a column."""

    name: str
    key: Column | None
    measures: tuple[Measure, ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"m{number}" for number in range(len(self.measures)))


@dataclass(frozen=True, slots=True)
class _Source:
    group: Group
    relation: str
    weight: str | None
    days: Days | None
    where: Condition | None
    by_procedure: bool

    def tables(self, block: _Block) -> list[str]:
        """The wide sums, and beside those by procedure the ones of all procedures."""
        if not self.by_procedure:
            return [self._wide(block, block.name, by_procedure=False)]
        wide = f"{block.name}_wide"
        key = "key, " if block.key else ""
        own = ", ".join(block.names)
        added = ", ".join(f"{_total(name)} AS {name}" for name in block.names)
        both = (
            f"{block.name} AS (\n"
            f"  SELECT unit, procedure, half, {key}{own}\n"
            f"  FROM {wide} WHERE procedure <> ''\n"
            "  UNION ALL\n"
            f"  SELECT unit, '' AS procedure, half, {key}{added}\n"
            f"  FROM {wide} GROUP BY unit, half{', key' if block.key else ''}\n"
            ")"
        )
        return [self._wide(block, wide, by_procedure=True), both]

    def _wide(self, block: _Block, name: str, *, by_procedure: bool) -> str:
        group = self.group
        keys = [(group.unit.name, "unit")]
        if by_procedure:
            keys.append((group.procedure.name, "procedure"))
        keys.append((group.half.name, "half"))
        if block.key:
            keys.append((block.key.name, "key"))
        columns = [_named(column, alias) for column, alias in keys]
        if not by_procedure:
            columns.insert(1, "'' AS procedure")
        sums = [
            f"{self._sum(measure)} AS {alias}"
            for measure, alias in zip(block.measures, block.names, strict=True)
        ]
        listed = ",\n    ".join((", ".join(columns), *sums))
        grouped = ", ".join(column for column, _alias in keys)
        return (
            f"{name} AS (\n"
            f"  SELECT {listed}\n"
            f"  FROM {self.relation}\n"
            f"  WHERE {' AND '.join(self._filters(block))}\n"
            f"  GROUP BY {grouped}\n"
            ")"
        )

    def _filters(self, block: _Block) -> list[str]:
        filters = [f"{self.group.half.name} IS NOT NULL"]
        if block.key and block.key.nullable:
            filters.append(f"{block.key.name} IS NOT NULL")
        if self.days is not None:
            day = self.group.day.name
            filters.append(f"{day} >= {self.days.starts} AND {day} < {self.days.ends}")
        if self.where is not None:
            filters.append(_inside(self.where))
        return filters

    def _sum(self, measure: Measure) -> str:
        match measure.aggregate:
            case Count(where) | Histogram(_, where):
                return _total(_case(condition_sql(where), self.weight or "1"))
            case Sum(column, where):
                held = condition_sql(where)
                if column.nullable:
                    held = f"{column.name} IS NOT NULL AND ({held})"
                # A column of 32 bits times a weight must not run over.
                amount = f"CAST({column.name} AS BIGINT)"
                if self.weight:
                    amount += f" * {self.weight}"
                return _total(_case(held, amount))


def _named(column: str, alias: str) -> str:
    return column if column == alias else f"{column} AS {alias}"


def _case(condition: str, amount: str) -> str:
    return f"CASE WHEN {condition} THEN {amount} ELSE 0 END"


def _total(amount: str) -> str:
    return f"CAST(SUM({amount}) AS BIGINT)"


def _rows(block: _Block, dialect: Dialect) -> str:
    pairs = [
        (literal(measure.code), name)
        for measure, name in zip(block.measures, block.names, strict=True)
    ]
    if dialect is Dialect.SPARK:
        listed = ", ".join(f"{code}, {name}" for code, name in pairs)
        spread = f"LATERAL VIEW STACK({len(pairs)}, {listed}) spread AS measure, n"
    else:
        listed = ", ".join(f"({code}, {name})" for code, name in pairs)
        spread = f"CROSS JOIN LATERAL (VALUES {listed}) AS spread (measure, n)"
    key = "key" if block.key else "0 AS key"
    return (
        f"SELECT spread.measure, unit, procedure, half, {key}, spread.n\n"
        f"FROM {block.name}\n"
        f"{spread}\n"
        "WHERE spread.n <> 0"
    )
