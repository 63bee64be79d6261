"""Is what the pages show what the records say? Counted a second time, and compared.

States against the facts, in DuckDB from Parquet: bit by bit. Facts against the tables:
row by row, save records with an event that the follower has not read yet. All of it is
read in one snapshot, while the house goes on working.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

import duckdb
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from gandan.indicators.definitions import MEASURES
from gandan.indicators.emission import Dialect, groups, statement
from gandan.indicators.states import exporting
from gandan.indicators.states.following import reached
from gandan.indicators.states.tables import FOLLOWED, Followed, stored

Cell: TypeAlias = tuple[str, str, str, int, int]  # measure, unit, procedure, half, key
_ROWS_A_STEP = 5_000
_MOST = 20  # differences that are said one by one


@dataclass(frozen=True, slots=True)
class Proof:
    """`differences` are sentences; none of them means that all is equal."""

    cells: int
    records: int
    differences: tuple[str, ...]
    more: int

    @property
    def holds(self) -> bool:
        return not self.differences


def prove(tell: Callable[[str], None] = lambda said: None) -> Proof:
    with (
        tempfile.TemporaryDirectory(prefix="gandan-facts-") as folder,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        # A long reading: the limit of a page is not meant for it.
        cursor.execute("SET LOCAL statement_timeout = 0")
        tell("facts as Parquet")
        exporting.export_in(cursor, Path(folder))
        tell("states by DuckDB")
        theirs = counted_by_duckdb(Path(folder))
        ours = _states(cursor)
        said = list(_cells_that_differ(ours, theirs))
        tell("facts by the tables")
        records, rows = _rows_that_differ(cursor)
        said += rows
    return Proof(len(theirs), records, tuple(said[:_MOST]), max(0, len(said) - _MOST))


def counted_by_duckdb(folder: Path) -> dict[Cell, int]:
    """Every measure from the Parquet of `folder`, in both grains."""
    cells: dict[Cell, int] = {}
    with duckdb.connect() as database:
        for group in groups(MEASURES.values()):
            files = folder / group.table.name
            if not any(files.glob("*.parquet")):
                continue
            name = f"facts_{group.table.name}"
            database.execute(
                f"CREATE OR REPLACE VIEW {name} AS "
                f"SELECT * FROM read_parquet('{files}/*.parquet')"
            )
            text = statement(group, relation=name, dialect=Dialect.DUCKDB)
            for *cell, n in database.execute(text).fetchall():
                cells[_cell(cell)] = n
    return cells


def _cell(values: list[object]) -> Cell:
    measure, unit, procedure, half, key = values
    assert isinstance(half, int)
    assert isinstance(key, int)
    return str(measure), str(unit), str(procedure), half, key


def _states(cursor: CursorWrapper) -> dict[Cell, int]:
    cursor.execute(
        """
        SELECT m.code, unit, procedure, half, key, CAST(SUM(n) AS BIGINT) FROM (
            SELECT measure_id, unit, procedure, half, key, n FROM figures_state
            UNION ALL
            SELECT measure_id, unit, procedure, half, key, n FROM figures_delta
        ) s JOIN figures_measure m ON m.id = measure_id
        GROUP BY m.code, unit, procedure, half, key HAVING SUM(n) <> 0
        """
    )
    return {_cell(list(row[:5])): row[5] for row in cursor.fetchall()}


def _cells_that_differ(ours: dict[Cell, int], theirs: dict[Cell, int]) -> Iterator[str]:
    for cell in sorted(ours.keys() | theirs.keys()):
        kept, counted = ours.get(cell, 0), theirs.get(cell, 0)
        if kept != counted:
            measure, unit, procedure, half, key = cell
            where = f"{unit}, {procedure or 'all procedures'}, half {half}, key {key}"
            yield f"{measure} of {where}: {kept} is kept, {counted} is counted"


def _rows_that_differ(cursor: CursorWrapper) -> tuple[int, list[str]]:
    cursor.execute(
        "SELECT DISTINCT subject FROM ledger_event WHERE (xid, id) > (%s, %s)",
        reached(),
    )
    unread = {row[0] for row in cursor.fetchall()}
    records, said = 0, []
    for one in FOLLOWED:
        for several in _records(cursor, one):
            here = [record for record in several if record not in unread]
            records += len(here)
            kept = set(stored(cursor, one, here))
            counted = set(one.rows([UUID(record) for record in here]))
            said += [
                f"{one.table.name} {row[0]}: its stored facts are not those of its "
                "tables"
                for row in sorted(kept ^ counted, key=lambda row: str(row[0]))
            ]
    return records, list(dict.fromkeys(said))


def _records(cursor: CursorWrapper, one: Followed) -> Iterator[list[str]]:
    """Public ids of what is stored and of what could be, a step at a time."""
    source = "dossiers_visit" if one.table.name == "visit" else "dossiers_dossier"
    after = 0
    while True:
        cursor.execute(
            f"SELECT id, public_id::text FROM {source} WHERE id > %s ORDER BY id "
            f"LIMIT {_ROWS_A_STEP}",
            [after],
        )
        rows = cursor.fetchall()
        if not rows:
            break
        after = rows[-1][0]
        yield [record for _id, record in rows]
    cursor.execute(
        f"SELECT DISTINCT record FROM {one.relation} f WHERE NOT EXISTS "
        f"(SELECT FROM {source} s WHERE s.public_id::text = f.record)"
    )
    if orphans := [row[0] for row in cursor.fetchall()]:
        yield orphans
