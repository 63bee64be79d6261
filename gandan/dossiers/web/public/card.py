"""The follow page's card: what I must do now, or that there is nothing to do."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import ENDED, State
from gandan.dossiers.web import presenting, wording
from gandan.kernel.localtime import local_day
from gandan.places.models import Organisation
from gandan.ui import words


@dataclass(frozen=True, slots=True)
class Now:
    kind: str
    what: str
    by: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    state: str  # done, current, next
    name: str
    who: str = ""
    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    what: str
    at: datetime | None = None
    day: date | None = None
    who: str = ""
    detail: str = ""


def _at(desk: Organisation | None) -> str:
    return desk.name if desk else str(_("the service desk"))


def now_of(dossier: Dossier, today: date) -> Now:
    """One sentence, by when, and the papers it names."""
    state = State(dossier.state)
    desk = _at(dossier.received_by)
    match state:
        case State.SENT_BACK | State.SUPPLEMENT:
            request = dossier.supplement_requests.order_by("-number").first()
            papers = tuple(p["name"] for p in request.wanted) if request else ()
            by = ""
            if request and request.bring_by:
                by = _("Before %(day)s") % {"day": words.day(request.bring_by)}
            return Now(
                "you", _("Bring these papers to %(desk)s") % {"desk": desk}, by, papers
            )
        case State.PAYMENT:
            what = _("Pay what the notice says, and show the receipt at %(desk)s")
            return Now("you", what % {"desk": desk})
        case State.DONE | State.REFUSED:
            what = _("Come to %(desk)s with your slip to fetch the result")
            return Now("you", what % {"desk": desk})
        case State.REJECTED:
            return Now("ended", _("The dossier was not accepted."))
        case State.STOPPED:
            return Now("ended", _("The dossier was stopped. Fetch your papers."))
        case State.RETURNED:
            return Now("ended", _("The result was handed over."))
        case State.WITHDRAWAL_ASKED:
            return Now("paused", _("You asked to withdraw; the desk will answer."))
        case State.SUBMITTED:
            return Now(
                "ok", _("Nothing to do today. The desk is checking your papers.")
            )
    if dossier.due_on is not None and dossier.due_on < today:
        what = _("Nothing to do for you. We are late, and we are sorry.")
        return Now("late", what)
    return Now("ok", _("Nothing to do today"))


def steps_of(dossier: Dossier) -> list[Step]:
    """The way of the dossier and who has it; the officer's name where the law asks."""
    state = State(dossier.state)
    steps = []
    if dossier.submitted_at:
        steps.append(
            Step("done", _("Filed online"), day=local_day(dossier.submitted_at))
        )
    if dossier.received_at is None:
        if state is State.REJECTED:
            return [*steps, Step("current", str(wording.PUBLIC_STATE[state]))]
        return [*steps, Step("current", _("Reception"), who=_at(dossier.received_by))]
    steps.append(
        Step(
            "done",
            _("Received"),
            who=_at(dossier.received_by),
            day=local_day(dossier.received_at),
        )
    )
    ended = state in ENDED
    office = dossier.office.name if dossier.office else dossier.competent.name
    if dossier.officer is not None:
        office = f"{office} · {dossier.officer.full_name}"
    note = ""
    pause = next((p for p in dossier.pauses.all() if p.ends_on is None), None)
    if pause is not None and pause.limit_on:
        note = _("Waiting for %(whose)s, whose limit is %(day)s") % {
            "whose": presenting.whose(pause.owner),
            "day": words.plain_day(pause.limit_on),
        }
    elif pause is not None:
        note = _("Waiting for %(whose)s") % {"whose": presenting.whose(pause.owner)}
    steps.append(
        Step("done" if ended else "current", _("Processing"), who=office, note=note)
    )
    if state is State.STOPPED:
        return [*steps, Step("done", _("Stopped"), day=dossier.ended_on)]
    steps.append(
        Step(
            "done" if ended else "next",
            _("Result"),
            who=dossier.competent.name,
            day=dossier.ended_on,
        )
    )
    handed = state is State.RETURNED
    steps.append(
        Step(
            "done" if handed else "current" if ended else "next",
            _("Handing over"),
            who=_at(dossier.received_by),
            day=dossier.returned_on,
        )
    )
    return steps


def moments_of(dossier: Dossier) -> list[Moment]:
    """What happened, newest first: no name of any person."""
    moments = []
    if dossier.submitted_at:
        moments.append(Moment(_("Filed online"), at=dossier.submitted_at))
    if dossier.received_at:
        detail = (
            _("Promised for %(day)s") % {"day": words.day(dossier.promised_on)}
            if dossier.promised_on
            else ""
        )
        moments.append(
            Moment(
                _("Received"),
                at=dossier.received_at,
                detail=detail,
                who=_at(dossier.received_by),
            )
        )
    for request in dossier.supplement_requests.all():
        names = "; ".join(paper["name"] for paper in request.wanted)
        moments.append(Moment(_("Papers asked"), at=request.asked_at, detail=names))
        if request.answered_at:
            moments.append(Moment(_("Papers complete"), at=request.answered_at))
    for apology in dossier.apologies.all():
        detail = _("New date %(day)s: %(reason)s") % {
            "day": words.day(apology.to_on),
            "reason": apology.reason,
        }
        moments.append(Moment(_("Apology"), at=apology.made_at, detail=detail))
    for nudge in dossier.nudges.all():
        moments.append(Moment(_("You asked where it is"), at=nudge.at))
        if nudge.answered_at:
            moments.append(Moment(_("The desk answered you"), at=nudge.answered_at))
    if dossier.ended_at:
        outcome = wording.OUTCOME.get(dossier.outcome, "")
        moments.append(
            Moment(str(outcome), at=dossier.ended_at, detail=dossier.outcome_reason)
        )
    if dossier.returned_at:
        moments.append(Moment(_("Handed over"), at=dossier.returned_at))
    return sorted(moments, key=lambda moment: str(moment.at), reverse=True)


def days_in_all(dossier: Dossier, today: date) -> int:
    """Elapsed days, waits included: it stands beside «on time»."""
    if dossier.received_at is None:
        return 0
    return ((dossier.ended_on or today) - local_day(dossier.received_at)).days
