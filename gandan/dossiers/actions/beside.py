"""Beside the course of a dossier: guided visits, nudges, ratings."""

import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction

from gandan.dossiers import access, events
from gandan.dossiers.actions import course, owed
from gandan.dossiers.models import Dossier, Nudge, Rating, RatingBox, Visit
from gandan.dossiers.rules.moves import By, State
from gandan.dossiers.telling import tell
from gandan.duties import actions as duties
from gandan.kernel.actors import Actor, Role
from gandan.kernel.localtime import local_day
from gandan.ledger import journal
from gandan.places.models import Organisation
from gandan.procedures.models import ProcedureVersion

SCORES = range(1, 6)
# Rows of «Việc của tôi» that no verb of the dossier touches: a question stays owed
# when the dossier moves on.
NUDGES = "dossiers.nudges"


class NotNow(Exception):
    """`why` is a stable code: not_late, nudged_today, too_early, rated_already."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@transaction.atomic
def guide_visit(
    *,
    desk: Organisation,
    procedure: ProcedureVersion,
    missing: list[dict[str, str]],
    by: Actor,
    at: datetime,
    person: str = "",
    telephone: str = "",
    village: str = "",
) -> Visit:
    """Count somebody who leaves without a slip, with the list of what is missing."""
    if not (by.has(Role.COUNTER, desk.pk) or by.has(Role.HEAD_ONE_STOP, desk.pk)):
        raise PermissionError("only the desk itself writes its visits")
    assert by.user_id is not None
    visit = Visit.objects.create(
        public_id=uuid.uuid4(),
        desk=desk,
        at=at,
        day=local_day(at),
        procedure_code=procedure.code,
        procedure_name=(procedure.everyday_name or procedure.name)[:200],
        missing=missing,
        person=person,
        telephone=telephone,
        village=village,
        officer_id=by.user_id,
    )
    journal.record(
        events.VisitGuided(
            subject=str(visit.public_id),
            organisation=desk.key,
            procedure=procedure.code,
            papers=len(missing),
        ),
        by=by,
        at=at,
    )
    return visit


@transaction.atomic
def nudge(*, dossier_id: int, by: Actor, at: datetime) -> Nudge:
    """The applicant of a late dossier asks where it is: counted, once a day, and owed
    an answer by the head of the desk."""
    dossier = Dossier.objects.locked(dossier_id)
    day = local_day(at)
    running = State(dossier.state) in {State.RECEIVED, State.PROCESSING}
    if not running or dossier.due_on is None or dossier.due_on >= day:
        raise NotNow("not_late")
    if dossier.nudges.filter(day=day).exists():
        raise NotNow("nudged_today")
    first = dossier.nudges.filter(answered_at__isnull=True).order_by("day").first()
    row = Nudge.objects.create(dossier=dossier, at=at, day=day)
    journal.record(events.Nudged(*course.happened(dossier)), by=by, at=at)
    reply = owed.answer(dossier, asked_on=first.day if first else day)
    duties.set_duties(room=NUDGES, subject=str(dossier.public_id), owed=[reply], at=at)
    return row


@transaction.atomic
def answer_nudge(*, dossier_id: int, answer: str, by: Actor, at: datetime) -> int:
    """What whoever asked is told, on the follow page and by letter or call; how many
    questions that answers."""
    dossier = Dossier.objects.locked(dossier_id)
    if By.HEAD not in access.parts_of(by, dossier):
        raise PermissionError("only the head of the desk answers")
    waiting = dossier.nudges.filter(answered_at__isnull=True)
    closed = waiting.update(answered_at=at, answer=answer)
    if closed:
        duties.clear(room=NUDGES, subject=str(dossier.public_id), at=at)
        journal.record(events.NudgeAnswered(*course.happened(dossier)), by=by, at=at)
        tell(dossier, "nudge_answered", at=at)
    return closed


@transaction.atomic
def rate(*, dossier_id: int, score: int, means: str, by: Actor, at: datetime) -> Rating:
    """From the day after hand-over, once; never on the officer's screen."""
    dossier = Dossier.objects.locked(dossier_id)
    if dossier.returned_on is None:
        raise NotNow("too_early")
    if local_day(at) < dossier.returned_on + timedelta(days=1):
        raise NotNow("too_early")
    if Rating.objects.filter(dossier=dossier).exists():
        raise NotNow("rated_already")
    rating = Rating.objects.create(dossier=dossier, score=score, means=means, at=at)
    journal.record(events.Rated(*course.happened(dossier), means=means), by=by, at=at)
    return rating


@transaction.atomic
def count_ballots(
    *,
    desk: Organisation,
    means: str,
    counts: Mapping[int, int],
    by: Actor,
    at: datetime,
) -> int:
    """Today's ballots of the paper box, or answers in calls, by score; how many.

    Counting again replaces today's numbers, so that a mistake can be mended; another
    day is closed. Only the head of the desk counts.
    """
    if not by.has(Role.HEAD_ONE_STOP, desk.pk):
        raise PermissionError("only the head of the desk counts its ballots")
    RatingBox.objects.bulk_create(
        [
            RatingBox(
                desk=desk,
                day=local_day(at),
                means=means,
                score=score,
                count=counts.get(score, 0),
            )
            for score in SCORES
        ],
        update_conflicts=True,
        unique_fields=["desk", "day", "means", "score"],
        update_fields=["count"],
    )
    ballots = sum(counts.get(score, 0) for score in SCORES)
    fact = events.BallotsCounted(
        subject=desk.key, organisation=desk.key, means=means, ballots=ballots
    )
    journal.record(fact, by=by, at=at)
    return ballots
