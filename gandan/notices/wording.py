"""What a message says on each channel, in the language of the person it is for.

An e-mail uses full words and never an identity number. A text names nothing: no link,
name or procedure. A call is one sentence for the officer to say. A card passes through
other hands, so it says as little as a text.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from gandan.notices.models import Channel, Message
from gandan.ui import words


class Template(StrEnum):
    SUBMITTED = "submitted"
    RECEIVED = "received"
    TAKEN_UP = "taken_up"
    SENT_BACK = "sent_back"
    REJECTED = "rejected"
    SUPPLEMENT_ASKED = "supplement_asked"
    PAPERS_COMPLETE = "papers_complete"
    EXTENDED = "extended"
    DATE_MOVED = "date_moved"
    PAYMENT_ASKED = "payment_asked"
    REROUTED = "rerouted"
    RESULT_READY = "result_ready"
    REFUSED = "refused"
    STOPPED = "stopped"
    HANDED_OVER = "handed_over"
    NUDGE_ANSWERED = "nudge_answered"
    RATING_INVITED = "rating_invited"


# All that a template may be given. What is missing is not said; anything else is
# refused, so that no other personal data reach the outbox.
PARAMS = frozenset(
    {"code", "short", "procedure", "reason", "due", "promised", "received"}
    | {"papers", "answer", "amount", "office"}
)


@dataclass(frozen=True, slots=True)
class Written:
    """A message as its receiver gets it; only a letter has a subject."""

    body: str
    subject: str = ""


def render(message: Message) -> Written:
    with override(message.language):
        match Channel(message.channel):
            case Channel.EMAIL:
                return _letter(message)
            case Channel.SMS | Channel.CARD:
                return Written(_text(message))
            case Channel.CALL:
                return Written(to_say(message))


def short_code(params: Mapping[str, Any]) -> str:
    """…0007: enough for the person who holds the slip, nothing for others."""
    known = str(params.get("short") or params.get("code") or "")
    digits = known.rsplit("-", 1)[-1].lstrip("…")[-4:]
    return f"…{digits}" if digits else ""


def _text(message: Message) -> str:
    said = {"short": short_code(message.params), "phone": telephone(message)}
    return _("There is news of dossier %(short)s. Call %(phone)s.") % said


def telephone(message: Message) -> str:
    """The desk's, or the one of the whole service where a desk has none."""
    number: str = message.organisation.telephone or settings.SERVICE_TELEPHONE
    return number


def to_say(message: Message) -> str:
    """One sentence; who answers the telephone is asked for by name first."""
    said = _said(message)
    match Template(message.template):
        case Template.SUPPLEMENT_ASKED | Template.SENT_BACK:
            return (
                _(
                    "Dossier %(short)s lacks some papers; please bring them to"
                    " %(office)s, the list waits there in writing."
                )
                % said
            )
        case Template.REJECTED:
            return (
                _(
                    "Dossier %(short)s could not be received; please come to"
                    " %(office)s, the reason waits there in writing."
                )
                % said
            )
        case Template.EXTENDED if said["due"]:
            return (
                _(
                    "We are sorry: dossier %(short)s will be late; the new date is"
                    " %(due)s."
                )
                % said
            )
        case Template.DATE_MOVED if said["due"]:
            return _("The date of dossier %(short)s is now %(due)s.") % said
        case Template.PAYMENT_ASKED:
            return (
                _("Dossier %(short)s waits for a payment; please come to %(office)s.")
                % said
            )
        case Template.RESULT_READY:
            return (
                _(
                    "The result of dossier %(short)s is ready; please collect it at"
                    " %(office)s with the slip."
                )
                % said
            )
        case Template.REFUSED:
            return (
                _(
                    "The answer on dossier %(short)s is here and explains why it could"
                    " not be granted; please collect it at %(office)s."
                )
                % said
            )
        case Template.STOPPED:
            return (
                _(
                    "Work on dossier %(short)s has stopped; please come to"
                    " %(office)s, the reason waits there in writing."
                )
                % said
            )
        case _:
            return (
                _("There is news of dossier %(short)s; we can explain it now.") % said
            )


def _letter(message: Message) -> Written:
    said = _said(message)
    subject, lines = _content(Template(message.template), said)
    papers = [str(paper) for paper in message.params.get("papers", ())]
    parts = [
        _("Dear %(person)s,") % {"person": message.person}
        if message.person
        else _("Dear Sir or Madam,"),
        *lines,
    ]
    if papers:
        parts.append("\n".join(f"{n}. {paper}" for n, paper in enumerate(papers, 1)))
    about = [
        _("Dossier: %(code)s") % said if said["code"] else "",
        _("Procedure: %(procedure)s") % said if said["procedure"] else "",
        _("Due: %(due)s") % said if said["due"] else "",
    ]
    parts += ["\n".join(line for line in about if line), _signature(message)]
    return Written("\n\n".join(part for part in parts if part) + "\n", subject)


