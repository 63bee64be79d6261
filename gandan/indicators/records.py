"""The records behind a part of a figure: the same conditions, asked of single rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db import connection

from gandan.figures.facts import FactTable, day_number, half_of
from gandan.indicators import counting
from gandan.indicators.algebra import Measure, Sum
from gandan.indicators.counting import Asked, Bound
from gandan.indicators.definition import Part, Standing, condition_of, measures_of
from gandan.indicators.emission import condition_sql
from gandan.indicators.periods import Period


@dataclass(frozen=True, slots=True)
class Record:
    """`amount` is what it adds to the number: one, or a sum's share."""

    table: str
    id: str
    amount: int


@dataclass(frozen=True, slots=True)
class Behind:
    """A page of records. `withheld` of them are of the sensitive class, never listed;
    `total` is the whole number of the figure's part, theirs included."""

    records: tuple[Record, ...]
    next: str | None
    total: int
    withheld: int


def records_behind(
    part: Part,
    period: Period,
    *,
    as_of: date | None,
    asked: Asked,
    after: str | None,
    limit: int,
    protected: bool = False,
) -> Behind:
    """In the order of tables and ids; `protected` lists the sensitive ones too."""
    texts: list[str] = []
    values: list[Bound] = []
    for table, condition, amount in _sources(part, period, as_of):
        text, more = _rows(table, condition, amount, asked)
        texts.append(text)
        values += more
    every = (
        "SELECT source, record, CAST(SUM(amount) AS BIGINT) AS amount, "
        "BOOL_OR(protected) AS protected "
        f"FROM ({' UNION ALL '.join(texts)}) AS behind "
        "GROUP BY source, record HAVING SUM(amount) <> 0"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH every AS ({every}) SELECT COALESCE(SUM(amount), 0), "
            "COALESCE(SUM(CASE WHEN protected THEN 1 ELSE 0 END), 0) FROM every",
            values,
        )
        total, withheld = cursor.fetchone()
        cursor.execute(
            f"WITH every AS ({every}) SELECT source, record, amount FROM every "
            "WHERE (%s OR NOT protected) AND source || '/' || record > %s "
            "ORDER BY source || '/' || record LIMIT %s",
            [*values, protected, after or "", limit + 1],
        )
        found = [Record(*row) for row in cursor.fetchall()]
    page = tuple(found[:limit])
    following = None
    if len(found) > limit:
        following = f"{page[-1].table}/{page[-1].id}"
    return Behind(page, following, int(total), 0 if protected else int(withheld))


def _sources(
    part: Part, period: Period, as_of: date | None
) -> Iterator[tuple[FactTable, str, str]]:
    """Table, condition and amount of each measure."""
    if isinstance(part, Standing):
        on = counting.standing_on(period, as_of)
        condition = counting.standing_condition(part, on)
        yield part.open.table, condition_sql(condition), "1"
        return
    cut = period.until(as_of)
    for measure in measures_of(part):
        half, day = measure.half.name, measure.half.name.removesuffix("_half") + "_day"
        # The half says nothing new; it has an index beside the unit.
        inside = (
            f"{half} BETWEEN {half_of(cut.starts)} AND {half_of(cut.ends)} "
            f"AND {day} >= {day_number(cut.starts)} AND {day} < {day_number(cut.ends)}"
        )
        held = condition_sql(condition_of(measure))
        yield measure.table, f"{inside} AND ({held})", _amount(measure)


def _amount(measure: Measure) -> str:
    match measure.aggregate:
        case Sum(column):
            return f"COALESCE({column.name}, 0)"
        case _:
            return "1"


def _rows(
    table: FactTable, condition: str, amount: str, asked: Asked
) -> tuple[str, list[Bound]]:
    filters, values = [f"({condition})"], list[Bound]()
    if asked.units is not None:
        filters.append("unit = ANY(%s)")
        values.append(sorted(asked.units))
    if asked.procedures is not None:
        filters.append("procedure = ANY(%s) AND procedure <> ''")
        values.append(sorted(asked.procedures))
    protected = "protected" if "protected" in table.names else _protected(table)
    text = (
        f"SELECT '{table.name}' AS source, CAST(record AS TEXT) AS record, "
        f"{amount} AS amount, {protected} AS protected "
        f"FROM {counting.relation(table)} AS facts WHERE {' AND '.join(filters)}"
    )
    return text, values


def _protected(table: FactTable) -> str:
    """An interval is protected as its dossier is; a visit never is."""
    if "kind" not in table.names or "stops" not in table.names:
        return "FALSE"
    return (
        f"EXISTS (SELECT 1 FROM {counting.FACTS_PREFIX}dossier AS whole "
        "WHERE whole.record = facts.record AND whole.protected)"
    )
