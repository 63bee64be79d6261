"""Who comes to the house: officers who play a part, and residents with a telephone.

Stories speak the words on the page, in Vietnamese, as its readers do.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect
from pypdf import PdfReader

PHONE = {"width": 320, "height": 640}
DESK = {"width": 1366, "height": 768}
# The machine of a test also draws the pages and runs the database.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@dataclass(slots=True)
class Person:
    """One browser of one person."""

    page: Page
    address: str

    def goes(self, path: str) -> None:
        answer = self.page.goto(self.address + path)
        assert answer is not None
        assert answer.ok, f"{path}: {answer.status}"

    def plays(self, part: str) -> None:
        """One click in the demo's bar."""
        if self.page.url == "about:blank":
            self.goes("/")
        self.bar.locator(f"button[name=part][value={part}]").click()

    @property
    def bar(self) -> Locator:
        return self.page.locator(".gd-demo")

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def presses(self, what: str) -> None:
        """A control by its selector: what it does stays, its words may change."""
        self.main.locator(what).first.click()

    def sends(self, what: str) -> None:
        """Press it, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.presses(what)

    def settles(self) -> None:
        """Until what was swapped into the page listens again."""
        busy = ".htmx-request, .htmx-swapping, .htmx-settling"
        expect(self.page.locator(busy)).to_have_count(0)

    def writes(self, **values: str) -> None:
        """Into the boxes of these names; a dash of the page's name is `__` here."""
        for name, value in values.items():
            self.main.locator(f"[name={name.replace('__', '-')}]").first.fill(value)

    def sees(self, *words: str | re.Pattern[str]) -> None:
        for each in words:
            expect(self.main).to_contain_text(each)

    def sees_none_of(self, *words: str) -> None:
        for each in words:
            expect(self.main).not_to_contain_text(each)

    def is_told(self, words: str) -> None:
        """A message of the page that came last."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def reads_pdf(self, href: str) -> str:
        """The text of a paper, as it is printed."""
        answer = self.page.request.get(href if "//" in href else self.address + href)
        assert answer.ok, f"{href}: {answer.status}"
        pages = PdfReader(BytesIO(answer.body())).pages
        return "\n".join(page.extract_text() for page in pages)

    def lets_days_pass(self, days: int = 1) -> None:
        for _ in range(days):
            before = self.bar.locator("time").get_attribute("datetime")
            self.bar.get_by_role("button", name="+1 ngày").click()
            expect(self.bar.locator("time")).not_to_have_attribute(
                "datetime", str(before)
            )

    def today(self) -> str:
        """The demo's day, as `2026-06-11`."""
        return str(self.bar.locator("time").get_attribute("datetime"))


@dataclass(slots=True)
class Company:
    """Everybody of one story; each has a browser of their own."""

    browser: Browser
    address: str
    contexts: list[BrowserContext] = field(default_factory=list)

    def officer(self, part: str, **options: Any) -> Person:
        person = self.person(viewport=DESK, **options)
        person.plays(part)
        return person

    def resident(self, *, javascript: bool = False, **options: Any) -> Person:
        """On a telephone, and without JavaScript unless a story says otherwise."""
        return self.person(viewport=PHONE, java_script_enabled=javascript, **options)

    def person(self, **options: Any) -> Person:
        context = self.browser.new_context(**{"locale": "vi-VN"} | options)
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        return Person(context.new_page(), self.address)

    def pages(self) -> Iterator[Page]:
        for context in self.contexts:
            yield from context.pages

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
