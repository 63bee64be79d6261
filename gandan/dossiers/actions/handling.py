"""Inside the house: steps, opinions, time the law leaves out, payment, re-routing."""

from datetime import date, datetime

from django.db import transaction

from gandan.dossiers import events
from gandan.dossiers.actions import course
from gandan.dossiers.actions.opening import organisation_words
from gandan.dossiers.models import Chase, Dossier, Opinion, Pause, StepRun
from gandan.dossiers.offices import office_for
from gandan.dossiers.rules.moves import Record, State, Verb
from gandan.dossiers.telling import tell
from gandan.kernel.actors import SYSTEM, Actor, Role
from gandan.kernel.localtime import local_day
from gandan.ledger import entries
from gandan.places import queries as places
from gandan.places.models import Organisation

PAYMENT = "payment"


def _run(
    dossier: Dossier,
    *,
    key: str,
    name: str,
    role: str,
    office: Organisation | None,
    at: datetime,
    officer: int | None = None,
    outside: bool = False,
    due_on: date | None = None,
) -> StepRun:
    """End the step that runs, and begin the next: a line of the control slip."""
    before = list(dossier.runs.values_list("ordinal", "ended_at"))
    if any(ended is None for _ordinal, ended in before):
        dossier.runs.filter(ended_at__isnull=True).update(ended_at=at)
    last = max((ordinal for ordinal, _ended in before), default=0)
    return StepRun.objects.create(
        dossier=dossier,
        ordinal=last + 1,
        key=key,
        name=name,
        role=role,
        office=office,
        officer_id=officer,
        outside=outside,
        started_at=at,
        due_on=due_on,
    )


@transaction.atomic
def take_up(
    *, dossier_id: int, by: Actor, at: datetime, version: int | None = None
) -> Dossier:
    """A specialist takes the dossier: it has an officer from now on."""
    dossier = course.moved(dossier_id, Verb.TAKE_UP, by, version=version)
    dossier.officer_id = by.user_id
    _run(
        dossier,
        key="examine",
        name="",
        role=Role.SPECIALIST,
        office=dossier.office,
        officer=by.user_id,
        at=at,
        due_on=dossier.due_on,
    )
    office = dossier.office.key if dossier.office else dossier.competent.key
    fact = events.TakenUp(*course.happened(dossier), office=office)
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "taken_up", at=at)
    return dossier


@transaction.atomic
def pass_on(
    *,
    dossier_id: int,
    step: str,
    by: Actor,
    at: datetime,
    name: str = "",
    office: Organisation | None = None,
    outside: bool = False,
    role: str = Role.SPECIALIST,
    due_on: date | None = None,
    note: str = "",
    version: int | None = None,
) -> Dossier:
    """Hand the dossier to the next step: to the signatory, a colleague, a body outside.

    An outside step alone stops no clock: it counts unless a left-out interval is
    opened with its paper.
    """
    dossier = course.moved(dossier_id, Verb.PASS_ON, by, version=version)
    place = office or (dossier.competent if role == Role.SIGNATORY else dossier.office)
    here = dossier.runs.filter(
        ended_at__isnull=True, key=step, role=role, office=place, outside=outside
    )
    course.refuse_if(here.exists(), Verb.PASS_ON, dossier, "same_step")
    if note:
        dossier.runs.filter(ended_at__isnull=True).update(note=note)
    _run(
        dossier,
        key=step,
        name=name,
        role=role,
        office=place,
        outside=outside,
        officer=dossier.officer_id if role == Role.SPECIALIST and not outside else None,
        at=at,
        due_on=due_on or dossier.due_on,
    )
    fact = events.PassedOn(
        *course.happened(dossier), step=step, office=place.key if place else ""
    )
    course.settle(dossier, fact, by=by, at=at)
    return dossier


