"""Dossier codes: agency, local date of reception, number of that day.

Decree 61/2018 art. 26 and TT 03/2025: `H14.X01273-250610-0007`. The counter restarts
each day for each agency; 7000–9999 stay free for offline stations.
"""

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
