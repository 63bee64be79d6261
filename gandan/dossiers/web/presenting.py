"""A dossier as pages, print and API show it: its tag, its dates and why they are so."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.dossiers.actions import course
from gandan.dossiers.models import Dossier, Pause
from gandan.dossiers.rules.moves import ENDED, State
from gandan.dossiers.web import wording
from gandan.kernel import clock, phrases
from gandan.places import queries as places
from gandan.procedures.rules import LimitUnclear, said
from gandan.ui import words
from gandan.ui.reasons import Line, Reasons


@dataclass(frozen=True, slots=True)
class Due:
    """What `<c-due>` takes."""

    day: date | None
    tag: words.Tag
    tags: tuple[words.Tag, ...]
    why: tuple[Line, ...]
    promise: date | None


def tag_of(dossier: Dossier, today: date, *, awaited: str = "") -> words.Tag:
    """The state of its clock in words; an ended dossier says how it ended.

    `awaited`: whose time it is while the clock stands still, where that is known.
    """
    state = State(dossier.state)
    if state in ENDED:
        if state in {State.DONE, State.REFUSED}:
            return words.Tag("you", str(wording.STATE[state]))
        if dossier.outcome and state is State.STOPPED:
            return words.Tag("ended", str(wording.OUTCOME[dossier.outcome]))
        return words.Tag("ended", str(wording.STATE[state]))
    if state in {State.DRAFT, State.SUBMITTED, State.SENT_BACK}:
        kind: words.TagKind = "you" if state is State.SENT_BACK else "paused"
        return words.Tag(kind, str(wording.STATE[state]))
    waiting = str(_("the applicant")) if state is State.SUPPLEMENT else ""
    if state is State.PAYMENT and dossier.due_on is None:
        waiting = str(_("payment"))
    waiting = waiting or awaited
    left = 0
    if dossier.due_on is not None:
        calendar = places.work_calendar(dossier.competent)
        left = calendar.working_days_between(today, dossier.due_on)
    return words.due_tag(
        due=dossier.due_on,
        today=today,
        working_days=left,
        waiting_for=waiting,
        due_at=dossier.due_at,
    )


def due_of(dossier: Dossier, today: date, *, why: bool = True) -> Due:
    """The due date with its reasons; `why=False` in lists, where nobody opens it."""
    tags = (words.provisional_tag(),) if dossier.provisional else ()
    return Due(
        day=dossier.due_on,
        tag=tag_of(dossier, today, awaited=_awaited(dossier)),
        tags=tags,
        why=tuple(why_lines(dossier)) if why else (),
        promise=dossier.promised_on,
    )


def _awaited(dossier: Dossier) -> str:
    """Whose time it is now, by the interval still open."""
    if dossier.pk is None or dossier.due_on is not None:
        return ""
    still = (row for row in dossier.pauses.all() if row.ends_on is None)
    pause = next(still, None)
    return whose(pause.owner) if pause else ""


def why_lines(dossier: Dossier, language: str | None = None) -> list[Line]:
    """INTERFACE §7, «Why this date», items 1 to 5, in the reader's language."""
    lang = language or get_language() or phrases.DEFAULT_LANGUAGE
    if dossier.received_at is None:
        return []
    lines: list[Line] = []
    # A preview at the counter is no row yet: nothing has happened to it.
    pauses = list(dossier.pauses.all()) if dossier.pk else []
    reading = course.read(dossier, pauses)
    if reading is None:
        lines.append(_by_hand(dossier))
    else:
        first, *days = phrases.explain(reading, lang, _additions(dossier, lang))
        lines.append(first)
        if days:
            lines.append(Reasons(_("Day by day"), tuple(days)))
    if left_out := _left_out(pauses, lang):
        lines.append(Reasons(_("Time not counted"), tuple(left_out)))
    lines += _promise(dossier)
    lines.append(phrases.rules_in_words(clock.RULES[dossier.rules_id], lang))
    if dossier.limit_basis:
        lines.append(_("Limit by %(basis)s") % {"basis": dossier.limit_basis})
    return lines


def _by_hand(dossier: Dossier) -> str:
    text = dossier.limit_text or _("The law states no number of days.")
    if not dossier.set_by_hand_why:
        return text  # the same day, or the next working day: the law says it itself
    return _("%(text)s The officer set the date: %(why)s") % {
        "text": text,
        "why": dossier.set_by_hand_why,
    }


def _additions(dossier: Dossier, lang: str) -> list[tuple[Decimal, str]]:
    """Parts of the limit that the place added, each named."""
    if dossier.place is None or dossier.received_at is None:
        return []
    attributes = places.attributes(dossier.place, dossier.day_zero or date.min)
    try:
        limit = dossier.procedure.limit_for(dossier.case, dossier.channel, attributes)
    except LimitUnclear:
        return []
    added = []
    for part in limit.added:
        if part.quantity is not None:
            words_of, _language = said(part.words, lang)
            name = words_of or part.text or _("added for the place")
            added.append((part.quantity, name))
    return added


def _left_out(pauses: list[Pause], lang: str) -> list[str]:
    lines = []
    for pause in pauses:
        kind = phrases.kind_in_words(pause.kind, lang)
        until = words.plain_day(pause.ends_on) if pause.ends_on else _("still open")
        line = _("%(kind)s (%(whose)s): from %(starts)s to %(until)s") % {
            "kind": kind,
            "whose": whose(pause.owner),
            "starts": words.plain_day(pause.starts_on),
            "until": until,
        }
        if pause.limit_on:
            line += "; " + _("its own limit: %(day)s") % {
                "day": words.plain_day(pause.limit_on)
            }
        if pause.kind != "supplement":
            line += _papers(pause)
        if not pause.stops:
            line += "; " + _("asked after the due date, so it stops nothing")
        lines.append(line)
    return lines


def _papers(pause: Pause) -> str:
    """The papers that open and close time the law leaves out: its proof."""
    said = ""
    if pause.opening_paper:
        said += "; " + _("opened by %(paper)s") % {"paper": pause.opening_paper}
    if pause.closing_paper:
        said += "; " + _("closed by %(paper)s") % {"paper": pause.closing_paper}
    return said


def whose(owner: str) -> str:
    """Whose time it is; a body outside keeps its own name."""
    return str(_("the applicant")) if owner == "applicant" else owner


def _promise(dossier: Dossier) -> list[Line]:
    if dossier.promised_on is None or dossier.promised_on == dossier.due_on:
        return []
    moved = []
    for apology in dossier.apologies.all():
        moved.append(
            _("apology of %(day)s: %(reason)s")
            % {"day": words.plain_day(apology.from_on), "reason": apology.reason}
        )
    now = words.day(dossier.due_on) if dossier.due_on else _("no date now")
    head = _("Printed on the slip: %(promise)s; reading now: %(now)s") % {
        "promise": words.day(dossier.promised_on),
        "now": now,
    }
    return [Reasons(head, tuple(moved))] if moved else [head]
