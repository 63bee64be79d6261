"""Which offices and accounts an administrator looks after.

An administrator of the province's committee looks after all; any other after the own
office and what is part of it.
"""

from django.db.models import QuerySet

from gandan.kernel.actors import Actor, Role
from gandan.people.models import Mandate, User
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Level, OrganisationKind


def reach(actor: Actor) -> frozenset[int] | None:
    """The offices' ids; None means every office."""
    if actor.kind == "system":
        return None
    found: set[int] = set()
    bodies = places.directory().organisations
    for pk in actor.organisations(Role.ADMINISTRATOR):
        body = bodies.get(pk)
        if body is None:
            continue
        if _is_the_province(body):
            return None
        found |= places.within(body)
    return frozenset(found)


def _is_the_province(body: Organisation) -> bool:
    return (
        body.kind == OrganisationKind.PEOPLE_COMMITTEE
        and body.place.level == Level.PROVINCE
    )


def is_reached(actor: Actor, organisation: int) -> bool:
    offices = reach(actor)
    return offices is None or organisation in offices


def administered_by(actor: Actor) -> QuerySet[User]:
    """Officials' accounts with a mandate, past or present, at an office in reach."""
    accounts = User.objects.filter(official=True)
    offices = reach(actor)
    if offices is None:
        return accounts
    held = Mandate.objects.filter(organisation__in=offices).values("user")
    return accounts.filter(pk__in=held)
