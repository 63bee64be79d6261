"""Who may change the catalogue, and which bodies a person may confirm postings for."""

from datetime import date

from gandan.kernel.actors import Actor, Role
from gandan.people import access as people
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import OrganisationKind

POSTING_ROLES = (Role.COUNTER, Role.HEAD_ONE_STOP, Role.UNIT_LEADER)


def may_publish(actor: Actor) -> bool:
    """A version binds every desk: the province's administrators; all others read."""
    return people.reach(actor) is None


def posting_bodies(actor: Actor, *, on: date) -> list[Organisation]:
    """The desks and departments whose wall this person may speak for.

    A department posts its own list; whoever works for a People's Committee speaks for
    its one-stop desk.
    """
    directory = places.directory()
    found: dict[int, Organisation] = {}
    for role in POSTING_ROLES:
        for pk in actor.organisations(role):
            body = directory.organisations[pk]
            if body.kind != OrganisationKind.DEPARTMENT:
                body = places.desk_of(body, on) or body
            found[body.pk] = body
    return sorted(found.values(), key=lambda body: body.sort_key)
