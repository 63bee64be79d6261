"""Every page in every state, in three languages and two widths, read by axe."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

import gandan.site.demo.urls
import gandan.ui.urls
from gandan.dossiers.rules.moves import Verb
from gandan.dossiers.web.desk import verbs
from tests.journeys import facts
from tests.journeys.everybody import LANGUAGES, PASSWORD, Everybody, findings
from tests.journeys.looks import ANYONE, NEWCOMER, Look
from tests.journeys.pages import EMPTY, MISSING, NO_PAGES, PAGES, VERBS


def names(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def test_every_address_of_the_house_is_in_the_table() -> None:
    known = {name for name in names(get_resolver().url_patterns) if "api:" not in name}
    known |= set(names(gandan.site.demo.urls.urlpatterns, "demo:"))
    known |= set(names(gandan.ui.urls.urlpatterns, "ui:"))
    assert known == PAGES.keys() | NO_PAGES.keys()
    assert not PAGES.keys() & NO_PAGES.keys()


def test_every_verb_with_a_page_is_in_the_table() -> None:
    # An opinion is answered where one was asked; the province asks none.
    assert VERBS.keys() == verbs.PAGES.keys() - {Verb.ANSWER_OPINION}


ALL = [
    *((name, look) for name, seen in PAGES.items() for look in seen),
    *(("empty", look) for look in EMPTY),
    *(("missing", look) for look in MISSING),
]


@pytest.mark.full
@pytest.mark.parametrize(
    "look", [look for _name, look in ALL], ids=[f"{n} {look}" for n, look in ALL]
)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    look: Look, everybody: Everybody
) -> None:
    found = []
    for language in LANGUAGES:
        page = everybody.open(look, language)
        found += findings(page, language)
    assert not found, "\n".join(found)


# --- pages of what went wrong ---------------------------------------------------------

# A form that no page of ours holds: so many boxes, to this address.
FORGED = """([action, boxes]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = action;
    for (let i = 0; i < boxes; i++) {
        const box = document.createElement("input");
        box.name = "box" + i;
        form.append(box);
    }
    document.body.append(form);
    form.submit();
}"""


def _sends(everybody: Everybody, prefix: str, boxes: int) -> Page:
    person = everybody.person(ANYONE)
    person.goes(prefix + "/theo-doi")
    with person.page.expect_navigation():
        person.page.evaluate(FORGED, [prefix + "/theo-doi", boxes])
    return person.page


def _without_token(everybody: Everybody, prefix: str) -> Page:
    return _sends(everybody, prefix, 1)


def _unreadable(everybody: Everybody, prefix: str) -> Page:
    return _sends(everybody, prefix, 1001)


def _broken(everybody: Everybody, prefix: str) -> Page:
    page = everybody.person(ANYONE).page
    with facts.without(everybody.house, "procedures_procedureversion"):
        page.goto(f"{everybody.house.address}{prefix}/thu-tuc/1.013978")
    return page


def _too_many(everybody: Everybody, prefix: str) -> Page:
    """The first language uses the tries up; the page stays for the others."""
    person = everybody.person(NEWCOMER)
    for _ in range(8):
        person.goes(prefix + "/tai-khoan/doi-mat-khau")
        boxes = person.main.locator("input[type=password]")
        for number in range(boxes.count()):
            boxes.nth(number).fill(PASSWORD + " mới")
        with person.page.expect_navigation() as sent:
            person.presses("form[method=post] button.govuk-button[type=submit]")
        answer = sent.value.request.response() if sent.value else None
        if answer and answer.status == 429:
            break
    return person.page


WRONG: dict[int, Callable[[Everybody, str], Page]] = {
    400: _unreadable,
    403: _without_token,
    429: _too_many,
    500: _broken,
}


@pytest.mark.full
@pytest.mark.parametrize("status", WRONG)
def test_a_page_of_what_went_wrong_is_as_good_as_the_others(
    status: int, everybody: Everybody
) -> None:
    found, answers = [], []
    everybody.person(ANYONE).page.on("response", lambda one: answers.append(one.status))
    everybody.person(NEWCOMER).page.on(
        "response", lambda one: answers.append(one.status)
    )
    for language in LANGUAGES:
        answers.clear()
        page = WRONG[status](everybody, "" if language == "vi" else f"/{language}")
        assert status in answers
        found += findings(page, language)
    assert not found, "\n".join(found)
