"""Keeps demo and real apart: a demo answers on loopback and from a marked database
only; elsewhere this middleware takes itself out."""

import ipaddress
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.utils import translation
from django.utils.translation import gettext as _

from gandan.site.demo import state

GetResponse = Callable[[HttpRequest], HttpResponse]
LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "[::1]"})
_FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


class Guard:
    """Stands before sessions and pages."""

    def __init__(self, get_response: GetResponse) -> None:
        if not settings.DEMO:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self._marked = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_local(request):
            return _refused(403, _only_here)
        # Asked until it is true; a mark is never taken back.
        self._marked = self._marked or state.is_marked()
        if self._marked:
            return self.get_response(request)
        if state.holds_records():
            return _refused(503, _not_a_demo)
        response = _refused(503, _being_made)
        response.headers["Refresh"] = "2"
        return response


def is_local(request: HttpRequest) -> bool:
    """From this machine, to this machine, and through nobody in between."""
    host, _port = split_domain_port(request.META.get("HTTP_HOST", ""))
    if host not in LOCAL_HOSTS or any(name in request.META for name in _FORWARDED):
        return False
    try:
        peer = ipaddress.ip_address(request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return False
    return peer.is_loopback


def _only_here() -> str:
    return _("The demo province opens on this computer only, at http://localhost.")


def _not_a_demo() -> str:
    return _("This database holds real records. Start it without --demo.")


def _being_made() -> str:
    return _("The demo province is being made. This page opens by itself.")


def _refused(status: int, words: Callable[[], str]) -> HttpResponse:
    """Three lines of plain text: no session, no template, no link."""
    lines = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            lines.append(words())
    response = HttpResponse("\n".join(lines) + "\n", status=status)
    response.headers["Content-Type"] = "text/plain; charset=utf-8"
    response.headers["Cache-Control"] = "no-store"
    return response
