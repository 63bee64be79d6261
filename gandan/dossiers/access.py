"""Which dossiers a person may see or touch: role × jurisdiction, in one place.

The same filter stands behind list, search, detail, count, export, API and print.
Forbidden and missing look alike, so every page loads through `visible_to`.
"""

from django.db.models import Q

from gandan.dossiers.models import Dossier
from gandan.dossiers.models.dossier import DossierQuerySet
from gandan.dossiers.rules.moves import By
from gandan.kernel.actors import Actor, Capacity, Role

# Health, adoption, criminal records: only the desk that received it and the body that
# decides see these, whoever helped.
PROTECTED = "protected"
_DESK = frozenset({Role.COUNTER, Role.HEAD_ONE_STOP})
_AGENCY = frozenset({Role.SIGNATORY, Role.UNIT_LEADER})


def _bodies(capacity: Capacity) -> list[int]:
    """The office itself, and the body it belongs to."""
    return [capacity.organisation] + ([capacity.parent] if capacity.parent else [])


def _seen_by(capacity: Capacity) -> Q | None:
    office = capacity.organisation
    ordinary = ~Q(confidentiality=PROTECTED)
    if capacity.role in _DESK:
        seen = Q(received_by_id=office) | Q(helped_at_id=office) & ordinary
        # A desk hands back and takes papers for its own committee's dossiers too.
        if capacity.parent:
            seen |= Q(competent_id=capacity.parent) & ordinary
        return seen
    if capacity.role is Role.SPECIALIST:
        return Q(competent_id__in=_bodies(capacity)) | Q(office_id=office)
    if capacity.role in _AGENCY:
        return Q(competent_id__in=_bodies(capacity))
    # The province steers by counts and dates (`queries.steering`), the administrator
    # keeps accounts: neither opens a resident's dossier.
    return None


def scope(actor: Actor) -> Q | None:
    """The condition on dossiers this actor may see; None when it is nothing at all."""
    if actor.kind == "system":
        return Q()
    if actor.kind == "citizen":
        held = [s.removeprefix("dossier:") for s in actor.scopes if ":" in s]
        return Q(public_id__in=held) if held else None
    conditions = [q for c in actor.capacities if (q := _seen_by(c)) is not None]
    if actor.kind == "api" and not actor.scopes:
        return None
    if not conditions:
        return None
    union = conditions[0]
    for condition in conditions[1:]:
        union |= condition
    return union


def visible_to(actor: Actor) -> DossierQuerySet:
    """Every dossier this actor may see."""
    condition = scope(actor)
    if condition is None:
        return Dossier.objects.none()
    return Dossier.objects.filter(condition)


def parts_of(actor: Actor, dossier: Dossier) -> frozenset[By]:
    """The parts this actor plays on this dossier: roles held at its own offices."""
    if actor.kind == "citizen":
        own = f"dossier:{dossier.public_id}" in actor.scopes
        return frozenset({By.APPLICANT}) if own else frozenset()
    parts = set()
    for capacity in actor.capacities:
        office, bodies = capacity.organisation, _bodies(capacity)
        if capacity.role in _DESK:
            here = office in (dossier.received_by_id, dossier.helped_at_id)
            if here or dossier.competent_id == capacity.parent:
                parts.add(By(capacity.role.value))
        elif capacity.role is Role.SPECIALIST:
            if dossier.competent_id in bodies or dossier.office_id == office:
                parts.add(By.SPECIALIST)
        elif capacity.role in _AGENCY and dossier.competent_id in bodies:
            parts.add(By(capacity.role.value))
    return frozenset(parts)


def may_see_people(actor: Actor, dossier: Dossier) -> bool:
    """Names and papers are for those who play a part; a past helper sees the state."""
    return bool(parts_of(actor, dossier)) or actor.kind == "system"
