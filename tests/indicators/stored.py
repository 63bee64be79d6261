"""Fact rows and their states put into the database, as the follower leaves them."""

from collections.abc import Mapping, Sequence

from django.db import connection

from gandan.figures.facts import FactTable, Row
from gandan.indicators import counting, emission
from gandan.indicators.definitions import MEASURES
from gandan.indicators.emission import Dialect
from tests.indicators import facts_at_random as random_facts

CELL = "measure_id, unit, procedure, half, key, n"


def store(history: Mapping[FactTable, Sequence[Row]], *, folded: bool = True) -> None:
    """States as the facts add up. Not `folded`: a part of each still is a delta."""
    with connection.cursor() as cursor:
        # Ids are few: none is taken for a code that is known.
        cursor.executemany(
            f"INSERT INTO {counting.MEASURES} (code, digest) "
            f"SELECT new, '' FROM (SELECT CAST(%s AS TEXT) AS new) AS one "
            f"WHERE new NOT IN (SELECT code FROM {counting.MEASURES})",
            [(code,) for code in MEASURES],
        )
        for table, rows in history.items():
            marks = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(
                f"INSERT INTO {counting.relation(table)} ({', '.join(table.names)}) "
                f"VALUES ({marks})",
                random_facts.tuples(table, rows),
            )
            measures = [one for one in MEASURES.values() if one.table is table]
            for group in emission.groups(measures):
                sql = emission.statement(
                    group,
                    relation=counting.relation(table),
                    dialect=Dialect.POSTGRES,
                )
                cells = (
                    "SELECT m.id, c.unit, c.procedure, c.half, c.key, {n} "
                    f"FROM ({sql}) AS c JOIN {counting.MEASURES} AS m "
                    "ON m.code = c.measure"
                )
                n = "c.n" if folded else "c.n + 3"
                cursor.execute(
                    f"INSERT INTO {counting.STATES} ({CELL}) {cells.format(n=n)}"
                )
                if not folded:
                    cursor.execute(
                        f"INSERT INTO {counting.DELTAS} ({CELL}) {cells.format(n='-3')}"
                    )


def forget_states() -> None:
    """What is read afterwards can only come from fact rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {counting.STATES}")
        cursor.execute(f"DELETE FROM {counting.DELTAS}")