def _content(template: Template, said: dict[str, str]) -> tuple[str, list[str]]:
    """Subject and sentences; a sentence whose fact is unknown is left out."""
    reason = _("Reason: %(reason)s") % said if said["reason"] else ""
    due = _("You can expect the result on %(due)s.") % said if said["due"] else ""
    match template:
        case Template.SUBMITTED:
            return _("We have got your dossier"), [
                _("Your dossier has arrived. We read it before it is received."),
                _("You need to do nothing now. We write again when we have read it."),
            ]
        case Template.RECEIVED:
            return _("Your dossier is received"), [
                _("Your dossier is complete and received."),
                due,
            ]
        case Template.TAKEN_UP:
            return _("Your dossier is being handled"), [
                _("An officer has taken up your dossier. You need to do nothing now."),
                due,
            ]
        case Template.SENT_BACK:
            return _("Your dossier needs papers before we can receive it"), [
                _("Your dossier is not received yet."),
                _where_the_list_is(said),
                reason,
            ]
        case Template.REJECTED:
            return _("Your dossier was not received"), [
                _("We could not receive your dossier."),
                reason,
            ]
        case Template.SUPPLEMENT_ASKED:
            return _("Your dossier needs further papers"), [
                _("To go on with your dossier we need papers from you."),
                _where_the_list_is(said),
                reason,
            ]
        case Template.PAPERS_COMPLETE:
            return _("Your papers are complete"), [
                _("We have got all the papers we asked for. Work goes on."),
                due,
            ]
        case Template.EXTENDED:
            return _("We apologise: your dossier will be late"), [
                _("We could not finish your dossier in time and apologise for it."),
                reason,
                _("The date promised was %(promised)s.") % said
                if said["promised"]
                else "",
                _("The new date is %(due)s.") % said if said["due"] else "",
            ]
        case Template.DATE_MOVED:
            return _("The date of your dossier has changed"), [
                _("The calendar or the limit of your dossier has been settled anew."),
                reason,
                due,
            ]
        case Template.PAYMENT_ASKED:
            return _("Your dossier waits for a payment"), [
                _("A payment is due before work on your dossier can go on."),
                _("Amount: %(amount)s") % said if said["amount"] else "",
                reason,
            ]
        case Template.REROUTED:
            return _("Another office handles your dossier"), [
                _("Your dossier has gone to the office that decides on it."),
                _("It keeps its number. You need to do nothing."),
            ]
        case Template.RESULT_READY:
            return _("The result of your dossier is ready"), [
                _("The result is ready. Please bring your slip to %(office)s.") % said
            ]
        case Template.REFUSED:
            return _("The answer on your dossier is ready"), [
                _("Your request could not be granted. The answer states why."),
                reason,
                _("You may collect the answer at %(office)s.") % said,
            ]
        case Template.STOPPED:
            return _("Work on your dossier has stopped"), [
                _("Work on your dossier has stopped."),
                reason,
                _("You may file a new dossier when you need to."),
            ]
        case Template.HANDED_OVER:
            return _("Your result has been handed over"), [
                _("The result of your dossier has been handed over. Thank you."),
            ]
        case Template.NUDGE_ANSWERED:
            return _("An answer to your reminder"), [
                _("You reminded us of your dossier. This is our answer:"),
                said["answer"] or reason,
                due,
            ]
        case Template.RATING_INVITED:
            return _("How were you served?"), [
                _("Your dossier has ended. You may rate how you were served."),
                _("The page that follows your dossier asks a few short questions."),
                _("No officer sees a single answer, only sums of ten and more."),
            ]


def _where_the_list_is(said: dict[str, str]) -> str:
    if said["papers"]:
        return _("The list below is complete; bring these papers to %(office)s.") % said
    return _("The complete list waits for you at %(office)s.") % said


def _said(message: Message) -> dict[str, str]:
    params = message.params
    known = {name: str(params.get(name, "")) for name in PARAMS}
    for name in ("due", "promised", "received"):
        if known[name]:
            known[name] = words.day(date.fromisoformat(known[name]))
    if known["amount"]:
        known["amount"] = words.dong(int(known["amount"]))
    known["reason"] = known["reason"].strip().rstrip(".")
    known["short"] = short_code(params)
    known["office"] = known["office"] or message.organisation.name
    return known


def _signature(message: Message) -> str:
    office = message.organisation
    phone = _("Telephone: %(phone)s") % {"phone": telephone(message)}
    return "\n".join(line for line in (office.name, office.address, phone) if line)
