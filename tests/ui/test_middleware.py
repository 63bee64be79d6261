"""The first page follows the browser's language; after that, the visitor decides."""

from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gandan.ui.middleware import FirstLanguage, RequestNow

FROZEN = datetime(2025, 6, 10, 1, 30, tzinfo=UTC)


def frozen() -> datetime:
    return FROZEN


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def get(
    path: str,
    *,
    browser: str = "",
    came_from: str = "",
    kept: str = "",
    answer: str = "text/html",
) -> HttpResponse:
    request = RequestFactory().get(path, headers={"accept-language": browser})
    if came_from:
        request.META["HTTP_REFERER"] = came_from
    if kept:
        request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = kept
    return FirstLanguage(lambda _: HttpResponse("page", content_type=answer))(request)


@pytest.mark.parametrize(
    ("browser", "goes_to"),
    [
        ("fr-CA,fr;q=0.9,en;q=0.5", "/fr/"),
        ("en-US,en;q=0.9", "/en/"),
        ("de,en;q=0.7,vi;q=0.3", "/en/"),
        ("vi-VN,vi;q=0.9,en;q=0.8", None),
        ("zh-CN,tay", None),
        ("", None),
        ("*", None),
        ("en;q=0, fr;q=broken", None),
    ],
)
def test_the_first_page_opens_in_the_browser_s_language(
    browser: str, goes_to: str | None
) -> None:
    response = get("/", browser=browser)
    assert response.headers.get("Location") == goes_to
    assert "Accept-Language" in response.headers["Vary"]


def test_a_click_on_tieng_viet_is_not_sent_back() -> None:
    response = get("/", browser="en-US", came_from="http://testserver/en/")
    assert response.status_code == 200
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "vi"


def test_the_choice_is_kept_for_the_next_visit() -> None:
    assert get("/", browser="en-US", kept="vi").status_code == 200
    assert get("/", browser="vi-VN", kept="fr").headers["Location"] == "/fr/"
    assert get("/", browser="vi-VN", kept="xx").status_code == 200


@pytest.mark.parametrize("path", ["/thu-tuc", "/en/", "/en/thu-tuc"])
def test_any_other_address_opens_as_it_was_given(path: str) -> None:
    response = get(path, browser="fr")
    assert response.status_code == 200
    assert not response.cookies


def test_a_link_from_elsewhere_is_no_choice() -> None:
    response = get("/en/thu-tuc", came_from="http://example.org/vi/")
    assert not response.cookies


def test_staying_in_one_language_sets_no_cookie() -> None:
    assert not get("/en/nop", came_from="http://testserver/en/thu-tuc").cookies


def test_what_is_no_page_is_no_choice() -> None:
    response = get(
        "/api/v1/dossiers",
        came_from="http://testserver/en/quay",
        answer="application/json",
    )
    assert not response.cookies


def test_a_sent_form_is_never_redirected() -> None:
    request = RequestFactory().post("/", headers={"accept-language": "en"})
    assert FirstLanguage(page)(request).status_code == 200


def seen_at(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.now.isoformat())  # type: ignore[attr-defined]


def test_a_request_happens_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "GANDAN_NOW", "")
    before = datetime.now(UTC)
    answer = RequestNow(seen_at)(RequestFactory().get("/")).content.decode()
    assert before <= datetime.fromisoformat(answer) <= datetime.now(UTC)


def test_the_demo_may_move_its_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "GANDAN_NOW", "tests.ui.test_middleware.frozen")
    answer = RequestNow(seen_at)(RequestFactory().get("/")).content.decode()
    assert answer == FROZEN.isoformat()
