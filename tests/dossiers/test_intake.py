"""Many dossiers at once: each taken or refused by itself, in a few statements."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gandan.dossiers import actions
from gandan.dossiers.actions import Given, KeyReused, Receipt, Way
from gandan.dossiers.models import CodeCounter, Dossier, Intake, Party
from gandan.dossiers.numbering import LAST_NUMBER, NumbersUsedUp
from gandan.kernel.actors import Actor, Capacity, Role
from gandan.ledger.models import Entry, Event, Pending, Private, Record
from gandan.places import queries as places
from tests.dossiers.gates import pressed_together
from tests.factories import TUESDAY, desk, opening

ON = TUESDAY.date()
ONE, OTHER = "01273", "01279"


def portal() -> Actor:
    """A system that receives for both communes."""
    desks = [desk(ON, code) for code in (ONE, OTHER)]
    held = tuple(Capacity(Role.COUNTER, d.pk, d.key, d.parent_id) for d in desks)
    return Actor(kind="api", id="agency-0", user_id=None, capacities=held)


def given(code: str = ONE, key: str = "", **changes: Any) -> Given:
    return Given(opening(ON, code=code, **changes), Way.RECEIVED, key)


def take_in(*these: Given) -> list[Any]:
    with places.pinned():
        return actions.take_in(these, by=portal(), at=TUESDAY)


@pytest.mark.django_db
def test_codes_follow_the_order_given_desk_by_desk() -> None:
    taken = take_in(given(OTHER), given(ONE), given(OTHER), given(ONE))
    codes = [receipt.dossier.code for receipt in taken]
    assert [code[-4:] for code in codes] == ["0001", "0001", "0002", "0002"]
    assert len(set(codes)) == 4


@pytest.mark.django_db
def test_every_dossier_of_a_batch_has_all_that_one_alone_has() -> None:
    take_in(*(given(key=f"key-{n:05}") for n in range(3)))
    assert Dossier.objects.filter(state="received").count() == 3
    for rows in (Party, Intake, Entry, Record, Private, Pending):
        assert rows._default_manager.count() == 3, rows
    kinds = Event.objects.filter(kind="dossiers.received.v1")
    subjects = {
        str(public_id) for (public_id,) in Dossier.objects.values_list("public_id")
    }
    assert {event.subject for event in kinds} == subjects


@pytest.mark.django_db
def test_a_hundred_need_as_many_statements_as_one() -> None:
    take_in(given())  # the directory and the calendar are read once
    counts = []
    for many in (1, 100):
        these = [given(key=f"key-{many}-{n:03}") for n in range(many)]
        with CaptureQueriesContext(connection) as caught:
            take_in(*these)
        counts.append(len(caught))
    # With the savepoints of a batch inside a test's own transaction.
    assert counts[0] == counts[1] <= 15


@pytest.mark.django_db
def test_a_key_twice_in_one_batch_gives_the_same_dossier_once() -> None:
    first, second = take_in(given(key="key-00001"), given(key="key-00001"))
    assert second.dossier.pk == first.dossier.pk
    assert first.token
    assert second.token == ""
    assert Dossier.objects.count() == 1


@pytest.mark.django_db
def test_a_key_twice_with_another_body_refuses_the_second_alone() -> None:
    first, second, third = take_in(
        given(key="key-00001"),
        given(key="key-00001", village="Xóm khác", code=OTHER),
        given(key="key-00002"),
    )
    assert isinstance(first, Receipt)
    assert isinstance(second, KeyReused)
    assert isinstance(third, Receipt)


@pytest.mark.django_db
def test_what_is_refused_keeps_no_key_and_may_be_sent_again() -> None:
    later = TUESDAY.replace(year=2027)
    early = replace(given(key="key-00001"), received_at=later)
    refused, taken = take_in(early, given(key="key-00002"))
    assert refused.why == "in_the_future"
    assert isinstance(taken, Receipt)
    (again,) = take_in(given(key="key-00001"))
    assert isinstance(again, Receipt)


@pytest.mark.django_db
def test_a_desk_without_numbers_refuses_its_own_and_no_other() -> None:
    CodeCounter.objects.create(organisation=desk(ON, ONE), day=ON, last=LAST_NUMBER - 1)
    taken = take_in(given(ONE), given(OTHER), given(ONE), given(OTHER))
    assert [type(each) for each in taken] == [Receipt, Receipt, NumbersUsedUp, Receipt]
    assert taken[0].dossier.code.endswith("-6999")
    assert Dossier.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_batches_that_name_two_desks_in_turn_wait_for_each_other() -> None:
    """Taken in the order given, their numbers would be waited for in a circle."""
    take_in(given(ONE), given(OTHER))  # the counters are there
    first, second = pressed_together(
        "SELECT 1 FROM dossiers_codecounter FOR UPDATE",
        [],
        lambda: take_in(given(ONE), given(OTHER)),
        lambda: take_in(given(OTHER), given(ONE)),
    )
    codes = {receipt.dossier.code for receipt in [*first, *second]}
    assert len(codes) == 4


@pytest.mark.django_db(transaction=True)
def test_one_key_on_two_connections_gives_both_the_same_dossier() -> None:
    take_in(given(ONE))
    first, second = pressed_together(
        "SELECT 1 FROM dossiers_codecounter FOR UPDATE",
        [],
        lambda: take_in(given(ONE, key="key-00001")),
        lambda: take_in(given(ONE, key="key-00001")),
    )
    assert first[0].dossier.pk == second[0].dossier.pk
    assert Dossier.objects.count() == 2
