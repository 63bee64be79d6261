"""A browser that meets our pages through Django's test client: no port, no network."""

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias
from urllib.parse import urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Route,
    sync_playwright,
)

OpenPage: TypeAlias = Callable[..., Page]

CHROMIUM = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
ORIGIN = "http://localhost:8000"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Playwright keeps an event loop in this thread, and Django would refuse to query
    # beside it; nothing of ours runs in that loop. Both end with the module.
    patch = pytest.MonkeyPatch()
    patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    path = next(path for path in CHROMIUM if Path(path).exists())
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(
            executable_path=path,
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
            ],
        )
    patch.undo()


def _answer(route: Route, client: Client) -> None:
    url = urlsplit(route.request.url)
    if url.path.startswith("/static/"):
        found = finders.find(url.path.removeprefix("/static/"))
        assert isinstance(found, str), f"{url.path} is in no static folder"
        kind = mimetypes.guess_type(found)[0] or "application/octet-stream"
        route.fulfill(body=Path(found).read_bytes(), content_type=kind)
        return
    answer = client.generic(
        route.request.method,
        f"{url.path}?{url.query}",
        data=route.request.post_data_buffer or b"",
        content_type=route.request.headers.get("content-type", "text/plain"),
    )
    route.fulfill(
        status=answer.status_code,
        body=answer.content,
        headers=dict(answer.headers),
    )


@pytest.fixture
def open_page(browser: Browser, client: Client, db: None) -> Iterator[OpenPage]:
    """Opens a page in a browser of its own; whatever it complains of fails the test."""
    contexts = []
    complaints = []

    def hear(message: ConsoleMessage) -> None:
        expected = "status of 422" in message.text
        if message.type in {"error", "warning"} and not expected:
            complaints.append(message.text)

    def open_page(path: str, *, width: int = 1366, scripts: bool = True) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": 768}, java_script_enabled=scripts
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", hear)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", lambda route: _answer(route, client))
        page.goto(ORIGIN + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
