"""What every request carries: the moment it happens, and a first language."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import TypeAlias
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import get_language_from_path
from django.utils.translation.trans_real import parse_accept_lang_header

GetResponse: TypeAlias = Callable[[HttpRequest], HttpResponse]

A_YEAR = 365 * 24 * 3600


@lru_cache(maxsize=8)
def _clock(path: str) -> Callable[[], datetime]:
    clock: Callable[[], datetime] = import_string(path)
    return clock


class RequestNow:
    """Sets `request.now`: the system clock, or the demo's own (`GANDAN_NOW`)."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        path: str = settings.GANDAN_NOW
        now = _clock(path)() if path else timezone.now()
        request.now = now  # type: ignore[attr-defined]
        return self.get_response(request)


class FirstLanguage:
    """Opens the first page in the browser's language, once; then the visitor decides.

    Only the bare address is ever redirected, and never on a click from one of our own
    pages: that click is a choice, kept in the language cookie.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "GET":
            return self.get_response(request)
        came_from = _own_page(request)
        if request.path == "/" and came_from is None:
            language = _kept(request) or _preferred(request)
            if language != settings.LANGUAGE_CODE:
                response: HttpResponse = HttpResponseRedirect(f"/{language}/")
            else:
                response = self.get_response(request)
            patch_vary_headers(response, ["Accept-Language", "Cookie"])
            return response
        response = self.get_response(request)
        chosen = _language_of(request.path)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if is_page and came_from is not None and chosen != _language_of(came_from):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                chosen,
                max_age=A_YEAR,
                samesite="Lax",
                httponly=True,
                secure=request.is_secure(),
            )
        return response


def _own_page(request: HttpRequest) -> str | None:
    """The path of our own page that holds the clicked link, if there was one."""
    came_from = urlsplit(request.headers.get("Referer", ""))
    return came_from.path if came_from.netloc == request.get_host() else None


def _language_of(path: str) -> str:
    return get_language_from_path(path) or settings.LANGUAGE_CODE


def _kept(request: HttpRequest) -> str | None:
    kept = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
    return kept if kept in dict(settings.LANGUAGES) else None


def _preferred(request: HttpRequest) -> str:
    """The first of the browser's languages that we speak, else ours."""
    spoken = dict(settings.LANGUAGES)
    accepted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    for tag, _weight in accepted:
        language = tag.split("-")[0]
        if language in spoken:
            return language
    return settings.LANGUAGE_CODE
