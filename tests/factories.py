"""Records for tests: the shortest valid one, brought to a state by the actions."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from typing import Any

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.kernel.actors import Actor, Role
from gandan.kernel.localtime import at_local
from gandan.people.actors import actor_of
from gandan.people.models import Mandate, User
from gandan.places import queries as places
from gandan.places.models import Organisation, Place
from gandan.procedures import queries as procedures

# Tuesday 10 June 2025 is ordinary: no holiday near, before the units changed.
TUESDAY = at_local(date(2025, 6, 10), time(9))
COMMUNE_CODE = "01273"


def at(day: str, clock: str = "09:00") -> datetime:
    """«2025-06-10», local time, as an aware datetime."""
    return at_local(date.fromisoformat(day), time.fromisoformat(clock))


def commune(on: date, code: str = COMMUNE_CODE) -> Place:
    place = places.place_by_code(code, on)
    assert place is not None
    return place


def committee(on: date, code: str = COMMUNE_CODE) -> Organisation:
    body = places.committee_of(commune(on, code), on)
    assert body is not None
    return body


def desk(on: date, code: str = COMMUNE_CODE) -> Organisation:
    found = places.desk_of(committee(on, code), on)
    assert found is not None
    return found


def official(
    username: str, *mandates: tuple[Role, Organisation], on: date, full_name: str = ""
) -> Actor:
    """An account with these mandates since long ago."""
    user, _ = User.objects.get_or_create(
        username=username,
        defaults={"full_name": full_name or username, "official": True},
    )
    for role, organisation in mandates:
        Mandate.objects.get_or_create(
            user=user,
            role=role.value,
            organisation=organisation,
            starts=date(2020, 1, 1),
        )
    return actor_of(user, on)


def counter(on: date, code: str = COMMUNE_CODE) -> Actor:
    return official(f"counter-{code}", (Role.COUNTER, desk(on, code)), on=on)


def head(on: date, code: str = COMMUNE_CODE) -> Actor:
    return official(f"head-{code}", (Role.HEAD_ONE_STOP, desk(on, code)), on=on)


def specialist(on: date, code: str = COMMUNE_CODE) -> Actor:
    return official(f"specialist-{code}", (Role.SPECIALIST, committee(on, code)), on=on)


def signatory(on: date, code: str = COMMUNE_CODE) -> Actor:
    return official(f"chair-{code}", (Role.SIGNATORY, committee(on, code)), on=on)


def applicant(dossier: Dossier) -> Actor:
    """Somebody who showed the code and secret of this dossier."""
    return Actor(
        kind="citizen",
        id="",
        user_id=None,
        scopes=frozenset({f"dossier:{dossier.public_id}"}),
    )


BIRTH = "1.001193"


def opening(
    on: date, *, code: str = COMMUNE_CODE, procedure: str = BIRTH, **changes: Any
) -> actions.Opening:
    """A birth registration by its mother, who left no telephone."""
    body = committee(on, code)
    first = actions.Opening(
        procedure=procedures.version_on(procedure, on),
        competent=body,
        received_by=desk(on, code),
        parties=(actions.PartyIn(role="owner", full_name="Nông Thị Mẩy"),),
        place=commune(on, code),
        village="Xóm Nà Lũng",
    )
    return replace(first, **changes)


def received(when: datetime = TUESDAY, **changes: Any) -> Dossier:
    """A dossier received at the counter at `when`."""
    on = when.date()
    receipt = actions.open_and_receive(opening(on, **changes), by=counter(on), at=when)
    return receipt.dossier


def processing(when: datetime = TUESDAY, **changes: Any) -> Dossier:
    """Received, and taken up by the specialist a moment later."""
    dossier = received(when, **changes)
    return actions.take_up(dossier_id=dossier.pk, by=specialist(when.date()), at=when)


def utc(day: str, clock: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), UTC)
