"""Names of prepared records, read from the province's tables past the pages.

A test of pages needs their addresses; the secrets are computed as the house does, from
the key under its home.
"""

import hmac
from base64 import b32encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.contrib.auth.hashers import make_password
from psycopg.sql import SQL, Identifier

from tests.journeys.house import House
from tests.journeys.looks import NEWCOMER, NOBODY

WARD = "01273@2025-07-01"
DESK, BODY = f"04.{WARD}/mc", f"04.{WARD}"
_ONE_OF_EACH_STATE = """
SELECT DISTINCT ON (state) state, public_id::text FROM dossiers_dossier d
WHERE received_by_id = (SELECT id FROM places_organisation WHERE key = %(desk)s)
  AND NOT imported AND (state <> 'processing' OR due_on > '2026-06-11')
  AND NOT EXISTS (SELECT 1 FROM dossiers_pause p WHERE p.dossier_id = d.id
                  AND d.state = 'processing')
  AND (supplements = 0 OR state = 'supplement')
ORDER BY state, extensions, id
"""
_ONE = {
    "asked": """
        SELECT farmer_dossier::text FROM site_demo""",
    "late": """
        SELECT d.public_id::text FROM dossiers_dossier d
        JOIN places_organisation o ON o.id = d.received_by_id AND o.key = %(desk)s
        WHERE d.state = 'processing' AND d.due_on < '2026-06-11'
          AND d.public_id <> (SELECT farmer_dossier FROM site_demo)""",
    "left_out": """
        SELECT d.public_id::text FROM dossiers_dossier d JOIN dossiers_pause p
        ON p.dossier_id = d.id AND p.ends_on IS NULL AND p.kind = 'public_posting'
        JOIN places_organisation o ON o.id = d.received_by_id AND o.key = %(desk)s""",
    "papers_came": """
        SELECT d.public_id::text FROM dossiers_dossier d
        JOIN places_organisation o ON o.id = d.received_by_id AND o.key = %(desk)s
        WHERE d.state = 'processing' AND d.supplements = 1""",
    "extended": """
        SELECT d.public_id::text FROM dossiers_dossier d
        JOIN places_organisation o ON o.id = d.received_by_id AND o.key = %(desk)s
        WHERE d.extensions = 1 AND d.state = 'processing'""",
    "to_sign": """
        SELECT d.subject FROM duties_duty d JOIN places_organisation o
        ON o.id = d.organisation_id AND o.key = %(body)s
        WHERE d.kind = 'sign' AND d.done_at IS NULL""",
    "parked": """
        SELECT d.public_id::text FROM dossiers_dossier d
        JOIN places_organisation o ON o.id = d.received_by_id AND o.key = %(desk)s
        WHERE d.state = 'draft'""",
    "visit": """
        SELECT v.public_id::text FROM dossiers_visit v
        JOIN places_organisation o ON o.id = v.desk_id AND o.key = %(desk)s""",
    "user": """
        SELECT public_id::text FROM people_user WHERE username = 'demo-01273-quay'""",
    "mandate": """
        SELECT m.public_id::text FROM people_mandate m JOIN people_user u
        ON u.id = m.user_id WHERE u.username = 'demo-01273-quay'""",
    "reform_sheet": """
        SELECT s.public_id::text FROM indicators_reformsheet s
        JOIN places_organisation o ON o.id = s.organisation_id AND o.key = %(body)s""",
    "reform_first": """
        SELECT public_id::text FROM indicators_reformsheet WHERE stage = 'first'""",
    "text": "SELECT public_id::text FROM notices_message WHERE channel = 'sms'",
    "call": "SELECT public_id::text FROM notices_message WHERE channel = 'call'",
    "card": "SELECT public_id::text FROM notices_message WHERE channel = 'card'",
    "ward": "SELECT key FROM places_organisation WHERE key = %(body)s",
    "committee": """
        SELECT key FROM places_organisation WHERE kind = 'steering_committee'""",
    "ended_body": """
        SELECT key FROM places_organisation
        WHERE kind = 'people_committee' AND ends IS NOT NULL ORDER BY id""",
}
_ADMINISTRATOR = """
INSERT INTO people_mandate (public_id, user_id, role, organisation_id, starts, decision)
SELECT gen_random_uuid(), user_id, 'administrator', organisation_id, starts, decision
FROM people_mandate m JOIN people_user u ON u.id = m.user_id
WHERE u.username = 'demo-tinh' LIMIT 1 ON CONFLICT DO NOTHING
"""
# A commune that the demo leaves without a dossier: one of its crew takes every part,
# and another keeps none.
USERNAMES = {NEWCOMER: "demo-01822-truong-quay", NOBODY: "demo-01822-quay"}
_ONE_FOR_ALL = """
UPDATE people_mandate SET user_id = (
    SELECT id FROM people_user WHERE username = %(newcomer)s)
WHERE user_id IN (SELECT id FROM people_user WHERE username LIKE 'demo-01822-%%')
"""


@dataclass(frozen=True, slots=True)
class Key:
    """What opens a dossier on the follow page."""

    code: str
    secret: str


def _connect(house: House) -> psycopg.Connection[tuple[str, ...]]:
    conninfo = psycopg.conninfo.make_conninfo(
        house.place.conninfo, dbname=house.database
    )
    return psycopg.connect(conninfo, autocommit=True)


def read(house: House) -> dict[str, str]:
    """By the names that addresses carry in braces."""
    given = {"desk": DESK, "body": BODY}
    found = given | {"unit": WARD}
    with _connect(house) as connection:
        connection.execute(_ADMINISTRATOR)
        connection.execute(_ONE_FOR_ALL, USERNAMES)
        for state, public_id in connection.execute(_ONE_OF_EACH_STATE, given):
            found[state] = public_id
        for name, asked in _ONE.items():
            row = connection.execute(asked + " LIMIT 1", given).fetchone()
            assert row, f"the province has no {name}"
            found[name] = row[0]
    return found


def key_of(house: House, home: Path, public_id: str) -> Key:
    with _connect(house) as connection:
        row = connection.execute(
            "SELECT coalesce(code, filing_number), ledger_id FROM dossiers_dossier"
            " WHERE public_id = %s",
            [public_id],
        ).fetchone()
    assert row
    key = (home / "secrets" / "gandan_capability_key").read_text().encode()
    digest = hmac.digest(key, f"follow\n{row[1]}".encode(), "sha256")
    return Key(row[0], b32encode(digest[:5]).decode("ascii"))


def let_in(house: House, username: str, password: str) -> None:
    """Nobody of the demo has a password."""
    with _connect(house) as connection:
        connection.execute(
            "UPDATE people_user SET password = %s WHERE username = %s",
            [make_password(password), username],
        )


@contextmanager
def without(house: House, table: str) -> Iterator[None]:
    """A fault: the house runs while one of its tables is gone."""
    here, gone = Identifier(table), Identifier(f"{table}_gone")
    rename = SQL("ALTER TABLE {} RENAME TO {}")
    with _connect(house) as connection:
        connection.execute(rename.format(here, gone))
        try:
            yield
        finally:
            connection.execute(rename.format(gone, here))
