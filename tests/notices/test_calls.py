"""Calls and cards: what a desk does about them, and that nobody is called twice."""

import threading
from datetime import timedelta

import pytest
from django.db import connections

from gandan.kernel.actors import Actor
from gandan.ledger.models import Event
from gandan.notices import actions, queries
from gandan.notices.models import Channel, Message, Outcome, State
from gandan.places.models import Organisation
from tests.notices.conftest import AT, Queue

OFFICER = Actor(kind="official", id="b7c0", user_id=1)
A_DAY = timedelta(days=1)


def outcome(call: Message, what: Outcome, days: int = 0) -> Message:
    return actions.record_outcome(
        message_id=call.pk, outcome=what, by=OFFICER, at=AT + days * A_DAY
    )


@pytest.mark.parametrize(
    ("what", "state", "cards"),
    [
        (Outcome.REACHED, State.DONE, 0),
        (Outcome.LEFT_WORD, State.DONE, 0),
        (Outcome.VISIT, State.DONE, 0),
        (Outcome.WRONG_NUMBER, State.FAILED, 1),
        (Outcome.NO_ANSWER, State.QUEUED, 0),
    ],
)
def test_what_came_of_a_call(
    queue: Queue, what: Outcome, state: State, cards: int
) -> None:
    call = queue(Channel.CALL)
    assert outcome(call, what).state == state
    assert Message.objects.filter(channel=Channel.CARD).count() == cards
    event = Event.objects.get(kind="notices.call_made.v1")
    assert event.payload == {"message": str(call.public_id), "outcome": what}
    assert (event.organisation, event.by_id) == ("99.99999@2025-07-01/mc", "b7c0")


def test_nobody_answered_brings_the_call_back_tomorrow_and_then_a_card(
    queue: Queue, desk: Organisation
) -> None:
    call = queue(Channel.CALL)
    for day in range(3):
        at = AT + day * A_DAY
        assert list(queries.calls_to_make([desk.pk], at=at)) == [call]
        outcome(call, Outcome.NO_ANSWER, days=day)
        assert not queries.calls_to_make([desk.pk], at=at).exists()
    call.refresh_from_db()
    assert (call.state, call.outcome, call.attempts) == (
        State.FAILED,
        Outcome.NO_ANSWER,
        3,
    )
    [card] = queries.cards_to_carry([desk.pk], at=AT + 2 * A_DAY)
    assert (card.person, card.village, card.params) == (
        call.person,
        call.village,
        call.params,
    )


def test_a_wrong_number_without_a_village_leaves_no_card(queue: Queue) -> None:
    outcome(queue(Channel.CALL, village="", place=""), Outcome.WRONG_NUMBER)
    assert not Message.objects.filter(channel=Channel.CARD).exists()


def test_a_card_is_carried_once(queue: Queue) -> None:
    card = queue(Channel.CARD)
    assert outcome(card, Outcome.VISIT).state == State.DONE
    with pytest.raises(actions.MessageClosed):
        outcome(card, Outcome.VISIT)
    assert Event.objects.filter(kind="notices.card_carried.v1").count() == 1


def test_a_letter_has_no_outcome(queue: Queue) -> None:
    with pytest.raises(Message.DoesNotExist):
        outcome(queue(Channel.EMAIL), Outcome.REACHED)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_one_is_told_that_it_is_done(queue: Queue) -> None:
    call = queue(Channel.CALL)
    together = threading.Barrier(2)
    said: list[str] = []

    def press() -> None:
        together.wait(5)
        try:
            outcome(call, Outcome.REACHED)
            said.append("noted")
        except actions.MessageClosed:
            said.append("closed")
        finally:
            connections.close_all()

    officers = [threading.Thread(target=press) for _ in range(2)]
    for officer in officers:
        officer.start()
    for officer in officers:
        officer.join()
    assert sorted(said) == ["closed", "noted"]
    assert Event.objects.filter(kind="notices.call_made.v1").count() == 1
