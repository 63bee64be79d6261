"""A new decree re-reads open clocks, with an event each; printed promises stay.

The journal tells that a decree came; reading twice changes nothing, so a killed worker
only delays.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction

from gandan.dossiers import actions
from gandan.dossiers.actions import course
from gandan.dossiers.models import Dossier
from gandan.journeys.models import Reader
from gandan.ledger.models import Event
from gandan.places import queries as places
from gandan.places.events import CalendarDecreed

READER = "calendar"
RUNNING = ("received", "processing", "payment")
BATCH = 200


@dataclass(frozen=True, slots=True)
class Moved:
    """One clock that reads another date under today's calendar."""

    dossier: Dossier
    before: date | None
    after: date | None
    provisional: bool


def _running(after: int) -> list[Dossier]:
    rows = (
        Dossier.objects.filter(state__in=RUNNING, pk__gt=after, imported=False)
        .select_related("competent", "received_by", "procedure")
        .prefetch_related("pauses")
        .order_by("pk")
    )
    return list(rows[:BATCH])


def _each() -> Iterator[Dossier]:
    last = 0
    while rows := _running(last):
        yield from rows
        last = rows[-1].pk


def preview() -> list[Moved]:
    """Which open clocks stand at another date than today's calendar gives."""
    moved = []
    with places.pinned():
        for dossier in _each():
            before, provisional = dossier.due_on, dossier.provisional
            course.refresh(dossier, list(dossier.pauses.all()))
            if (dossier.due_on, dossier.provisional) != (before, provisional):
                moved.append(
                    Moved(dossier, before, dossier.due_on, dossier.provisional)
                )
    return moved


def reread_all(*, because: str, at: datetime) -> int:
    """Read every running clock again; how many moved."""
    ids = [moved.dossier.pk for moved in preview()]
    return sum(
        actions.reread(dossier_id=pk, because=because[:200], at=at) for pk in ids
    )


def _unread(last: int) -> list[Event]:
    """Decrees after `last` whose transaction nobody can overtake any more."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        xmin: int = cursor.fetchone()[0]
    rows = Event.objects.filter(kind=CalendarDecreed.KIND, pk__gt=last, xid__lt=xmin)
    return list(rows.order_by("pk"))


def follow_decrees(*, at: datetime) -> int:
    """Act on the journal's decrees that are not read yet; how many clocks moved."""
    reader, _new = Reader.objects.get_or_create(name=READER)
    fresh = _unread(reader.event_id)
    if not fresh:
        return 0
    because = str(fresh[-1].payload.get("basis", ""))
    moved = reread_all(because=because, at=at)
    with transaction.atomic():
        Reader.objects.filter(name=READER).update(event_id=fresh[-1].pk, read_at=at)
    return moved
