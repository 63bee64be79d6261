"""Values from whole numbers: ratios, percentiles, ages."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.figures.facts import day_number
from gandan.indicators import finish

HALF, NINE_IN_TEN = Decimal("0.5"), Decimal("0.9")
MONDAY = day_number(date(2025, 3, 31))


@pytest.mark.parametrize(
    ("numerator", "denominator", "value"),
    [
        (1, 2, "0.500000"),
        (1, 3, "0.333333"),
        (2, 3, "0.666667"),
        (1, 2_000_000, "0.000001"),  # half of the last place: up
        (32_142, 32_665, "0.983989"),
        (0, 5, "0.000000"),
    ],
)
def test_a_ratio_has_six_places_halves_up(
    numerator: int, denominator: int, value: str
) -> None:
    assert finish.ratio(numerator, denominator) == Decimal(value)


def test_an_empty_denominator_has_no_value_unless_one_is_stated() -> None:
    assert finish.ratio(0, 0) is None
    assert finish.ratio(0, 0, at_empty=Decimal(6)) == 6


@pytest.mark.parametrize(
    ("histogram", "share", "value"),
    [
        ({}, HALF, None),
        ({3: 0}, HALF, None),
        ({3: 1}, HALF, 3),
        ({1: 1, 9: 1}, HALF, 1),  # half of them do not exceed 1
        ({1: 1, 9: 2}, HALF, 9),
        ({1: 9, 40: 1}, NINE_IN_TEN, 1),
        ({1: 8, 20: 1, 40: 1}, NINE_IN_TEN, 20),
        ({-2: 1, 0: 1, 5: 1}, HALF, 0),
    ],
)
def test_a_percentile_is_a_value_that_some_record_has(
    histogram: dict[int, int], share: Decimal, value: int | None
) -> None:
    assert finish.percentile(histogram, share) == value


@given(st.lists(st.integers(0, 60), min_size=1), st.integers(1, 100))
def test_a_percentile_equals_the_one_read_off_the_sorted_list(
    values: list[int], hundredths: int
) -> None:
    histogram = {value: values.count(value) for value in values}
    # The k-th of n in order, k = n × share rounded up.
    rank = -(-len(values) * hundredths // 100)
    found = finish.percentile(histogram, Decimal(hundredths) / 100)
    assert found == sorted(values)[rank - 1]


@pytest.mark.parametrize(
    ("ages", "oldest", "youngest"),
    [
        ((1, 5), date(2025, 3, 27), date(2025, 3, 31)),
        ((6, 15), date(2025, 3, 17), date(2025, 3, 26)),
        ((16, 30), date(2025, 3, 2), date(2025, 3, 16)),
        ((31, None), None, date(2025, 3, 1)),
        (None, None, date(2025, 3, 31)),
    ],
)
def test_the_first_day_past_due_is_an_age_of_one(
    ages: tuple[int, int | None] | None, oldest: date | None, youngest: date
) -> None:
    first, last = finish.keys_of_ages(MONDAY, ages)
    assert first == (day_number(oldest) if oldest else None)
    assert last == day_number(youngest)


def test_the_four_ages_cover_every_day_once() -> None:
    histogram = {MONDAY - back: 1 for back in range(100)}
    bands: list[tuple[int, int | None]] = [(1, 5), (6, 15), (16, 30), (31, None)]
    found = [
        finish.within(histogram, *finish.keys_of_ages(MONDAY, band)) for band in bands
    ]
    assert found == [5, 10, 15, 70]
