"""The arithmetic of the clock: which waits stop it, and the day it reaches.

`settle` costs a few look-ups whatever the limit, so that an import of a million
dossiers can ask for due dates; `spans` spells out the reasoning, day by day.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import ROUND_CEILING, Decimal

from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.clock.allowance import Allowance, ClockRefused, Unit
from gandan.kernel.clock.hours import A_DAY, OfficeHours, normalise, open_days
from gandan.kernel.clock.pauses import Gap, Pause, gaps_of
from gandan.kernel.clock.rules import RuleVersion
from gandan.kernel.localtime import at_local, local, local_day
from gandan.kernel.periods import add_months

HOURS_A_DAY = 8
FIRST_YEAR, LAST_YEAR = 1976, 2199

Moments = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Case:
    """Everything a reading depends on."""

    received: datetime
    allowance: Allowance | None
    pauses: tuple[Pause, ...]
    left_out: tuple[Pause, ...]
    rules: RuleVersion
    calendar: WorkCalendar
    hours: OfficeHours

    def __post_init__(self) -> None:
        moments = [local_day(self.received)]
        for pause in (*self.pauses, *self.left_out):
            moments += [pause.starts, pause.ends or pause.starts]
        if not all(FIRST_YEAR <= moment.year <= LAST_YEAR for moment in moments):
            raise ClockRefused(f"dates lie between {FIRST_YEAR} and {LAST_YEAR}")

    @property
    def restarts(self) -> bool:
        return self.rules.resume == "RESTART"


@dataclass(frozen=True, slots=True)
class Count:
    """A settled count: from `begins`, over `gaps`, to `due`; or stopped, or by hand.

    `begins` is the normalised reception, or the last restart. `reached` is the day the
    last unit was counted, before a rest day moved it on to `due`.
    """

    starts: datetime
    begins: datetime
    waits: tuple[Pause, ...] = ()
    left_out: tuple[Pause, ...] = ()
    gaps: tuple[Gap, ...] = ()
    reached: date | None = None
    due: date | None = None
    due_at: datetime | None = None
    remaining: Decimal = Decimal(0)

    @property
    def day_zero(self) -> date:
        return self.starts.date()

    @property
    def zero(self) -> date:
        """Day zero of the count in force."""
        return self.begins.date()

    @property
    def open_gap(self) -> Gap | None:
        return self.gaps[-1] if self.gaps and self.gaps[-1].ends is None else None


def settle(case: Case) -> Count:
    """Take the intervals in order of their opening; one opened too late stops nothing.

    Too late is after the due date as it stood then: asking for papers stays allowed,
    but a late dossier does not heal itself.
    """
    starts = normalise(case.received, case.calendar, case.hours)
    count = _counted(case, Count(starts=starts, begins=starts))
    papers = [(pause, True) for pause in case.pauses]
    left_out = [(pause, False) for pause in case.left_out]
    for pause, is_wait in sorted(papers + left_out, key=lambda one: one[0].starts):
        if count.due is not None and pause.starts > count.due:
            break
        count = _counted(case, _with(case, count, pause, is_wait=is_wait))
    return count


def _with(case: Case, count: Count, pause: Pause, *, is_wait: bool) -> Count:
    """The count with one more interval. Only a wait for papers can restart it.

    Around what the law leaves out (tax, posting, measuring …) the count goes on.
    """
    gaps = gaps_of((*count.waits, *count.left_out, pause))
    if not is_wait:
        return replace(count, gaps=gaps, left_out=(*count.left_out, pause))
    begins = count.begins
    if case.restarts and pause.ends is not None:
        resumed = pause.resumed_at and local(pause.resumed_at)
        begins = max(begins, resumed or at_local(pause.ends, time.min))
    return replace(count, gaps=gaps, waits=(*count.waits, pause), begins=begins)


def _counted(case: Case, count: Count) -> Count:
    if case.allowance is None:
        return count
    if case.allowance.is_by_the_hour:
        return _counted_in_hours(case, case.allowance, count)
    return _counted_in_days(case, case.allowance, count)


def whole(allowance: Allowance, zero: date) -> Decimal:
    """The units to count from day zero: days, hours; a month in its calendar days.

    A month is the time to the same date of the next, so that days left out of it push
    its end by as many days.
    """
    if allowance.unit == Unit.MONTH:
        months = int(allowance.quantity)
        return Decimal((add_months(zero, months) - zero).days)
    return allowance.quantity


def will_restart(case: Case, count: Count) -> bool:
    """An open wait for papers under RESTART: what was counted will not stand."""
    return case.restarts and any(wait.ends is None for wait in count.waits)


def _counted_in_days(case: Case, allowance: Allowance, count: Count) -> Count:
    total = whole(allowance, count.zero)
    days = int(total.to_integral_value(ROUND_CEILING))
    last, left = count.zero, days
    between, nth = _measure(allowance.unit, case.calendar)
    for gap in count.gaps:
        before = gap.starts - A_DAY
        if before > last:
            available = between(last, before)
            if available >= left:
                break
            left -= available
        if gap.ends is None:
            return _stopped(case, allowance, count, counted=Decimal(days - left))
        last = max(last, gap.ends - A_DAY)
    reached = nth(last, left)
    due = _moved_on(reached, count.gaps, case.calendar)
    if due is None:
        return _stopped(case, allowance, count, counted=total)
    return replace(count, reached=reached, due=due, remaining=Decimal(0))


def _measure(
    unit: Unit, calendar: WorkCalendar
) -> tuple[Callable[[date, date], int], Callable[[date, int], date]]:
    """How many units lie between two days, and which day is the n-th after one."""
    if unit == Unit.WORKING_DAY:
        return calendar.working_days_between, calendar.nth_working_day
    return (lambda a, b: (b - a).days), (lambda day, n: day + timedelta(days=n))


def _moved_on(day: date, gaps: tuple[Gap, ...], calendar: WorkCalendar) -> date | None:
    """The first working day from `day` on, outside every gap; none if one is open."""
    while True:
        covering = next((gap for gap in gaps if gap.covers(day)), None)
        if covering is None and calendar.is_working_day(day):
            return day
        if covering is None:
            day += A_DAY
        elif covering.ends is None:
            return None
        else:
            day = covering.ends


def _counted_in_hours(case: Case, allowance: Allowance, count: Count) -> Count:
    total = total_time(allowance)
    counted = timedelta()
    for _, spans in worked(case, count):
        for a, b in spans:
            if counted + (b - a) >= total:
                due_at = a + (total - counted)
                due = due_at.date()
                return replace(
                    count, reached=due, due=due, due_at=due_at, remaining=Decimal(0)
                )
            counted += b - a
    spent = in_units(counted, allowance)
    return _stopped(case, allowance, count, counted=spent)


def worked(case: Case, count: Count) -> Iterator[tuple[date, list[Moments]]]:
    """Day by day, the moments that count; it ends where an open gap begins.

    On the day the papers arrived the hours count from that moment where it is known,
    else from the opening.
    """
    for day, spans in open_days(count.begins, case.calendar, case.hours):
        covering = next((gap for gap in count.gaps if gap.covers(day)), None)
        if covering is not None and covering.ends is None:
            return
        if covering is not None:
            yield day, []
            continue
        resumed = (gap.resumed_at for gap in count.gaps if gap.ends == day)
        since = max((local(at) for at in resumed if at), default=count.begins)
        yield day, [(max(a, since), b) for a, b in spans if b > since]


def total_time(allowance: Allowance) -> timedelta:
    """The office time of a limit in hours, or of part of a day (8 hours a day)."""
    hours = allowance.quantity
    if allowance.unit != Unit.HOUR:
        hours *= HOURS_A_DAY
    return timedelta(microseconds=int(hours * 3_600_000_000))


def in_units(spent: timedelta, allowance: Allowance) -> Decimal:
    """Rounded to four places: a minute of a day has no exact decimal."""
    hours = Decimal(spent // timedelta(microseconds=1)) / 3_600_000_000
    units = hours if allowance.unit == Unit.HOUR else hours / HOURS_A_DAY
    return units.quantize(Decimal("0.0001"))


def _stopped(
    case: Case, allowance: Allowance, count: Count, *, counted: Decimal
) -> Count:
    """What is left to count: all of it, as from the stop, if the count will restart."""
    gap = count.open_gap
    if gap is not None and will_restart(case, count):
        remaining = whole(allowance, gap.starts)
    else:
        remaining = whole(allowance, count.zero) - counted
    return replace(count, reached=None, due=None, due_at=None, remaining=remaining)
