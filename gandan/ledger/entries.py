"""Writing entries of the public ledger (LEDGER §2, §7); sealing comes later.

No global counter and no tree access here: nothing serialises two dossiers.
"""

import secrets
from datetime import date
from typing import Any

from gandan.kernel import canonical
from gandan.ledger.models import Entry, Pending, Private, Record


def append(
    *,
    dossier: str,
    seq: int,
    event: str,
    day: date,
    members: dict[str, Any],
    private: dict[str, str],
) -> Entry:
    """Write one public record with its entry; the caller holds the dossier's lock.

    `dossier` is the ledger id (b64u of 16 random bytes), never the file number; `seq`
    is the next of that dossier; `private` holds at least `code`.
    """
    record = {
        "v": 1,
        "event": event,
        "dossier": dossier,
        "seq": seq,
        "day": day.isoformat(),
        "salt": canonical.b64u(secrets.token_bytes(16)),
    } | members
    salt = secrets.token_bytes(32)
    text = canonical.canonical(record)
    line = canonical.entry(
        pub=canonical.public_hash(record),
        prv=canonical.private_commitment(salt, private),
    )
    entry = Entry.objects.create(entry=line, leaf=canonical.leaf(line))
    Record.objects.create(entry=entry, dossier=dossier, seq=seq, record=text)
    Private.objects.create(entry=entry, salt=salt, fields=private)
    Pending.objects.create(entry=entry)
    return entry
