"""Due dates worked out by hand from the calendar, with the weekday in the margin.

A row reads: received, limit → due, because. Every weekday is checked against its date,
so that the margin cannot lie. None of the dates was produced by running the code.
"""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from gandan.kernel.clock import (
    RULES,
    Allowance,
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


WORKING_DAYS = [
    # The vectors of the handbook, §1.5
    ("Thu 24/4/2025", "3", "Mon 28/4/2025", "Saturday 26/4 was worked"),
    ("Tue 29/4/2025", "2", "Tue 6/5/2025", "30/4, 1/5, the swapped 2/5, weekend"),
    ("Fri 13/2/2026", "1", "Mon 23/2/2026", "Tết 14-22/2"),
    ("Fri 24/4/2026", "1", "Tue 28/4/2026", "27/4 stands in for Hùng Kings' Sunday"),
    ("Tue 28/4/2026", "2", "Mon 4/5/2026", "30/4, 1/5, weekend"),
    # First land registration in a mountain commune
    (
        "Tue 29/4/2025",
        "17",
        "Tue 27/5/2025",
        "5-9/5 are 5, then three weeks and 26, 27",
    ),
    ("Tue 29/4/2025", "27", "Tue 10/6/2025", "17 + 10 for a mountain commune"),
    ("Tue 29/4/2025", "30", "Fri 13/6/2025", "20 + 10 for a mountain commune"),
    # Ordinary weeks
    ("Mon 10/3/2025", "1", "Tue 11/3/2025", "the day of receipt is day zero"),
    ("Mon 10/3/2025", "4", "Fri 14/3/2025", "11, 12, 13, 14"),
    ("Mon 10/3/2025", "5", "Mon 17/3/2025", "the weekend does not count"),
    ("Fri 14/3/2025", "1", "Mon 17/3/2025", "eve of a weekend"),
    ("Fri 14/3/2025", "10", "Fri 28/3/2025", "two whole weeks"),
    # Tết, of six years
    ("Tue 9/2/2021", "1", "Wed 17/2/2021", "10-16/2, with two substitute days"),
    ("Fri 28/1/2022", "1", "Mon 7/2/2022", "31/1-4/2, a whole week"),
    ("Thu 19/1/2023", "1", "Fri 27/1/2023", "20-26/1, with two substitute days"),
    ("Wed 7/2/2024", "1", "Thu 15/2/2024", "8-14/2, with two substitute days"),
    ("Fri 24/1/2025", "1", "Mon 3/2/2025", "27-31/1, a whole week"),
    ("Thu 12/2/2026", "2", "Mon 23/2/2026", "13 is day 1; then Tết"),
    # New Year
    ("Fri 31/12/2021", "1", "Tue 4/1/2022", "1/1 a Saturday, Monday stands in"),
    ("Fri 30/12/2022", "1", "Tue 3/1/2023", "1/1 a Sunday, Monday stands in"),
    ("Tue 31/12/2024", "1", "Thu 2/1/2025", "1/1 alone"),
    ("Wed 31/12/2025", "1", "Mon 5/1/2026", "1/1, and 2/1 swapped"),
    ("Wed 31/12/2025", "6", "Sat 10/1/2026", "the Saturday worked for 2/1"),
    ("Wed 31/12/2025", "7", "Mon 12/1/2026", "one day after that Saturday"),
    # Hùng Kings
    ("Tue 20/4/2021", "1", "Thu 22/4/2021", "Wednesday 21/4"),
    ("Fri 8/4/2022", "1", "Tue 12/4/2022", "Monday stands in for Sunday 10/4"),
    ("Fri 4/4/2025", "1", "Tue 8/4/2025", "Monday 7/4"),
    ("Thu 3/4/2025", "5", "Fri 11/4/2025", "4, 8, 9, 10, 11"),
    # Victory Day and Labour Day
    ("Thu 29/4/2021", "1", "Tue 4/5/2021", "Monday stands in for Saturday 1/5"),
    ("Fri 29/4/2022", "2", "Thu 5/5/2022", "Monday and Tuesday stand in"),
    ("Fri 28/4/2023", "1", "Thu 4/5/2023", "five days with Hùng Kings' substitute"),
    ("Fri 26/4/2024", "1", "Thu 2/5/2024", "29/4 was swapped"),
    ("Fri 26/4/2024", "3", "Sat 4/5/2024", "the Saturday worked for 29/4"),
    ("Fri 25/4/2025", "1", "Sat 26/4/2025", "the Saturday worked for 2/5"),
    ("Fri 25/4/2025", "2", "Mon 28/4/2025", "26, 28"),
    # National Day
    ("Wed 1/9/2021", "1", "Mon 6/9/2021", "2 and 3/9, weekend"),
    ("Wed 31/8/2022", "1", "Mon 5/9/2022", "1 and 2/9, weekend"),
    ("Thu 31/8/2023", "2", "Wed 6/9/2023", "1/9, Saturday 2/9, Monday stands in"),
    ("Fri 30/8/2024", "1", "Wed 4/9/2024", "Monday 2 and Tuesday 3/9"),
    ("Fri 29/8/2025", "1", "Wed 3/9/2025", "1 and 2/9"),
    ("Thu 28/8/2025", "3", "Thu 4/9/2025", "29, 3, 4"),
    ("Fri 21/8/2026", "1", "Sat 22/8/2026", "the Saturday worked for 31/8"),
    ("Fri 21/8/2026", "6", "Fri 28/8/2026", "22, then 24-28"),
    ("Fri 28/8/2026", "1", "Thu 3/9/2026", "31/8 swapped, 1 and 2/9"),
    # Culture Day, from 2026
    ("Mon 23/11/2026", "1", "Wed 25/11/2026", "Tuesday 24/11"),
    ("Mon 24/11/2025", "1", "Tue 25/11/2025", "24/11/2025 was an ordinary day"),
    # Parts of a day, from one day up: the next whole one
    ("Mon 10/3/2025", "1.25", "Wed 12/3/2025", "the 2nd"),
    ("Mon 10/3/2025", "4.75", "Mon 17/3/2025", "the 5th"),
    ("Thu 3/4/2025", "6.25", "Tue 15/4/2025", "the 7th: 4, 8-11, 14, 15"),
    ("Mon 10/3/2025", "7.5", "Thu 20/3/2025", "the 8th"),
    ("Mon 10/3/2025", "17.5", "Thu 3/4/2025", "the 18th: 4, 5, 5 and 31, 1, 2, 3"),
]

RECEPTION_HOURS = [
    ("Mon 10/3/2025 06:00", "Tue 11/3/2025", "before opening: that opening"),
    ("Mon 10/3/2025 07:00", "Tue 11/3/2025", "the opening minute"),
    ("Mon 10/3/2025 12:15", "Tue 11/3/2025", "lunch: the afternoon"),
    ("Mon 10/3/2025 15:01", "Tue 11/3/2025", "15:00 moves no due date"),
    ("Mon 10/3/2025 17:00", "Tue 11/3/2025", "the closing minute is inside"),
    ("Mon 10/3/2025 17:01", "Wed 12/3/2025", "after closing: day zero is Tuesday"),
    ("Mon 10/3/2025 23:59", "Wed 12/3/2025", "late in the evening, the same"),
    ("Tue 11/3/2025 00:00", "Wed 12/3/2025", "a minute later, Tuesday's own opening"),
    ("Fri 14/3/2025 17:30", "Tue 18/3/2025", "Friday evening: day zero is Monday"),
    ("Sat 8/3/2025 10:00", "Tue 11/3/2025", "Saturday: day zero is Monday"),
    ("Sun 9/3/2025 23:59", "Tue 11/3/2025", "Sunday night: day zero is Monday"),
    ("Fri 25/4/2025 18:00", "Mon 28/4/2025", "day zero is the worked Saturday"),
    ("Sat 26/4/2025 09:00", "Mon 28/4/2025", "received on the worked Saturday"),
    ("Wed 30/4/2025 08:00", "Tue 6/5/2025", "a holiday: day zero is Monday 5/5"),
    ("Fri 13/2/2026 17:30", "Tue 24/2/2026", "the eve of Tết: day zero is 23/2"),
]

CALENDAR_PERIODS = [
    ("Fri 24/4/2026", "3 DAY", "Tue 28/4/2026", "27/4 is a rest day (handbook §1.5)"),
    ("Mon 10/3/2025", "3 DAY", "Thu 13/3/2025", "11, 12, 13"),
    ("Mon 10/3/2025", "5 DAY", "Mon 17/3/2025", "Saturday 15, moved on"),
    ("Mon 10/3/2025", "6 DAY", "Mon 17/3/2025", "Sunday 16, moved on"),
    ("Mon 10/3/2025", "7.5 DAY", "Tue 18/3/2025", "the 8th day"),
    ("Thu 24/4/2025", "2 DAY", "Sat 26/4/2025", "a worked Saturday is no rest day"),
    ("Mon 28/4/2025", "2 DAY", "Mon 5/5/2025", "30/4, moved on over five rest days"),
    ("Mon 10/3/2025", "28 DAY", "Tue 8/4/2025", "7/4 is Hùng Kings"),
    ("Mon 10/3/2025", "30 DAY", "Wed 9/4/2025", "21 days of March, 9 of April"),
    ("Fri 28/2/2025", "1 MONTH", "Fri 28/3/2025", "the same date"),
    ("Mon 31/3/2025", "1 MONTH", "Mon 5/5/2025", "clipped to 30/4, moved on"),
    ("Fri 31/10/2025", "1 MONTH", "Mon 1/12/2025", "clipped to Sunday 30/11"),
    ("Wed 31/12/2025", "2 MONTH", "Mon 2/3/2026", "clipped to Saturday 28/2"),
    ("Thu 2/1/2025", "6 MONTH", "Wed 2/7/2025", "the same date"),
    ("Thu 29/2/2024", "12 MONTH", "Fri 28/2/2025", "no 29/2 in 2025"),
    ("Sat 8/3/2025", "1 MONTH", "Thu 10/4/2025", "day zero is Monday 10/3"),
]

OFFICE_HOURS = [
    ("Mon 10/3/2025 08:00", "4 HOUR", "Mon 10/3/2025 14:00", "3.5 + 0.5"),
    ("Mon 10/3/2025 15:30", "4 HOUR", "Tue 11/3/2025 09:30", "1.5 + 2.5"),
    ("Fri 14/3/2025 16:00", "8 HOUR", "Mon 17/3/2025 16:00", "1 + 4.5 + 2.5"),
    ("Mon 10/3/2025 07:00", "8 HOUR", "Mon 10/3/2025 17:00", "one whole day"),
    ("Mon 10/3/2025 07:00", "24 HOUR", "Wed 12/3/2025 17:00", "three whole days"),
    ("Mon 10/3/2025 11:00", "1 HOUR", "Mon 10/3/2025 14:00", "half before lunch"),
    ("Mon 10/3/2025 10:30", "1 HOUR", "Mon 10/3/2025 11:30", "up to lunch"),
    ("Mon 10/3/2025 12:00", "2 HOUR", "Mon 10/3/2025 15:30", "from 13:30"),
    ("Mon 10/3/2025 17:00", "1 HOUR", "Tue 11/3/2025 08:00", "nothing left on Monday"),
    ("Mon 10/3/2025 18:00", "1 HOUR", "Tue 11/3/2025 08:00", "from Tuesday's opening"),
    ("Tue 29/4/2025 13:30", "15 HOUR", "Tue 6/5/2025 10:30", "3.5 + 8 + 3.5"),
    ("Mon 10/3/2025 09:00", "0.5 WORKING_DAY", "Mon 10/3/2025 15:00", "4 hours"),
    ("Mon 10/3/2025 10:00", "0.25 WORKING_DAY", "Mon 10/3/2025 14:00", "2 hours"),
    ("Fri 25/4/2025 17:30", "0.75 WORKING_DAY", "Sat 26/4/2025 15:00", "6 hours"),
    ("Mon 10/3/2025 09:00", "0.5 DAY", "Mon 10/3/2025 15:00", "less than one day"),
]

# received, limit, intervals, due under RESTART, due under EXTEND_BY_WAIT, because
PAUSES: list[tuple[str, str, tuple[str, ...], str, str, str]] = [
    (
        "Tue 29/4/2025",
        "2 WORKING_DAY",
        ("Mon 5/5/2025 .. Thu 8/5/2025",),
        "Mon 12/5/2025",  # 8/5 is day zero; 9, 12
        "Fri 9/5/2025",  # 8, 9
        "vector of the issue",
    ),
    (
        "Mon 14/4/2025",
        "15 WORKING_DAY",
        ("Fri 25/4/2025 .. Mon 12/5/2025",),
        "Mon 2/6/2025",  # 13-16 are 4, then 19-23, 26-30, 2
        "Tue 20/5/2025",  # 15-24/4 are 8; 12-16 are 13; 19, 20
        "vector of the issue",
    ),
    (
        "Mon 2/2/2026",
        "10 WORKING_DAY",
        ("Fri 6/2/2026 .. Wed 25/2/2026",),
        "Wed 11/3/2026",  # 26, 27, 2-6, 9, 10, 11
        "Thu 5/3/2026",  # 3, 4, 5; 25, 26, 27, 2-5
        "vector of the issue",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Wed 12/3/2025 .. Fri 14/3/2025",),
        "Fri 21/3/2025",  # 17-21
        "Wed 19/3/2025",  # 11; 14, 17, 18, 19
        "b counts under EXTEND, is day zero under RESTART",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Wed 12/3/2025 .. Sat 15/3/2025",),
        "Fri 21/3/2025",  # day zero is Saturday; 17-21
        "Thu 20/3/2025",  # 11; 17-20
        "the papers came on a Saturday",
    ),
    (
        "Fri 25/4/2025",
        "3 WORKING_DAY",
        ("Mon 28/4/2025 .. Thu 1/5/2025",),
        "Wed 7/5/2025",  # day zero is the holiday; 5, 6, 7
        "Tue 6/5/2025",  # the worked 26/4; 5, 6
        "the papers came on a holiday",
    ),
    (
        "Mon 20/1/2025",
        "5 WORKING_DAY",
        ("Thu 23/1/2025 .. Wed 5/2/2025",),
        "Wed 12/2/2025",  # 6, 7, 10, 11, 12
        "Fri 7/2/2025",  # 21, 22; 5, 6, 7
        "waiting over Tết",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Tue 11/3/2025 .. Thu 13/3/2025", "Mon 17/3/2025 .. Wed 19/3/2025"),
        "Wed 26/3/2025",  # from 13/3: 14, then asked on 17; from 19/3: 20, 21, 24-26
        "Fri 21/3/2025",  # 13, 14; 19, 20, 21
        "two waits",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Tue 11/3/2025 .. Fri 14/3/2025", "Thu 13/3/2025 .. Tue 18/3/2025"),
        "Tue 25/3/2025",  # 19, 20, 21, 24, 25
        "Mon 24/3/2025",  # 18-21, 24
        "overlapping waits count once",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Tue 11/3/2025 .. Thu 13/3/2025", "Thu 13/3/2025 .. Tue 18/3/2025"),
        "Tue 25/3/2025",
        "Mon 24/3/2025",
        "touching waits are one",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Tue 11/3/2025 .. Thu 20/3/2025", "Wed 12/3/2025 .. Fri 14/3/2025"),
        "Thu 27/3/2025",  # 21, 24-27
        "Wed 26/3/2025",  # 20, 21, 24-26
        "a wait inside a wait adds nothing",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Mon 17/3/2025 .. Wed 19/3/2025",),
        "Wed 26/3/2025",  # 20, 21, 24-26
        "Wed 19/3/2025",  # 11-14; 19
        "asked on the due date itself is in time",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Tue 18/3/2025 .. Tue 25/3/2025",),
        "Mon 17/3/2025",
        "Mon 17/3/2025",
        "asked a day after the due date: stops nothing",
    ),
    (
        "Mon 10/3/2025",
        "2 WORKING_DAY",
        ("Wed 12/3/2025 .. Fri 14/3/2025", "Mon 17/3/2025 .. Tue 18/3/2025"),
        "Thu 20/3/2025",  # from 14/3 due 18/3, so 17/3 is in time; from 18/3: 19, 20
        "Fri 14/3/2025",  # 11; 14. On 17/3 it is late
        "in time or late by the due date then in force",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Mon 10/3/2025 .. Wed 12/3/2025",),
        "Wed 19/3/2025",  # 13, 14, 17-19
        "Tue 18/3/2025",  # 12, 13, 14, 17, 18
        "asked on the day of receipt",
    ),
    (
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        ("Wed 12/3/2025 .. Wed 12/3/2025",),
        "Wed 19/3/2025",  # 13, 14, 17-19
        "Mon 17/3/2025",
        "asked and answered on one day",
    ),
    (
        "Fri 7/3/2025 18:00",
        "2 WORKING_DAY",
        ("Fri 7/3/2025 .. Sat 8/3/2025",),
        "Wed 12/3/2025",
        "Wed 12/3/2025",
        "over before day zero, Monday 10/3: a restart never comes before it",
    ),
    (
        "Mon 10/3/2025",
        "10 DAY",
        ("Wed 12/3/2025 .. Sat 15/3/2025",),
        "Tue 25/3/2025",  # 15 + 10
        "Mon 24/3/2025",  # 11; 15 is the 2nd, Sunday 23 the 10th; moved on
        "calendar days",
    ),
    (
        "Mon 10/3/2025",
        "5 DAY",
        ("Mon 17/3/2025 .. Wed 19/3/2025",),
        "Mon 24/3/2025",  # 19 + 5
        "Wed 19/3/2025",  # all counted by Saturday 15, moved on past the wait
        "asked on the working day a rest day moved the end to",
    ),
    (
        "Mon 10/3/2025",
        "1 MONTH",
        ("Thu 20/3/2025 .. Tue 25/3/2025",),
        "Fri 25/4/2025",  # the same date, from the new day zero
        "Tue 15/4/2025",  # 10/4 and the 5 days waited
        "a month",
    ),
    (
        "Fri 31/10/2025",
        "1 MONTH",
        ("Mon 10/11/2025 .. Wed 12/11/2025",),
        "Fri 12/12/2025",
        "Tue 2/12/2025",  # Sunday 30/11 and 2 days
        "a clipped month",
    ),
    (
        "Mon 10/3/2025 08:00",
        "8 HOUR",
        ("Tue 11/3/2025 .. Thu 13/3/2025",),
        "Thu 13/3/2025",  # 8 hours from its opening
        "Thu 13/3/2025",  # 7 hours on Monday, the 8th on Thursday
        "office hours",
    ),
    (
        "Mon 10/3/2025 16:00",
        "0.5 WORKING_DAY",
        ("Tue 11/3/2025 .. Fri 14/3/2025",),
        "Fri 14/3/2025",  # 4 hours from its opening
        "Fri 14/3/2025",  # 1 on Monday, 3 on Friday
        "half a day",
    ),
]

POSTED = "Mon 12/5/2025 .. Tue 27/5/2025"  # 15 days at the village, 12-26/5
LAND = [
    # limit, due, due with the posting, working days left from 20/5 and from 3/6
    ("17 WORKING_DAY", "Tue 27/5/2025", "Wed 11/6/2025", 6, 7),
    ("27 WORKING_DAY", "Tue 10/6/2025", "Wed 25/6/2025", 16, 17),
    ("30 WORKING_DAY", "Fri 13/6/2025", "Mon 30/6/2025", 19, 20),
]

PROVISIONAL = [
    ("Tue 29/12/2026", "2", "Thu 31/12/2026", False, "the last decreed day"),
    ("Thu 31/12/2026", "1", "Mon 4/1/2027", True, "Friday 1/1 needs no decree"),
    ("Thu 29/4/2027", "1", "Tue 4/5/2027", True, "Monday stands in for Saturday 1/5"),
    ("Wed 1/9/2027", "1", "Fri 3/9/2027", True, "the day beside 2/9 is not decreed"),
    ("Tue 23/11/2027", "1", "Thu 25/11/2027", True, "Culture Day"),
    ("Fri 5/2/2027", "1", "Mon 8/2/2027", True, "Tết is nobody's guess"),
    ("Wed 30/12/2020", "1", "Thu 31/12/2020", True, "before the first decreed year"),
    ("Mon 23/11/2020", "1", "Tue 24/11/2020", True, "no Culture Day before 2026"),
]


@pytest.mark.parametrize(("received", "days", "due", "because"), WORKING_DAYS)
def test_only_working_days_after_receipt_count(
    received: str, days: str, due: str, because: str
) -> None:
    reading = read(received, f"{days} WORKING_DAY")

    assert reading.due == day(due), because
    assert not reading.provisional


@pytest.mark.parametrize(("received", "due", "because"), RECEPTION_HOURS)
def test_a_reception_outside_hours_counts_from_the_next_opening(
    received: str, due: str, because: str
) -> None:
    assert read(received, "1 WORKING_DAY").due == day(due), because


def test_an_instant_belongs_to_the_day_it_is_in_the_province() -> None:
    reading = read_clock(
        received=datetime.fromisoformat("2025-03-10T17:30:00+00:00"),  # Tue 00:30
        allowance=Allowance.parse("1 WORKING_DAY"),
        pauses=(),
        rules=RESTART,
        calendar=decreed_calendar(),
    )
    assert reading.day_zero == day("Tue 11/3/2025")
    assert reading.due == day("Wed 12/3/2025")


@pytest.mark.parametrize(("received", "limit", "due", "because"), CALENDAR_PERIODS)
def test_a_calendar_period_that_ends_on_a_rest_day_moves_on(
    received: str, limit: str, due: str, because: str
) -> None:
    assert read(received, limit).due == day(due), because


@pytest.mark.parametrize(("received", "limit", "due_at", "because"), OFFICE_HOURS)
def test_hours_and_parts_of_a_day_are_office_hours(
    received: str, limit: str, due_at: str, because: str
) -> None:
    reading = read(received, limit)

    assert reading.due_at == moment(due_at), because
    assert reading.due == moment(due_at).date()


def test_only_limits_in_hours_have_an_hour() -> None:
    assert read("Mon 10/3/2025", "1 WORKING_DAY").due_at is None
    assert read("Mon 10/3/2025", "1 DAY").due_at is None


@pytest.mark.parametrize(
    ("received", "limit", "pauses", "restart", "extend", "because"), PAUSES
)
def test_a_wait_restarts_the_count_or_extends_it(
    received: str,
    limit: str,
    pauses: tuple[str, ...],
    restart: str,
    extend: str,
    because: str,
) -> None:
    assert read(received, limit, *pauses).due == day(restart), because
    assert read(received, limit, *pauses, rules=EXTEND).due == day(extend), because


def test_what_the_law_leaves_out_never_restarts_the_count() -> None:
    left_out = ("Wed 12/3/2025 .. Fri 14/3/2025",)
    for rules in (RESTART, EXTEND):
        reading = read("Mon 10/3/2025", "5 WORKING_DAY", rules=rules, left_out=left_out)
        assert reading.due == day("Wed 19/3/2025")  # 11; 14, 17, 18, 19


def test_a_posting_that_outlasts_a_wait_goes_on_standing() -> None:
    for rules, due in ((RESTART, "Mon 24/3/2025"), (EXTEND, "Mon 24/3/2025")):
        reading = read(
            "Mon 10/3/2025",
            "5 WORKING_DAY",
            "Tue 11/3/2025 .. Thu 13/3/2025",
            rules=rules,
            left_out=("Wed 12/3/2025 .. Tue 18/3/2025",),
        )
        assert reading.due == day(due)  # 18, 19, 20, 21, 24


@pytest.mark.parametrize(("limit", "due", "posted", "left", "left_after"), LAND)
def test_a_first_land_certificate_in_a_mountain_commune(
    limit: str, due: str, posted: str, left: int, left_after: int
) -> None:
    assert read("Tue 29/4/2025", limit).due == day(due)

    reading = read("Tue 29/4/2025", limit, left_out=(POSTED,))
    assert (reading.due, reading.left_out_days) == (day(posted), 15)

    waiting = read("Tue 29/4/2025", limit, left_out=("Tue 20/5/2025 ..",))
    assert waiting.due is None
    assert waiting.stopped_since == day("Tue 20/5/2025")
    assert waiting.days_left == left  # counted: 5-9, 12-16 and 19/5

    both = read("Tue 29/4/2025", limit, left_out=(POSTED, "Tue 3/6/2025 .."))
    assert both.due is None
    assert both.stopped_since == day("Tue 3/6/2025")
    assert both.days_left == left_after  # counted: 5-9, 27-30/5 and 2/6
    assert both.left_out_days == 15


def test_left_out_days_are_calendar_days_and_overlaps_count_once() -> None:
    reading = read(
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        left_out=(
            "Wed 12/3/2025 .. Fri 14/3/2025",
            "Thu 13/3/2025 .. Sun 16/3/2025",
            "Mon 2/6/2025 .. Fri 6/6/2025",  # long after the due date
        ),
    )
    assert reading.left_out_days == 4


@pytest.mark.parametrize(
    ("received", "days", "due", "provisional", "because"), PROVISIONAL
)
def test_a_year_without_its_decree_gives_a_provisional_date(
    received: str, days: str, due: str, provisional: bool, because: str
) -> None:
    reading = read(received, f"{days} WORKING_DAY")

    assert (reading.due, reading.provisional) == (day(due), provisional), because


def test_an_open_wait_stops_the_clock() -> None:
    asked = "Wed 12/3/2025 .."

    restarting = read("Mon 10/3/2025", "5 WORKING_DAY", asked)
    assert restarting.due is None
    assert restarting.stopped_since == day("Wed 12/3/2025")
    assert restarting.days_left == 5  # the count will begin anew

    extending = read("Mon 10/3/2025", "5 WORKING_DAY", asked, rules=EXTEND)
    assert extending.days_left == 4  # 11/3 was counted


def test_an_open_wait_asked_too_late_leaves_the_due_date_standing() -> None:
    reading = read("Mon 10/3/2025", "5 WORKING_DAY", "Tue 18/3/2025 ..")

    assert reading.due == day("Mon 17/3/2025")
    assert reading.stopped_since is None
    assert reading.days_left is None


def test_an_open_wait_that_touches_a_closed_one_stands_since_the_first() -> None:
    reading = read(
        "Mon 10/3/2025",
        "5 WORKING_DAY",
        "Wed 12/3/2025 .. Fri 14/3/2025",
        "Fri 14/3/2025 ..",
    )
    assert reading.stopped_since == day("Wed 12/3/2025")


def test_what_a_stopped_clock_owes_is_given_in_days() -> None:
    hours = read("Mon 10/3/2025 16:00", "4 HOUR", "Tue 11/3/2025 ..", rules=EXTEND)
    assert hours.days_left == Decimal("0.375")  # 3 of 8 hours

    fraction = read("Mon 10/3/2025", "7.5 DAY", "Wed 12/3/2025 ..", rules=EXTEND)
    assert fraction.days_left == Decimal("6.5")  # 11/3 was counted

    month = read("Mon 10/3/2025", "1 MONTH", "Thu 20/3/2025 ..", rules=EXTEND)
    assert month.days_left == 22  # of 31 days to 10/4, nine were counted


def test_hours_go_on_from_the_moment_the_papers_came_where_it_is_known() -> None:
    came_at = moment("Thu 13/3/2025 15:00")
    pause = Pause(day("Tue 11/3/2025"), came_at.date(), resumed_at=came_at)

    def due_at(rules: RuleVersion) -> datetime | None:
        return read_clock(
            received=moment("Mon 10/3/2025 08:00"),
            allowance=Allowance.parse("8 HOUR"),
            pauses=[pause],
            rules=rules,
            calendar=decreed_calendar(),
        ).due_at

    assert due_at(EXTEND) == moment("Thu 13/3/2025 16:00")  # 7 hours on Monday
    assert due_at(RESTART) == moment("Fri 14/3/2025 15:00")  # 2 + 4.5 + 1.5


def test_a_limit_in_words_leaves_the_date_to_an_officer() -> None:
    reading = read("Mon 10/3/2025 18:00", "text")

    assert reading.due is None
    assert reading.stopped_since is None
    assert reading.day_zero == day("Tue 11/3/2025")
    assert [span.why for span in reading.reasoning] == ["outside_hours", "day_zero"]
