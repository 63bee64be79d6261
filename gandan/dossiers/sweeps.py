"""What time alone makes true. Each sweep is a loop over rows: claim, do, mark; a missed
night only delays, since the event says when it became true.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import F, Q

from gandan.dossiers import events
from gandan.dossiers.actions import course
from gandan.dossiers.models import Dossier
from gandan.dossiers.telling import tell
from gandan.kernel.actors import SYSTEM
from gandan.kernel.localtime import at_local, local_day
from gandan.ledger import journal

BATCH = 200


def _end_of(day: date) -> datetime:
    return at_local(day + timedelta(days=1), time.min)


def _batches(at: datetime) -> Iterator[list[Dossier]]:
    """Running dossiers whose due day has passed unnoticed, a locked batch at a time."""
    today = local_day(at)
    while True:
        rows = list(
            Dossier.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(state__in=["received", "processing"], due_on__lt=today)
            .filter(imported=False)
            .filter(Q(overdue_on__isnull=True) | ~Q(overdue_on=F("due_on")))
            .select_related("competent", "procedure", "received_by")
            .order_by("due_on", "id")[:BATCH]
        )
        if not rows:
            return
        yield rows


def note_overdue(*, at: datetime) -> int:
    """Write `overdue` for every dossier whose due day ended; how many."""
    noted = 0
    with transaction.atomic():
        for rows in _batches(at):
            facts = []
            for dossier in rows:
                assert dossier.due_on is not None
                fact = events.Overdue(*course.happened(dossier), due=dossier.due_on)
                facts.append(
                    journal.row_of(fact, by=SYSTEM, at=_end_of(dossier.due_on))
                )
                dossier.overdue_on = dossier.due_on
            journal.record_rows(facts)
            Dossier.objects.bulk_update(rows, ["overdue_on"])
            noted += len(rows)
    return noted


def invite_to_rate(*, at: datetime) -> int:
    """The day after hand-over, invite by mail; who has no mail finds the paper box."""
    yesterday = local_day(at) - timedelta(days=1)
    invited = 0
    rows = (
        Dossier.objects.filter(
            state="returned", returned_on=yesterday, imported=False, rated__isnull=True
        )
        .select_related("procedure", "received_by", "competent", "place")
        .prefetch_related("parties")
        .order_by("id")
    )
    for dossier in rows.iterator(chunk_size=BATCH):
        with transaction.atomic():
            tell(dossier, "rating_invited", at=at)
        invited += 1
    return invited
