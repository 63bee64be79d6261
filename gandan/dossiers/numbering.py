"""Dossier codes: agency, local date of reception, number of that day.

Decree 61/2018 art. 26 and TT 03/2025: `H14.X01273-250610-0007`. The counter restarts
each day for each agency; 7000–9999 stay free for offline stations. What is filed online
has a filing number of our own (`G-7F3K-92QD`), since there is no code before reception.
"""

import secrets
from collections.abc import Mapping
from datetime import date

from django.db import connection

LAST_NUMBER = 6999


class NumbersUsedUp(Exception):
    """An agency gave 6,999 numbers on one day."""


# All agencies and days of a batch in one statement, always in the same order, so that
# two batches wait for each other instead of for ever. Who has too few left gets no row.
_NEXT = """
INSERT INTO dossiers_codecounter AS c (organisation_id, day, last)
SELECT * FROM unnest(%s::bigint[], %s::date[], %s::int[]) AS g(organisation, day, many)
ORDER BY organisation, day
ON CONFLICT (organisation_id, day) DO UPDATE SET last = c.last + EXCLUDED.last
WHERE c.last + EXCLUDED.last <= %s
RETURNING organisation_id, day, last
"""

Counted = tuple[int, date]


def take_all_numbers(wanted: Mapping[Counted, int]) -> dict[Counted, range]:
    """The next numbers of these agencies and days; taken last in the transaction.

    The rows stay locked until the commit, so nothing slow may follow.
    """
    rows = [(body, day, many) for (body, day), many in wanted.items()]
    bodies, days, many = (list(column) for column in zip(*rows, strict=True))
    with connection.cursor() as cursor:
        cursor.execute(_NEXT, [bodies, days, many, LAST_NUMBER])
        taken = {(body, day): last for body, day, last in cursor}
    if missing := next((key for key in wanted if key not in taken), None):
        raise NumbersUsedUp(f"{missing[0]} on {missing[1]}")
    return {key: range(last - wanted[key] + 1, last + 1) for key, last in taken.items()}


def take_numbers(organisation: int, day: date, count: int = 1) -> range:
    """The next numbers of one agency and day."""
    return take_all_numbers({(organisation, day): count})[organisation, day]


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
