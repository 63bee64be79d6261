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
Wanted: TypeAlias = dict[str, tuple[int, int]]  # the halves of each measure: [a, b)
_NO_END = 2**31 - 1
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
    cut, on = period.until(as_of), standing_on(period, as_of)
    quiet: Quiet = cache(_is_quiet)
    wanted, others = _wanted_flows(tuple(flows.values()), cut, quiet)
    from_states = _are_settled(standing, on, quiet)
    if from_states:
        wanted |= _wanted_stocks(standing, on)
    counts: Counts = {}
    _add(counts, _from_states(wanted, asked))
    for group in others:
        days = Days(day_number(cut.starts), day_number(cut.ends))
        _add(counts, _from_facts(group, asked, days))
    if from_states:
        return Counted(counts, _stocks(standing, on, counts))
    return Counted(counts, _stocks_from_facts(standing, on, asked))


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


def _wanted_flows(
    measures: Sequence[Measure], period: Period, quiet: Quiet
) -> tuple[Wanted, list[emission.Group]]:
    """What states can tell, and the groups that only fact rows can."""
    wanted: Wanted = {}
    others: list[emission.Group] = []
    if period.starts == period.ends:
        return wanted, others
    for group in emission.groups(measures):
        whole = _whole_halves(period, group.table, group.day, quiet)
        if whole is None:
            others.append(group)
        else:
            wanted |= {one.code: (whole.start, whole.stop) for one in group.measures}
    return wanted, others


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


def _wanted_stocks(parts: Iterable[Standing], on: date) -> Wanted:
    """Those without an end, and those that ended in a later half."""
    wanted: Wanted = {}
    for part in parts:
        wanted[part.open.code] = (0, _NO_END)
        wanted[part.ended.code] = (half_of(on) + 1, _NO_END)
    return wanted


def _stocks(
    parts: Iterable[Standing], on: date, counts: Counts
) -> dict[Standing, dict[Group, int]]:
    found: dict[Standing, dict[Group, int]] = {}
    for part in parts:
        if part.since.kind is Kind.HALF:
            first, last = None, half_of(on)
        else:
            first, last = finish.keys_of_ages(day_number(on), part.ages)
        numbers = found.setdefault(part, {})
        for measure in measures_of(part):
            for group, keys in counts.get(measure.code, {}).items():
                if n := finish.within(keys, first, last):
                    numbers[group] = numbers.get(group, 0) + n
    return found


def _are_settled(parts: Iterable[Standing], on: date, quiet: Quiet) -> bool:
    if last_day(half_of(on)) == on:
        return True
    return all(_is_settled(part, on, quiet) for part in parts)


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
Bound: TypeAlias = str | int | bool | list[str] | list[int]  # given to a statement


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


def _from_states(wanted: Wanted, asked: Asked) -> list[_Row]:
    """From the states, and what waits to be folded, in one look at both.

    One after another, a dossier that ends in between would be counted as open and as
    ended. A measure is read for itself: by its own halves, straight from the index.
    """
    if not wanted:
        return []
    filters, values = ["half >= asked.first AND half < asked.past"], list[Bound]()
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
    cells = " UNION ALL ".join(
        f"SELECT {unit}, {procedure}, key, n FROM {table} "
        f"WHERE measure_id = asked.id AND {' AND '.join(filters)}"
        for table in (STATES, DELTAS)
    )
    sql = (
        "WITH asked AS MATERIALIZED (SELECT id, code, first, past "
        f"FROM {MEASURES} JOIN unnest(%s::text[], %s::int[], %s::int[]) "
        "AS wanted (code, first, past) USING (code)) "
        "SELECT asked.code, unit, procedure, key, n FROM asked CROSS JOIN LATERAL ("
        "SELECT unit, procedure, key, CAST(SUM(n) AS BIGINT) AS n "
        f"FROM ({cells}) AS cells GROUP BY unit, procedure, key) AS added"
    )
    firsts, pasts = zip(*wanted.values(), strict=True)
    ranges: list[Bound] = [list(wanted), list(firsts), list(pasts)]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*ranges, *values, *values])
        found: list[_Row] = cursor.fetchall()
    return found


def _add(counts: Counts, rows: Iterable[_Row]) -> None:
    """Halves, and units or procedures that are not kept apart, are added up."""
    for measure, unit, procedure, key, n in rows:
        if n:
            keys = counts.setdefault(measure, {}).setdefault((unit, procedure), {})
            keys[key] = keys.get(key, 0) + n
