"""Ending a dossier: result, refusal, withdrawal, stop; and handing it over."""

import hmac
from datetime import datetime

from django.db import transaction

from gandan.dossiers import events
from gandan.dossiers.actions import course
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import State, Verb
from gandan.dossiers.telling import tell
from gandan.kernel import clock
from gandan.kernel.actors import Actor
from gandan.kernel.canonical import token_hash
from gandan.kernel.localtime import local_day


def _end(
    dossier: Dossier,
    outcome: str,
    message: str,
    *,
    by: Actor,
    at: datetime,
    token: str = "",
) -> Dossier:
    """What every ending does: stop intervals and steps, judge by date, tell."""
    assert dossier.received_at is not None
    day = local_day(at)
    pauses = list(dossier.pauses.all())
    for pause in pauses:
        if pause.ends_on is None:
            pause.ends_on = max(day, pause.starts_on)
            pause.closed_at, pause.closed_by = at, by.id
            pause.save()
    due = dossier.due_on
    course.refresh(dossier, pauses)
    # The ending is judged by the reading in force; a stopped clock had none.
    dossier.due_on = due or dossier.due_on
    dossier.runs.filter(ended_at__isnull=True).update(ended_at=at)
    dossier.outcome = outcome
    dossier.ended_at, dossier.ended_on = at, day
    course.write_closed(dossier, outcome, at=at, token=token)
    fact = events.Ended(
        *course.happened(dossier),
        outcome=outcome,
        due=dossier.due_on,
        ended=day,
        judged=clock.judge(dossier.due_on, day) if dossier.due_on else "",
        days=(day - local_day(dossier.received_at)).days,
        left_out=dossier.left_out_days,
    )
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, message, at=at)
    return dossier


@transaction.atomic
def decide(
    *,
    dossier_id: int,
    by: Actor,
    at: datetime,
    electronic: bool = False,
    version: int | None = None,
) -> Dossier:
    """The result is signed and ready to be handed over; late or not, it goes out."""
    dossier = course.moved(dossier_id, Verb.DECIDE, by, version=version)
    dossier.signed_by_id = by.user_id
    dossier.result_electronic = electronic
    return _end(dossier, "result", "result_ready", by=by, at=at)


@transaction.atomic
def refuse(
    *, dossier_id: int, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Dossier:
    """Not eligible: a written refusal with its reason, within the normal limit."""
    dossier = course.moved(dossier_id, Verb.REFUSE, by, version=version)
    course.refuse_if(not reason.strip(), Verb.REFUSE, dossier, "reason_is_empty")
    dossier.signed_by_id = by.user_id
    dossier.outcome_reason = reason
    return _end(dossier, "refused", "refused", by=by, at=at)


@transaction.atomic
def ask_withdrawal(
    *,
    dossier_id: int,
    by: Actor,
    at: datetime,
    token: str = "",
    reason: str = "",
    version: int | None = None,
) -> Dossier:
    """The applicant wants the dossier back. With the strip's token T the public record
    can later say `withdrawn`; a wrong token is refused, none is allowed.

    The clock runs on until the withdrawal is granted.
    """
    verb = Verb.ASK_WITHDRAWAL
    before = Dossier.objects.locked(dossier_id).state
    dossier = course.moved(dossier_id, verb, by, version=version)
    dossier.state_before = before
    if token:
        stored = bytes(dossier.token_digest or b"")
        good = token.isascii() and hmac.compare_digest(token_hash(token), stored)
        course.refuse_if(not good, verb, dossier, "wrong_token")
        dossier.withdrawal_token = token
    dossier.outcome_reason = reason
    fact = events.WithdrawalAsked(*course.happened(dossier), by_token=bool(token))
    course.settle(dossier, fact, by=by, at=at)
    return dossier


@transaction.atomic
def keep(
    *, dossier_id: int, by: Actor, at: datetime, version: int | None = None
) -> Dossier:
    """The applicant changed their mind: the dossier goes on where it stood."""
    dossier = course.moved(dossier_id, Verb.KEEP, by, version=version)
    dossier.state_before = ""
    dossier.withdrawal_token = ""
    dossier.outcome_reason = ""
    fact = events.Kept(*course.happened(dossier))
    course.settle(dossier, fact, by=by, at=at)
    return dossier


@transaction.atomic
def grant_withdrawal(
    *, dossier_id: int, by: Actor, at: datetime, version: int | None = None
) -> Dossier:
    """Give the papers back and stop (form 05). Filed online and never received, it
    ends without an entry: no clock ever ran."""
    dossier = course.moved(dossier_id, Verb.GRANT_WITHDRAWAL, by, version=version)
    if dossier.received_at is None:
        dossier.state = State.REJECTED.value
        dossier.outcome = "withdrawn"
        fact = events.Rejected(*course.happened(dossier))
        course.settle(dossier, fact, by=by, at=at)
        return dossier
    token = dossier.withdrawal_token
    dossier.withdrawal_token = ""
    return _end(dossier, "withdrawn", "stopped", by=by, at=at, token=token)


@transaction.atomic
def stop(
    *, dossier_id: int, reason: str, by: Actor, at: datetime, version: int | None = None
) -> Dossier:
    """Stop processing with its reason (form 05)."""
    dossier = course.moved(dossier_id, Verb.STOP, by, version=version)
    course.refuse_if(not reason.strip(), Verb.STOP, dossier, "reason_is_empty")
    dossier.signed_by_id = by.user_id
    dossier.outcome_reason = reason
    return _end(dossier, "stopped", "stopped", by=by, at=at)


@transaction.atomic
def hand_over(
    *,
    dossier_id: int,
    by: Actor,
    at: datetime,
    means: str = "counter",
    version: int | None = None,
) -> Dossier:
    """Result and originals go to their owner: at the counter, by post, online."""
    dossier = course.moved(dossier_id, Verb.HAND_OVER, by, version=version)
    dossier.returned_at, dossier.returned_on = at, local_day(at)
    fact = events.HandedOver(*course.happened(dossier), means=means)
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "handed_over", at=at)
    return dossier
