"""Following the journal: each event once, in one transaction with what it changes.

Row ids commit out of order, so only events below every open transaction are read
(`xid < pg_snapshot_xmin`), and the place reached is kept with the counts themselves.
Whatever is killed, the next turn begins where the last commit ended.
"""

import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from gandan.dossiers.events import HistoryImported
from gandan.dossiers.fact_rows import FactRow
from gandan.figures.models import Follower
from gandan.indicators.definitions import MEASURES
from gandan.indicators.emission import Dialect, groups, statement
from gandan.indicators.states.tables import (
    FOLLOWED,
    WEIGHT,
    Followed,
    copy_in,
    make_signed,
    stored,
)
from gandan.ledger.models import Event

NAME = "states"
_LOCK = 0x6661637473  # «facts»: one follower at a time, whatever process it is in
EVENTS_A_TURN = 500
_ROWS_A_STEP = 5_000
_A_MOMENT = 0.02  # seconds
_CELLS = "unit, procedure, half, key, n"
_NEXT = """
SELECT xid, id, kind, subject FROM ledger_event
WHERE (xid, id) > (%s, %s)
  AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY xid, id LIMIT %s
"""
# A slip that closes a visit changes what the visit counts for.
_VISITS_OF = """
SELECT v.public_id FROM dossiers_visit v
JOIN dossiers_dossier d ON d.id = v.closed_by_id WHERE d.public_id = ANY(%s)
"""


class Busy(Exception):
    """Another process follows the journal at this moment."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn read and changed."""

    events: int
    records: int

    @property
    def is_full(self) -> bool:
        return self.events >= EVENTS_A_TURN


@contextmanager
def alone() -> Iterator[CursorWrapper]:
    """One transaction that nobody else changes states in. Raises `Busy`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise Busy
        yield cursor


def follow(limit: int = EVENTS_A_TURN) -> Turn:
    """Read the next events, recompute their records, add what changed."""
    with alone() as cursor:
        place, _new = Follower.objects.get_or_create(name=NAME)
        cursor.execute(_NEXT, [place.xid, place.event, limit])
        events = cursor.fetchall()
        if not events:
            return Turn(0, 0)
        cursor.execute("SET LOCAL statement_timeout = 0")  # a batch may be a history
        make_signed(cursor)
        changed = 0
        subjects: set[UUID] = set()
        for _xid, _id, kind, subject in events:
            if kind == HistoryImported.KIND:
                changed += _follow_batch(cursor, UUID(subject))
            elif kind.startswith("dossiers.") and (record := _uuid(subject)):
                subjects.add(record)
        if subjects:
            cursor.execute(_VISITS_OF, [list(subjects)])
            subjects |= {row[0] for row in cursor.fetchall()}
            for one in FOLLOWED:
                rows = one.rows(subjects)
                changed += replace(cursor, one, [str(s) for s in subjects], rows)
        place.xid, place.event = events[-1][:2]
        place.save()
    return Turn(len(events), changed)


def fold() -> int:
    """Add the deltas to the states; how many cells they touched."""
    with alone() as cursor:
        cursor.execute(
            f"""
            WITH taken AS (
                DELETE FROM figures_delta RETURNING measure_id, {_CELLS}
            )
            INSERT INTO figures_state (measure_id, {_CELLS})
            SELECT measure_id, unit, procedure, half, key, CAST(SUM(n) AS BIGINT)
            FROM taken GROUP BY measure_id, unit, procedure, half, key
            HAVING SUM(n) <> 0
            ON CONFLICT (measure_id, procedure, unit, half, key)
            DO UPDATE SET n = figures_state.n + excluded.n
            """
        )
        cells: int = cursor.rowcount
        return cells


class Waiting(Exception):
    """A transaction stays open below events that are committed already."""


def catch_up(patience: float = 60.0) -> int:
    """Follow everything that is committed by now, and fold; the records that changed.

    Events above a transaction that is still open (also of another database of the same
    server) wait for it, at most `patience` seconds: then `Waiting`.
    """
    last = Event.objects.order_by("xid", "id").values_list("xid", "id").last()
    changed, until = 0, time.monotonic() + patience
    while last is not None and reached() < last:
        if (turn := follow()).events:
            changed += turn.records
        elif time.monotonic() > until:
            raise Waiting
        else:
            time.sleep(_A_MOMENT)
    fold()
    return changed


def reached() -> tuple[int, int]:
    """The last event that was followed: transaction and row."""
    found = Follower.objects.filter(name=NAME).values_list("xid", "event").first()
    return found or (0, 0)


def replace(
    cursor: CursorWrapper,
    one: Followed,
    records: Collection[str],
    rows: Sequence[FactRow],
) -> int:
    """Put `rows` in the place of the stored rows of `records`; how many differ."""
    before, after = set(stored(cursor, one, records)), set(rows)
    gone, come = before - after, after - before
    if not gone and not come:
        return 0
    signed = [(*row, -1) for row in gone] + [(*row, 1) for row in come]
    copy_in(cursor, one.signed, f"{one.columns}, {WEIGHT}", signed)
    _add(cursor, one)
    cursor.execute(f"DELETE FROM {one.signed}")
    if gone:
        # By record: of an interval among several, those that stay come back.
        touched = {str(row[0]) for row in gone}
        cursor.execute(
            f"DELETE FROM {one.relation} WHERE record = ANY(%s)", [list(touched)]
        )
        come |= {row for row in after if str(row[0]) in touched}
    copy_in(cursor, one.relation, one.columns, list(come))
    return len(signed)


def _add(cursor: CursorWrapper, one: Followed) -> None:
    measures = [m for m in MEASURES.values() if m.table is one.table]
    for group in groups(measures):
        counted = statement(
            group, relation=one.signed, dialect=Dialect.POSTGRES, weight=WEIGHT
        )
        cursor.execute(
            f"INSERT INTO figures_delta (measure_id, {_CELLS}) "
            f"SELECT m.id, c.unit, c.procedure, c.half, c.key, c.n "
            f"FROM ({counted}) AS c JOIN figures_measure m ON m.code = c.measure"
        )


def _follow_batch(cursor: CursorWrapper, batch: UUID) -> int:
    """An imported history has one event (ADR 4): its records are read set by set."""
    cursor.execute(
        "SELECT id, public_id::text FROM dossiers_dossier WHERE import_batch = %s "
        "ORDER BY id",
        [batch],
    )
    several = cursor.fetchall()
    changed = 0
    for first in range(0, len(several), _ROWS_A_STEP):
        part = several[first : first + _ROWS_A_STEP]
        ids, records = zip(*part, strict=True)
        for one in FOLLOWED:
            if one.rows_by_id is not None:
                changed += replace(cursor, one, records, one.rows_by_id(ids))
    return changed


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None  # a desk's key: ballots in its box are no record
