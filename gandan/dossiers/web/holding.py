"""What a browser holds: dossiers it has shown the code of, for a short session.

A held dossier makes the visitor its applicant, nothing more. The session keeps public
ids and times; codes and secrets stay out of it.
"""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from gandan.dossiers.models import Dossier
from gandan.kernel.actors import Actor

HELD = "held_dossiers"
LASTS = timedelta(minutes=30)
MOST = 12


def hold(request: HttpRequest, dossier: Dossier, *, at: datetime) -> None:
    """Remember that this browser opened the dossier; the newest stands first."""
    kept = _kept(request, at)
    kept.pop(str(dossier.public_id), None)
    kept[str(dossier.public_id)] = (at + LASTS).isoformat()
    while len(kept) > MOST:
        kept.pop(next(iter(kept)))
    request.session[HELD] = kept


def _kept(request: HttpRequest, at: datetime) -> dict[str, str]:
    held: dict[str, Any] = request.session.get(HELD, {})
    return {
        public_id: until
        for public_id, until in held.items()
        if datetime.fromisoformat(until) > at
    }


def held(request: HttpRequest, *, at: datetime) -> list[str]:
    """Public ids, the one opened last at the end."""
    return list(_kept(request, at))


def let_go(request: HttpRequest) -> None:
    """«Xóa khỏi máy này»: nothing of any dossier stays in this browser."""
    request.session.pop(HELD, None)


def applicant_of(request: HttpRequest, *, at: datetime) -> Actor:
    """The visitor as applicant of what it holds."""
    scopes = {f"dossier:{public_id}" for public_id in _kept(request, at)}
    return Actor(kind="citizen", id="", user_id=None, scopes=frozenset(scopes))
