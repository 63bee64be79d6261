"""Whole numbers behind figures: from stored states where whole halves of months are
asked for, else from the stored fact rows by the same SQL.

States are read together with the changes that are not folded into them yet.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import TypeAlias

from django.db import connection

from gandan.figures.facts import (
    Column,
    FactTable,
    Kind,
    day_number,
    first_day,
    half_of,
    halves,
    last_day,
)
from gandan.indicators import emission, finish
from gandan.indicators.algebra import (
    All,
    Any,
    Compare,
    Condition,
    Count,
    Measure,
    Not,
    Test,
)
from gandan.indicators.definition import (
    Part,
    Percentile,
    Standing,
    condition_of,
    measures_of,
)
from gandan.indicators.emission import ALL_PROCEDURES, Days, Dialect
from gandan.indicators.periods import Period

FACTS_PREFIX = "fact_"
STATES, DELTAS, MEASURES = "figures_state", "figures_delta", "figures_measure"

Group: TypeAlias = tuple[str, str]  # unit, procedure ("" where not kept apart)
Keys: TypeAlias = dict[int, int]  # value → number of records; a count is under 0
Counts: TypeAlias = dict[str, dict[Group, Keys]]  # by code of the measure
# Whether no row has its day in [starts, ends); asked once for each reading.
Quiet: TypeAlias = Callable[[FactTable, Column, date, date], bool]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which units (none: all), and whether units and procedures are kept apart.

    Only `procedures` are looked at where they are named; none of them means all.
    """

    units: frozenset[str] | None = None
    by_unit: bool = True
    by_procedure: bool = False
    procedures: frozenset[str] | None = None

    @property
    def grain(self) -> bool:
        """True where the rows of single procedures are read."""
        return self.by_procedure or self.procedures is not None

    def has(self, unit: str, procedure: str) -> bool:
        if self.units is not None and unit not in self.units:
            return False
        if not self.grain:
            return procedure == ALL_PROCEDURES
        if procedure == ALL_PROCEDURES:
            return False
        return self.procedures is None or procedure in self.procedures

    def group(self, unit: str, procedure: str) -> Group:
        return unit if self.by_unit else "", procedure if self.by_procedure else ""


@dataclass(slots=True)
class Counted:
    """What the parts of several definitions count, by unit and procedure."""

    flows: Counts = field(default_factory=dict)
    stocks: dict[Standing, dict[Group, int]] = field(default_factory=dict)

    def groups(self) -> set[Group]:
        found = {group for counts in self.flows.values() for group in counts}
        return found | {group for counts in self.stocks.values() for group in counts}

    def number(self, part: Part, groups: Collection[Group]) -> int:
        """The whole number of a part: for a percentile, of records it is read from."""
        if isinstance(part, Standing):
            found = self.stocks.get(part, {})
            return sum(found.get(group, 0) for group in groups)
        return sum(self.keys(part, groups).values())

    def keys(self, part: Part, groups: Collection[Group]) -> Keys:
        added: Keys = {}
        for measure in measures_of(part):
            found = self.flows.get(measure.code, {})
            for group in groups:
                for key, n in found.get(group, {}).items():
                    added[key] = added.get(key, 0) + n
        return added

    def percentile(self, part: Percentile, groups: Collection[Group]) -> int | None:
        return finish.percentile(self.keys(part, groups), part.share)


def count(
    parts: Iterable[Part], period: Period, as_of: date | None, asked: Asked
) -> Counted:
    """Flows of the period up to `as_of`; what stands, at the earlier of its last day
    and that day."""
    several = dict.fromkeys(parts)
    flows = {
        measure.code: measure
        for part in several
        if not isinstance(part, Standing)
        for measure in measures_of(part)
    }
    standing = [part for part in several if isinstance(part, Standing)]
    quiet: Quiet = cache(_is_quiet)
    return Counted(
        _flows(tuple(flows.values()), period.until(as_of), asked, quiet),
        _stocks(standing, standing_on(period, as_of), asked, quiet),
    )


def standing_on(period: Period, as_of: date | None) -> date:
    return period.last_day if as_of is None else min(period.last_day, as_of)


def standing_condition(part: Standing, on: date) -> Condition:
    """The records that stood at the end of that day, as a condition over facts."""
    table = part.open.table
    since = _day_column(part.since, table)
    first, last = finish.keys_of_ages(day_number(on), part.ages)
    bounds: list[Condition] = [Compare(since, Test.AT_MOST, last)]
    if first is not None:
        bounds.append(Compare(since, Test.AT_LEAST, first))
    counted = Any((condition_of(part.open), condition_of(part.ended)))
    ended = Compare(table["ended_day"], Test.AT_MOST, day_number(on))
    return All((counted, Not(ended), *bounds))


def relation(table: FactTable) -> str:
    return f"{FACTS_PREFIX}{table.name}"


def _day_column(column: Column, table: FactTable) -> Column:
    """The day behind a half; a day itself."""
    if column.kind is Kind.HALF:
        return table[column.name.removesuffix("_half") + "_day"]
    return column


def _flows(
    measures: Sequence[Measure], period: Period, asked: Asked, quiet: Quiet
) -> Counts:
    counts: Counts = {}
    if period.starts == period.ends:
        return counts
    from_states: dict[range, list[Measure]] = {}
    for group in emission.groups(measures):
        whole = _whole_halves(period, group.table, group.day, quiet)
        if whole is not None:
            from_states.setdefault(whole, []).extend(group.measures)
            continue
        days = Days(day_number(period.starts), day_number(period.ends))
        _add(counts, _from_facts(group, asked, days))
    for whole, several in from_states.items():
        _add(counts, _from_states(several, whole.start, whole.stop, asked))
    return counts


