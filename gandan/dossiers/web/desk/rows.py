"""Dossiers as `<c-inbox>` takes them, with the next action of whoever looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gandan.dossiers import access
from gandan.dossiers.bodies import with_bodies
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import State, Verb, open_moves
from gandan.dossiers.web import presenting, wording
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest
from gandan.ui import words

# What moves a dossier on in each state, the likeliest first; a list offers one of them.
_NEXT: dict[State, tuple[Verb, ...]] = {
    State.SUBMITTED: (Verb.RECEIVE,),
    State.RECEIVED: (Verb.TAKE_UP,),
    State.PROCESSING: (Verb.DECIDE, Verb.PASS_ON),
    State.SUPPLEMENT: (Verb.TAKE_PAPERS,),
    State.PAYMENT: (Verb.TAKE_PAYMENT,),
    State.WITHDRAWAL_ASKED: (Verb.GRANT_WITHDRAWAL,),
    State.DONE: (Verb.HAND_OVER,),
    State.REFUSED: (Verb.HAND_OVER,),
}


@dataclass(frozen=True, slots=True)
class Row:
    value: str
    tag: words.Tag
    code: str
    href: str
    name: str
    person: str
    place: str
    village: str
    step: str
    step_day: date | None
    next: str
    next_href: str


def rows_of(request: StaffRequest, dossiers: Sequence[Dossier]) -> list[Row]:
    """No question to the database beyond what the rows were loaded with."""
    today = local_day(request.now)
    return [_row(request, with_bodies(dossier), today) for dossier in dossiers]


def _row(request: StaffRequest, dossier: Dossier, today: date) -> Row:
    state = State(dossier.state)
    href = reverse("dossiers:show", args=[dossier.public_id])
    if state is State.DRAFT:
        href = reverse("dossiers:parked", args=[dossier.public_id])
    verb, verb_href = _next(request, dossier, state)
    shown = access.may_see_people(request.actor, dossier)
    since = dossier.ended_at or dossier.received_at or dossier.submitted_at
    return Row(
        value=str(dossier.public_id),
        tag=presenting.tag_of(dossier, today),
        code=dossier.code or "",
        href=href,
        name=dossier.procedure.everyday_name or dossier.procedure.name,
        person=dossier.owner_name if shown else "",
        place=_place(dossier) if shown else "",
        village=dossier.village if shown else "",
        step=str(wording.STATE[state]),
        step_day=local_day(since or dossier.created_at),
        next=verb,
        next_href=verb_href,
    )


def _place(dossier: Dossier) -> str:
    """Village; and the commune, where it is not the one that decides."""
    place = dossier.place
    own = place is not None and place.pk == dossier.competent.place_id
    commune = place.full_name if place is not None and not own else ""
    return ", ".join(part for part in (dossier.village, commune) if part)


def _next(request: StaffRequest, dossier: Dossier, state: State) -> tuple[str, str]:
    parts = access.parts_of(request.actor, dossier)
    usable = open_moves(state, parts)
    for verb in _NEXT.get(state, ()):
        if verb in usable:
            address = reverse("dossiers:verb", args=[dossier.public_id, verb.value])
            return str(wording.VERB[verb]), address
    return "", ""
