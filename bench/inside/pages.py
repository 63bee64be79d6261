"""The pages to weigh, with something on them: one dossier of each list."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from bench.inside import viewing
from bench.inside.callers import procedures as plain_procedures
from bench.inside.history import focus_body
from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.kernel.localtime import local_day
from gandan.people.actors import actor_of
from gandan.places import queries as places
from gandan.procedures import queries as procedures

# Read at home on an old telephone: follow, search, file.
LIGHT = ("dossiers:follow", "procedures:search", "filing:start")
PUBLIC = ("home", "today", "help", "places:desks", "places:communes")
DESK = ("duties:mine", "dossiers:in_progress", "dossiers:search", "dossiers:counter")
SHOWN = 60


def pages() -> list[dict[str, Any]]:
    dossier = _fill()
    (session,) = viewing.official(many=1)
    code = [dossier.procedure_code]
    listed = [_page(name, light=True) for name in LIGHT]
    listed.append(_page("procedures:show", code))
    listed += [_page(name) for name in PUBLIC]
    listed += [_page(name, session=session) for name in DESK]
    listed.append(_page("dossiers:show", [dossier.public_id], session=session))
    return [page for page in listed if page is not None]


def _page(
    name: str, args: list[Any] | None = None, *, light: bool = False, session: str = ""
) -> dict[str, Any] | None:
    """None for a page that this version of the house does not have."""
    try:
        path = reverse(name, args=args)
    except NoReverseMatch:
        return None
    return {"name": name, "path": path, "light": light, "session": session}


def _fill() -> Dossier:
    """A page of dossiers, received at the focus commune over the last days."""
    now = timezone.now()
    on = local_day(now)
    body = focus_body()
    desk = places.desk_of(body, on)
    officer = actor_of(viewing.account(), on)
    codes = [procedure["code"] for procedure in plain_procedures(on)]
    last: Dossier | None = None
    for number in range(SHOWN):
        opening = actions.Opening(
            procedure=procedures.version_on(codes[number % len(codes)], on),
            competent=body,
            received_by=desk,
            parties=(
                actions.PartyIn(
                    role="owner", full_name="Nông Thị Mẩy", telephone="0912345678"
                ),
            ),
            place=places.directory().places[body.place_id],
            village="Xóm Nà Lũng",
            language=settings.LANGUAGE_CODE,
        )
        at = now - timedelta(hours=5 * (SHOWN - number))
        last = actions.open_and_receive(opening, by=officer, at=at).dossier
    assert last is not None
    return last
