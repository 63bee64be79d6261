"""Due dates worked out by hand from the calendar, with the weekday in the margin.

A row reads: received, limit → due, because. None of the dates was produced by running
the code.
"""

from datetime import datetime

import pytest

from gandan.kernel.clock import Allowance, read_clock
from gandan.kernel.decreed import decreed_calendar

from .margins import RESTART, day, moment, read

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
    ("received", "days", "due", "provisional", "because"), PROVISIONAL
)
def test_a_year_without_its_decree_gives_a_provisional_date(
    received: str, days: str, due: str, provisional: bool, because: str
) -> None:
    reading = read(received, f"{days} WORKING_DAY")

    assert (reading.due, reading.provisional) == (day(due), provisional), because


def test_a_limit_in_words_leaves_the_date_to_an_officer() -> None:
    reading = read("Mon 10/3/2025 18:00", "text")

    assert reading.due is None
    assert reading.stopped_since is None
    assert reading.day_zero == day("Tue 11/3/2025")
    assert [span.why for span in reading.reasoning] == ["outside_hours", "day_zero"]
