"""Fields refuse in words that say how to mend, and keep what was typed."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from gandan.ui.fields import (
    DayField,
    DongField,
    NumberField,
    PartialDayField,
    TextField,
    ThreeBoxDayField,
    WholeField,
)
from gandan.ui.reading import PartialDay


def refusal(field: forms.Field, typed: Any, language: str = "vi") -> str:
    with override(language), pytest.raises(ValidationError) as refused:
        field.clean(typed)
    return str(refused.value.messages[0])


@pytest.mark.parametrize(
    ("language", "typed"), [("vi", "1.234,5"), ("en", "1,234.5"), ("fr", "1 234,5")]
)
def test_a_number_field_reads_the_language_of_the_page(
    language: str, typed: str
) -> None:
    with override(language):
        assert NumberField().clean(typed) == Decimal("1234.5")


def test_an_unclear_number_is_answered_with_an_example() -> None:
    assert refusal(NumberField(), "1.5") == (
        "Số này có thể đọc theo hai cách. Viết như 1.234,5"
    )


@pytest.mark.parametrize(
    ("field", "typed", "answer"),
    [
        (WholeField(at_least=1), "0", "Số phải từ 1 trở lên"),
        (WholeField(at_most=1000), "1.001", "Số không được quá 1.000"),
        (NumberField(places=1), "1,25", "Nhiều nhất 1 chữ số sau dấu thập phân"),
        (WholeField(), "1,5", "Viết số nguyên, ví dụ 1.234"),
        (WholeField(), "ba", "Viết bằng chữ số, ví dụ 1.234"),
        (DongField(), "ba", "Viết bằng chữ số, ví dụ 50.000"),
        (DayField(), "mai", "Viết ngày/tháng/năm, ví dụ 03/04/2026"),
        (
            DayField(),
            "31/02/2025",
            "Lịch không có ngày này. Xem lại ngày và tháng",
        ),
        (
            DayField(not_after=date(2025, 6, 10)),
            "11/06/2025",
            "Ngày không được sau 10/06/2025",
        ),
        (
            DayField(not_before=date(2025, 6, 10)),
            "09/06/2025",
            "Ngày phải từ 10/06/2025 trở đi",
        ),
        (TextField(), "", "Chưa trả lời mục này"),
        (ThreeBoxDayField(), ["", "", ""], "Chưa trả lời mục này"),
        (ThreeBoxDayField(), ["3", "4", ""], "Viết cả năm"),
    ],
)
def test_a_refusal_says_how_to_mend(
    field: forms.Field, typed: Any, answer: str
) -> None:
    assert refusal(field, typed) == answer


def test_text_is_cleaned_at_the_border() -> None:
    assert TextField().clean("  Nông\u200b Thị A\u0301nh ") == "Nông Thị Ánh"


def test_the_letter_that_looks_like_d_stroke_is_refused_with_its_cure() -> None:
    assert "Gõ chữ Đ" in refusal(TextField(), "\u00d0inh Văn A")


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        (["", "", "1952"], PartialDay(1952)),
        (["", "3", "1952"], PartialDay(1952, 3)),
        (["1", "3", "1952"], PartialDay(1952, 3, 1)),
    ],
)
def test_a_year_alone_is_enough_where_the_form_says_so(
    typed: list[str], known: PartialDay
) -> None:
    assert ThreeBoxDayField(year_alone=True).clean(typed) == known


def test_elsewhere_the_whole_day_is_needed() -> None:
    assert refusal(ThreeBoxDayField(), ["", "", "1952"]) == (
        "Viết ngày/tháng/năm, ví dụ 03/04/2026"
    )
    assert ThreeBoxDayField().clean(["1", "3", "1952"]) == date(1952, 3, 1)


def test_a_birth_in_the_future_is_refused_even_when_only_its_year_is_known() -> None:
    field = PartialDayField(not_after=date(2025, 6, 10))
    assert refusal(field, "2026") == "Ngày không được sau 10/06/2025"


class Sample(forms.Form):
    area = NumberField()
    signed_on = DayField()
    born = ThreeBoxDayField(year_alone=True)


def test_what_was_typed_is_shown_again_untouched() -> None:
    with override("vi"):
        form = Sample({"area": "1.5", "signed_on": "mai", "born_year": "19x2"})
        assert not form.is_valid()
        html = str(form["area"]) + str(form["signed_on"]) + str(form["born"])
    assert 'value="1.5"' in html
    assert 'value="mai"' in html
    assert 'value="19x2"' in html


def test_a_stored_value_is_shown_as_the_language_writes_it() -> None:
    initial = {
        "area": Decimal("1234.5"),
        "signed_on": date(2026, 4, 3),
        "born": "1952-03",
    }
    with override("vi"):
        form = Sample(initial=initial)
        assert 'value="1.234,5"' in str(form["area"])
        assert 'value="03/04/2026"' in str(form["signed_on"])
        born = str(form["born"])
    assert 'value="3"' in born
    assert 'value="1952"' in born


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_django_s_own_date_fields_put_the_day_first_too(language: str) -> None:
    with override(language):
        assert forms.DateField().clean("03/04/2026") == date(2026, 4, 3)


def test_django_s_own_decimals_read_vietnamese() -> None:
    with override("vi"):
        field = forms.DecimalField(localize=True)
        assert field.clean("1234,5") == Decimal("1234.5")
