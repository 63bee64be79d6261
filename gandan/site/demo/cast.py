"""The officials of the demo province: invented, one of each part for every commune.

Their accounts have no password: in the demo one plays a part with one click, and an
installation that is no demo never has them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from random import Random

from gandan.kernel.actors import Actor, Capacity, Role
from gandan.kernel.text import fold, sort_key
from gandan.people.models import Mandate, User
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import OrganisationKind
from gandan.site.demo.names import invented

SINCE = date(2025, 7, 1)
DECISION = "Quyết định minh họa"


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who work one competent body's dossiers, as actors of every day since."""

    committee: Organisation
    desk: Organisation
    counter: Actor
    head: Actor
    specialist: Actor
    signatory: Actor


@dataclass(frozen=True, slots=True)
class _Part:
    username: str
    roles: tuple[tuple[Role, Organisation], ...]


def _parts(body: Organisation, desk: Organisation, stem: str) -> tuple[_Part, ...]:
    """A signatory of a commune leads it too; one specialist covers its divisions."""
    divisions = [
        part
        for part in places.directory().parts_of.get(body.pk, ())
        if part.kind in {OrganisationKind.DIVISION, OrganisationKind.OFFICE}
        and part.is_in_force(SINCE)
    ]
    specialist = tuple((Role.SPECIALIST, part) for part in [body, *divisions])
    return (
        _Part(f"{stem}-quay", ((Role.COUNTER, desk),)),
        _Part(f"{stem}-truong-quay", ((Role.HEAD_ONE_STOP, desk),)),
        _Part(f"{stem}-chuyen-vien", specialist),
        _Part(f"{stem}-ky", ((Role.SIGNATORY, body), (Role.UNIT_LEADER, body))),
    )


def _actor(user: User, roles: Iterable[tuple[Role, Organisation]]) -> Actor:
    return Actor(
        kind="official",
        id=str(user.public_id),
        user_id=user.pk,
        capacities=tuple(
            Capacity(role=role, organisation=at.pk, key=at.key, parent=at.parent_id)
            for role, at in roles
        ),
    )


def engage(on: date, draw: Random) -> dict[str, Crew]:
    """Crews by the competent body's key: 56 communes and the departments of `on`."""
    wanted: list[tuple[Organisation, Organisation, tuple[_Part, ...]]] = []
    for kind in (OrganisationKind.PEOPLE_COMMITTEE, OrganisationKind.DEPARTMENT):
        for body in places.of_kind(kind, on):
            desk = places.desk_of(body, on)
            if desk is None or (desk.parent_id != body.pk and kind != "department"):
                continue
            stem = "demo-" + body.key.split(".")[-1].split("@")[0].lower()
            wanted.append((body, desk, _parts(body, desk, stem)))
    users = [
        User(
            username=part.username,
            full_name=name,
            sort_key=sort_key(name),
            fold=fold(name),
            official=True,
            demo=True,
            password="!",
        )
        for _body, _desk, parts in wanted
        for part in parts
        for name, _sex in [invented(draw)]
    ]
    User.objects.bulk_create(users, ignore_conflicts=True)
    by_name = {
        user.username: user
        for user in User.objects.filter(username__in=[u.username for u in users])
    }
    Mandate.objects.bulk_create(
        [
            Mandate(
                user=by_name[part.username],
                role=role.value,
                organisation=office,
                starts=max(SINCE, office.starts),
                decision=DECISION,
            )
            for _body, _desk, parts in wanted
            for part in parts
            for role, office in part.roles
        ],
        ignore_conflicts=True,
    )
    crews = {}
    for body, desk, parts in wanted:
        counter, head, specialist, signatory = (
            _actor(by_name[part.username], part.roles) for part in parts
        )
        crews[body.key] = Crew(body, desk, counter, head, specialist, signatory)
    return crews
