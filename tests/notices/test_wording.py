"""What messages say: full words in letters, nothing in texts, three languages."""

from itertools import product

import pytest

from gandan.notices.models import Channel
from gandan.notices.web import wording as face
from gandan.notices.wording import Template, render, short_code
from tests.notices.conftest import Queue

FULL = {
    "code": "H14.30-251029-0007",
    "procedure": "Làm sổ đỏ lần đầu",
    "reason": "Mưa lớn kéo dài.",
    "due": "2025-12-19",
    "promised": "2025-12-05",
    "papers": ["Mảnh trích đo", "Giấy ủy quyền"],
    "answer": "Tổ đo đạc đến thứ Sáu.",
    "amount": "100000",
}
# From the interface guide, by hand: the words a text may not hold.
NEVER_IN_A_TEXT = ("http", "www", "Làm sổ đỏ", "Hoàng", "H14", "example")


@pytest.mark.parametrize("template", list(Template))
def test_a_text_and_a_card_say_only_that_there_is_news(
    queue: Queue, template: Template, texts: object
) -> None:
    for channel in (Channel.SMS, Channel.CARD):
        said = render(queue(channel, template=template, params=FULL)).body
        assert said == "Hồ sơ …0007 có tin mới. Gọi 0206 3 870 123."
        assert not any(word in said for word in NEVER_IN_A_TEXT)


@pytest.mark.parametrize(
    ("template", "language"), list(product(Template, ("vi", "en", "fr")))
)
def test_every_letter_is_whole_with_all_facts_and_with_the_fewest(
    queue: Queue, template: Template, language: str
) -> None:
    fewest = {"code": FULL["code"]}
    for params in (FULL, fewest):
        letter = render(queue(template=template, params=params, language=language))
        assert letter.subject
        assert "\n" not in letter.subject
        assert "%(" not in letter.body
        assert "\n\n\n" not in letter.body
        assert "H14.30-251029-0007" in letter.body
        assert letter.body.rstrip().endswith("0206 3 870 123")
    other = {"vi": "en", "en": "fr", "fr": "vi"}[language]
    same = render(queue(template=template, params=FULL, language=other))
    assert same.subject != letter.subject


@pytest.mark.parametrize("template", list(Template))
def test_what_an_officer_says_is_one_sentence(queue: Queue, template: Template) -> None:
    said = render(queue(Channel.CALL, template=template, params=FULL)).body
    assert said.endswith(".")
    assert said.count(". ") == 0
    assert "…0007" in said
    assert "Làm sổ đỏ" not in said


def test_the_apology_names_both_dates_with_their_weekdays(queue: Queue) -> None:
    body = render(queue(template="extended", params=FULL)).body
    assert "Ngày đã hẹn là thứ Sáu 05/12/2025." in body
    assert "Ngày hẹn mới là thứ Sáu 19/12/2025." in body
    assert "Lý do: Mưa lớn kéo dài" in body


def test_missing_papers_are_listed_where_they_are_known(queue: Queue) -> None:
    listed = render(queue(template="supplement_asked", params=FULL)).body
    assert "1. Mảnh trích đo\n2. Giấy ủy quyền" in listed
    assert "Danh sách dưới đây là đầy đủ" in listed
    unlisted = render(queue(template="supplement_asked", params={"short": "0007"})).body
    assert "Danh sách đầy đủ có sẵn tại Trung tâm" in unlisted


@pytest.mark.parametrize(
    ("params", "short"),
    [
        ({"code": "H14.30-251029-0007"}, "…0007"),
        ({"short": "…0007"}, "…0007"),
        ({"short": "251029-0007", "code": "other"}, "…0007"),
        ({}, ""),
    ],
)
def test_the_short_code_is_enough_for_the_holder_of_the_slip(
    params: dict[str, str], short: str
) -> None:
    assert short_code(params) == short


def test_every_code_of_the_outbox_has_words() -> None:
    assert set(face.TEMPLATES) == set(Template)
    assert set(face.CHANNELS) == set(Channel)
