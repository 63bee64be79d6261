"""Raw inserts: a process with one connection that writes rows it was given.

`python -m bench.replay FILE PER_TRANSACTION PART OF`; says ready, waits for a line,
then answers how many dossiers it wrote and when it was through.
"""

import os
import pickle
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeAlias

import psycopg
from psycopg.types.json import Jsonb

from config.launch import postgres

Row: TypeAlias = tuple[str, dict[str, Any]]
Statement: TypeAlias = tuple[bytes, list[Any]]

# What an intake writes, and how the rows of a dossier are found.
TABLES: Mapping[str, str] = {
    "dossiers_dossier": "t.id = d.id",
    "dossiers_party": "t.dossier_id = d.id",
    "dossiers_dossierpaper": "t.dossier_id = d.id",
    "ledger_event": "t.subject = d.public_id::text",
    "ledger_entry": "t.id IN (SELECT entry_id FROM ledger_record AS r"
    " WHERE r.dossier = d.ledger_id)",
    "ledger_record": "t.dossier = d.ledger_id",
    "ledger_private": "t.entry_id IN (SELECT entry_id FROM ledger_record AS r"
    " WHERE r.dossier = d.ledger_id)",
    "ledger_pending": "t.entry_id IN (SELECT entry_id FROM ledger_record AS r"
    " WHERE r.dossier = d.ledger_id)",
    "notices_message": "t.subject = d.public_id::text",
    "duties_duty": "t.room = 'dossiers' AND t.subject = d.public_id::text",
    "dossiers_intake": "t.dossier_id = d.id",
}
_JSON = {
    ("dossiers_dossier", "answers"),
    ("ledger_event", "payload"),
    ("ledger_private", "fields"),
    ("notices_message", "params"),
    ("dossiers_intake", "answer"),
}


def statement(table: str, row: Mapping[str, Any]) -> Statement:
    names = ", ".join(f'"{name}"' for name in row)
    places = ", ".join(["%s"] * len(row))
    values = [
        Jsonb(value) if (table, name) in _JSON else value for name, value in row.items()
    ]
    return f'INSERT INTO "{table}" ({names}) VALUES ({places})'.encode(), values


def _transactions(
    dossiers: list[list[Row]], per_transaction: int
) -> Iterator[list[Statement]]:
    for first in range(0, len(dossiers), per_transaction):
        yield [
            statement(table, row)
            for dossier in dossiers[first : first + per_transaction]
            for table, row in dossier
        ]


def main() -> None:
    file, per_transaction, part, of = sys.argv[1:]
    everything: list[list[Row]] = pickle.loads(Path(file).read_bytes())
    mine = everything[int(part) :: int(of)]
    work = list(_transactions(mine, int(per_transaction)))
    login = postgres.conninfo(
        os.environ["GANDAN_SOCKET"], name=os.environ["GANDAN_DB_NAME"]
    )
    with psycopg.connect(login, autocommit=True) as connection:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        for statements in work:
            with connection.transaction():
                for sql, values in statements:
                    connection.execute(sql, values)
        sys.stdout.write(f"{len(mine)} {time.perf_counter()}\n")


if __name__ == "__main__":
    main()
