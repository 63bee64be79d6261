"""A role is held at an organisation."""

from gandan.kernel.actors import SYSTEM, Actor, Capacity, Role

SON_LO, BAO_LAC = 1, 2
OFFICER = Actor(
    kind="official",
    id="0b5f",
    user_id=7,
    capacities=(
        Capacity(Role.COUNTER, SON_LO, "04.01290@2025-07-01"),
        Capacity(Role.SPECIALIST, BAO_LAC, "04.01321@2025-07-01"),
    ),
)


def test_a_role_opens_only_the_organisation_it_is_held_at() -> None:
    assert OFFICER.has(Role.COUNTER, SON_LO)
    assert not OFFICER.has(Role.COUNTER, BAO_LAC)
    assert not OFFICER.has(Role.SIGNATORY, SON_LO)


def test_an_actor_lists_roles_and_places() -> None:
    assert OFFICER.roles == {Role.COUNTER, Role.SPECIALIST}
    assert OFFICER.organisations() == {SON_LO, BAO_LAC}
    assert OFFICER.organisations(Role.COUNTER) == {SON_LO}
    assert OFFICER.organisations(Role.ADMINISTRATOR) == frozenset()


def test_the_system_holds_no_office() -> None:
    assert SYSTEM.kind == "system"
    assert not SYSTEM.roles
    assert SYSTEM.user_id is None
