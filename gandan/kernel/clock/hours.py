"""Office hours: when a desk is open, and from which moment a reception counts.

15:00 moves no due date. It only says when papers are carried over to the office that
decides, and when a same-day result may wait for the next working day.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gandan.kernel.calendar import BOTH_HALVES, WorkCalendar
from gandan.kernel.clock.allowance import ClockRefused
from gandan.kernel.localtime import at_local, local

A_DAY = timedelta(days=1)
NOON = time(12)
AFTERNOON_CUT = time(15)

OpenSpan = tuple[time, time]


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The spans in which a desk is open on a working day, in order."""

    spans: tuple[OpenSpan, ...] = ((time(7), time(11, 30)), (time(13, 30), time(17)))

    def __post_init__(self) -> None:
        moments = [moment for span in self.spans for moment in span]
        in_order = all(a < b for a, b in self.spans)
        if not moments or not in_order or moments != sorted(moments):
            raise ClockRefused("office hours are spans in order, at least one")

    def on(self, day: date, calendar: WorkCalendar) -> tuple[OpenSpan, ...]:
        """The spans of this day: all, none, or those of the half that is worked."""
        halves = calendar.open_halves(day)
        if halves == BOTH_HALVES:
            return self.spans
        if not halves:
            return ()
        if "morning" in halves:
            return tuple((a, min(b, NOON)) for a, b in self.spans if a < NOON)
        return tuple((max(a, NOON), b) for a, b in self.spans if b > NOON)


DEFAULT_HOURS = OfficeHours()


def open_days(
    start: datetime, calendar: WorkCalendar, hours: OfficeHours
) -> Iterator[tuple[date, list[tuple[datetime, datetime]]]]:
    """Day by day from `start`, the moments the office is open; rest days are empty."""
    day = start.date()
    while True:
        spans = [
            (max(at_local(day, a), start), at_local(day, b))
            for a, b in hours.on(day, calendar)
        ]
        yield day, [(a, b) for a, b in spans if a <= b]
        day += A_DAY


def normalise(
    received: datetime, calendar: WorkCalendar, hours: OfficeHours = DEFAULT_HOURS
) -> datetime:
    """The moment a reception counts from: itself in office hours, else the opening.

    After closing → the next working morning; before → the opening; lunch → the
    afternoon. The closing minute itself is still inside.
    """
    at = local(received)
    clock = at.time()
    if any(a <= clock <= b for a, b in hours.on(at.date(), calendar)):
        return at
    days = open_days(at, calendar, hours)
    return next(spans[0][0] for _, spans in days if spans)


def transfer_by(
    received: datetime, calendar: WorkCalendar, hours: OfficeHours = DEFAULT_HOURS
) -> datetime:
    """When received papers must have left the counter: the end of the same working day.

    Received after 15:00: the start of the next working day (Decree 61/2018).
    """
    start = normalise(received, calendar, hours)
    if start.time() > AFTERNOON_CUT:
        return normalise(at_local(start.date() + A_DAY, time.min), calendar, hours)
    return at_local(start.date(), hours.on(start.date(), calendar)[-1][1])


def same_day_result_on(
    received: datetime, calendar: WorkCalendar, hours: OfficeHours = DEFAULT_HOURS
) -> date:
    """The day of a same-day result: after 15:00 it may be the next working day."""
    start = normalise(received, calendar, hours)
    if start.time() > AFTERNOON_CUT:
        return calendar.next_working_day(start.date())
    return start.date()
