"""The follow page's card: what I must do now, or that there is nothing to do.

Nothing here names the applicant, an address or a plot of land. Of a protected procedure
neither its name nor its papers, steps and basis are told: they would say it too.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from gandan.dossiers import access, events, usual
from gandan.dossiers.actions import course
from gandan.dossiers.models import Dossier, Supplement
from gandan.dossiers.rules.moves import ENDED, State
from gandan.dossiers.web import presenting, wording
from gandan.dossiers.web.public.quiet import Quiet
from gandan.kernel import clock, phrases
from gandan.kernel.localtime import local_day
from gandan.ledger.models import Event
from gandan.places.models import Organisation
from gandan.procedures.web import wording as procedures
from gandan.ui import words
from gandan.ui.reasons import Line


@dataclass(frozen=True, slots=True)
class Now:
    kind: str
    what: str
    by: str = ""
    papers: tuple[str, ...] = ()
    # The desk's address and telephone belong beside what sends a person there.
    to_desk: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    what: str
    at: datetime | None = None
    day: date | None = None
    who: str = ""
    detail: str = ""


def is_protected(dossier: Dossier) -> bool:
    return dossier.confidentiality == access.PROTECTED


def name_of(dossier: Dossier) -> procedures.Text:
    """What it is for, in everyday words; a protected one is a number only."""
    if is_protected(dossier):
        text = _("Dossier %(short)s") % {"short": dossier.short_code}
        return procedures.Text(text, procedures.language())
    return procedures.title(dossier.procedure)


def desk_name(desk: Organisation | None) -> str:
    return desk.name if desk else str(_("the service desk"))


def vietnamese(name: str) -> SafeString:
    """A name of this country, marked as such inside a page of another language."""
    if procedures.language() == "vi":
        return escape(name)
    return format_html('<span lang="vi">{}</span>', name)


def sentence(words_: str, **names: str) -> SafeString:
    """Our words around names that may carry their language."""
    told = {name: conditional_escape(value) for name, value in names.items()}
    return mark_safe(escape(words_) % told)


def telephone(dossier: Dossier) -> str:
    """Of the desk that received it; of the whole service where it has none."""
    desk = dossier.received_by
    own: str = desk.telephone if desk else ""
    return own or settings.SERVICE_TELEPHONE


def now_of(dossier: Dossier, today: date) -> Now:
    """One sentence, by when, and the papers it names."""
    state = State(dossier.state)
    desk = vietnamese(desk_name(dossier.received_by))
    what: str
    match state:
        case State.SENT_BACK:
            what = sentence(
                _("Complete your dossier from here, or at %(desk)s"), desk=desk
            )
            return _asked(dossier, what)
        case State.SUPPLEMENT:
            what = sentence(_("Bring these papers to %(desk)s"), desk=desk)
            return _asked(dossier, what)
        case State.PAYMENT:
            what = _("Pay what the notice says, and show the receipt at %(desk)s")
            return Now("you", sentence(what, desk=desk), to_desk=True)
        case State.REFUSED:
            what = _("Come to %(desk)s with your slip to fetch the written answer")
            return Now("you", sentence(what, desk=desk), to_desk=True)
        case State.DONE:
            what = sentence(
                _("Come to %(desk)s with your slip to fetch the result"), desk=desk
            )
            return Now("you", what, to_desk=True)
        case State.REJECTED if dossier.outcome == "withdrawn":
            return Now("ended", _("You withdrew the dossier. Nothing is left to do."))
        case State.REJECTED:
            what = _("The dossier was not accepted. You may file it anew.")
            return Now("ended", what)
        case State.STOPPED:
            what = sentence(
                _("The dossier was stopped. Fetch your papers at %(desk)s"), desk=desk
            )
            return Now("ended", what, to_desk=True)
        case State.RETURNED:
            return Now("ended", _("The result was handed over. Nothing is left to do."))
        case State.WITHDRAWAL_ASKED:
            return Now("paused", _("You asked to withdraw; the desk will answer."))
        case State.SUBMITTED:
            what = _("Nothing to do today. The desk is checking your papers.")
            return Now("ok", what)
    if dossier.due_on is not None and dossier.due_on < today:
        what = _("Nothing to do for you. We are late, and we are sorry.")
        return Now("late", what)
    return Now("ok", _("Nothing to do today"))


def last_request(dossier: Dossier) -> Supplement | None:
    return max(dossier.supplement_requests.all(), key=lambda r: r.number, default=None)


def _asked(dossier: Dossier, what: str) -> Now:
    request, by = last_request(dossier), ""
    if request is None:
        return Now("you", what, to_desk=True)
    if request.bring_by:
        by = _("Before %(day)s") % {"day": words.day(request.bring_by)}
    if is_protected(dossier):
        papers: tuple[str, ...] = (_("The papers named in the request you were given"),)
    else:
        quiet = Quiet(dossier)
        papers = tuple(quiet(paper["name"]) for paper in request.wanted)
    return Now("you", what, by, papers, to_desk=True)


def tag_of(dossier: Dossier, today: date) -> words.Tag:
    """Of a running clock what officers read too; of an end, the public's own word."""
    tag, state = presenting.tag_of(dossier, today), State(dossier.state)
    if state is State.SUPPLEMENT and dossier.due_on is None:
        you = pgettext("for whom the clock waits", "you")
        return words.due_tag(due=None, today=today, waiting_for=you)
    if state not in ENDED:
        return tag
    return words.Tag(tag.kind, str(wording.PUBLIC_STATE[state]))


