"""Intakes that wait: a parked one is changed or dropped; several are filed together."""

import uuid
from datetime import datetime

from django.db import transaction

from gandan.dossiers.access import parts_of
from gandan.dossiers.actions import course
from gandan.dossiers.actions.opening import Opening, add_children, new_row
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import State, Verb, target_of
from gandan.kernel.actors import Actor

# What the officer can still change while nothing has been received.
_REVISED = (
    *("procedure", "procedure_code", "field", "case", "confidentiality"),
    *("retention_class", "channel", "helped_at", "competent", "first_competent"),
    *("place", "village", "form_key", "form_version", "answers", "fee_vnd", "paid"),
    *("language", "bundle", "paper_slip_no", "owner_name", "words"),
)


def _parked(dossier_id: int, by: Actor, version: int | None) -> Dossier:
    """Whoever may receive an intake may change it; nobody, once it is received."""
    dossier = course.locked(dossier_id, Verb.RECEIVE)
    if version is not None and dossier.version != version:
        raise course.DossierChanged(dossier)
    state = State(dossier.state)
    target_of(Verb.RECEIVE, state=state, by=parts_of(by, dossier))
    course.refuse_if(state is not State.DRAFT, Verb.RECEIVE, dossier, "state")
    return dossier


@transaction.atomic
def revise(
    opening: Opening,
    *,
    dossier_id: int,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Dossier:
    """What is known now replaces what was known when the intake was parked."""
    dossier = _parked(dossier_id, by, version)
    fresh = new_row(opening, at=dossier.created_at)
    for name in _REVISED:
        setattr(dossier, name, getattr(fresh, name))
    dossier.parked_at = at
    dossier.version += 1
    dossier.save()
    dossier.parties.all().delete()
    dossier.papers.all().delete()
    add_children(dossier, opening)
    return dossier


@transaction.atomic
def discard(*, dossier_id: int, by: Actor) -> None:
    """Drop a parked intake: nothing was received, so nothing of it is kept."""
    _parked(dossier_id, by, None).delete()


@transaction.atomic
def bundle_of(*, dossier_id: int, by: Actor) -> uuid.UUID:
    """The mark shared by the dossiers one person files together; made on first need."""
    dossier = Dossier.objects.locked(dossier_id)
    target = parts_of(by, dossier)
    course.refuse_if(not target, Verb.RECEIVE, dossier, "role")
    if dossier.bundle is None:
        dossier.bundle = uuid.uuid4()
        dossier.save(update_fields=["bundle"])
    return dossier.bundle
