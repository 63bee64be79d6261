"""Why this date: every day from reception to the due date, grouped by reason.

`why` is a stable code that faces phrase:

    outside_hours      received after closing; counts from the next opening
    day_zero           the day of receipt
    counted            one more unit of the limit
    swapped_work       the same, on a Saturday worked for a day off
    weekend, holiday, substitute_off, swapped_off      rest days
    paused             waiting for papers (detail: what kind)
    left_out           time the law leaves out (detail: what kind)
    dropped            counted once, void since the count began anew
    day_of_completion  the complete papers arrived: day zero of the new count
    moved_on           the limit ended on a rest day
    set_by_officer     the limit is a text
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from gandan.kernel.calendar import DayKind, WorkCalendar
from gandan.kernel.clock.allowance import Allowance, Unit
from gandan.kernel.clock.count import (
    Case,
    Count,
    in_units,
    total_time,
    whole,
    will_restart,
    worked,
)
from gandan.kernel.clock.hours import A_DAY
from gandan.kernel.clock.pauses import Pause
from gandan.kernel.localtime import local_day

NOTHING = Decimal(0)
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `starts` to `ends`, both inside; no end while an open pause lasts.

    `counts` is what they add to the limit, in its units (a month's in calendar days).
    `detail` names the holiday, the kind of wait, or the hours counted.
    """

    starts: date
    ends: date | None
    counts: Decimal
    why: str
    detail: str = ""
    owner: str = ""


@dataclass(frozen=True, slots=True)
class _Counted:
    """What one day adds to the limit, and in which hours."""

    amount: Decimal
    hours: str = ""


def spans_of(case: Case, count: Count) -> tuple[Span, ...]:
    """Spans that tile the time from the day of reception without a gap."""
    counted = _counted_days(case, count)
    opener = _opener(count)
    day, last = local_day(case.received), _last_day(count, opener)
    spans: list[Span] = []
    while day <= last:
        span = _span(case, count, day, counted)
        if spans and _alike(spans[-1], span):
            before = spans.pop()
            span = replace(before, ends=span.ends, counts=before.counts + span.counts)
        spans.append(span)
        day += A_DAY
    if opener is not None:
        spans.append(replace(_waiting(count, opener, day), ends=None))
    return tuple(spans)


def _alike(a: Span, b: Span) -> bool:
    return (a.why, a.detail, a.owner) == (b.why, b.detail, b.owner)


def _opener(count: Count) -> Pause | None:
    """The interval that keeps the clock standing: the first one without an end."""
    still_open = (p for p in (*count.waits, *count.left_out) if p.ends is None)
    return min(still_open, key=lambda pause: pause.starts, default=None)


def _last_day(count: Count, opener: Pause | None) -> date:
    """The last day with a reason of its own; what follows an opener is still open."""
    if opener is not None:
        return max(opener.starts - A_DAY, count.day_zero)
    waited = [gap.ends - A_DAY for gap in count.gaps if gap.ends is not None]
    return count.due or max(count.day_zero, *waited, count.day_zero)


def _span(
    case: Case, count: Count, day: date, counted: Mapping[date, _Counted]
) -> Span:
    """The reason of one day; the first that applies."""
    rest = _rest(case.calendar, day)
    if day < count.day_zero:
        return rest or Span(day, day, NOTHING, "outside_hours")
    by_hour = case.allowance is not None and case.allowance.is_by_the_hour
    if day == count.day_zero and not (by_hour and day in counted):
        return Span(day, day, NOTHING, "day_zero")
    if day == count.zero and day not in counted:
        return Span(day, day, NOTHING, "day_of_completion")
    if pause := _covering(count, day):
        return _waiting(count, pause, day)
    if here := counted.get(day):
        return _count(case, day, here)
    if case.allowance is None:
        return rest or Span(day, day, NOTHING, "set_by_officer")
    if day < count.zero or will_restart(case, count):
        every_day = case.allowance.unit in {Unit.DAY, Unit.MONTH} and not by_hour
        dropped = Span(day, day, NOTHING, "dropped")
        return dropped if every_day else rest or dropped
    return rest or Span(day, day, NOTHING, "outside_hours" if by_hour else "moved_on")


def _covering(count: Count, day: date) -> Pause | None:
    """A wait for papers is named before time the law leaves out."""
    intervals = (*count.waits, *count.left_out)
    return next((pause for pause in intervals if pause.covers(day)), None)


def _waiting(count: Count, pause: Pause, day: date) -> Span:
    why = "paused" if pause in count.waits else "left_out"
    return Span(day, day, NOTHING, why, pause.kind, pause.owner)


def _rest(calendar: WorkCalendar, day: date) -> Span | None:
    """Why nobody works on this day; none on a working day."""
    if calendar.is_working_day(day):
        return None
    special = calendar.why(day)
    if special is None or special.half is not None:
        return Span(day, day, NOTHING, "weekend")
    return Span(day, day, NOTHING, special.kind.value, special.name)


def _count(case: Case, day: date, here: _Counted) -> Span:
    special = case.calendar.why(day)
    made_up = special is not None and special.kind == DayKind.SWAPPED_WORK
    in_days = case.allowance is not None and case.allowance.unit == Unit.WORKING_DAY
    if special is not None and made_up and in_days and not here.hours:
        return Span(day, day, here.amount, "swapped_work", special.name)
    return Span(day, day, here.amount, "counted", here.hours)


def _counted_days(case: Case, count: Count) -> dict[date, _Counted]:
    """What each day adds; nothing stands while a restart is still to come."""
    if case.allowance is None or will_restart(case, count):
        return {}
    if case.allowance.is_by_the_hour:
        return dict(_by_hours(case, case.allowance, count))
    return dict(_by_days(case, case.allowance, count))


def _by_days(
    case: Case, allowance: Allowance, count: Count
) -> Iterator[tuple[date, _Counted]]:
    left, day = whole(allowance, count.zero), count.zero
    last = count.reached or _last_day(count, _opener(count))
    while left and day < last:
        day += A_DAY
        works = case.calendar.is_working_day(day)
        if _covering(count, day) or (allowance.unit == Unit.WORKING_DAY and not works):
            continue
        amount = min(ONE, left)
        left -= amount
        yield day, _Counted(amount)


def _by_hours(
    case: Case, allowance: Allowance, count: Count
) -> Iterator[tuple[date, _Counted]]:
    """Differences of rounded sums, so that the amounts add up to the limit exactly."""
    left, spent = total_time(allowance), timedelta()
    for day, spans in worked(case, count):
        today = timedelta()
        shown = []
        for a, b in spans:
            if taken := min(b - a, left - today):
                today += taken
                shown.append(f"{a:%H:%M}–{a + taken:%H:%M}")
        if today:
            before, after = (
                in_units(spent, allowance),
                in_units(spent + today, allowance),
            )
            yield day, _Counted(after - before, ", ".join(shown))
        left, spent = left - today, spent + today
        if not left:
            return
