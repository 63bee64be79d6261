"""Working days: the decreed years, half days, and years nobody decreed yet."""

from collections import Counter
from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.kernel.calendar import (
    BOTH_HALVES,
    NO_HALF,
    DayKind,
    Half,
    SpecialDay,
    WorkCalendar,
    fixed_holidays,
)
from gandan.kernel.decreed import (
    calendar_of,
    decreed_calendar,
    decreed_days,
    read_days,
)

A_DAY = timedelta(days=1)
DECREED = decreed_calendar()
DECREED_YEARS = range(2021, 2027)
DAYS = st.dates(date(2020, 1, 1), date(2028, 12, 31))
HEADER = "date,kind,half,scope,name,basis,published_at,verified"


def every_day(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_the_decreed_years_have_as_many_working_days_as_their_source_says() -> None:
    worked = Counter(
        day.year
        for day in every_day(date(2021, 1, 1), date(2026, 12, 31))
        if DECREED.is_working_day(day)
    )
    assert [worked[year] for year in DECREED_YEARS] == [250, 249, 249, 251, 250, 249]
    assert DECREED.decreed_years == frozenset(DECREED_YEARS)


def test_the_package_of_holidays_differs_only_in_the_swap_of_january_2026() -> None:
    """PyPI `holidays` misses the Prime Minister's late swap (December 2025): Friday
    2 January 2026 off, made up on Saturday 10 January. All other days agree."""
    package = holidays.country_holidays("VN", years=DECREED_YEARS)
    differing = {
        day: DECREED.is_working_day(day)
        for day in every_day(date(2021, 1, 1), date(2026, 12, 31))
        if package.is_working_day(day) != DECREED.is_working_day(day)
    }
    assert differing == {date(2026, 1, 2): False, date(2026, 1, 10): True}


def test_every_swapped_day_off_is_made_up_on_a_saturday() -> None:
    kinds = Counter(day.kind for day in decreed_days())
    saturdays = [d.day for d in decreed_days() if d.kind == DayKind.SWAPPED_WORK]

    assert kinds[DayKind.SWAPPED_OFF] == kinds[DayKind.SWAPPED_WORK] == 4
    assert all(day.weekday() == 5 for day in saturdays)


def test_what_nobody_verified_is_marked() -> None:
    """Two notice numbers are from memory; the swaps of 2026 wait for their decision."""
    unverified = [day for day in decreed_days() if not day.verified]
    from_memory = [d for d in unverified if "4875" in d.basis or "5015" in d.basis]
    swaps = {day.day for day in unverified if day not in from_memory}

    assert len(from_memory) == 9 + 9  # every row that rests on 4875 or on 5015
    assert swaps == {
        date(2026, 1, 2),
        date(2026, 1, 10),
        date(2026, 8, 22),
        date(2026, 8, 31),
    }


def test_a_special_day_says_why() -> None:
    special = DECREED.why(date(2025, 5, 2))

    assert special is not None
    assert special.kind == DayKind.SWAPPED_OFF
    assert special.basis == "Thông báo 6150/TB-BLĐTBXH (2024)"
    assert DECREED.why(date(2025, 5, 5)) is None


@given(day=DAYS)
def test_the_next_working_day_is_the_first_after(day: date) -> None:
    expected = day + A_DAY
    while not DECREED.is_working_day(expected):
        expected += A_DAY
    assert DECREED.next_working_day(day) == expected


@given(a=DAYS, b=DAYS)
def test_working_days_between_leave_out_the_first_and_keep_the_last(
    a: date, b: date
) -> None:
    first, last = min(a, b), max(a, b)
    counted = sum(map(DECREED.is_working_day, every_day(first + A_DAY, last)))

    assert DECREED.working_days_between(first, last) == counted
    assert DECREED.working_days_between(last, first) == -counted


@given(day=DAYS, number=st.integers(1, 600))
def test_the_nth_working_day_is_n_working_days_away(day: date, number: int) -> None:
    found = DECREED.nth_working_day(day, number)

    assert DECREED.is_working_day(found)
    assert DECREED.working_days_between(day, found) == number


def test_working_days_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="from 1"):
        DECREED.nth_working_day(date(2025, 1, 1), 0)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        # 1/1 Friday; 30/4 Friday; 1/5 Saturday → Monday 3/5; 2/9 Thursday; 24/11
        (2027, ["01-01", "04-30", "05-01", "05-03", "09-02", "11-24"]),
        # 30/4 Sunday and 1/5 Monday: Tuesday 2/5 stands in. 1/1 and 2/9 Saturdays
        (
            2028,
            ["01-01", "01-03", "04-30", "05-01", "05-02", "09-02", "09-04", "11-24"],
        ),
        # 2030: 24/11 is a Sunday and has no substitute day
        (2030, ["01-01", "04-30", "05-01", "09-02", "11-24"]),
        # Before Culture Day
        (2020, ["01-01", "04-30", "05-01", "09-02"]),
    ],
)
def test_an_undecreed_year_keeps_the_holidays_that_need_no_decree(
    year: int, expected: list[str]
) -> None:
    assert [f"{day:%m-%d}" for day in sorted(fixed_holidays(year))] == expected
    rest = [day for day in fixed_holidays(year) if DECREED.is_working_day(day)]
    assert rest == []


