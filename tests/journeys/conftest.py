"""A house, a browser, and the people who come: one browser context for each of them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, sync_playwright

from config.launch import homes, testing
from tests.journeys.everybody import Everybody
from tests.journeys.house import House, open_house
from tests.journeys.people import Company

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
)


def _test_home() -> Path:
    found = os.environ.get("GANDAN_TEST_HOME") or homes.CHECKOUT / "var" / "test"
    return Path(found).resolve()


@pytest.fixture(scope="session")
def home() -> Path:
    """Where the house keeps its secrets, files and logs."""
    own = _test_home() / "journeys"
    homes.make_folder(own)
    homes.make_folder(own / "log")
    return own


@pytest.fixture(scope="session")
def house(home: Path) -> Iterator[House]:
    """One server for the session, on the cluster of the other tests."""
    with testing.place() as place, open_house(place, home) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    names = ("chromium", "chromium-browser", "google-chrome")
    path = next((found for name in names if (found := shutil.which(name))), None)
    assert path, "the journeys need Chromium: `scripts/setup test` installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def everybody(browser: Browser, house: House, home: Path) -> Iterator[Everybody]:
    """The people of a table of pages; they share one province."""
    people = Everybody(browser, house, home)
    yield people
    people.company.leave()


@pytest.fixture
def company(
    house: House, browser: Browser, request: pytest.FixtureRequest
) -> Iterator[Company]:
    """The people of one story, in a province in which nobody has worked yet."""
    house.begin_anew()
    people = Company(browser, house.address)
    yield people
    people.leave()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: "pytest.CallInfo[None]"
) -> Iterator[None]:
    """What each browser showed when a story broke, beside the server's log."""
    report = yield
    people = getattr(item, "funcargs", {}).get("company")
    if call.when == "call" and call.excinfo and isinstance(people, Company):
        for number, page in enumerate(people.pages(), start=1):
            name = f"{item.name}-{number}".replace("/", "-")[:120]
            path = _test_home() / "broken"
            try:
                page.screenshot(path=path / f"{name}.png", full_page=True)
            except Error as error:
                item.add_report_section("call", "picture", str(error))
            else:
                item.add_report_section(
                    "call", "picture", f"{page.url} {path}/{name}.png"
                )
    return report
