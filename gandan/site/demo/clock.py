"""The demo's date. It ticks through office hours and stands still at five in the
afternoon; only the bar moves it to another day, and then the sweeps of each night run.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Min
from django.utils import timezone

from gandan.dossiers import sweeps as dossiers
from gandan.duties.models import Duty
from gandan.forms import sweeps as forms
from gandan.kernel.localtime import at_local, local_day
from gandan.notices import sending
from gandan.site.demo.state import ONLY, DemoRefused
from gandan.site.models import DemoState

MORNING, NIGHT, CLOSES = time(8), time(0, 5), time(17)
FARTHEST = timedelta(days=120)
A_DAY = timedelta(days=1)


class ClockRefused(Exception):
    """The date moves forward only, one press at a time, and not out of sight."""


@dataclass(frozen=True, slots=True)
class Sweep:
    """What a night makes true: a callable that says how many rows it touched."""

    name: str
    run: Callable[[datetime], int]


# In the order of a night: what became late, who is invited, what expired, what leaves.
SWEEPS: tuple[Sweep, ...] = (
    Sweep("overdue", lambda at: dossiers.note_overdue(at=at)),
    Sweep("invited", lambda at: dossiers.invite_to_rate(at=at)),
    Sweep("expired", lambda at: forms.delete_expired(at)),
    Sweep("sent", lambda at: sending.send_due(at=at, limit=2000).sent),
)


def now() -> datetime:
    """The demo's moment: `settings.GANDAN_NOW` points here."""
    state = DemoState.objects.filter(pk=ONLY).first()
    if state is None:
        raise DemoRefused("this database is not marked as the demo's")
    return _ticked(state, timezone.now())


def _ticked(state: DemoState, real: datetime) -> datetime:
    """A morning goes on by itself; a night never falls by itself."""
    closing = at_local(local_day(state.as_of), CLOSES)
    elapsed = max(real - state.anchored_at, timedelta())
    return max(state.as_of, min(state.as_of + elapsed, closing))


def next_morning(at: datetime) -> datetime:
    return at_local(local_day(at) + A_DAY, MORNING)


def next_due(at: datetime) -> datetime | None:
    """The morning of the next day on which something open falls due."""
    day: date | None = Duty.objects.filter(
        done_at__isnull=True, due_on__gt=local_day(at)
    ).aggregate(day=Min("due_on"))["day"]
    return at_local(day, MORNING) if day else None


@transaction.atomic
def move_to(at: datetime) -> dict[str, int]:
    """Let the days up to `at` pass, night by night; what each sweep did."""
    state = (
        DemoState.objects.select_for_update(skip_locked=True).filter(pk=ONLY).first()
    )
    if state is None:
        raise ClockRefused("somebody is moving the date, or this is not the demo")
    before = _ticked(state, timezone.now())
    if not before < at <= before + FARTHEST:
        raise ClockRefused("the date moves forward, and at most 120 days")
    done = dict.fromkeys((sweep.name for sweep in SWEEPS), 0)
    for moment in _nights(before, at):
        for sweep in SWEEPS:
            done[sweep.name] += sweep.run(moment)
    state.as_of, state.anchored_at = at, timezone.now()
    state.save(update_fields=["as_of", "anchored_at"])
    return done


def _nights(before: datetime, after: datetime) -> Iterator[datetime]:
    """Five past midnight of each day that begins, then the new moment itself."""
    day = local_day(before) + A_DAY
    while day <= local_day(after):
        yield at_local(day, NIGHT)
        day += A_DAY
    yield after
