"""The emitted SQL: what it counts, what it leaves out, what it refuses."""

from collections.abc import Sequence

import duckdb
import pytest

from gandan.dossiers.facts import DOSSIER, VISIT
from gandan.indicators import algebra, emission
from gandan.indicators.algebra import Compare, Count, Histogram, Measure, Not, Sum
from gandan.indicators.emission import Days, Dialect
from tests.indicators.plainly import Key

RECEIVED, ENDED = DOSSIER["received_half"], DOSSIER["ended_half"]
LATE = Compare(DOSSIER["judged_extended"], algebra.Test.EQUAL, "late")
COLUMNS = """record, unit, procedure, judged_extended, received_day, received_half,
    ended_half, visits, rating"""
ROWS = """
    ('a', 'x', '1.001', 'late',    100, 10, 11,   3, 5),
    ('b', 'x', '1.001', '',        101, 10, NULL, 0, NULL),
    ('c', 'x', '1.002', 'on_time', 110, 11, 11,   2, 1),
    ('d', 'y', '1.001', 'late',    120, 12, 12,   1, NULL),
    ('e', 'y', '',      'early',   120, 12, 12,   1, 3)"""


def measure(
    code: str, aggregate: algebra.Aggregate, half: str = "received_half"
) -> Measure:
    unit, procedure = DOSSIER["unit"], DOSSIER["procedure"]
    return Measure(code, DOSSIER, aggregate, DOSSIER[half], unit, procedure)


def run(measures: Sequence[Measure], *, days: Days | None = None) -> dict[Key, int]:
    with duckdb.connect() as database:
        database.execute(
            f"CREATE TABLE d AS SELECT * FROM (VALUES {ROWS}) AS v ({COLUMNS})"
        )
        found: dict[Key, int] = {}
        for group in emission.groups(measures):
            sql = emission.statement(
                group, relation="d", dialect=Dialect.DUCKDB, days=days
            )
            found |= {row[:5]: row[5] for row in database.execute(sql).fetchall()}
    return found


def test_a_count_is_given_for_each_procedure_and_for_all() -> None:
    assert run([measure("received", Count())]) == {
        ("received", "x", "1.001", 10, 0): 2,
        ("received", "x", "1.002", 11, 0): 1,
        ("received", "x", "", 10, 0): 2,
        ("received", "x", "", 11, 0): 1,
        ("received", "y", "1.001", 12, 0): 1,
        # One of the two has no procedure: it counts among all only.
        ("received", "y", "", 12, 0): 2,
    }


def test_a_row_without_the_half_does_not_count() -> None:
    found = run([measure("ended", Count(), "ended_half")])
    assert found["ended", "x", "", 11, 0] == 2
    assert sum(n for key, n in found.items() if key[2] == "") == 4


def test_not_of_an_absent_value_is_true() -> None:
    low = Compare(DOSSIER["rating"], algebra.Test.LESS, 3)
    found = run([measure("not_low", Count(Not(low)))])
    assert sum(n for key, n in found.items() if key[2] == "") == 4


def test_a_sum_and_a_histogram_leave_absent_values_out() -> None:
    found = run(
        [
            measure("visits", Sum(DOSSIER["visits"], LATE)),
            measure("ratings", Histogram(DOSSIER["rating"])),
        ]
    )
    assert {key: n for key, n in found.items() if key[2] == ""} == {
        ("visits", "x", "", 10, 0): 3,
        ("visits", "y", "", 12, 0): 1,
        ("ratings", "x", "", 10, 5): 1,
        ("ratings", "x", "", 11, 1): 1,
        ("ratings", "y", "", 12, 3): 1,
    }


def test_any_range_of_days_reads_the_day_behind_the_half() -> None:
    found = run([measure("received", Count())], days=Days(101, 120))
    assert {key: n for key, n in found.items() if key[2] == ""} == {
        ("received", "x", "", 10, 0): 1,
        ("received", "x", "", 11, 0): 1,
    }


def test_rows_with_a_weight_take_back_what_they_gave() -> None:
    (group,) = emission.groups([measure("visits", Sum(DOSSIER["visits"]))])
    with duckdb.connect() as database:
        database.execute(
            f"CREATE TABLE d AS SELECT *, 1 AS w FROM (VALUES {ROWS}) AS v ({COLUMNS})"
        )
        database.execute("INSERT INTO d SELECT * REPLACE (-1 AS w) FROM d")
        database.execute("UPDATE d SET visits = 7 WHERE record = 'a' AND w = 1")
        sql = emission.statement(
            group, relation="d", dialect=Dialect.DUCKDB, weight="w"
        )
        assert sorted(database.execute(sql).fetchall()) == [
            ("visits", "x", "", 10, 0, 4),
            ("visits", "x", "1.001", 10, 0, 4),
        ]


def test_measures_of_one_half_share_a_statement() -> None:
    several = [
        measure("received", Count()),
        measure("ended", Count(), "ended_half"),
        measure("visits", Sum(DOSSIER["visits"])),
    ]
    found = [[one.code for one in g.measures] for g in emission.groups(several)]
    assert found == [["received", "visits"], ["ended"]]


@pytest.mark.parametrize("text", ["it's", "a\\b", "two\nlines"])
def test_a_value_that_a_database_could_read_otherwise_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        emission.literal(text)


def test_a_relation_is_a_plain_name() -> None:
    (group,) = emission.groups([measure("received", Count())])
    with pytest.raises(ValueError, match="cannot stand"):
        emission.statement(group, relation="d; DROP", dialect=Dialect.POSTGRES)


def test_a_measure_reads_columns_of_its_own_table() -> None:
    with pytest.raises(AssertionError):
        Measure(
            "wrong",
            VISIT,
            Count(LATE),
            VISIT["visited_half"],
            VISIT["unit"],
            VISIT["procedure"],
        )
