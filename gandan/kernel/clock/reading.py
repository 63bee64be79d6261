"""Reading the legal clock: a due date, or since when it stands, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.clock.allowance import Allowance, Unit
from gandan.kernel.clock.count import HOURS_A_DAY, Case, Count, settle
from gandan.kernel.clock.hours import A_DAY, DEFAULT_HOURS, OfficeHours
from gandan.kernel.clock.pauses import Pause, gaps_of
from gandan.kernel.clock.rules import RuleVersion
from gandan.kernel.clock.spans import Span, spans_of
from gandan.kernel.localtime import local_day

Judgement = Literal["early", "on_time", "late"]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the clock says. `due` is empty while stopped, or where an officer sets it.

    `day_zero` is the day of receipt after normalising the hour; `counted_from` is day
    zero of the count in force: the same, unless complete papers began it anew.
    `due_at` is set for limits in office hours alone. `days_left` is what a stopped
    clock still owes: working days (of 8 hours) for WORKING_DAY and HOUR, else calendar
    days.
    `left_out_days` are calendar days, so that they stand beside «days in all».
    """

    day_zero: date
    due: date | None
    due_at: datetime | None
    stopped_since: date | None
    days_left: Decimal | None
    provisional: bool
    reasoning: tuple[Span, ...]
    left_out_days: int
    allowance: Allowance | None
    starts_at: datetime
    counted_from: date


def read_clock(
    *,
    received: datetime,
    allowance: Allowance | None,
    pauses: Iterable[Pause],
    rules: RuleVersion,
    calendar: WorkCalendar,
    hours: OfficeHours = DEFAULT_HOURS,
    left_out: Iterable[Pause] = (),
) -> Reading:
    """Count the allowance from the day after receipt, leaving out every interval.

    `pauses` are waits for papers and follow the rule version: RESTART begins a new
    count on the day they came, EXTEND_BY_WAIT goes on with the old one. `left_out` is
    time the law leaves out, each interval with its paper (one without its paper counts,
    so the caller does not pass it): it only stops the count and never begins a new one.
    No allowance means that the limit is a text: then an officer sets the date.
    """
    case = _case(received, allowance, pauses, rules, calendar, hours, left_out)
    count = settle(case)
    gap = count.open_gap
    return Reading(
        day_zero=count.day_zero,
        due=count.due,
        due_at=count.due_at,
        stopped_since=gap.starts if gap else None,
        days_left=_days_left(count, allowance),
        provisional=_is_provisional(case, count),
        reasoning=spans_of(case, count),
        left_out_days=_left_out_days(count),
        allowance=allowance,
        starts_at=count.starts,
        counted_from=count.zero,
    )


def due_date(
    *,
    received: datetime,
    allowance: Allowance | None,
    pauses: Iterable[Pause],
    rules: RuleVersion,
    calendar: WorkCalendar,
    hours: OfficeHours = DEFAULT_HOURS,
    left_out: Iterable[Pause] = (),
) -> date | None:
    """The due date alone, without its reasoning: for whoever asks often."""
    case = _case(received, allowance, pauses, rules, calendar, hours, left_out)
    return settle(case).due


@dataclass(frozen=True, slots=True)
class Dates:
    """The days of a reading, without its reasoning."""

    day_zero: date
    due: date | None
    provisional: bool


def read_dates(
    *,
    received: datetime,
    allowance: Allowance | None,
    pauses: Iterable[Pause],
    rules: RuleVersion,
    calendar: WorkCalendar,
) -> Dates:
    """What `read_clock` says of the days alone: for a million lines of history."""
    case = _case(received, allowance, pauses, rules, calendar, DEFAULT_HOURS, ())
    count = settle(case)
    return Dates(count.day_zero, count.due, _is_provisional(case, count))


def judge(due: date, ended: date) -> Judgement:
    """By date, never by the hour: early < due, on time = due, late > due."""
    if ended == due:
        return "on_time"
    return "early" if ended < due else "late"


def _case(
    received: datetime,
    allowance: Allowance | None,
    pauses: Iterable[Pause],
    rules: RuleVersion,
    calendar: WorkCalendar,
    hours: OfficeHours,
    left_out: Iterable[Pause],
) -> Case:
    return Case(
        received=received,
        allowance=allowance,
        pauses=tuple(pauses),
        left_out=tuple(left_out),
        rules=rules,
        calendar=calendar,
        hours=hours,
    )


def _days_left(count: Count, allowance: Allowance | None) -> Decimal | None:
    if allowance is None or count.open_gap is None:
        return None
    by_hours = allowance.unit == Unit.HOUR
    return count.remaining / HOURS_A_DAY if by_hours else count.remaining


def _is_provisional(case: Case, count: Count) -> bool:
    """Some year the count runs through has no decreed calendar yet."""
    first = local_day(case.received)
    ends = [gap.ends or gap.starts for gap in count.gaps]
    last = max(count.day_zero, *ends, count.due or first, first)
    years = range(first.year, last.year + 1)
    return not case.calendar.decreed_years.issuperset(years)


def _left_out_days(count: Count) -> int:
    """Calendar days after day zero inside closed intervals, each counted once."""
    first = count.day_zero + A_DAY
    return sum(
        max(0, (gap.ends - max(gap.starts, first)).days)
        for gap in gaps_of(p for p in count.left_out if p.ends is not None)
        if gap.ends is not None
    )
