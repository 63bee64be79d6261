"""The loop that empties the outbox: claim one row, hand it over, mark it.

At least once: a worker that dies between handing over and marking leaves a row whose
next try lies a few minutes ahead, and the message goes out again under the same
Message-ID or reference. Nothing is lost, and a repeat can be told from a new one.
"""

import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from gandan.kernel.actors import SYSTEM
from gandan.ledger import journal
from gandan.notices import events
from gandan.notices.gateways import Refused, Unreachable, sms_gateway
from gandan.notices.models import Channel, Message, State
from gandan.notices.wording import render

TRIES = 8
FIRST_WAIT = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Sent:
    """What one pass did."""

    sent: int = 0
    later: int = 0
    failed: int = 0


def wait_after(attempt: int) -> timedelta:
    """5, 10, 20 minutes … six hours; it is also how long a claim holds."""
    return min(FIRST_WAIT * (1 << (attempt - 1)), LONGEST_WAIT)


def send_due(*, at: datetime, limit: int = 200) -> Sent:
    """Hand over what is due. Several workers may run it at once."""
    sent = later = failed = 0
    mail = _Mail()
    try:
        for _turn in range(limit):
            message = _claim(at)
            if message is None:
                break
            if message.state == State.FAILED:
                failed += 1
                continue
            try:
                _hand_over(message, mail)
            except Refused as refusal:
                _give_up(message, refusal.code, at)
                failed += 1
            except Unreachable as trouble:
                if message.attempts >= TRIES:
                    _give_up(message, trouble.code, at)
                    failed += 1
                else:
                    Message.objects.filter(pk=message.pk).update(error=trouble.code)
                    later += 1
            else:
                # Also when it was withdrawn meanwhile: it has gone out.
                Message.objects.filter(pk=message.pk).update(
                    state=State.SENT, done_at=at, error=""
                )
                sent += 1
    finally:
        mail.close()
    return Sent(sent, later, failed)


@transaction.atomic
def _claim(at: datetime) -> Message | None:
    """Lock one row for a moment and move its next try ahead: that is the claim."""
    message = (
        Message.objects.due(at)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("organisation")
        .order_by("next_try_at", "id")
        .first()
    )
    if message is None:
        return None
    if message.attempts >= TRIES:  # every worker that tried it died
        _give_up(message, message.error or "lost_on_the_way", at)
        return message
    message.attempts += 1
    message.claimed_at = at
    message.next_try_at = at + wait_after(message.attempts)
    message.save(update_fields=["attempts", "claimed_at", "next_try_at"])
    return message


@transaction.atomic
def _give_up(message: Message, code: str, at: datetime) -> None:
    message.state, message.error, message.done_at = State.FAILED, code, at
    message.save(update_fields=["state", "error", "done_at"])
    journal.record(
        events.MessageGivenUp(
            subject=message.subject,
            organisation=message.organisation.key,
            message=str(message.public_id),
            error=code,
        ),
        by=SYSTEM,
        at=at,
    )


def _hand_over(message: Message, mail: "_Mail") -> None:
    written = render(message)
    if message.channel == Channel.SMS:
        sms_gateway().send(
            to=message.to_address,
            text=written.body,
            reference=str(message.public_id),
        )
        return
    domain = settings.DEFAULT_FROM_EMAIL.rsplit("@", 1)[-1].rstrip(">")
    mail.send(
        EmailMessage(
            subject=written.subject,
            body=written.body,
            to=[message.to_address],
            headers={
                "Message-ID": f"<{message.public_id}@{domain}>",
                "Auto-Submitted": "auto-generated",
                "Content-Language": message.language,
            },
        )
    )


class _Mail:
    """One connection for a whole pass, opened with the first letter."""

    def __init__(self) -> None:
        self._connection: BaseEmailBackend | None = None

    def send(self, letter: EmailMessage) -> None:
        try:
            if self._connection is None:
                connection: BaseEmailBackend = get_connection()
                connection.open()
                self._connection = connection
            self._connection.send_messages([letter])
        except smtplib.SMTPRecipientsRefused as refusal:
            codes = [code for code, _reply in refusal.recipients.values()]
            self.close()
            if all(code >= 500 for code in codes):
                raise Refused("recipient_refused") from None
            raise Unreachable("recipient_later") from None
        except smtplib.SMTPResponseException as refusal:
            self.close()
            if isinstance(refusal, smtplib.SMTPDataError) and refusal.smtp_code >= 500:
                raise Refused("content_refused") from None
            raise Unreachable("server_refused") from None
        except (smtplib.SMTPException, OSError):
            self.close()
            raise Unreachable("no_connection") from None

    def close(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()
