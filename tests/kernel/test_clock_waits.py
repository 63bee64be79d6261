"""Waits for papers and time the law leaves out, worked out by hand.

The comment beside a due date lists the days that were counted to it.
"""

from datetime import datetime
from decimal import Decimal

import pytest

from gandan.kernel.clock import Allowance, Pause, RuleVersion, read_clock
from gandan.kernel.decreed import decreed_calendar

from .margins import EXTEND, RESTART, day, moment, read

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


def test_a_wait_opened_on_the_day_a_limit_was_moved_on_to_owes_nothing() -> None:
    # The 5th day is Saturday 15, moved on to Monday: there it waits, all counted.
    reading = read("Mon 10/3/2025", "4.5 DAY", "Mon 17/3/2025 ..", rules=EXTEND)

    assert reading.due is None
    assert reading.days_left == 0
    assert reading.stopped_since == day("Mon 17/3/2025")


def test_left_out_days_before_day_zero_are_none() -> None:
    reading = read(
        "Fri 7/3/2025 18:00",  # day zero is Monday 10/3
        "2 WORKING_DAY",
        left_out=("Fri 7/3/2025 .. Wed 12/3/2025",),
    )
    assert reading.due == day("Thu 13/3/2025")  # 12, 13
    assert reading.left_out_days == 1  # Tuesday 11/3
