"""The desk of a session, and who else has worked at this computer today.

The cookie is signed and holds public ids alone; names are read from the database.
"""

import json
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gandan.kernel.actors import Actor, Capacity
from gandan.kernel.localtime import local_day
from gandan.people.models import User
from gandan.places import queries as places
from gandan.places.models import Organisation

COOKIE = "desk_officers"
_SALT = "people.desk"
_SESSION_KEY = "desk"
_A_SHIFT = 16 * 3600
_MOST = 12


def current(request: HttpRequest) -> Capacity | None:
    """The capacity this session works in: at the desk it chose, else the first one."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    chosen = request.session.get(_SESSION_KEY, "")
    at_desk = (held for held in actor.capacities if held.key == chosen)
    return next(at_desk, next(iter(actor.capacities), None))


def office(request: HttpRequest) -> Organisation | None:
    """The office whose name stands in the header."""
    capacity = current(request)
    bodies = places.directory().organisations
    return bodies.get(capacity.organisation) if capacity else None


def offices(request: HttpRequest) -> list[Organisation]:
    """Where the signed-in officer holds a mandate today, each once."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    bodies = places.directory().organisations
    ids = dict.fromkeys(held.organisation for held in actor.capacities)
    return [bodies[pk] for pk in ids if pk in bodies]


def choose(request: HttpRequest, key: str) -> bool:
    """Work at this office from now on; only where a mandate is held."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not any(held.key == key for held in actor.capacities):
        return False
    request.session[_SESSION_KEY] = key
    return True


def officers(request: HttpRequest) -> list[User]:
    """Who has signed in at this computer today, whoever is signed in now left out."""
    kept = _read(request)
    found = User.objects.filter(
        public_id__in=kept, official=True, is_active=True
    ).exclude(pk=request.user.pk or 0)
    return sorted(found, key=lambda user: (user.sort_key, user.pk))


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Offer this officer at this computer for the rest of the day."""
    ids = [
        str(user.public_id),
        *(i for i in _read(request) if i != str(user.public_id)),
    ]
    value = json.dumps({"day": _today(request), "ids": ids[:_MOST]})
    response.set_signed_cookie(
        COOKIE,
        value,
        salt=_SALT,
        max_age=_A_SHIFT,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _today(request: HttpRequest) -> str:
    return local_day(request.now).isoformat()  # type: ignore[attr-defined]


def _read(request: HttpRequest) -> list[str]:
    """Yesterday's officers, and whatever we did not sign, are nobody."""
    value = request.get_signed_cookie(COOKIE, default="", salt=_SALT)
    kept: dict[str, Any] = json.loads(value) if value else {}
    if kept.get("day") != _today(request):
        return []
    return [str(UUID(i)) for i in kept["ids"]]
