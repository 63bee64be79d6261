"""The same integers from DuckDB, PostgreSQL and a plain reading row by row."""

from collections.abc import Iterable, Sequence
from random import Random

import duckdb
import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.dossiers.facts import TABLES
from gandan.figures.facts import FactTable, Row
from gandan.indicators import emission
from gandan.indicators.algebra import Measure
from gandan.indicators.definitions import MEASURES
from gandan.indicators.emission import Days, Dialect
from tests.indicators import facts_at_random as random_facts
from tests.indicators import plainly
from tests.indicators.plainly import Key

EACH_TABLE = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
SETTINGS = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def measures(table: FactTable) -> list[Measure]:
    return [one for one in MEASURES.values() if one.table is table]


def statements(table: FactTable, dialect: Dialect, days: Days | None) -> list[str]:
    return [
        emission.statement(group, relation="facts", dialect=dialect, days=days)
        for group in emission.groups(measures(table))
    ]


def in_duckdb(
    table: FactTable, several: Sequence[Row], days: Days | None = None
) -> dict[Key, int]:
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE facts ({random_facts.schema(table)})")
        if several:
            database.executemany(
                f"INSERT INTO facts VALUES ({', '.join('?' * len(table.columns))})",
                random_facts.tuples(table, several),
            )
        return _keyed(
            row
            for sql in statements(table, Dialect.DUCKDB, days)
            for row in database.execute(sql).fetchall()
        )


def in_postgres(
    table: FactTable, several: Sequence[Row], days: Days | None = None
) -> dict[Key, int]:
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS facts")
        cursor.execute(f"CREATE TEMPORARY TABLE facts ({random_facts.schema(table)})")
        cursor.executemany(
            f"INSERT INTO facts VALUES ({', '.join(['%s'] * len(table.columns))})",
            random_facts.tuples(table, several),
        )
        found = []
        for sql in statements(table, Dialect.POSTGRES, days):
            cursor.execute(sql)
            found += cursor.fetchall()
    return _keyed(found)


def _keyed(found: Iterable[tuple[str | int, ...]]) -> dict[Key, int]:
    """Twice the same key would be a double count."""
    keyed: dict[Key, int] = {}
    for measure, unit, procedure, half, key, n in found:
        name = (str(measure), str(unit), str(procedure), int(half), int(key))
        assert name not in keyed
        keyed[name] = int(n)
    return keyed


@EACH_TABLE
@SETTINGS
@given(data=st.data())
def test_two_databases_and_a_plain_reading_agree(
    table: FactTable, data: st.DataObject, db: None
) -> None:
    several = data.draw(random_facts.rows(table))
    expected = plainly.counts(measures(table), several)
    assert in_duckdb(table, several) == expected
    assert in_postgres(table, several) == expected


@EACH_TABLE
@pytest.mark.django_db
def test_any_range_of_days_agrees_too(table: FactTable) -> None:
    several = random_facts.many(table, 300, seed=5)
    days = Days(random_facts.FIRST + 9, random_facts.LAST - 11)
    inside = {
        group.half.name: [
            row
            for row in several
            if row[group.day.name] is not None
            and days.starts <= int(row[group.day.name] or 0) < days.ends
        ]
        for group in emission.groups(measures(table))
    }
    expected: dict[Key, int] = {}
    for measure in measures(table):
        expected |= plainly.counts([measure], inside[measure.half.name])
    assert expected
    assert in_duckdb(table, several, days) == expected
    assert in_postgres(table, several, days) == expected


@EACH_TABLE
@SETTINGS
@given(data=st.data())
def test_signed_rows_give_the_difference_of_two_states(
    table: FactTable, data: st.DataObject
) -> None:
    """What the follower does: old rows leave, new rows come, the rest is not read."""
    before = data.draw(random_facts.rows(table, most=12))
    after = data.draw(random_facts.rows(table, most=12))
    signed = [*((row, -1) for row in before), *((row, 1) for row in after)]
    with duckdb.connect() as database:
        columns = random_facts.schema(table)
        database.execute(f"CREATE TABLE facts ({columns}, sign BIGINT)")
        marks = ", ".join("?" * (len(table.columns) + 1))
        for row, sign in signed:
            database.execute(
                f"INSERT INTO facts VALUES ({marks})",
                (*random_facts.tuples(table, [row])[0], sign),
            )
        deltas = _keyed(
            row
            for group in emission.groups(measures(table))
            for row in database.execute(
                emission.statement(
                    group, relation="facts", dialect=Dialect.DUCKDB, weight="sign"
                )
            ).fetchall()
        )
    folded = plainly.counts(measures(table), before)
    for key, n in deltas.items():
        folded[key] = folded.get(key, 0) + n
    expected = plainly.counts(measures(table), after)
    assert {key: n for key, n in folded.items() if n} == expected


def test_the_order_of_rows_does_not_matter() -> None:
    table = TABLES[0]
    several = random_facts.many(table, 200, seed=8)
    shuffled = list(several)
    Random(8).shuffle(shuffled)
    assert in_duckdb(table, several) == in_duckdb(table, shuffled)


def test_without_procedures_only_the_rows_of_all_remain() -> None:
    table = TABLES[0]
    several = random_facts.many(table, 200, seed=9)
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE facts ({random_facts.schema(table)})")
        database.executemany(
            f"INSERT INTO facts VALUES ({', '.join('?' * len(table.columns))})",
            random_facts.tuples(table, several),
        )
        found = _keyed(
            row
            for group in emission.groups(measures(table))
            for row in database.execute(
                emission.statement(
                    group,
                    relation="facts",
                    dialect=Dialect.DUCKDB,
                    by_procedure=False,
                )
            ).fetchall()
        )
    every = in_duckdb(table, several)
    assert found == {key: n for key, n in every.items() if key[2] == ""}
