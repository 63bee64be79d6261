"""Dates, numbers and due tags in three languages, weekday in the margin."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from gandan.ui import words
from gandan.ui.reading import read_number
from gandan.ui.words import Tag, due_tag

TUESDAY = date(2025, 6, 10)


@pytest.mark.parametrize(
    ("language", "written"),
    [
        ("vi", "thứ Ba 10/06/2025"),
        ("en", "Tuesday 10/06/2025"),
        ("fr", "mardi 10/06/2025"),
    ],
)
def test_a_date_carries_its_weekday(language: str, written: str) -> None:
    with override(language):
        assert words.day(TUESDAY) == written


def test_a_moment_is_told_in_the_time_of_the_province() -> None:
    with override("vi"):
        # 17:30 UTC is already the next day in Cao Bằng.
        at = datetime(2025, 6, 9, 17, 30, tzinfo=UTC)
        assert words.moment(at) == "00:30, thứ Ba 10/06/2025"


def test_the_day_filter_takes_the_day_of_the_province_from_an_instant() -> None:
    at = datetime(2025, 6, 9, 16, 59, tzinfo=UTC)  # 23:59 on Monday
    template = Template("{% load words %}{{ at|day }}|{{ at|iso_day }}|{{ none|day }}")
    with override("vi"):
        shown = template.render(Context({"at": at, "none": None}))
    assert shown == "thứ Hai 09/06/2025|2025-06-09|"


@pytest.mark.parametrize(
    ("starts", "ends", "written"),
    [
        (date(2025, 5, 5), date(2025, 5, 9), "05–09/05/2025"),
        (date(2025, 4, 30), date(2025, 5, 2), "30/04–02/05/2025"),
        (date(2024, 12, 31), date(2025, 1, 1), "31/12/2024–01/01/2025"),
        (date(2025, 5, 5), date(2025, 5, 5), "05/05/2025"),
    ],
)
def test_days_that_follow_each_other_are_written_once(
    starts: date, ends: date, written: str
) -> None:
    assert words.days_span(starts, ends) == written


@pytest.mark.parametrize(
    ("value", "places", "vi", "en", "fr"),
    [
        (1234, None, "1.234", "1,234", "1\u202f234"),
        (Decimal("1234.5"), None, "1.234,5", "1,234.5", "1\u202f234,5"),
        (Decimal("0.125"), 2, "0,13", "0.13", "0,13"),
        (8150000, None, "8.150.000", "8,150,000", "8\u202f150\u202f000"),
        (-1500, None, "−1.500", "−1,500", "−1\u202f500"),
        (7, 1, "7,0", "7.0", "7,0"),
        (0, None, "0", "0", "0"),
    ],
)
def test_a_number_is_written_as_its_language_does(
    value: int | Decimal, places: int | None, vi: str, en: str, fr: str
) -> None:
    shown = []
    for language in ("vi", "en", "fr"):
        with override(language):
            shown.append(words.number(value, places))
    assert shown == [vi, en, fr]


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=2, max_value=10**12),
    st.sampled_from(["vi", "en", "fr"]),
)
def test_what_is_written_is_read_back_the_same(value: Decimal, language: str) -> None:
    with override(language):
        assert read_number(words.number(value), language) == value


def test_a_float_is_never_shown() -> None:
    with pytest.raises(TypeError):
        words.number(0.1)  # type: ignore[arg-type]


def test_money_keeps_its_unit_on_the_line() -> None:
    with override("vi"):
        assert words.dong(50000) == "50.000\u00a0đ"


@pytest.mark.parametrize(
    ("numerator", "denominator", "vi"),
    [
        (32142, 32665, "98,4%"),
        (0, 10, "0,0%"),
        (1, 3, "33,3%"),
        (0, 0, "không có"),  # not 0 %, not 100 %
    ],
)
def test_a_share_of_nothing_is_not_a_number(
    numerator: int, denominator: int, vi: str
) -> None:
    with override("vi"):
        assert words.share(numerator, denominator) == vi


@pytest.mark.parametrize(
    ("count", "shown"), [(0, "0"), (500, "500"), (501, "500+"), (10**6, "500+")]
)
def test_a_count_past_the_cap_says_so(count: int, shown: str) -> None:
    assert words.capped(count) == shown


@pytest.mark.parametrize(
    ("today", "working_days", "tag"),
    [
        (date(2025, 5, 28), 9, Tag("ok", "Còn 9 ngày làm việc")),  # Wednesday
        (date(2025, 6, 4), 4, Tag("ok", "Còn 4 ngày làm việc")),  # Wednesday
        (date(2025, 6, 5), 3, Tag("soon", "Còn 3 ngày làm việc")),  # Thursday
        (date(2025, 6, 9), 1, Tag("soon", "Còn 1 ngày làm việc")),  # Monday
        (date(2025, 6, 10), 0, Tag("soon", "Hạn hôm nay")),  # Tuesday, the due day
        (date(2025, 6, 12), -2, Tag("late", "Trễ 2 ngày làm việc")),  # Thursday
    ],
)
def test_the_due_tag_counts_working_days(
    today: date, working_days: int, tag: Tag
) -> None:
    with override("vi"):
        assert due_tag(due=TUESDAY, today=today, working_days=working_days) == tag


def test_a_rest_day_after_the_due_day_is_late_by_no_working_day() -> None:
    friday, saturday = date(2025, 6, 6), date(2025, 6, 7)
    with override("vi"):
        tag = due_tag(due=friday, today=saturday, working_days=0)
    assert tag == Tag("late", "Trễ từ thứ Sáu 06/06/2025")


def test_a_due_hour_is_named_on_its_day() -> None:
    at = datetime(2025, 6, 10, 8, 30, tzinfo=UTC)  # 15:30 in the province
    with override("vi"):
        tag = due_tag(due=TUESDAY, today=TUESDAY, due_at=at)
    assert tag == Tag("soon", "Hạn 15:30 hôm nay")


@pytest.mark.parametrize(
    ("waiting_for", "words_shown"),
    [("cơ quan thuế", "Tạm dừng, chờ cơ quan thuế"), ("", "Tạm dừng")],
)
def test_a_clock_that_stands_has_no_date(waiting_for: str, words_shown: str) -> None:
    with override("vi"):
        tag = due_tag(due=None, today=TUESDAY, waiting_for=waiting_for)
    assert tag == Tag("paused", words_shown)


@pytest.mark.parametrize(
    ("count", "en", "fr"),
    [
        (1, "1 working day", "1 jour ouvré"),
        (2, "2 working days", "2 jours ouvrés"),
    ],
)
def test_one_day_and_two_days_differ_where_the_language_does(
    count: int, en: str, fr: str
) -> None:
    with override("en"):
        assert words.in_working_days(count) == en
    with override("fr"):
        assert words.in_working_days(count) == fr


def test_the_usual_time_stands_beside_the_legal_one() -> None:
    with override("vi"):
        assert words.usual_time(62, 95) == (
            "Thường nhận sau 62 ngày; 9/10 người trong 95 ngày"
        )