@transaction.atomic
def ask_opinion(
    *,
    dossier_id: int,
    of: Organisation,
    question: str,
    answer_by: date,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Opinion:
    """Ask another body; the clock runs on (Decree 61/2018 art. 19.5)."""
    dossier = course.moved(dossier_id, Verb.ASK_OPINION, by, version=version)
    opinion = Opinion.objects.create(
        dossier=dossier,
        asked_of=of,
        question=question,
        asked_at=at,
        asked_by=by.id,
        answer_by=answer_by,
    )
    fact = events.OpinionAsked(
        *course.happened(dossier), of=of.key, answer_by=answer_by
    )
    course.settle(dossier, fact, by=by, at=at)
    return opinion


@transaction.atomic
def answer_opinion(
    *, dossier_id: int, opinion_id: int, answer: str, by: Actor, at: datetime
) -> Dossier:
    """Keep the answer of the body asked; answering twice is refused."""
    dossier = course.moved(dossier_id, Verb.ANSWER_OPINION, by)
    opinion = dossier.opinions.select_related("asked_of").get(pk=opinion_id)
    course.refuse_if(
        opinion.answered_at is not None, Verb.ANSWER_OPINION, dossier, "answered"
    )
    opinion.answer, opinion.answered_at = answer, at
    opinion.save(update_fields=["answer", "answered_at"])
    fact = events.OpinionAnswered(*course.happened(dossier), of=opinion.asked_of.key)
    course.settle(dossier, fact, by=by, at=at)
    return dossier


@transaction.atomic
def chase(
    *,
    dossier_id: int,
    whom: str,
    means: str,
    note: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Dossier:
    """Remind a body outside, by letter or by call."""
    dossier = course.moved(dossier_id, Verb.CHASE, by, version=version)
    Chase.objects.create(
        dossier=dossier, whom=whom, means=means, note=note, at=at, by=by.id
    )
    fact = events.Chased(*course.happened(dossier), means=means)
    course.settle(dossier, fact, by=by, at=at)
    return dossier


@transaction.atomic
def open_left_out(
    *,
    dossier_id: int,
    kind: str,
    owner: str,
    paper: str,
    by: Actor,
    at: datetime,
    limit_on: date | None = None,
    version: int | None = None,
) -> Dossier:
    """Begin time the law leaves out: an act with its paper; without it, it counts."""
    dossier = course.moved(dossier_id, Verb.OPEN_LEFT_OUT, by, version=version)
    _open_pause(dossier, Verb.OPEN_LEFT_OUT, kind, owner, paper, limit_on, by, at)
    fact = events.LeftOutOpened(
        *course.happened(dossier), reason=kind, starts=local_day(at)
    )
    course.settle(dossier, fact, by=by, at=at)
    return dossier


def _open_pause(
    dossier: Dossier,
    verb: Verb,
    kind: str,
    owner: str,
    paper: str,
    limit_on: date | None,
    by: Actor,
    at: datetime,
) -> None:
    course.refuse_if(not paper.strip(), verb, dossier, "needs_paper")
    allowed = {row.kind for row in dossier.procedure.left_out()}
    course.refuse_if(kind not in allowed, verb, dossier, "not_left_out_by_law")
    running = dossier.pauses.filter(kind=kind, ends_on__isnull=True).exists()
    course.refuse_if(running, verb, dossier, "open_already")
    pause = Pause(
        dossier=dossier,
        kind=kind,
        owner=owner,
        starts_on=local_day(at),
        limit_on=limit_on,
        opening_paper=paper,
        opened_at=at,
        opened_by=by.id,
    )
    course.interrupt(dossier, pause)


def _close_pause(
    dossier: Dossier, verb: Verb, kind: str, paper: str, by: Actor, at: datetime
) -> int:
    pause = dossier.pauses.filter(kind=kind, ends_on__isnull=True).first()
    course.refuse_if(pause is None, verb, dossier, "not_open")
    assert pause is not None
    pause.ends_on, pause.closing_paper = local_day(at), paper
    pause.closed_at, pause.closed_by = at, by.id
    pause.save()
    course.refresh(dossier)
    return (pause.ends_on - pause.starts_on).days


@transaction.atomic
def close_left_out(
    *,
    dossier_id: int,
    kind: str,
    paper: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Dossier:
    """End it with the paper that came back; the day it came counts again."""
    verb = Verb.CLOSE_LEFT_OUT
    dossier = course.moved(dossier_id, verb, by, version=version)
    course.refuse_if(not paper.strip(), verb, dossier, "needs_paper")
    days = _close_pause(dossier, verb, kind, paper, by, at)
    _say_moved_date(dossier, at=at)
    fact = events.LeftOutClosed(
        *course.happened(dossier), reason=kind, days=days, due=dossier.due_on
    )
    course.settle(dossier, fact, by=by, at=at)
    return dossier


def _say_moved_date(dossier: Dossier, *, at: datetime) -> None:
    """Another date than the ledger knows is an `extend` there (LEDGER §2), and news."""
    known = entries.last_due(dossier.ledger_id)
    if dossier.due_on is not None and dossier.due_on != known:
        course.append_record(dossier, Record.EXTEND, at=at)
        tell(dossier, "date_moved", at=at)


@transaction.atomic
def ask_payment(
    *,
    dossier_id: int,
    paper: str,
    by: Actor,
    at: datetime,
    amount_vnd: int | None = None,
    limit_on: date | None = None,
    version: int | None = None,
) -> Dossier:
    """Notify what is to be paid; the wait counts unless the procedure leaves it out."""
    verb = Verb.ASK_PAYMENT
    dossier = course.moved(dossier_id, verb, by, version=version)
    course.refuse_if(not paper.strip(), verb, dossier, "needs_paper")
    if PAYMENT in {row.kind for row in dossier.procedure.left_out()}:
        _open_pause(dossier, verb, PAYMENT, "applicant", paper, limit_on, by, at)
    if amount_vnd is not None:
        dossier.fee_vnd, dossier.paid = amount_vnd, "none"
    fact = events.LeftOutOpened(
        *course.happened(dossier), reason=PAYMENT, starts=local_day(at)
    )
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "payment_asked", at=at)
    return dossier


@transaction.atomic
def take_payment(
    *,
    dossier_id: int,
    paper: str,
    paid: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Dossier:
    """Paid, by the receipt shown: processing goes on."""
    verb = Verb.TAKE_PAYMENT
    dossier = course.moved(dossier_id, verb, by, version=version)
    course.refuse_if(not paper.strip(), verb, dossier, "needs_paper")
    days = 0
    if dossier.pauses.filter(kind=PAYMENT, ends_on__isnull=True).exists():
        days = _close_pause(dossier, verb, PAYMENT, paper, by, at)
        _say_moved_date(dossier, at=at)
    dossier.paid = paid
    fact = events.LeftOutClosed(
        *course.happened(dossier), reason=PAYMENT, days=days, due=dossier.due_on
    )
    course.settle(dossier, fact, by=by, at=at)
    return dossier


@transaction.atomic
def reroute(
    *,
    dossier_id: int,
    to: Organisation,
    reason: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> Dossier:
    """Another body is competent: the same dossier, the same clock, never counted
    again; its public records stay with the first unit."""
    dossier = course.moved(dossier_id, Verb.REROUTE, by, version=version)
    course.refuse_if(
        to.pk == dossier.competent_id, Verb.REROUTE, dossier, "same_office"
    )
    course.refuse_if(not reason.strip(), Verb.REROUTE, dossier, "reason_is_empty")
    before = dossier.competent.key
    dossier.runs.filter(ended_at__isnull=True).update(ended_at=at, note=reason[:400])
    dossier.competent, dossier.officer = to, None
    dossier.office = office_for(to, dossier.field, local_day(at))
    dossier.reroutings += 1
    kept = [word for word in dossier.words if not word.startswith("#")]
    dossier.words = kept + organisation_words(dossier)
    fact = events.Rerouted(*course.happened(dossier), before=before)
    course.settle(dossier, fact, by=by, at=at)
    tell(dossier, "rerouted", at=at)
    return dossier


@transaction.atomic
def take_over(
    *, dossier_id: int, to: Organisation, because: str, at: datetime
) -> Dossier:
    """The competent body has ended, and `to` has its open work by law or decision.

    No move of an officer: the state and the clock stay, the officer is free again.
    """
    dossier = Dossier.objects.locked(dossier_id)
    before = dossier.competent.key
    dossier.runs.filter(ended_at__isnull=True).update(ended_at=at, note=because[:400])
    dossier.competent, dossier.officer = to, None
    dossier.office = office_for(to, dossier.field, local_day(at))
    dossier.received_by = places.desk_of(to, local_day(at)) or dossier.received_by
    kept = [word for word in dossier.words if not word.startswith("#")]
    dossier.words = kept + organisation_words(dossier)
    fact = events.Rerouted(*course.happened(dossier), before=before)
    course.settle(dossier, fact, by=SYSTEM, at=at)
    tell(dossier, "rerouted", at=at)
    return dossier


@transaction.atomic
def reread(*, dossier_id: int, because: str, at: datetime, by: Actor = SYSTEM) -> bool:
    """A decree changed the calendar: read the clock again, with an event if it moved.

    The promise printed on the slip stays beside the new reading.
    """
    dossier = Dossier.objects.locked(dossier_id)
    if State(dossier.state) not in {State.RECEIVED, State.PROCESSING, State.PAYMENT}:
        return False
    before, provisional = dossier.due_on, dossier.provisional
    course.refresh(dossier)
    if (dossier.due_on, dossier.provisional) == (before, provisional):
        return False
    if dossier.due_on is not None and dossier.due_on != before:
        course.append_record(dossier, Record.EXTEND, at=at)
        tell(dossier, "date_moved", at=at)
    fact = events.ClockReread(
        *course.happened(dossier), before=before, due=dossier.due_on, because=because
    )
    course.settle(dossier, fact, by=by, at=at)
    return True
