"""Who may open a page of the catalogue: any official reads, administrators change.

An administrator of the province's committee changes everything; any other the own
office and what is part of it. A stranger gets a 404, as for a page that is not there.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gandan.kernel.actors import Actor, Role
from gandan.places import queries
from gandan.places.models import Organisation


class OfficialRequest(HttpRequest):
    """A request as the middleware leaves it: who, and when."""

    actor: Actor
    now: datetime


Page: TypeAlias = Callable[..., HttpResponse]


def officials(*roles: Role) -> Callable[[Page], Page]:
    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.user.password_is_temporary:
                return redirect("account_change_password")
            actor: Actor = request.actor
            if actor.kind != "official" or (roles and not actor.roles & set(roles)):
                raise Http404
            response = page(request, *args, **kwargs)
            response.headers.setdefault("Cache-Control", "no-store")
            return response

        guarded.officials = frozenset(roles)  # type: ignore[attr-defined]
        return guarded

    return guard


def may_change(actor: Actor, body: Organisation | None = None) -> bool:
    """This body; without one, what concerns the whole province."""
    held = actor.organisations(Role.ADMINISTRATOR)
    if not held:
        return False
    reach = queries.reach(held)
    return reach is None or (body is not None and body.pk in reach)


def check_may_change(actor: Actor, body: Organisation | None = None) -> None:
    if not may_change(actor, body):
        raise Http404
