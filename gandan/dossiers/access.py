"""Which dossiers a person may see or touch: role × jurisdiction, in one place.

The same filter stands behind list, search, detail, count, export, API and print.
Forbidden and missing look alike, so every page loads through `visible_to`.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q

from gandan.dossiers.models import Dossier
from gandan.dossiers.models.dossier import DossierQuerySet
from gandan.dossiers.rules.moves import By
from gandan.kernel.actors import Actor, Capacity, Role
from gandan.places import queries as places
from gandan.places.rules import OrganisationKind

# The class of such procedures in the catalogue: health, adoption, criminal records.
# Only the desk that received it and the body that decides see these, whoever helped.
PROTECTED = "sensitive"
_DESK = frozenset({Role.COUNTER, Role.HEAD_ONE_STOP})
_AGENCY = frozenset({Role.SIGNATORY, Role.UNIT_LEADER})
_PARTS = frozenset({OrganisationKind.DIVISION, OrganisationKind.OFFICE})


def _bodies(capacity: Capacity) -> list[int]:
    """The office itself, and the body whose part it is.

    A division answers for its committee; a department is no part of the province's
    committee in this sense, and decides its own dossiers only.
    """
    body = places.directory().organisations.get(capacity.organisation)
    if capacity.parent and body is not None and body.kind in _PARTS:
        return [capacity.organisation, capacity.parent]
    return [capacity.organisation]


@dataclass(frozen=True, slots=True)
class _Reach:
    """An actor's offices by the kind of part they let it play."""

    desks: frozenset[int]
    # The bodies those desks belong to: they hand back and take papers for them too.
    served: frozenset[int]
    offices: frozenset[int]
    deciding: frozenset[int]


def _reach(actor: Actor) -> _Reach:
    desks, served, offices, deciding = set(), set(), set(), set()
    for capacity in actor.capacities:
        if capacity.role in _DESK:
            desks.add(capacity.organisation)
            served |= {capacity.parent} if capacity.parent else set()
        elif capacity.role is Role.SPECIALIST:
            offices.add(capacity.organisation)
            deciding.update(_bodies(capacity))
        elif capacity.role in _AGENCY:
            deciding.update(_bodies(capacity))
        # The province steers by counts and dates (`queries`), the administrator keeps
        # accounts: neither opens a resident's dossier.
    return _Reach(*map(frozenset, (desks, served, offices, deciding)))


def scope(actor: Actor) -> Q | None:
    """The condition on dossiers this actor may see; None when it is nothing at all."""
    if actor.kind == "system":
        return Q()
    if actor.kind == "citizen":
        held = [s.removeprefix("dossier:") for s in actor.scopes if ":" in s]
        return Q(public_id__in=held) if held else None
    reach = _reach(actor)
    seen: list[Q] = []
    if reach.desks:
        elsewhere = Q(helped_at_id__in=reach.desks) | Q(competent_id__in=reach.served)
        ordinary = ~Q(confidentiality=PROTECTED)
        seen += [Q(received_by_id__in=reach.desks), elsewhere & ordinary]
    if reach.offices:
        seen.append(Q(office_id__in=reach.offices))
    if reach.deciding:
        seen.append(Q(competent_id__in=reach.deciding))
    return reduce(or_, seen) if seen else None


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
        office = capacity.organisation
        if capacity.role in _DESK:
            # A desk that only helped sees how it goes, and acts no more.
            ordinary = dossier.confidentiality != PROTECTED
            served = ordinary and dossier.competent_id == capacity.parent
            if dossier.received_by_id == office or served:
                parts.add(By(capacity.role.value))
        elif capacity.role is Role.SPECIALIST:
            held = dossier.office_id == office
            if held or dossier.competent_id in _bodies(capacity):
                parts.add(By.SPECIALIST)
        elif capacity.role in _AGENCY and dossier.competent_id in _bodies(capacity):
            parts.add(By(capacity.role.value))
    return frozenset(parts)


def may_see_people(actor: Actor, dossier: Dossier) -> bool:
    """Names and papers are for those who play a part; a past helper sees the state."""
    return bool(parts_of(actor, dossier)) or actor.kind == "system"
