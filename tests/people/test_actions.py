"""Accounts and mandates: what an administrator can do, and what nobody can."""

from datetime import date, timedelta
from typing import Any

import pytest

from gandan.kernel.actors import SYSTEM, Actor, Role
from gandan.ledger.models import Event
from gandan.people import access, actions
from gandan.people.actors import actor_of
from gandan.people.models import Mandate, User
from gandan.people.rules import MandateRefused, Why
from gandan.places import queries as places
from gandan.places.models import Organisation
from tests.factories import committee, desk, official
from tests.people.conftest import NOW, TODAY

DECISION = "12/QĐ-UBND ngày 30/03/2026"


def opened(by: Actor, office: Organisation, **changes: Any) -> User:
    wanted: dict[str, Any] = {
        "username": "lan.hoang",
        "full_name": "Hoàng Thị Lan",
        "role": Role.COUNTER,
        "organisation_id": office.pk,
        "starts": TODAY,
        "decision": DECISION,
    }
    user, _password = actions.open_account(**wanted | changes, by=by, at=NOW)
    return user


def why_refused(call: Any, **arguments: Any) -> Why:
    with pytest.raises(MandateRefused) as refused:
        call(**arguments, at=NOW)
    return refused.value.why


def test_an_account_opens_with_its_first_mandate_and_a_password_told_once(
    admin: Actor,
) -> None:
    user, password = actions.open_account(
        username="lan.hoang",
        full_name="Hoàng Thị Lan",
        role=Role.COUNTER,
        organisation_id=desk(TODAY).pk,
        starts=TODAY,
        decision=DECISION,
        by=admin,
        at=NOW,
    )

    assert user.check_password(password)
    assert user.password_is_temporary
    assert (user.fold, user.official) == ("hoang thi lan", True)
    actor = actor_of(user, TODAY)
    assert actor.has(Role.COUNTER, desk(TODAY).pk)
    kinds = Event.objects.filter(subject=str(user.public_id)).order_by("id")
    assert [event.kind for event in kinds] == [
        "people.account_opened.v1",
        "people.mandate_given.v1",
    ]


def test_no_event_of_people_carries_a_name(admin: Actor) -> None:
    user = opened(admin, desk(TODAY))
    actions.correct_account(
        user_id=user.pk,
        full_name="Hoàng Thị Làn",
        email="",
        telephone="0912345678",
        by=admin,
        at=NOW,
    )

    payloads = " ".join(
        str(event.payload) for event in Event.objects.filter(kind__startswith="people.")
    )
    assert "telephone" in payloads
    assert "Hoàng" not in payloads
    assert "0912345678" not in payloads


def test_a_username_is_given_once_whatever_its_case(admin: Actor) -> None:
    opened(admin, desk(TODAY))
    with pytest.raises(MandateRefused) as refused:
        opened(admin, desk(TODAY), username="LAN.hoang")
    assert refused.value.why is Why.USERNAME_TAKEN


def test_a_mandate_is_held_up_to_the_day_it_ends(admin: Actor) -> None:
    user = opened(admin, desk(TODAY))
    mandate = user.mandates.get()
    until = TODAY + timedelta(days=10)
    actions.end_mandate(
        mandate_id=mandate.pk, ends=until, decision=DECISION, by=admin, at=NOW
    )

    assert actor_of(user, until - timedelta(days=1)).capacities
    assert not actor_of(user, until).capacities


def test_what_was_given_by_mistake_is_taken_back_at_once_and_can_be_given_again(
    admin: Actor,
) -> None:
    user = opened(admin, desk(TODAY))
    mandate = user.mandates.get()
    actions.end_mandate(
        mandate_id=mandate.pk, ends=TODAY, decision=DECISION, by=admin, at=NOW
    )
    assert actor_of(user, TODAY).kind == "citizen"

    actions.give_mandate(
        user_id=user.pk,
        role=Role.COUNTER,
        organisation_id=mandate.organisation_id,
        starts=TODAY,
        ends=None,
        decision=DECISION,
        by=admin,
        at=NOW,
    )
    assert actor_of(user, TODAY).roles == {Role.COUNTER}


def test_the_same_role_at_the_same_office_is_not_held_twice(admin: Actor) -> None:
    user = opened(admin, desk(TODAY))
    assert (
        why_refused(
            actions.give_mandate,
            user_id=user.pk,
            role=Role.COUNTER,
            organisation_id=desk(TODAY).pk,
            starts=TODAY + timedelta(days=30),
            ends=None,
            decision=DECISION,
            by=admin,
        )
        is Why.HELD_ALREADY
    )


def test_nobody_changes_the_own_mandates_or_account(admin: Actor) -> None:
    assert admin.user_id is not None
    own = Mandate.objects.get(user_id=admin.user_id)
    give = {
        "user_id": admin.user_id,
        "role": Role.SIGNATORY,
        "organisation_id": own.organisation_id,
        "starts": TODAY,
        "ends": None,
        "decision": DECISION,
        "by": admin,
    }
    ended = {"mandate_id": own.pk, "ends": TODAY, "decision": DECISION, "by": admin}
    mine = {"user_id": admin.user_id, "by": admin}

    assert why_refused(actions.give_mandate, **give) is Why.OWN_MANDATE
    assert why_refused(actions.end_mandate, **ended) is Why.OWN_MANDATE
    assert why_refused(actions.reset_password, **mine) is Why.OWN_MANDATE
    closed = mine | {"decision": DECISION}
    assert why_refused(actions.close_account, **closed) is Why.OWN_MANDATE


