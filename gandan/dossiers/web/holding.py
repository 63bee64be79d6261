"""What a browser holds: dossiers it has shown the code of, for a short session.

A held dossier makes the visitor its applicant, nothing more. The session keeps public
ids and times; codes and secrets stay out of it. Its time is that of the clock on the
wall: the demo's date may move to and fro, and a forgotten browser still closes.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from gandan.dossiers.models import Dossier
from gandan.kernel.actors import Actor

HELD = "held_dossiers"
# Seconds without a page, and seconds in all.
IDLE = 30 * 60
LASTS = 2 * 3600
MOST = 12
# A page within this time of the last one writes nothing.
_GRAIN = 60


@dataclass(frozen=True, slots=True)
class Hold:
    opened: float
    seen: float
    # Filed here, by this browser: its receipt may show the secret again.
    filed: bool = False

    def is_alive(self, now: float) -> bool:
        return now - self.seen < IDLE and now - self.opened < LASTS


def hold(request: HttpRequest, dossier: Dossier, *, filed: bool = False) -> None:
    """Remember that this browser opened the dossier; the newest stands first."""
    now, kept = time.time(), _kept(request)
    before = kept.pop(str(dossier.public_id), None)
    if not kept and before is None:
        # What anybody may have planted in the visitor's browser opens nothing.
        request.session.cycle_key()
    filed = filed or (before is not None and before.filed)
    kept[str(dossier.public_id)] = Hold(now, now, filed)
    while len(kept) > MOST:
        kept.pop(next(iter(kept)))
    _keep(request, kept)


def _keep(request: HttpRequest, kept: dict[str, Hold]) -> None:
    request.session[HELD] = {
        public_id: [one.opened, one.seen, one.filed] for public_id, one in kept.items()
    }


def _kept(request: HttpRequest) -> dict[str, Hold]:
    now = time.time()
    stored: dict[str, Any] = request.session.get(HELD, {})
    kept = {public_id: Hold(*values) for public_id, values in stored.items()}
    return {key: one for key, one in kept.items() if one.is_alive(now)}


def held(request: HttpRequest) -> list[str]:
    """Public ids, the one opened last at the end."""
    return list(_kept(request))


def was_filed_here(request: HttpRequest, dossier: Dossier) -> bool:
    one = _kept(request).get(str(dossier.public_id))
    return one is not None and one.filed


def seen(request: HttpRequest, dossier: Dossier) -> None:
    """A page of this dossier is being read: half an hour from now."""
    now, kept = time.time(), _kept(request)
    one = kept.get(str(dossier.public_id))
    if one is not None and now - one.seen > _GRAIN:
        kept[str(dossier.public_id)] = Hold(one.opened, now, one.filed)
        _keep(request, kept)


def let_go(request: HttpRequest) -> None:
    """«Xóa khỏi máy này»: nothing of any dossier stays in this browser."""
    request.session.pop(HELD, None)


def applicant_of(request: HttpRequest) -> Actor:
    """The visitor as applicant of what it holds."""
    scopes = {f"dossier:{public_id}" for public_id in _kept(request)}
    return Actor(kind="citizen", id="", user_id=None, scopes=frozenset(scopes))
