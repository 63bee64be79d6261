"""The officer's screen: the same questions on one page, grown and shrunk by buttons."""

from typing import Any

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.translation import override

from gandan.forms import loading
from gandan.forms.web.counter import CounterForm, counter_form
from tests.forms.cases import BIRTH, LAND, ON, SCANNED

MARRIED = BIRTH["married parents, the mother asks"]
MANY = LAND["two owners, two parcels, many papers"]


@pytest.fixture(autouse=True)
def _vietnamese() -> Any:
    with override("vi"):
        yield


def screen(form: str, boxes: dict[str, Any] | None = None, **more: Any) -> CounterForm:
    data = None
    if boxes is not None:
        data = QueryDict(mutable=True)
        for name, value in boxes.items():
            data[f"form-{name}"] = value
    return counter_form(loading.definition(form), data, on=ON, **more)


def paths(form: CounterForm) -> set[str]:
    return {one.path for one in form.asked if one.question.is_asked}


def test_an_empty_screen_asks_what_depends_on_nothing() -> None:
    asked = paths(screen("birth"))
    assert {"situation", "child_name", "requester_name", "wants_copies"} <= asked
    assert not {"mother_name", "copies", "paper_foundling"} & asked


def test_an_answer_opens_its_questions_on_the_same_screen() -> None:
    form = screen("birth", {"situation": "mother_only", "relation": "grandparent"})
    assert "mother_name" in paths(form)
    assert "father_name" not in paths(form)
    assert not form.is_valid()
    assert "Còn thiếu câu trả lời này" in str(form.errors["mother_name"])


def test_refreshing_judges_nothing() -> None:
    form = screen("birth", {"situation": "both", "refresh": "1"})
    assert not form.is_valid()
    assert not form.errors
    assert "mother_name" in paths(form)
    assert form.answers == {"situation": "both"}


def test_a_hidden_answer_is_not_kept_from_the_counter_either() -> None:
    boxes = {"situation": "foundling", "mother_name": "Lý Mùi"}
    assert "mother_name" not in screen("birth", boxes).answers


@pytest.mark.parametrize(
    ("name", "typed", "box", "words"),
    [
        ("child_name", "An 2", "child_name", "Ghi tên chỉ bằng chữ"),
        ("requester_phone", "12", "requester_phone", "Ghi số điện thoại"),
        ("requester_birth_year", "52", "requester_birth", "Ghi năm bằng bốn chữ số"),
        ("home_town-detail", "xóm", "home_town-commune", "Ghi xã hoặc phường"),
    ],
)
def test_a_wrong_answer_is_told_once_at_its_box(
    name: str, typed: str, box: str, words: str
) -> None:
    form = screen("birth", {name: typed, "home_town-province": "Cao Bằng"})
    assert not form.is_valid()
    (told,) = form.errors[box]
    assert words in str(told)


def test_what_was_typed_wrong_under_a_hidden_question_stops_nobody() -> None:
    boxes = {"situation": "foundling", "mother_birth_year": "x"}
    form = screen("birth", boxes)
    form.is_valid()
    assert "mother_birth" not in form.errors


def test_an_item_is_added_and_the_others_stay() -> None:
    first = screen("land", initial=MANY)
    boxes = {
        "asked": first.paths,
        "owners-count": "2",
        "owners-0-owner_name": "Bế Văn Đàn",
        "owners-1-owner_name": "Đàm Thị Hoài",
        "add": "owners",
    }
    form = screen("land", boxes, initial=MANY)
    names = [one.get("owner_name") for one in form.answers["owners"]]
    assert names == ["Bế Văn Đàn", "Đàm Thị Hoài", None]
    assert not form.errors
    # A new question starts as it does for a citizen.
    assert form["owners-2-owner_address-province"].value() == "Cao Bằng"


def test_an_item_is_taken_away_and_the_others_move_up() -> None:
    boxes = {
        "owners-count": "3",
        "owners-0-owner_name": "Một",
        "owners-1-owner_name": "Hai",
        "owners-1-owner_birth_year": "1952",
        "owners-2-owner_name": "Ba",
        "owners-2-owner_birth_year": "1953",
        "drop": "owners.1",
    }
    form = screen("land", boxes)
    assert form.answers["owners"] == [
        {"owner_name": "Một"},
        {"owner_name": "Ba", "owner_birth": "1953"},
    ]
    assert form["owners-1-owner_name"].value() == "Ba"


@pytest.mark.parametrize("drop", ["owners.7", "owners.x", "nobody.0", "owners"])
def test_a_forged_button_takes_nothing_away(drop: str) -> None:
    boxes = {"owners-count": "1", "owners-0-owner_name": "Một", "drop": drop}
    form = screen("land", boxes)
    assert form.answers.get("owners") == [{"owner_name": "Một"}]


def test_a_forged_count_opens_no_more_items_than_the_form_has() -> None:
    form = screen("land", {"owners-count": "999", "refresh": "1"})
    assert len(form.answers["owners"]) == 20


def test_a_box_unticked_stays_unticked() -> None:
    kept = {"paper_certificate": {"files": [], "bring": True}}
    first = screen("birth", initial=MARRIED | kept)
    boxes = {"asked": first.paths, "situation": "both", "birth_evidence": "certificate"}
    form = screen("birth", boxes, initial=MARRIED | kept)
    assert "paper_certificate" not in form.answers


def test_files_of_an_online_form_are_kept_and_counted() -> None:
    first = screen("birth", initial=MARRIED)
    boxes = {"asked": first.paths, "situation": "both", "birth_evidence": "certificate"}
    form = screen("birth", boxes, initial=MARRIED)
    assert form.answers["paper_certificate"] == SCANNED
    assert "1 tệp đính kèm" in rendered(form)


def rendered(form: CounterForm) -> str:
    return render_to_string("forms/counter_form.html", {"form": form})


def test_the_screen_carries_everything_a_page_needs() -> None:
    page = rendered(screen("land", initial=MANY))
    for word in (
        'name="form-asked"',
        'name="form-owners-count" value="2"',
        'name="form-add" value="owners"',
        'name="form-drop" value="owners.1"',
        'value="Bế Văn Đàn"',
        "Thửa đất 2",
        "Cập nhật câu hỏi",
    ):
        assert word in page
    assert "<form" not in page
    assert "Dân tộc" not in page
    assert "hx-post" not in page


def test_with_an_address_to_ask_the_screen_re_reads_itself() -> None:
    page = rendered(screen("birth", initial=MARRIED, refresh_url="/quay/doc-lai"))
    assert "Cập nhật câu hỏi" not in page
    marked = [part for part in page.split("<") if "hx-post" in part]
    assert marked
    for control in marked:
        assert 'hx-post="/quay/doc-lai"' in control
        assert 'hx-target="closest [data-counter-form]"' in control
    named = {part.split('name="form-')[1].split('"')[0] for part in marked}
    assert {"situation", "relation", "needs_interpreter"} <= named
    assert "child_name" not in named


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_screen_speaks_the_officer_s_language(language: str) -> None:
    with override(language):
        page = rendered(screen("land", initial=MANY))
    words = {"en": ["Land users", "Parcel 2"], "fr": ["Utilisateurs", "Parcelle 2"]}
    for word in words[language]:
        assert word in page
