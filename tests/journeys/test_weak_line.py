"""What a first visit costs a resident, and a line on which every byte is waited for."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.journeys import desk
from tests.journeys.everybody import Everybody
from tests.journeys.looks import ANYONE, HOLDER, WRITER, Look
from tests.journeys.pages import PAGES
from tests.journeys.people import PHONE, Company, Person

# Of every byte over the wire, headers included, when nothing is kept from before.
LIGHT, OTHER = 45_000, 100_000
MOST_REQUESTS = 6
LIGHT_PAGES = ("procedures:search", "dossiers:addressee", "dossiers:complete")
LIGHT_ROOMS = ("filing:", "dossiers:follow")
# Served to residents, but drawn for whoever builds or tries the house.
NOT_FOR_RESIDENTS = ("ui:", "demo:", "notices:", "account_")


def is_light(name: str) -> bool:
    return name in LIGHT_PAGES or name.startswith(LIGHT_ROOMS)


PUBLIC = [
    (name, look)
    for name, seen in PAGES.items()
    for look in seen
    if look.who in (ANYONE, HOLDER, WRITER)
    and not look.press
    and not name.startswith(NOT_FOR_RESIDENTS)
]


@dataclass
class Cost:
    """What the browser took from the house for one page."""

    size: int = 0
    requests: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> CDPSession:
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", self._finished)
        wire.on("Network.requestWillBeSent", self._asked)
        return wire

    def _finished(self, event: dict[str, Any]) -> None:
        self.size += int(event["encodedDataLength"])

    def _asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith("data:"):
            self.requests.append(event["request"]["url"])


def cost_of(look: Look, everybody: Everybody, browser: Browser) -> Cost:
    """A first visit, with nothing but the cookies of whoever looks."""
    shown = everybody.open(look, "vi")
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    context.add_cookies(shown.context.cookies())  # type: ignore[arg-type]
    page, cost = context.new_page(), Cost()
    cost.watch(page)
    page.goto(shown.url)
    page.evaluate("document.readyState")  # what was told before this has arrived
    context.close()
    return cost


@pytest.mark.full
@pytest.mark.parametrize("name", dict.fromkeys(name for name, _look in PUBLIC))
def test_a_first_visit_is_light(
    name: str, everybody: Everybody, browser: Browser
) -> None:
    most = LIGHT if is_light(name) else OTHER
    found = []
    for look in (look for each, look in PUBLIC if each == name):
        cost = cost_of(look, everybody, browser)
        assert cost.size > 1000
        if cost.size > most:
            found.append(f"{look}: {cost.size} bytes")
        if is_light(name) and len(cost.requests) > MOST_REQUESTS:
            found.append(f"{look}: {cost.requests}")
    assert not found, "\n".join(found)


def on_a_weak_line(person: Person) -> None:
    """50 kbit/s, and two seconds until the first byte of each answer."""
    wire = person.page.context.new_cdp_session(person.page)
    wire.send("Network.enable")
    bytes_a_second = 50_000 / 8
    wire.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 2000,
            "downloadThroughput": bytes_a_second,
            "uploadThroughput": bytes_a_second,
        },
    )


@pytest.mark.full
def test_on_a_weak_line_a_resident_searches_follows_and_asks(company: Company) -> None:
    officer = company.officer("counter")
    desk.intake(officer, "khai sinh", desk.BIRTH)
    slip = desk.receive(officer)

    parent = company.resident()
    parent.page.context.set_default_timeout(60_000)
    on_a_weak_line(parent)
    parent.goes("/thu-tuc")
    parent.writes(q="khai sinh")
    parent.sends("form[role=search] button[type=submit]")
    expect(parent.main.locator(".gd-links a").first).to_be_visible()
    desk.follow(parent, slip)
    parent.sees(slip.code)
    parent.goes("/nop/khai-sinh/")
    parent.sends("form[method=post] button[type=submit]")
    parent.main.locator(".gd-task a").first.click()
    parent.page.wait_for_url("**/trang/**")
    parent.main.locator("input[type=radio]").first.check()
    parent.sends("form[method=post] button[type=submit]")
    expect(parent.page.locator("h1")).to_be_visible()
