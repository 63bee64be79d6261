"""Dossier codes: agency, local date of reception, number of that day.

Decree 61/2018 art. 26 and TT 03/2025: `H14.X01273-250610-0007`. The counter restarts
each day for each agency; 7000–9999 stay free for offline stations. What is filed online
has a filing number of our own (`G-7F3K-92QD`), since there is no code before reception.
"""

import secrets
from datetime import date

from django.db import connection

LAST_NUMBER = 6999


class NumbersUsedUp(Exception):
    """An agency gave 6,999 numbers on one day."""


_NEXT = """
INSERT INTO dossiers_codecounter (organisation_id, day, last) VALUES (%s, %s, %s)
ON CONFLICT (organisation_id, day) DO UPDATE
SET last = dossiers_codecounter.last + EXCLUDED.last
RETURNING last
"""


def take_numbers(organisation: int, day: date, count: int = 1) -> range:
    """The next numbers of this agency and day; taken last in the transaction.

    The row stays locked until the commit, so nothing slow may follow.
    """
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [organisation, day, count])
        last: int = cursor.fetchone()[0]
    if last > LAST_NUMBER:
        raise NumbersUsedUp(f"{organisation} on {day}")
    return range(last - count + 1, last + 1)


def code_of(agency_code: str, day: date, number: int) -> str:
    return f"{agency_code}-{day:%y%m%d}-{number:04}"


# No 0 O 1 I L: people copy it by hand. Random, so that it says nothing of anybody.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_PREFIX = "G"


def new_filing_number() -> str:
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(2))
    return "-".join((_PREFIX, *groups))


def typed_number(text: str) -> str:
    """A code or filing number as it is stored, however it was typed; `text` is clean.

    Strokes and the G may be missing from a filing number; a code keeps its points.
    """
    plain = "".join(text.upper().split())
    letters = "".join(sign for sign in plain if sign.isascii() and sign.isalnum())
    if len(letters) == 9 and letters.startswith(_PREFIX):
        letters = letters[1:]
    if len(letters) == 8 and "." not in plain:
        return f"{_PREFIX}-{letters[:4]}-{letters[4:]}"
    return plain
