"""The fact tables that are followed: how a row is read, where it is stored."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.backends.utils import CursorWrapper

from gandan.dossiers import fact_rows, facts
from gandan.dossiers.fact_rows import FactRow
from gandan.figures.facts import FactTable
from gandan.indicators.models.facts import relation

WEIGHT = "weight"


@dataclass(frozen=True, slots=True)
class Followed:
    table: FactTable
    rows: Callable[[Collection[UUID]], list[FactRow]]
    # For imported history, read by row id; none where history has no such records.
    rows_by_id: Callable[[Collection[int]], list[FactRow]] | None = None

    @property
    def relation(self) -> str:
        return relation(self.table)

    @property
    def signed(self) -> str:
        """The session's table of what comes and goes; emptied at each commit."""
        return f"signed_{self.table.name}"

    @property
    def columns(self) -> str:
        return ", ".join(self.table.names)


FOLLOWED = (
    Followed(facts.DOSSIER, fact_rows.dossier_rows, fact_rows.dossier_rows_by_id),
    Followed(facts.LEFT_OUT, fact_rows.left_out_rows, fact_rows.left_out_rows_by_id),
    Followed(facts.VISIT, fact_rows.visit_rows),
)


def make_signed(cursor: CursorWrapper) -> None:
    for one in FOLLOWED:
        cursor.execute(
            f"CREATE TEMPORARY TABLE IF NOT EXISTS {one.signed} ON COMMIT DELETE ROWS "
            f"AS SELECT {one.columns}, 1 AS {WEIGHT} FROM {one.relation} WITH NO DATA"
        )


def copy_in(
    cursor: CursorWrapper, relation: str, columns: str, rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        with cursor.copy(f"COPY {relation} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def stored(
    cursor: CursorWrapper, one: Followed, records: Collection[str]
) -> list[FactRow]:
    """The rows as they were last computed."""
    cursor.execute(
        f"SELECT {one.columns} FROM {one.relation} WHERE record = ANY(%s)",
        [list(records)],
    )
    rows: list[FactRow] = cursor.fetchall()
    return rows