def test_a_wards_administrator_reaches_the_ward_alone(ward_admin: Actor) -> None:
    own, other = desk(TODAY), desk(TODAY, "01279")
    user = opened(ward_admin, own)
    assert access.administered_by(ward_admin).filter(pk=user.pk).exists()

    with pytest.raises(MandateRefused) as refused:
        opened(ward_admin, other, username="mai.nong")
    assert refused.value.why is Why.OUT_OF_REACH
    stranger = opened(SYSTEM, other, username="mai.nong")
    assert (
        why_refused(actions.reset_password, user_id=stranger.pk, by=ward_admin)
        is Why.OUT_OF_REACH
    )
    stranger_mandate = stranger.mandates.get()
    assert (
        why_refused(
            actions.end_mandate,
            mandate_id=stranger_mandate.pk,
            ends=TODAY,
            decision=DECISION,
            by=ward_admin,
        )
        is Why.OUT_OF_REACH
    )


def test_who_is_no_administrator_reaches_nobody(db: None) -> None:
    counter = official("counter", (Role.COUNTER, desk(TODAY)), on=TODAY)
    with pytest.raises(MandateRefused) as refused:
        opened(counter, desk(TODAY))
    assert refused.value.why is Why.OUT_OF_REACH


@pytest.mark.parametrize(
    "key", ["04.TU@2021-01-01", "04.MTTQ@2021-01-01", "04.HDND@2021-01-01"]
)
def test_no_role_of_the_state_is_held_in_the_party_the_front_or_the_council(
    admin: Actor, key: str
) -> None:
    body = places.organisation_by_key(key)
    assert body is not None
    with pytest.raises(MandateRefused) as refused:
        opened(admin, body)
    assert refused.value.why is Why.NOT_OF_THE_STATE


def test_nobody_is_appointed_at_an_office_that_has_ended(admin: Actor) -> None:
    district = places.agency_by("040", date(2025, 6, 30))
    assert district is not None
    with pytest.raises(MandateRefused) as refused:
        opened(admin, district)
    assert refused.value.why is Why.OFFICE_ENDED


def test_a_deputy_acts_for_the_holder_and_the_holder_keeps_the_role(
    admin: Actor,
) -> None:
    body = committee(TODAY)
    chair = opened(admin, body, username="chair", role=Role.SIGNATORY)
    vice = opened(admin, body, username="vice", role=Role.UNIT_LEADER)
    mandate = chair.mandates.get()
    back = TODAY + timedelta(days=14)
    given = actions.appoint_deputy(
        mandate_id=mandate.pk,
        deputy_id=vice.pk,
        starts=TODAY,
        ends=back,
        decision=DECISION,
        by=admin,
        at=NOW,
    )

    assert given.deputy_for == chair
    assert actor_of(vice, TODAY).has(Role.SIGNATORY, body.pk)
    assert actor_of(chair, TODAY).has(Role.SIGNATORY, body.pk)
    assert not actor_of(vice, back).has(Role.SIGNATORY, body.pk)
    event = Event.objects.filter(kind="people.mandate_given.v1").latest("id")
    assert event.payload["deputy_for"] == str(chair.public_id)


def test_a_deputy_is_another_person_until_a_day_inside_the_mandate(
    admin: Actor,
) -> None:
    body = committee(TODAY)
    until = TODAY + timedelta(days=30)
    chair = opened(admin, body, username="chair", role=Role.SIGNATORY, ends=until)
    vice = opened(admin, body, username="vice", role=Role.UNIT_LEADER)
    wanted: dict[str, Any] = {
        "mandate_id": chair.mandates.get().pk,
        "deputy_id": vice.pk,
        "starts": TODAY,
        "ends": until,
        "decision": DECISION,
        "by": admin,
    }
    refused = {
        Why.SAME_PERSON: wanted | {"deputy_id": chair.pk},
        Why.NEEDS_AN_END: wanted | {"ends": None},
        Why.OUTSIDE_THE_MANDATE: wanted | {"ends": until + timedelta(days=1)},
        Why.NO_DECISION: wanted | {"decision": ""},
    }
    for why, arguments in refused.items():
        assert why_refused(actions.appoint_deputy, **arguments) is why


def test_a_closed_account_holds_nothing_and_signs_in_no_more(admin: Actor) -> None:
    user = opened(admin, desk(TODAY))
    actions.give_mandate(
        user_id=user.pk,
        role=Role.SPECIALIST,
        organisation_id=committee(TODAY).pk,
        starts=TODAY + timedelta(days=5),
        ends=None,
        decision=DECISION,
        by=admin,
        at=NOW,
    )
    actions.close_account(user_id=user.pk, decision=DECISION, by=admin, at=NOW)

    user.refresh_from_db()
    assert not user.is_active
    for later in range(10):
        assert not actor_of(user, TODAY + timedelta(days=later)).capacities
    event = Event.objects.get(kind="people.account_closed.v1")
    assert event.payload == {"mandates_ended": 2}


def test_a_temporary_password_ends_when_the_holder_chooses_one(admin: Actor) -> None:
    user = opened(admin, desk(TODAY))
    temporary = actions.reset_password(user_id=user.pk, by=admin, at=NOW)
    user.refresh_from_db()
    assert user.check_password(temporary)

    own = actor_of(user, TODAY)
    actions.change_password(
        user_id=user.pk, password="suối chảy qua bản", by=own, at=NOW
    )
    user.refresh_from_db()
    assert user.check_password("suối chảy qua bản")
    assert not user.password_is_temporary