def usual_of(dossier: Dossier, today: date) -> str:
    """«Thường nhận sau 62 ngày…» while people wait, where enough of them did."""
    if State(dossier.state) in ENDED:
        return ""
    found = usual.usual_days(dossier.procedure_code, today)
    return words.usual_time(found.median, found.nine_in_ten) if found else ""


def why_of(dossier: Dossier) -> tuple[Line, ...]:
    """Why this date, without what officers wrote about anybody."""
    if not is_protected(dossier):
        quiet = Quiet(dossier)
        return tuple(map(quiet.line, presenting.why_lines(dossier)))
    reading = course.read(dossier)
    if reading is None:
        return ()
    lang = get_language() or phrases.DEFAULT_LANGUAGE
    headline, *_rest = phrases.explain(reading, lang)
    return (headline, phrases.rules_in_words(clock.RULES[dossier.rules_id], lang))


def moments_of(dossier: Dossier) -> list[Moment]:
    """What happened, newest first."""
    told = [*_filed(dossier), *_asked_and_moved(dossier), *_ended(dossier)]
    # At one and the same moment, what is told later came later.
    told.sort(key=lambda pair: pair[0])
    return [moment for _at, moment in reversed(told)]


_Told = tuple[datetime, Moment]


def _filed(dossier: Dossier) -> list[_Told]:
    told = []
    if at := dossier.submitted_at:
        told.append((at, Moment(_("Filed online"), at=at)))
    if at := dossier.received_at:
        detail = ""
        if dossier.promised_on:
            day = words.day(dossier.promised_on)
            detail = _("Promised for %(day)s") % {"day": day}
        who = vietnamese(desk_name(dossier.received_by))
        told.append((at, Moment(_("Received"), at=at, who=who, detail=detail)))
    return told


def _asked_and_moved(dossier: Dossier) -> list[_Told]:
    quiet, hidden = Quiet(dossier), is_protected(dossier)
    told = []
    for request in dossier.supplement_requests.all():
        names = "; ".join(quiet(paper["name"]) for paper in request.wanted)
        at, detail = request.asked_at, "" if hidden else names
        told.append((at, Moment(_("Papers asked"), at=at, detail=detail)))
        if done := request.answered_at:
            what = _("You sent the papers")
            if not request.before_reception:
                what = _("Papers complete")
            told.append((done, Moment(what, at=done)))
    for apology in dossier.apologies.all():
        day, reason = words.day(apology.to_on), quiet(apology.reason)
        detail = _("New date: %(day)s") % {"day": day}
        if not hidden:
            detail = _("New date %(day)s: %(reason)s") % {"day": day, "reason": reason}
        at = apology.made_at
        told.append((at, Moment(_("Apology"), at=at, detail=detail)))
    for nudge in dossier.nudges.all():
        told.append((nudge.at, Moment(_("You asked where it is"), at=nudge.at)))
        if done := nudge.answered_at:
            said = "" if hidden else quiet(nudge.answer)
            told.append(
                (done, Moment(_("The desk answered you"), at=done, detail=said))
            )
    return told


def _ended(dossier: Dossier) -> list[_Told]:
    reason = "" if is_protected(dossier) else Quiet(dossier)(dossier.outcome_reason)
    told = []
    if dossier.state == State.REJECTED and (at := _rejected_at(dossier)):
        what = str(wording.PUBLIC_STATE[State.REJECTED])
        if dossier.outcome == "withdrawn":
            what, reason = str(wording.OUTCOME["withdrawn"]), ""
        told.append((at, Moment(what, at=at, detail=reason)))
    if at := dossier.ended_at:
        # A withdrawal's reason is the applicant's own words: not for whoever looks.
        detail = "" if dossier.outcome == "withdrawn" else reason
        what = str(wording.OUTCOME.get(dossier.outcome, ""))
        told.append((at, Moment(what, at=at, detail=detail)))
    if at := dossier.returned_at:
        told.append((at, Moment(_("Handed over"), at=at)))
    return told


def _rejected_at(dossier: Dossier) -> datetime | None:
    """No clock ran, so the row has no end; the journal says when."""
    rows = Event.objects.filter(
        subject=str(dossier.public_id), kind=events.Rejected.KIND
    )
    at: datetime | None = (
        rows.order_by("-id").values_list("occurred_at", flat=True).first()
    )
    return at


def days_in_all(dossier: Dossier, today: date) -> int:
    """Elapsed days, waits included: it stands beside «on time»."""
    if dossier.received_at is None:
        return 0
    return ((dossier.ended_on or today) - local_day(dossier.received_at)).days
