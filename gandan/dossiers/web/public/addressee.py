"""Which commune gets a form: told from its answers, else chosen by the citizen.

The law names the commune of the parents' residence (Law on Civil Status 2014, art. 13),
of the land, of the household business's seat. Where answers name none of ours, or two,
nobody guesses: the citizen is asked.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from gandan.dossiers import competence
from gandan.dossiers.residence import read_residence
from gandan.dossiers.web.wording import Words
from gandan.forms.models import Draft
from gandan.forms.schema import Answers, Definition
from gandan.kernel.text import TextRefused, clean, syllables
from gandan.places import queries as places
from gandan.places.models import Organisation, Place
from gandan.places.rules import Level
from gandan.procedures import queries as procedures

SESSION = "form_goes_to"
MOST = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A commune of today, and whose answer named it."""

    place: Place
    why: Words


_Named = Iterable[tuple[Any, Words]]


def _birth(answers: Answers) -> _Named:
    relation = answers.get("relation")
    asker = {
        "mother": _("the mother lives there"),
        "father": _("the father lives there"),
    }
    # A grandparent or an authorised person files where the parents live.
    if relation in asker or relation == "carer":
        why = asker.get(str(relation), _("the child is cared for there"))
        yield answers.get("requester_address"), why
    yield answers.get("mother_address"), _("the mother lives there")
    yield answers.get("father_address"), _("the father lives there")


def _land(answers: Answers) -> _Named:
    for parcel in answers.get("parcels", ()):
        yield parcel.get("parcel_address"), _("the land lies there")


def _household_business(answers: Answers) -> _Named:
    yield answers.get("head_address"), _("the business has its seat there")


_NAMED: Mapping[str, Callable[[Answers], _Named]] = {
    "birth": _birth,
    "land": _land,
    "household_business": _household_business,
}


def candidates(definition: Definition, answers: Answers, on: date) -> list[Candidate]:
    """Each commune once, in the order of the answers."""
    found: dict[int, Candidate] = {}
    for address, why in _NAMED[definition.key](answers):
        for place in communes_of(address, on):
            found.setdefault(place.pk, Candidate(place, why))
    return list(found.values())


def communes_of(address: Mapping[str, str] | None, on: date) -> tuple[Place, ...]:
    """The communes of this day an address names; none outside the province."""
    if not address:
        return ()
    commune, province = address.get("commune", ""), address.get("province", "")
    return read_residence(f"{commune}, {province}", on).today


def by_name(text: str, on: date) -> list[Place]:
    """Today's communes behind a name, new or old; a whole name stands alone."""
    try:
        wanted = syllables(clean(text))
    except TextRefused:
        return []
    if not wanted:
        return []
    hits = [
        hit
        for hit in places.search_places(" ".join(wanted), on)
        if hit.place.level == Level.COMMUNE
    ]
    whole = [h for h in hits if wanted in (syllables(h.name), syllables(h.place.name))]
    return list({place.pk: place for h in whole or hits for place in h.today}.values())


def chosen(
    request: HttpRequest,
    draft: Draft,
    definition: Definition,
    answers: Answers,
    on: date,
) -> Place | None:
    """What the citizen chose, else the one commune that the answers name."""
    key = request.session.get(SESSION, {}).get(str(draft.public_id), "")
    place = places.place_by_key(key) if key else None
    if place is not None and place.is_in_force(on) and place.level == Level.COMMUNE:
        return place
    found = candidates(definition, answers, on)
    return found[0].place if len(found) == 1 else None


def choose(request: HttpRequest, draft: Draft, place: Place) -> None:
    kept: dict[str, str] = dict(request.session.get(SESSION, {}))
    kept.pop(str(draft.public_id), None)
    kept[str(draft.public_id)] = place.key
    while len(kept) > MOST:
        kept.pop(next(iter(kept)))
    request.session[SESSION] = kept


def competent_for(
    definition: Definition, place: Place, on: date
) -> tuple[Organisation, Organisation] | None:
    """The body that decides and the desk that receives for it, if there are both."""
    try:
        version = procedures.version_on(definition.procedure, on)
    except procedures.NoSuchProcedure:
        return None
    body = competence.proposed(version, place, on) or places.committee_of(place, on)
    desk = places.desk_of(body, on) if body else None
    return (body, desk) if body and desk else None
