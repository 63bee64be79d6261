"""Half-open periods, and the administrative reporting calendar."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.kernel import periods
from gandan.kernel.periods import Period, add_months

D = date
DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (periods.month(2024, 2), D(2024, 2, 1), D(2024, 2, 29)),
        (periods.month(2025, 12), D(2025, 12, 1), D(2025, 12, 31)),
        (periods.quarter(2025, 1), D(2025, 1, 1), D(2025, 3, 31)),
        (periods.quarter(2025, 4), D(2025, 10, 1), D(2025, 12, 31)),
        (periods.year(2025), D(2025, 1, 1), D(2025, 12, 31)),
        # Decree 09/2019, handbook §8.3
        (periods.reporting_month(2025, 3), D(2025, 2, 15), D(2025, 3, 14)),
        (periods.reporting_month(2025, 1), D(2024, 12, 15), D(2025, 1, 14)),
        (periods.reporting_quarter(2025, 1), D(2024, 12, 15), D(2025, 3, 14)),
        (periods.reporting_quarter(2025, 3), D(2025, 6, 15), D(2025, 9, 14)),
        (periods.reporting_first_half(2025), D(2024, 12, 15), D(2025, 6, 14)),
        (periods.reporting_nine_months(2025), D(2024, 12, 15), D(2025, 9, 14)),
        (periods.reporting_second_half(2025), D(2025, 6, 15), D(2025, 12, 14)),
        (periods.reporting_year(2025), D(2024, 12, 15), D(2025, 12, 14)),
    ],
)
def test_a_period_has_its_first_and_its_last_day(
    period: Period, first: date, last: date
) -> None:
    assert (period.starts, period.last_day) == (first, last)


@pytest.mark.parametrize(
    ("day", "month"),
    [
        (D(2025, 3, 14), periods.reporting_month(2025, 3)),
        (D(2025, 3, 15), periods.reporting_month(2025, 4)),
        (D(2025, 12, 15), periods.reporting_month(2026, 1)),
        (D(2025, 1, 1), periods.reporting_month(2025, 1)),
    ],
)
def test_the_fifteenth_belongs_to_the_next_reporting_month(
    day: date, month: Period
) -> None:
    assert periods.reporting_month_of(day) == month


@given(day=DAYS)
def test_every_day_is_in_the_reporting_month_it_is_given(day: date) -> None:
    assert periods.reporting_month_of(day).covers(day)


def test_a_period_ends_before_its_end() -> None:
    period = Period(D(2025, 1, 1), D(2025, 1, 3))

    assert list(period.days()) == [D(2025, 1, 1), D(2025, 1, 2)]
    assert period.covers(D(2025, 1, 2))
    assert not period.covers(D(2025, 1, 3))


def test_an_open_period_covers_all_that_follows() -> None:
    period = Period(D(2025, 7, 1))

    assert period.covers(D(2099, 1, 1))
    assert not period.covers(D(2025, 6, 30))
    assert period.last_day is None
    with pytest.raises(ValueError, match="open"):
        list(period.days())


@pytest.mark.parametrize(
    ("a", "b", "overlap"),
    [
        (Period(D(2025, 1, 1), D(2025, 7, 1)), Period(D(2025, 7, 1)), False),
        (Period(D(2025, 1, 1), D(2025, 7, 2)), Period(D(2025, 7, 1)), True),
        (Period(D(2025, 1, 1)), Period(D(2026, 1, 1)), True),
        (Period(D(2025, 2, 1), D(2025, 2, 1)), Period(D(2025, 1, 1)), False),
    ],
)
def test_periods_that_touch_do_not_overlap(a: Period, b: Period, overlap: bool) -> None:
    assert a.overlaps(b) is overlap
    assert b.overlaps(a) is overlap


def test_a_period_cannot_end_before_it_starts() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(D(2025, 1, 2), D(2025, 1, 1))


def test_a_year_has_four_quarters() -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        periods.quarter(2025, 5)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (D(2025, 1, 31), 1, D(2025, 2, 28)),
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2025, 12, 15), 1, D(2026, 1, 15)),
        (D(2025, 3, 31), -1, D(2025, 2, 28)),
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2025, 5, 5), 0, D(2025, 5, 5)),
        (D(2025, 11, 30), 13, D(2026, 12, 30)),
    ],
)
def test_months_keep_the_date_or_end_with_the_month(
    day: date, months: int, later: date
) -> None:
    assert add_months(day, months) == later
