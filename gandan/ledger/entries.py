"""Writing entries of the public ledger (LEDGER §2, §7); sealing comes later.

No global counter and no tree access here: nothing serialises two dossiers.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from gandan.kernel import canonical
from gandan.ledger.models import Record


@dataclass(frozen=True, slots=True)
class Line:
    """One public record to be: `dossier` is the ledger id (b64u of 16 random bytes),
    never the file number; `seq` is the next of that dossier; `private` holds at least
    `code`."""

    dossier: str
    seq: int
    event: str
    day: date
    members: Mapping[str, Any]
    private: Mapping[str, str]


# One statement however many lines: entry, record, private fields, and the place in the
# queue. The leaf finds an entry again, since it is its own.
_APPEND = """
WITH given AS (
    SELECT * FROM unnest(%s::bytea[], %s::bytea[], %s::text[], %s::int[], %s::bytea[],
                         %s::bytea[], %s::text[])
    WITH ORDINALITY AS g(entry, leaf, dossier, seq, record, salt, fields, n)
), entries AS (
    INSERT INTO ledger_entry (entry, leaf) SELECT entry, leaf FROM given ORDER BY n
    RETURNING id, leaf
), records AS (
    INSERT INTO ledger_record (entry_id, dossier, seq, record)
    SELECT e.id, g.dossier, g.seq, g.record
    FROM given AS g JOIN entries AS e USING (leaf)
), privates AS (
    INSERT INTO ledger_private (entry_id, salt, fields)
    SELECT e.id, g.salt, g.fields::jsonb
    FROM given AS g JOIN entries AS e USING (leaf)
)
INSERT INTO ledger_pending (entry_id) SELECT id FROM entries
"""


def append_many(lines: Sequence[Line]) -> None:
    """Write public records with their entries; the caller holds the dossiers' locks."""
    if lines:
        columns = zip(*map(_row, lines), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(_APPEND, [list(column) for column in columns])


def append(
    *,
    dossier: str,
    seq: int,
    event: str,
    day: date,
    members: Mapping[str, Any],
    private: Mapping[str, str],
) -> None:
    """Write one public record with its entry; the caller holds the dossier's lock."""
    append_many([Line(dossier, seq, event, day, members, private)])


def last_due(dossier: str) -> date | None:
    """The due day that the public records of a dossier named last."""
    rows = Record.objects.filter(dossier=dossier).order_by("-seq")
    for text in rows.values_list("record", flat=True):
        if due := json.loads(bytes(text)).get("due"):
            return date.fromisoformat(due)
    return None


def _row(line: Line) -> tuple[bytes, bytes, str, int, bytes, bytes, str]:
    record = {
        "v": 1,
        "event": line.event,
        "dossier": line.dossier,
        "seq": line.seq,
        "day": line.day.isoformat(),
        "salt": canonical.b64u(secrets.token_bytes(16)),
        **line.members,
    }
    salt = secrets.token_bytes(32)
    entry = canonical.entry(
        pub=canonical.public_hash(record),
        prv=canonical.private_commitment(salt, line.private),
    )
    return (
        entry,
        canonical.leaf(entry),
        line.dossier,
        line.seq,
        canonical.canonical(record),
        salt,
        json.dumps(dict(line.private), ensure_ascii=False),
    )
