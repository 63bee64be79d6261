"""Queueing in the caller's transaction, and what people at a desk did about it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from gandan.kernel.actors import Actor
from gandan.kernel.localtime import at_local, local_day
from gandan.kernel.text import clean
from gandan.ledger import journal
from gandan.notices import events
from gandan.notices.models import BY_HAND, Channel, Message, Outcome, State
from gandan.notices.wording import PARAMS, Template
from gandan.places.models import Organisation

# After so many days without an answer a call becomes a card.
CALL_DAYS = 3
SPOKEN = frozenset({"vi", "en", "fr"})


class MessageClosed(Exception):
    """Somebody else has dealt with this call or card meanwhile."""


def queue(*, at: datetime, **said: Any) -> Message | None:
    """Put one message in the outbox, in the transaction of the act that causes it.

    Takes what `message` takes; None where nothing can be queued.
    """
    row = message(at=at, **said)
    if row is None or row.idempotency_key is None:
        if row is not None:
            row.save(force_insert=True)
        return row
    queue_many([row])
    return Message.objects.get(idempotency_key=row.idempotency_key)


def queue_many(rows: Sequence[Message]) -> None:
    """Put messages in the outbox in one statement; a key that is there stays."""
    if rows:
        Message.objects.bulk_create(rows, ignore_conflicts=True)


def message(
    *,
    channel: Channel,
    template: str,
    subject: str,
    organisation: Organisation,
    params: Mapping[str, Any],
    at: datetime,
    to_address: str = "",
    person: str = "",
    language: str = "vi",
    place: str = "",
    village: str = "",
    not_before: datetime | None = None,
    key: str | None = None,
) -> Message | None:
    """One message, not queued yet.

    `key` makes it once only, however often the act runs. There is none on a channel
    this installation does not have.
    """
    if unknown := set(params) - PARAMS:
        raise ValueError(f"no template says {', '.join(sorted(unknown))}")
    if channel == Channel.SMS and not settings.GANDAN_SMS:
        return None
    row = Message(
        channel=channel,
        template=Template(template).value,
        to_address=clean(to_address),
        person=clean(person),
        language=language if language in SPOKEN else "vi",
        params={name: value for name, value in params.items() if value},
        subject=subject,
        organisation=organisation,
        place=place,
        village=village,
        next_try_at=not_before or at,
        created_at=at,
        idempotency_key=key,
    )
    if channel == Channel.EMAIL and not _can_be_mailed(row.to_address):
        # The act must not fail for it; the row says why nobody was written to.
        row.state, row.error, row.done_at = State.FAILED, "bad_address", at
    return row


@transaction.atomic
def record_outcome(
    *, message_id: int, outcome: Outcome, by: Actor, at: datetime
) -> Message:
    """What came of a call, or that a card was carried.

    No answer: again from tomorrow, and after three days a card. A wrong number: a card
    at once. A card needs a village or a commune to go to.
    """
    message = _open(message_id)
    if message.channel == Channel.CARD:
        _end(message, State.DONE, Outcome.VISIT, by, at)
        journal.record(
            events.CardCarried(
                subject=message.subject,
                organisation=message.organisation.key,
                message=str(message.public_id),
            ),
            by=by,
            at=at,
        )
        return message
    match outcome:
        case Outcome.REACHED | Outcome.LEFT_WORD | Outcome.VISIT:
            _end(message, State.DONE, outcome, by, at)
        case Outcome.WRONG_NUMBER:
            _end(message, State.FAILED, outcome, by, at)
            _card_instead(message, at)
        case Outcome.NO_ANSWER:
            message.attempts += 1
            if message.attempts >= CALL_DAYS:
                _end(message, State.FAILED, outcome, by, at)
                _card_instead(message, at)
            else:
                tomorrow = local_day(at) + timedelta(days=1)
                message.outcome = outcome
                message.next_try_at = at_local(tomorrow, time())
                message.save(update_fields=["attempts", "outcome", "next_try_at"])
    journal.record(
        events.CallMade(
            subject=message.subject,
            organisation=message.organisation.key,
            message=str(message.public_id),
            outcome=outcome,
        ),
        by=by,
        at=at,
    )
    return message


@transaction.atomic
def cancel(
    *, subject: str, at: datetime, templates: Iterable[Template] | None = None
) -> int:
    """Withdraw what has not been said yet and is no longer true."""
    waiting = Message.objects.queued().filter(subject=subject)
    if templates is not None:
        waiting = waiting.filter(template__in=list(templates))
    rows = waiting.select_for_update(skip_locked=True).values_list("pk", flat=True)
    return Message.objects.filter(pk__in=list(rows)).update(
        state=State.CANCELLED, done_at=at
    )


def _can_be_mailed(address: str) -> bool:
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def _open(message_id: int) -> Message:
    message = (
        Message.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=message_id, channel__in=BY_HAND)
    )
    if message.state != State.QUEUED:
        raise MessageClosed
    return message


def _end(
    message: Message, state: State, outcome: Outcome, by: Actor, at: datetime
) -> None:
    message.state, message.outcome = state, outcome
    message.done_at, message.done_by = at, by.id
    message.save(update_fields=["state", "outcome", "attempts", "done_at", "done_by"])


def _card_instead(call: Message, at: datetime) -> None:
    if call.village or call.place:
        queue(
            channel=Channel.CARD,
            template=call.template,
            subject=call.subject,
            organisation=call.organisation,
            params=call.params,
            person=call.person,
            language=call.language,
            place=call.place,
            village=call.village,
            at=at,
            key=f"card:{call.public_id}",
        )
