"""Writing duties: always inside the transaction of the act that changes them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection

from gandan.duties.models import Duty, Visit


@dataclass(frozen=True, slots=True)
class Owed:
    """What one row of «Việc của tôi» says; ids are primary keys."""

    kind: str
    organisation: int
    label: str
    link: str
    role: str = ""
    user: int | None = None
    detail: str = ""
    person: str = ""
    place: int | None = None
    village: str = ""
    due_on: date | None = None
    waiting_for: str = ""
    waiting_since: date | None = None
    waiting_until: date | None = None


_FILLED = (
    *("organisation_id", "role", "user_id", "label", "detail", "person", "place_id"),
    *("village", "due_on", "link", "waiting_for", "waiting_since", "waiting_until"),
)
_COLUMNS = ("room", "subject", "kind", "since_at", *_FILLED)
_DONE = """
UPDATE duties_duty SET done_at = %s
WHERE room = %s AND subject = %s AND done_at IS NULL AND kind <> ALL(%s)
"""
# One statement: what is missing is done, what is new begins, what stays is renewed.
_SET = f"""
WITH gone AS ({_DONE})
INSERT INTO duties_duty ({", ".join(_COLUMNS)}) VALUES {{rows}}
ON CONFLICT (room, subject, kind) WHERE done_at IS NULL
DO UPDATE SET {", ".join(f"{name} = EXCLUDED.{name}" for name in _FILLED)}
"""


def set_duties(*, room: str, subject: str, owed: list[Owed], at: datetime) -> None:
    """Make the open duties of a record exactly `owed`; what is missing is done.

    A duty that stays keeps its `since_at`, so that «chờ từ» never jumps.
    """
    wanted = {duty.kind: duty for duty in owed}
    done: list[Any] = [at, room, subject, list(wanted)]
    with connection.cursor() as cursor:
        if not wanted:
            cursor.execute(_DONE, done)
            return
        for duty in wanted.values():
            row = Duty(room=room, subject=subject, kind=duty.kind, since_at=at)
            _fill(row, duty)
            done += [getattr(row, name) for name in _COLUMNS]
        one = f"({', '.join(['%s'] * len(_COLUMNS))})"
        cursor.execute(_SET.format(rows=", ".join([one] * len(wanted))), done)


def owe(*, room: str, owed: Sequence[tuple[str, Owed]], at: datetime) -> None:
    """The first duties of new records: (subject, duty), all in one statement."""
    rows = []
    for subject, duty in owed:
        row = Duty(room=room, subject=subject, kind=duty.kind, since_at=at)
        _fill(row, duty)
        rows.append(row)
    Duty.objects.bulk_create(rows)


def _fill(row: Duty, duty: Owed) -> None:
    row.organisation_id = duty.organisation
    row.role, row.user_id = duty.role, duty.user
    row.label, row.detail = duty.label, duty.detail
    row.person, row.place_id, row.village = duty.person, duty.place, duty.village
    row.due_on, row.link = duty.due_on, duty.link
    row.waiting_for = duty.waiting_for
    row.waiting_since, row.waiting_until = duty.waiting_since, duty.waiting_until


def clear(*, room: str, subject: str, at: datetime) -> None:
    """Nothing is owed on this record any more."""
    set_duties(room=room, subject=subject, owed=[], at=at)


# A look at the list this long after the last one is a new visit.
VISIT = timedelta(minutes=30)
_LOOK = timedelta(minutes=2)


def look(*, user: int, at: datetime) -> datetime | None:
    """Remember that the list was looked at; when the visit before this one ended.

    The dots of a visit stay while it lasts: a reload does not make rows old.
    """
    visit, is_first = Visit.objects.get_or_create(
        user_id=user, defaults={"before_at": at, "last_at": at}
    )
    if is_first:
        return None
    if at - visit.last_at > VISIT:
        visit.before_at = visit.last_at
    if at - visit.last_at > _LOOK:
        visit.last_at = at
        visit.save(update_fields=["before_at", "last_at"])
    return visit.before_at
