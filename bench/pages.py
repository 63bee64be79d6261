"""What a page weighs on a first visit: every byte that Chromium takes over the wire."""

import shutil
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from bench.figures import Figure, at_most
from bench.house import BenchBroken, House

LIGHT, HEAVY = 45.0, 100.0  # kB
_WAIT = 20_000  # ms
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")


def run(house: House, rows: int, tell: Callable[[str], None]) -> list[Figure]:
    house.copy("bench_pages")
    pages = house.ask("bench_pages", "pages")
    found = []
    with house.serve("bench_pages") as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=_chromium(), args=["--no-sandbox"]
        )
        for page in pages:
            tell(page["name"])
            sent, unpacked = _weigh(browser, site.port, page)
            found.append(
                at_most(
                    f"page.{page['name']}",
                    sent / 1000,
                    "kB",
                    floor=LIGHT if page["light"] else HEAVY,
                    baseline=unpacked / 1000,
                    baseline_name="kB unpacked",
                )
            )
        browser.close()
    house.drop("bench_pages")
    return found


def _chromium() -> str | None:
    """Debian's, as the journeys use; else the one playwright knows."""
    return next((path for name in _CHROMIUM if (path := shutil.which(name))), None)


def _weigh(browser: Browser, port: int, page: dict[str, Any]) -> tuple[int, int]:
    """(bytes over the wire, bytes unpacked) of a cold visit, headers included."""
    here = f"http://localhost:{port}"
    context = browser.new_context(viewport={"width": 390, "height": 844})
    if page["session"]:
        cookie = {"name": "sessionid", "value": page["session"], "url": here}
        context.add_cookies([cookie])  # type: ignore[list-item]
    tab = context.new_page()
    wire = context.new_cdp_session(tab)
    wire.send("Network.enable")
    sent = unpacked = 0

    def finished(event: dict[str, Any]) -> None:
        nonlocal sent
        sent += int(event["encodedDataLength"])

    def received(event: dict[str, Any]) -> None:
        nonlocal unpacked
        unpacked += int(event["dataLength"])

    wire.on("Network.loadingFinished", finished)
    wire.on("Network.dataReceived", received)
    answer = tab.goto(here + page["path"], wait_until="networkidle", timeout=_WAIT)
    if answer is None or answer.status != 200:
        raise BenchBroken(f"{page['name']} does not open")
    context.close()
    return sent, unpacked
