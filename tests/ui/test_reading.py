"""What people type, as a table anybody can check."""

import contextlib
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.ui.reading import (
    PartialDay,
    Unreadable,
    read_day,
    read_dong,
    read_number,
    read_partial_day,
)


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("1.234", "vi", "1234"),  # Django's own vi reads 1.234
        ("1.234,5", "vi", "1234.5"),
        ("0,5", "vi", "0.5"),
        ("1234,5", "vi", "1234.5"),
        ("1 234,5", "vi", "1234.5"),
        ("12.345.678", "vi", "12345678"),
        ("-3,25", "vi", "-3.25"),
        ("−3,25", "vi", "-3.25"),  # the minus of a typesetter
        (" 007 ", "vi", "7"),
        ("1,234.5", "en", "1234.5"),
        ("1.234", "en", "1.234"),
        ("1,234", "en", "1234"),
        ("1 234,5", "fr", "1234.5"),
        ("1\u202f234,5", "fr", "1234.5"),
        ("1\u00a0234", "fr", "1234"),
    ],
)
def test_a_number_is_read_as_its_language_writes_it(
    typed: str, language: str, meant: str
) -> None:
    assert read_number(typed, language) == Decimal(meant)


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("1.5", "vi"),  # five tenths, or a slip of 1.500?
        ("12.34", "vi"),
        ("1.2345", "vi"),
        ("1,234.5", "vi"),
        ("1,5", "en"),
        ("1.234,5", "en"),
        ("1.234,5", "fr"),
        ("1234.567.890", "vi"),
        ("1,", "vi"),
        ("1,2,3", "vi"),
        ("1. 234", "vi"),
    ],
)
def test_a_number_with_two_readings_is_refused(typed: str, language: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_number(typed, language)
    assert refusal.value.reason == "unclear_number"


@pytest.mark.parametrize("typed", ["", "-", "một", "1e5", "12a", ",5", "+3", "½", "٣"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_number(typed, "vi")
    assert refusal.value.reason == "not_a_number"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("8.150.000", 8150000),
        ("8150000", 8150000),
        ("8.150.000 đ", 8150000),
        ("50.000đồng", 50000),
        ("50.000 VNĐ", 50000),
        ("50.000 ₫", 50000),
    ],
)
def test_money_is_whole_dong_with_or_without_its_unit(typed: str, amount: int) -> None:
    assert read_dong(typed, "vi") == amount


def test_half_a_dong_is_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_dong("50.000,5", "vi")
    assert refusal.value.reason == "not_whole"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("03/04/2026", date(2026, 4, 3)),  # 3 April, in all three languages
        ("3/4/2026", date(2026, 4, 3)),
        ("03-04-2026", date(2026, 4, 3)),
        ("3.4.2026", date(2026, 4, 3)),
        ("03042026", date(2026, 4, 3)),
        ("2026-04-03", date(2026, 4, 3)),
        (" 3 / 4 / 2026 ", date(2026, 4, 3)),
        ("29/02/2024", date(2024, 2, 29)),
    ],
)
def test_the_day_comes_first(typed: str, meant: date) -> None:
    assert read_day(typed) == meant


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("29/02/2025", "no_such_day"),
        ("04/13/2026", "no_such_day"),
        ("0/4/2026", "no_such_day"),
        ("mai", "not_a_day"),
        ("3/4", "not_a_day"),
        ("3/4/26", "not_a_day"),  # of which century?
        ("3/4-2026", "not_a_day"),
        ("", "not_a_day"),
    ],
)
def test_a_day_that_is_not_one_says_why(typed: str, reason: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_day(typed)
    assert refusal.value.reason == reason


@pytest.mark.parametrize(
    ("typed", "stored", "shown"),
    [
        ("1952", "1952", "1952"),
        ("3/1952", "1952-03", "03/1952"),
        ("1/3/1952", "1952-03-01", "01/03/1952"),
        ("01031952", "1952-03-01", "01/03/1952"),
    ],
)
def test_what_is_known_of_a_birth_is_kept_and_no_more(
    typed: str, stored: str, shown: str
) -> None:
    known = read_partial_day(typed)
    assert (str(known), known.words) == (stored, shown)
    assert PartialDay.parse(stored) == known


def test_a_day_without_its_month_is_no_day() -> None:
    with pytest.raises(ValueError, match="needs its month"):
        PartialDay(1952, day=3)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_every_day_written_the_local_way_is_read_back(day: date) -> None:
    assert read_day(f"{day:%d/%m/%Y}") == day


@given(st.text(max_size=14), st.sampled_from(["vi", "en", "fr"]))
def test_any_other_text_is_refused_and_nothing_else_happens(
    typed: str, language: str
) -> None:
    with contextlib.suppress(Unreadable):
        assert isinstance(read_number(typed, language), Decimal)
    with contextlib.suppress(Unreadable):
        assert isinstance(read_dong(typed, language), int)
    with contextlib.suppress(Unreadable):
        assert isinstance(read_day(typed), date)
    with contextlib.suppress(Unreadable):
        assert isinstance(read_partial_day(typed), PartialDay)
