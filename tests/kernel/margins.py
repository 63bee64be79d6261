"""Dates as a lawyer writes them in the margin, with their weekday, and a reading.

Every weekday is checked against its date, so that the margin cannot lie.
"""

from datetime import date, datetime, time

from gandan.kernel.clock import (
    RULES,
    Pause,
    Reading,
    RuleVersion,
    parse_limit,
    read_clock,
)
from gandan.kernel.decreed import decreed_calendar
from gandan.kernel.localtime import at_local

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
RESTART = RULES["nd61-2018"]
EXTEND = RULES["extend-by-wait"]


def day(margin: str) -> date:
    """«Tue 29/4/2025», refused when the 29th was no Tuesday."""
    weekday, written = margin.split()
    number, month, year = (int(part) for part in written.split("/"))
    found = date(year, month, number)
    assert WEEKDAYS[found.weekday()] == weekday, margin
    return found


def moment(margin: str) -> datetime:
    """«Tue 29/4/2025 09:00»; nine o'clock where no hour is given."""
    weekday, written, *clock = margin.split()
    hour = time.fromisoformat(clock[0]) if clock else time(9)
    return at_local(day(f"{weekday} {written}"), hour)


def interval(margin: str, kind: str = "supplement") -> Pause:
    """«Mon 5/5/2025 .. Thu 8/5/2025»; nothing after the dots is still open."""
    first, last = (part.strip() for part in margin.split(".."))
    return Pause(day(first), day(last) if last else None, kind)


def read(
    received: str,
    limit: str,
    *pauses: str,
    rules: RuleVersion = RESTART,
    left_out: tuple[str, ...] = (),
) -> Reading:
    return read_clock(
        received=moment(received),
        allowance=parse_limit(limit),
        pauses=[interval(pause) for pause in pauses],
        rules=rules,
        calendar=decreed_calendar(),
        left_out=[interval(pause, "posting") for pause in left_out],
    )
