"""Whoever looks at the pages of the house, and what axe and a ruler say of a page."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from config.launch.homes import CHECKOUT
from gandan.forms import loading
from tests.journeys import facts
from tests.journeys.form_pages import OPENING, opening
from tests.journeys.house import House
from tests.journeys.looks import (
    ADMINISTRATOR,
    ANYONE,
    HOLDER,
    NEWCOMER,
    NOBODY,
    WRITER,
    Look,
)
from tests.journeys.people import DESK, PHONE, Company, Person

AXE = (CHECKOUT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
LANGUAGES = ("vi", "en", "fr")
WIDTHS = (PHONE, DESK)
PASSWORD = "một hai ba bốn núi"


class Everybody:
    """One person for each part, kept for the whole run; all work in one province."""

    def __init__(self, browser: Browser, house: House, home: Path) -> None:
        house.begin_anew()
        self.house, self.home = house, home
        self.known = facts.read(house)
        self.company = Company(browser, house.address)
        self.here: dict[str, Person] = {}
        self.person(HOLDER)

    def person(self, who: str) -> Person:
        if who not in self.here:
            person = self.company.person(viewport=DESK, bypass_csp=True)
            if who == WRITER:
                self._begin_forms(person)
            elif who == HOLDER:
                self._ask(person)
            elif who in (NEWCOMER, NOBODY):
                self._sign_in(person, facts.USERNAMES[who])
            elif who == ADMINISTRATOR:
                person.plays("province")
            elif who != ANYONE:
                person.plays(who)
            self.here[who] = person
        return self.here[who]

    def _sign_in(self, person: Person, username: str) -> None:
        facts.let_in(self.house, username, PASSWORD)
        person.goes("/tai-khoan/dang-nhap")
        person.writes(login=username, password=PASSWORD)
        with person.page.expect_navigation():
            person.presses("form[method=post] button.govuk-button[type=submit]")

    def _begin_forms(self, person: Person) -> None:
        """A form of each kind, answered as far as it opens the rest; one just begun."""
        for one in loading.definitions().values():
            self.known[one.key] = self._begin(person, one.slug)
            for asked in opening(one.key):
                at = f"/nop/{one.slug}/{self.known[one.key]}/trang/{asked.page.slug}/"
                answer = OPENING[one.key][asked.question.key]
                value = {True: "yes", False: "no"}.get(answer, answer)
                person.goes(at)
                person.main.locator(f"[name={asked.name}][value={value}]").check()
                person.sends("form[method=post] button[type=submit]")
        self.known["begun"] = self._begin(person, "khai-sinh")

    def _begin(self, person: Person, slug: str) -> str:
        person.goes(f"/nop/{slug}/")
        person.sends("form[method=post] button[type=submit]")
        found = re.search(r"[0-9a-f-]{36}", person.page.url)
        assert found
        return found.group()

    def _ask(self, farmer: Person) -> None:
        """One late dossier is asked about; the other is not."""
        self._hold(farmer, self.known["asked"])
        farmer.sends("form[action$='/theo-doi/hoi'] button")

    def open(self, look: Look, language: str) -> Page:
        person = self.person(look.who)
        path = look.path.format_map(self.known)
        if look.who == HOLDER and language == LANGUAGES[0]:
            self._hold(person, path)
        prefix = "" if language == "vi" else f"/{language}"
        person.page.set_viewport_size(DESK)  # type: ignore[arg-type]
        answer = person.page.goto(person.address + prefix + path)
        assert answer is not None
        assert (answer.status, answer.url) == (
            look.status,
            person.address + prefix + path,
        )
        if look.press:
            with person.page.expect_navigation() as sent:
                person.page.locator(look.press).first.click()
            assert sent.value is not None
        return person.page

    def _hold(self, person: Person, path: str) -> None:
        wanted = re.search(r"[0-9a-f-]{36}", path)
        public_id = wanted.group() if wanted else self.known["processing"]
        key = facts.key_of(self.house, self.home, public_id)
        person.goes("/theo-doi")
        person.writes(code=key.code, secret=key.secret)
        person.sends("form:has([name=secret]) button[type=submit]")


def findings(page: Page, language: str) -> list[str]:
    found = []
    page.evaluate(AXE)
    for width in WIDTHS:
        page.set_viewport_size(width)  # type: ignore[arg-type]
        at = f"{language} {width['width']}"
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width["width"]:
            found.append(f"{at}: {wide} px wide")
        said: Mapping[str, Any] = page.evaluate(
            "axe.run(document, {resultTypes: ['violations']})"
        )
        assert said["passes"]
        for one in said["violations"]:
            where = "; ".join(node["html"][:160] for node in one["nodes"][:3])
            found.append(f"{at}: {one['id']}: {one['help']}: {where}")
    if page.locator("html").get_attribute("lang") != language:
        found.append(f"{language}: the page speaks another language")
    return found