def _whole_halves(
    period: Period, table: FactTable, day: Column, quiet: Quiet
) -> range | None:
    """The halves that hold what the period holds: also the last one, though it is cut,
    where nothing happened after the cut."""
    if (whole := period.halves) is not None:
        return whole
    following = first_day(half_of(period.last_day) + 1)
    whole = halves(period.starts, following)
    if whole is None or not quiet(table, day, period.ends, following):
        return None
    return whole


def _stocks(
    parts: Sequence[Standing], on: date, asked: Asked, quiet: Quiet
) -> dict[Standing, dict[Group, int]]:
    half = half_of(on)
    if last_day(half) != on and not all(_is_settled(p, on, quiet) for p in parts):
        return _stocks_from_facts(parts, on, asked)
    if not parts:
        return {}
    counts: Counts = {}
    still_open = {part.open.code: part.open for part in parts}
    ended = {part.ended.code: part.ended for part in parts}
    _add(counts, _from_states(still_open.values(), None, None, asked))
    _add(counts, _from_states(ended.values(), half + 1, None, asked))
    found: dict[Standing, dict[Group, int]] = {}
    for part in parts:
        if part.since.kind is Kind.HALF:
            first, last = None, half
        else:
            first, last = finish.keys_of_ages(day_number(on), part.ages)
        numbers = found.setdefault(part, {})
        for measure in measures_of(part):
            for group, keys in counts.get(measure.code, {}).items():
                if n := finish.within(keys, first, last):
                    numbers[group] = numbers.get(group, 0) + n
    return found


def _is_settled(part: Standing, on: date, quiet: Quiet) -> bool:
    """Nothing began or ended after that day in the same half of the month."""
    table, following = part.open.table, first_day(half_of(on) + 1)
    after = date.fromordinal(on.toordinal() + 1)
    columns = [table["ended_day"]]
    if part.since.kind is Kind.HALF:
        columns.append(_day_column(part.since, table))
    return all(quiet(table, column, after, following) for column in columns)


def _is_quiet(table: FactTable, column: Column, starts: date, ends: date) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT EXISTS (SELECT 1 FROM {relation(table)} "
            f"WHERE {column.name} >= %s AND {column.name} < %s)",
            (day_number(starts), day_number(ends)),
        )
        return not cursor.fetchone()[0]


def _stocks_from_facts(
    parts: Sequence[Standing], on: date, asked: Asked
) -> dict[Standing, dict[Group, int]]:
    named = {f"s{number}": part for number, part in enumerate(parts)}
    measures = [
        Measure(
            code,
            part.open.table,
            Count(standing_condition(part, on)),
            part.open.half,
            part.open.unit,
            part.open.procedure,
        )
        for code, part in named.items()
    ]
    counts: Counts = {}
    for group in emission.groups(measures):
        _add(counts, _from_facts(group, asked))
    return {
        part: {
            group: sum(keys.values()) for group, keys in counts.get(code, {}).items()
        }
        for code, part in named.items()
    }


_Row: TypeAlias = tuple[str, str, str, int, int]  # measure, unit, procedure, key, n
Bound: TypeAlias = str | int | bool | list[str]  # a value given to a statement


def _from_facts(
    group: emission.Group, asked: Asked, days: Days | None = None
) -> list[_Row]:
    sql = emission.statement(
        group,
        relation=relation(group.table),
        dialect=Dialect.POSTGRES,
        days=days,
        by_procedure=asked.grain,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [
            (measure, *asked.group(unit, procedure), key, n)
            for measure, unit, procedure, _half, key, n in cursor.fetchall()
            if asked.has(unit, procedure)
        ]


def _from_states(
    measures: Iterable[Measure], first: int | None, past: int | None, asked: Asked
) -> list[_Row]:
    """From the states of the halves [first, past), and what waits to be folded."""
    codes = [measure.code for measure in measures]
    filters = ["measure_id = ANY(ARRAY(SELECT id FROM asked))"]
    values: list[Bound] = [codes]
    for test, bound in ((">=", first), ("<", past)):
        if bound is not None:
            filters.append(f"half {test} %s")
            values.append(bound)
    if asked.units is not None:
        filters.append("unit = ANY(%s)")
        values.append(sorted(asked.units))
    if not asked.grain:
        filters.append("procedure = ''")
    elif asked.procedures is None:
        filters.append("procedure <> ''")
    else:
        filters.append("procedure = ANY(%s)")
        values.append(sorted(asked.procedures))
    unit = "unit" if asked.by_unit else "'' AS unit"
    procedure = "procedure" if asked.by_procedure else "'' AS procedure"
    kept = f"{unit}, {procedure}, key, n FROM {{}} WHERE {' AND '.join(filters)}"
    sql = (
        f"WITH asked AS (SELECT id, code FROM {MEASURES} WHERE code = ANY(%s)), "
        f"read AS (SELECT measure_id, {kept.format(STATES)} "
        f"UNION ALL SELECT measure_id, {kept.format(DELTAS)}) "
        "SELECT asked.code, unit, procedure, key, CAST(SUM(n) AS BIGINT) "
        "FROM read JOIN asked ON asked.id = measure_id "
        "GROUP BY asked.code, unit, procedure, key"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, *values[1:]])
        found: list[_Row] = cursor.fetchall()
    return found


def _add(counts: Counts, rows: Iterable[_Row]) -> None:
    """Halves, and units or procedures that are not kept apart, are added up."""
    for measure, unit, procedure, key, n in rows:
        if n:
            keys = counts.setdefault(measure, {}).setdefault((unit, procedure), {})
            keys[key] = keys.get(key, 0) + n