def test_a_year_is_decreed_once_it_has_rows() -> None:
    assert DECREED.is_decreed(date(2026, 12, 31))
    assert not DECREED.is_decreed(date(2027, 1, 1))


def test_a_decreed_year_is_what_its_rows_say_and_nothing_more() -> None:
    bare = WorkCalendar(days={}, decreed_years=frozenset({2025}))
    assert bare.is_working_day(date(2025, 1, 1))
    assert not bare.is_working_day(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("margin", "kind", "half", "open_halves", "counts"),
    [
        ("Sat", DayKind.SWAPPED_WORK, "morning", frozenset({"morning"}), False),
        ("Sat", DayKind.SWAPPED_WORK, None, BOTH_HALVES, True),
        ("Fri", DayKind.SWAPPED_OFF, "afternoon", frozenset({"morning"}), True),
        ("Fri", DayKind.HOLIDAY, "morning", frozenset({"afternoon"}), True),
        ("Fri", DayKind.HOLIDAY, None, NO_HALF, False),
    ],
)
def test_half_a_day_changes_the_hours_but_never_the_count_of_days(
    margin: str,
    kind: DayKind,
    half: Half | None,
    open_halves: frozenset[Half],
    counts: bool,
) -> None:
    day = date(2025, 3, 15) if margin == "Sat" else date(2025, 3, 14)
    special = SpecialDay(day, kind, "", "", half)
    calendar = WorkCalendar(days={day: special}, decreed_years=frozenset({2025}))

    assert calendar.open_halves(day) == open_halves
    assert calendar.is_working_day(day) is counts


def test_a_scope_adds_its_own_rows_and_does_not_decree_a_year() -> None:
    days = read_days(
        [
            HEADER,
            "2025-01-01,holiday,,,New Year,Labour Code,,true",
            "2025-03-15,swapped_work,morning,desk-7,Saturdays,Rule 1,2025-01-02,true",
            "2031-03-15,swapped_work,morning,desk-7,Saturdays,Rule 1,,false",
        ]
    )
    everyone, desk = calendar_of(days), calendar_of(days, "desk-7")

    assert everyone.why(date(2025, 3, 15)) is None
    assert desk.open_halves(date(2025, 3, 15)) == {"morning"}
    assert everyone.decreed_years == desk.decreed_years == {2025}
    assert days[1].published_at == date(2025, 1, 2)


@pytest.mark.parametrize(
    "row",
    [
        "2025-13-01,holiday,,,n,b,,true",
        "2025-01-01,fiesta,,,n,b,,true",
        "2025-01-01,holiday,noon,,n,b,,true",
        "2025-01-01,holiday,,,n,b,soon,true",
        "2025-01-01,holiday,,,n,b,,perhaps",
        "2025-01-01,holiday",
    ],
)
def test_a_bad_row_is_named_by_its_line(row: str) -> None:
    with pytest.raises(ValueError, match="line 3"):
        read_days([HEADER, "2025-01-01,holiday,,,n,b,,true", row])
