"""What people type and what is kept of it, kind by kind."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.forms import kinds
from gandan.forms.schema import Kind, Option, Question, Source, Words

SAID = Words("x", "x", "x")
FULL, YEAR = Kind.DATE, Kind.PARTIAL_DATE


def question(kind: Kind, **more: Any) -> Question:
    return Question("q", kind, SAID, Source("ours"), **more)


CHOICES = tuple(Option(key, SAID) for key in ("rice", "forest", "fish"))

READ: list[tuple[Kind, Any, Any]] = [
    # Names of one to six words, with every mark; more for those who have more.
    (Kind.NAME, "Páo", "Páo"),
    (Kind.NAME, "Lý Mùi", "Lý Mùi"),
    (Kind.NAME, " Nông  Thị Ánh ", "Nông Thị Ánh"),
    (Kind.NAME, "Đàm Thị Ngọc Hoài Thương My", "Đàm Thị Ngọc Hoài Thương My"),
    (Kind.NAME, "H'Hen Niê", "H'Hen Niê"),
    (Kind.NAME, "Jean-Pierre d’Arc", "Jean-Pierre d’Arc"),
    (Kind.NAME, "  ", None),
    (FULL, ("27", "3", "2025"), "2025-03-27"),
    (FULL, ("29", "02", "2024"), "2024-02-29"),
    (FULL, ("", "", ""), None),
    (FULL, None, None),
    # A birth: the year alone, month and year, or the day.
    (YEAR, ("", "", "1952"), "1952"),
    (YEAR, ("", "3", "1952"), "1952-03"),
    (YEAR, ("1", "3", "1952"), "1952-03-01"),
    (YEAR, ("", "", ""), None),
    (Kind.YES_NO, "yes", True),
    (Kind.YES_NO, "no", False),
    (Kind.YES_NO, "", None),
    (Kind.CHOICE, "rice", "rice"),
    (Kind.CHOICE, "", None),
    (Kind.MULTI, ["fish", "rice"], ["rice", "fish"]),
    (Kind.MULTI, [], None),
    (Kind.IDENTITY, "004 198 001 234", "004198001234"),
    (Kind.IDENTITY, "080.123.456", "080123456"),
    (Kind.IDENTITY, "c1234567", "C1234567"),
    (Kind.PHONE, "0912 345 678", "0912345678"),
    (Kind.PHONE, "+84 912 345 678", "0912345678"),
    (Kind.PHONE, "+84 (0)912.345.678", "0912345678"),
    (Kind.PHONE, "0206 3852 123", "02063852123"),
    (Kind.EMAIL, " anh.nong@example.vn ", "anh.nong@example.vn"),
    # No house number, no street, not even a village: the commune is an address.
    (
        Kind.ADDRESS,
        {"detail": "", "commune": "xã Cô Ba", "province": "Cao Bằng"},
        {"detail": "", "commune": "xã Cô Ba", "province": "Cao Bằng"},
    ),
    (Kind.ADDRESS, {"detail": "", "commune": "", "province": "Cao Bằng"}, None),
    (Kind.FILE, {"files": [], "bring": True}, {"files": [], "bring": True}),
    (Kind.FILE, {"files": [], "bring": False}, None),
    (Kind.TEXT, "a  b", "a b"),
    (Kind.MONEY, "50.000.000", 50_000_000),
    (Kind.MONEY, "50000000 đồng", 50_000_000),
    (Kind.MONEY, "", None),
    (Kind.NUMBER, "1.250", 1250),
    (Kind.NUMBER, "0", 0),
]

REFUSED: list[tuple[Kind, Any, str]] = [
    (Kind.NAME, "Nông Thị 2", "not_a_name"),
    (Kind.NAME, "Ánh@", "not_a_name"),
    (Kind.NAME, "a " * 13, "not_a_name"),
    (Kind.NAME, "ă" * 121, "too_long"),
    (Kind.NAME, "Hoàng \u00d0ức", "stray"),
    (FULL, ("30", "2", "2025"), "not_a_date"),
    (FULL, ("", "2", "2025"), "date_incomplete"),
    (FULL, ("x", "2", "2025"), "not_a_date"),
    (FULL, ("1", "2", "25"), "not_a_date"),
    (YEAR, ("", "3", ""), "year_missing"),
    (YEAR, ("1", "", "1952"), "date_incomplete"),
    (YEAR, ("", "", "52"), "not_a_year"),
    (YEAR, ("", "13", "1952"), "not_a_date"),
    (YEAR, ("31", "6", "1952"), "not_a_date"),
    (Kind.YES_NO, "maybe", "not_offered"),
    (Kind.CHOICE, "gold", "not_offered"),
    (Kind.MULTI, ["gold"], "not_offered"),
    (Kind.IDENTITY, "1234567", "not_identity"),
    (Kind.IDENTITY, "0041980012345", "not_identity"),
    (Kind.PHONE, "912345678", "not_phone"),
    (Kind.PHONE, "09123", "not_phone"),
    (Kind.EMAIL, "anh.nong", "not_email"),
    (Kind.EMAIL, "a@b", "not_email"),
    (Kind.ADDRESS, {"detail": "xóm Nà Lũng", "province": "Cao Bằng"}, "place_missing"),
    (Kind.ADDRESS, {"commune": "xã Cô Ba", "province": ""}, "place_missing"),
    (Kind.TEXT, "x" * 301, "too_long"),
    (Kind.MONEY, "fifty", "not_a_number"),
    (Kind.MONEY, "1,5", "not_whole"),
    (Kind.MONEY, "-5", "too_small"),
    (Kind.NUMBER, "2,5", "too_many_decimals"),
    (Kind.NUMBER, "1.5", "unclear_number"),
    (Kind.NUMBER, "-1", "too_small"),
]


@pytest.mark.parametrize(("kind", "typed", "kept"), READ, ids=str)
def test_what_people_type_is_read(kind: Kind, typed: Any, kept: Any) -> None:
    options = CHOICES if kind in (Kind.CHOICE, Kind.MULTI) else ()
    assert kinds.read(question(kind, options=options), typed) == kept


@pytest.mark.parametrize(("kind", "typed", "code"), REFUSED, ids=str)
def test_what_cannot_be_kept_is_refused_with_a_reason(
    kind: Kind, typed: Any, code: str
) -> None:
    options = CHOICES if kind in (Kind.CHOICE, Kind.MULTI) else ()
    with pytest.raises(kinds.AnswerRefused) as refused:
        kinds.read(question(kind, options=options), typed)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("language", "typed"), [("vi", "1.234,5"), ("en", "1,234.5"), ("fr", "1 234,5")]
)
def test_an_area_is_read_as_the_language_writes_it(language: str, typed: str) -> None:
    area = question(Kind.NUMBER, decimals=1)
    assert kinds.read(area, typed, language) == "1234.5"


@pytest.mark.parametrize(
    ("number", "code"),
    [("0", "too_small"), ("1", None), ("20", None), ("21", "too_big")],
)
def test_bounds_belong_to_the_answer(number: str, code: str | None) -> None:
    copies = question(Kind.NUMBER, least=Decimal(1), most=Decimal(20))
    if code is None:
        assert kinds.read(copies, number) == int(number)
    else:
        with pytest.raises(kinds.AnswerRefused, match=code):
            kinds.read(copies, number)


def test_lines_of_a_long_text_are_kept() -> None:
    told = question(Kind.TEXT, lines=4)
    assert kinds.read(told, "một\r\nhai ") == "một\nhai"


@pytest.mark.parametrize(
    ("answer", "empty"),
    [
        (None, True),
        ("", True),
        ([], True),
        ({}, True),
        ({"files": [], "bring": False}, True),
        (False, False),
        (0, False),
        ({"files": [], "bring": True}, False),
        ([{}], False),
    ],
)
def test_no_and_zero_are_answers(answer: Any, empty: bool) -> None:
    assert kinds.is_empty(answer) is empty


@given(
    area=st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False),
    language=st.sampled_from(["vi", "en", "fr"]),
)
def test_a_kept_number_is_read_as_itself_in_every_language(
    area: Decimal, language: str
) -> None:
    exact = question(Kind.NUMBER, decimals=2)
    kept = kinds.read(exact, area, language)
    assert Decimal(kept) == area
    assert kinds.read(exact, kinds.for_rules(exact, kept), language) == kept


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_kept_date_is_read_as_itself(day: date) -> None:
    for kind in (FULL, YEAR):
        assert kinds.read(question(kind), day.isoformat()) == day.isoformat()
