"""Text at the border: what is cleaned, what is refused, what is found and sorted."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gandan.kernel.text import TextRefused, clean, fold, sort_key, syllables

VIETNAMESE = st.text(
    alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàằầèềìòồờùừỳáắấéếíóốớúứýảẳẩẻểỉỏổởủửỷ"
    "ãẵẫẽễĩõỗỡũữỹạặậẹệịọộợụựỵAĂÂĐÊÔƠƯ -'",
)


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("  Nguyễn Thị Ánh \n", "Nguyễn Thị Ánh"),
        (unicodedata.normalize("NFD", "Nguyễn Đức"), "Nguyễn Đức"),
        ("Cao\u200b Bằng\ufeff", "Cao Bằng"),
        ("\u202eCao Bằng\u202c", "Cao Bằng"),
        ("a\u2066b\u2069\u061c", "ab"),
        ("x\u00ady", "xy"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("a\u0000b\u0007", "ab"),
        ("cột\tcột", "cột\tcột"),
        ("", ""),
    ],
)
def test_text_from_outside_is_cleaned(text: str, cleaned: str) -> None:
    assert clean(text) == cleaned


def test_the_icelandic_letter_is_refused_and_the_right_one_named() -> None:
    with pytest.raises(TextRefused, match=r"U\+00D0.*U\+0110") as refused:
        clean("Ðức")
    assert refused.value.character == "\u00d0"
    assert clean("Đức") == "Đức"


def test_half_a_surrogate_is_refused() -> None:
    with pytest.raises(TextRefused):
        clean("a\ud800")


@given(text=st.text().filter(lambda text: "\u00d0" not in text))
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Nguyễn Thị Ánh", "nguyen thi anh"),
        ("ĐỨC", "duc"),
        ("Hoà", "hoa"),
        ("Hòa", "hoa"),
        ("Thuỷ", "thuy"),
        ("Thủy", "thuy"),
        ("Ưng  Ơn\tĂn", "ung on an"),
        ("\u00a0Cao\u00a0Bằng ", "cao bang"),
        ("Sổ đỏ", "so do"),
        ("Ðức", "duc"),
        ("H'Mông", "h'mong"),
    ],
)
def test_marks_case_and_spaces_do_not_matter_to_search(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(text=VIETNAMESE)
def test_composed_and_decomposed_text_fold_and_sort_alike(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)

    assert fold(apart) == fold(text)
    assert sort_key(apart) == sort_key(text)


@given(text=VIETNAMESE)
def test_a_search_key_is_ascii_and_stays_as_it_is(text: str) -> None:
    assert fold(text).isascii()
    assert fold(fold(text)) == fold(text)


def test_syllables_leave_punctuation_out() -> None:
    assert syllables("H'Mông, Hòa-bình (mới)") == ["h", "mong", "hoa", "binh", "moi"]
    assert syllables("  ") == []


def test_names_sort_by_given_name_in_the_order_of_the_alphabet() -> None:
    names = [
        "Hoàng Văn An",
        "Nguyễn Thị An",
        "Nông Thị Ân",
        "Lý A Dì",
        "Bế Văn Đức",
        "Triệu Ê",
        "Đàm Thị Hà",
        "Nông Văn Hải",
        "Hà Thị Oanh",
        "Lục Văn Ơn",
        "Mã Thị Uyên",
        "Lê Văn Ưng",
        "Sầm Thị Xuân",
        "Hứa Văn Ý",
    ]
    backwards = names[::-1]
    assert sorted(backwards, key=sort_key) == names


def test_letters_come_before_tones() -> None:
    given_names = ["An", "Àn", "Ản", "Ãn", "Án", "Ạn", "Anh", "Ánh", "Ăn", "Ân"]

    backwards = given_names[::-1]
    assert sorted(backwards, key=sort_key) == given_names


def test_people_of_one_given_name_sort_by_family_name_then_middle_name() -> None:
    names = [
        "Bế Thị Lan",
        "Đàm Thị Lan",
        "Hoàng Ngọc Lan",
        "Hoàng Thị Lan",
        "Lan",
    ]
    assert sorted(names, key=sort_key) == ["Lan", *names[:-1]]


def test_an_empty_name_has_a_key() -> None:
    assert sort_key("") <= sort_key("A")


@given(name=VIETNAMESE)
def test_a_sort_key_is_ascii_so_that_the_database_sorts_it_bytewise(name: str) -> None:
    assert sort_key(name).isascii()
