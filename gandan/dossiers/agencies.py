"""A Bearer token becomes an actor: one agency, its scopes, its offices."""

import hashlib
from datetime import date

from gandan.kernel.actors import Actor, Capacity, Role
from gandan.people.models import Agency
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Level, OrganisationKind

# Scope of a token → the role it plays at the agency's offices.
ROLES = {
    "dossiers:receive": Role.COUNTER,
    "dossiers:process": Role.SPECIALIST,
    "dossiers:sign": Role.SIGNATORY,
    "dossiers:steer": Role.HEAD_ONE_STOP,
}
# Filing as the portal does, for people who identified themselves there.
FILE = "dossiers:file"


def digest_of(token: str) -> bytes:
    return hashlib.sha256(b"gandan/agency\n" + token.encode()).digest()


def _offices(body: Organisation, role: Role, on: date) -> list[Organisation]:
    """Desks for desk roles, the body itself otherwise; the province has them all."""
    book = places.directory().organisations
    # Committees of communes are no parts of the province's in the tree of bodies, yet
    # its system receives for all of them.
    everywhere = (
        body.kind == OrganisationKind.PEOPLE_COMMITTEE
        and places.directory().places[body.place_id].level == Level.PROVINCE
    )
    within = frozenset(book) if everywhere else places.within(body)
    if role in {Role.COUNTER, Role.HEAD_ONE_STOP}:
        return [desk for desk in places.desks(on) if desk.pk in within]
    kinds = ("people_committee", "department", "division", "office")
    return [
        book[pk] for pk in within if book[pk].kind in kinds and book[pk].is_in_force(on)
    ]


# An actor of the whole province has hundreds of capacities: kept while the agency, the
# day and the directory they were read from are the same.
_Key = tuple[int, tuple[str, ...], int, date]
_actors: dict[_Key, tuple[places.Directory, Actor]] = {}
_MOST = 500


def actor_of(agency: Agency, on: date) -> Actor:
    book, scopes = places.directory(), tuple(sorted(agency.scopes))
    key = (agency.pk, scopes, agency.organisation_id, on)
    kept = _actors.get(key)
    if kept is not None and kept[0] is book:
        return kept[1]
    if len(_actors) >= _MOST:
        _actors.clear()
    actor = _read_actor(agency, on)
    _actors[key] = (book, actor)
    return actor


def _read_actor(agency: Agency, on: date) -> Actor:
    body = places.directory().organisations[agency.organisation_id]
    capacities = tuple(
        Capacity(role=role, organisation=at.pk, key=at.key, parent=at.parent_id)
        for scope, role in ROLES.items()
        if scope in agency.scopes
        for at in _offices(body, role, on)
    )
    return Actor(
        kind="api",
        id=f"agency-{agency.pk}",
        user_id=None,
        capacities=capacities,
        scopes=frozenset(agency.scopes),
    )
