"""Pages of what went wrong. Forbidden looks like missing; a crash asks nothing of us.

config/urls names these as handlers, settings as CSRF_FAILURE_VIEW.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, and the same page for what this reader may not see."""
    return render(request, "404.html", status=404)


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: a request no page of ours would send; nothing of it is repeated."""
    return HttpResponse(render_to_string("400.html"), status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """500, without the database, the session or any context of the failed request."""
    return HttpResponse(render_to_string("500.html"), status=500)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the form token: the page stood open too long, or cookies are off."""
    return render(request, "403_csrf.html", status=403)
