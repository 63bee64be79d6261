"""One form, four faces: what was typed, what is stored, what is printed, what the
officer sees. For every case of every form they say the same."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client
from pypdf import PdfReader

from gandan.forms import conditions, loading, printing, shown
from gandan.forms.schema import Answers, Kind
from gandan.forms.web.counter import CounterForm, counter_form
from tests.forms.answering import Citizen, typed, with_stored_file
from tests.forms.cases import ALL, CASES, ON
from tests.forms.journey_urls import AT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.forms.journey_urls"),
    pytest.mark.usefixtures("the_morning"),
]


FOOTER = re.compile(
    r"\S+ · \w+ \d+( · [\w-]+)? · bố cục không chính thức Trang \d+ / \d+"
)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def told(form: str, answers: Answers) -> list[tuple[str, str]]:
    """Label and answer of everything asked, in words, as the screens show it."""
    return [
        (f"{row.number} {row.label}:", squeezed(row.value))
        for block in blocks(form, answers)
        for row in block.rows
    ]


def blocks(form: str, answers: Answers) -> tuple[shown.Block, ...]:
    definition = loading.definition(form)
    return shown.blocks(definition, answers, on=ON, on_paper=True)


def read_back(pdf: bytes, form: str, answers: Answers) -> list[tuple[str, str]]:
    """Label and answer found on the paper, by the labels and headings alone."""
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]
    text = " ".join(FOOTER.sub("", page) for page in pages)
    # Every landmark of the page in order: headings (no answer follows) and labels.
    landmarks: list[tuple[str, bool]] = []
    for block in blocks(form, answers):
        landmarks.append((block.title, False))
        landmarks += [(f"{row.number} {row.label}:", True) for row in block.rows]
    landmarks.append(("Tôi cam ", False))
    places = []
    start = 0
    for words, _is_label in landmarks:
        begin = text.find(squeezed(words), start)
        assert begin >= 0, f"{words!r} is not on the paper"
        start = begin + len(squeezed(words))
        places.append((begin, start))
    return [
        (words, text[after:following].strip())
        for (words, is_label), (_begin, after), (following, _end) in zip(
            landmarks, places, places[1:], strict=False
        )
        if is_label
    ]


def on_counter(form: str, stored: Answers) -> CounterForm:
    """The stored answers on the officer's screen, sent unchanged."""
    definition = loading.definition(form)
    screen = counter_form(definition, initial=stored, on=ON)
    data = QueryDict(mutable=True)
    data["form-asked"] = screen.paths
    for one in screen.asked:
        if one.question.kind is Kind.GROUP:
            data[f"form-{one.question.key}-count"] = str(len(one.answer or ()))
            continue
        for name, value in typed(one, one.answer, "vi", "form-", counter=True).items():
            data[name] = value
    return counter_form(definition, data, initial=stored, on=ON)


@pytest.mark.parametrize(("form", "case"), ALL)
def test_web_stored_paper_and_counter_are_equal(
    client: Client, form: str, case: str
) -> None:
    definition = loading.definition(form)
    expected = with_stored_file(CASES[form][case])
    citizen = Citizen(client, form)
    citizen.start()

    citizen.fill(CASES[form][case])
    stored = citizen.draft.answers
    assert stored == expected
    assert citizen.course.is_complete

    pdf = printing.form_pdf(definition, stored, at=AT, code=citizen.draft.code)
    assert read_back(pdf, form, stored) == told(form, stored)

    screen = on_counter(form, stored)
    assert screen.is_valid(), screen.errors
    assert screen.answers == stored


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize(("form", "case"), [(f, next(iter(CASES[f]))) for f in CASES])
def test_the_language_of_the_pages_changes_no_answer(
    client: Client, form: str, case: str, language: str
) -> None:
    citizen = Citizen(client, form, language)
    citizen.start()
    citizen.fill(CASES[form][case])
    assert citizen.draft.answers == with_stored_file(CASES[form][case])
    assert citizen.draft.language == language


@pytest.mark.parametrize(("form", "case"), ALL)
def test_the_paper_is_archival_and_says_it_is_not_official(
    form: str, case: str
) -> None:
    definition = loading.definition(form)
    pdf = printing.form_pdf(definition, CASES[form][case], at=AT)
    reader = PdfReader(BytesIO(pdf))
    for page in reader.pages:
        assert "bố cục không chính thức" in page.extract_text().lower()
    metadata = reader.xmp_metadata
    assert metadata is not None
    assert 'pdfaid:part="2"' in str(metadata.stream.get_data()) or (
        b"<pdfaid:part>2" in metadata.stream.get_data()
    )
    assert pdf == printing.form_pdf(definition, CASES[form][case], at=AT)


def test_hidden_answers_are_not_printed() -> None:
    definition = loading.definition("birth")
    answers = CASES["birth"]["married parents, the mother asks"]
    changed = {**answers, "situation": "mother_only"}
    data: dict[str, Any] = printing.page_data(definition, changed, at=AT)
    assert "Người cha" not in [block["title"] for block in data["blocks"]]
    assert "Páo" not in str(data)


def test_what_is_left_to_the_pen_is_printed_as_a_line() -> None:
    definition = loading.definition("birth")
    answers = CASES["birth"]["married parents, the mother asks"]
    rows = [
        row
        for block in printing.page_data(definition, answers, at=AT)["blocks"]
        for row in block["rows"]
        if row["on_paper"]
    ]
    assert [row["label"] for row in rows] == [
        "Dân tộc của trẻ",
        "Dân tộc của người mẹ",
        "Dân tộc của người cha",
    ]
    assert all(row["value"] == "" for row in rows)


def test_the_counter_asks_nothing_the_citizen_is_not_asked() -> None:
    for form, cases in CASES.items():
        definition = loading.definition(form)
        for answers in cases.values():
            screen = counter_form(definition, initial=answers, on=ON)
            open_to_citizen = {
                one.path
                for one in conditions.walk(definition, answers, on=ON)
                if one.is_open
            }
            on_screen = {one.path for one in screen.asked if one.question.is_asked}
            assert on_screen == open_to_citizen
