"""Who may open a page. Forbidden and missing look alike: a stranger gets a 404."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from gandan.kernel.actors import Actor, Role


class StaffRequest(HttpRequest):
    """A request of a signed-in official, as the middleware leaves it."""

    actor: Actor
    now: datetime


Page: TypeAlias = Callable[..., HttpResponseBase]


def officials(*roles: Role) -> Callable[[Page], Page]:
    """Only holders of one of `roles` (any role when none is named)."""

    def guard(page: Page) -> Page:
        @wraps(page)
        def guarded(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
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
