"""Refusals of the rules, in words that say how to mend them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from gandan.forms.conditions import Asked, Problem
from gandan.forms.kinds import AnswerRefused
from gandan.forms.schema import Kind, Question, Words
from gandan.ui import words

REFUSED: Mapping[str, Promise] = {
    "stray": gettext_lazy(
        "Write Đ of the Vietnamese keyboard, not another sign like it"
    ),
    "too_long": gettext_lazy("Shorten it to %(most)s letters or fewer"),
    "not_a_name": gettext_lazy("Write the name in letters only, as on the papers"),
    "date_incomplete": gettext_lazy("Write day, month and year"),
    "not_a_date": gettext_lazy(
        "This day is not in the calendar. Check day, month and year"
    ),
    "not_a_year": gettext_lazy("Write the year with four digits, for example 1952"),
    "year_missing": gettext_lazy("Write the year too; the year alone is enough"),
    "not_offered": gettext_lazy("Choose one of the answers"),
    "not_a_number": gettext_lazy("Write a number in digits"),
    "unclear_number": gettext_lazy(
        "This number can be read in two ways. Write it like %(example)s"
    ),
    "not_whole": gettext_lazy("Write a whole number"),
    "too_small": gettext_lazy("The number must be %(least)s or more"),
    "too_big": gettext_lazy("The number must be %(most)s or less"),
    "too_many_decimals": gettext_lazy(
        "At most %(decimals)s digits after the decimal sign"
    ),
    "not_identity": gettext_lazy(
        "Write the 12 digits of the card, the 9 of an old one, or a passport number"
    ),
    "not_phone": gettext_lazy(
        "Write a telephone number of 10 or 11 digits, starting 0"
    ),
    "not_email": gettext_lazy(
        "Write an e-mail address, for example anh.nong@example.vn"
    ),
    "place_missing": gettext_lazy("Write the commune or ward, and the province"),
    "too_few": gettext_lazy("Enter at least %(least)s"),
    "too_many": gettext_lazy("Enter at most %(most)s"),
    "not_canonical": gettext_lazy("Write this answer again"),
}

HELPERS: Mapping[str, Promise] = {
    "": gettext_lazy("I fill it in for myself or my family"),
    "village_head": gettext_lazy("The village head helps"),
    "digital_team": gettext_lazy("The commune’s digital team helps"),
    "interpreter": gettext_lazy("An interpreter helps"),
    "family": gettext_lazy("A relative or neighbour helps"),
}


def language() -> str:
    return (get_language() or "vi")[:2]


def said(text: Words | None) -> str:
    return text.said(language()) if text else ""


def required(question: Question) -> str:
    """Beside the question itself, so without its name."""
    if question.error:
        return said(question.error)
    match question.kind:
        case Kind.CHOICE | Kind.MULTI | Kind.YES_NO:
            return str(REFUSED["not_offered"])
        case Kind.FILE:
            return _("Add a file, or say that you will bring the paper")
        case Kind.ADDRESS:
            return str(REFUSED["place_missing"])
        case _:
            return _("This answer is still missing")


def refused(refusal: AnswerRefused) -> str:
    return explained(refusal.code, refusal.detail)


def explained(code: str, detail: Mapping[str, Any]) -> str:
    told: dict[str, Any] = {"example": words.number(1234567)}
    for name, value in detail.items():
        told[name] = value if isinstance(value, str) else words.number(value)
    return str(REFUSED[code]) % told


def problem(found: Problem) -> str:
    """Beside the question it is about."""
    if found.words:
        return said(found.words)
    if found.code == "required":
        return required(found.asked.question)
    return explained(found.code, found.detail)


def listed(found: Problem) -> str:
    """In a list of all that is missing, far from the question."""
    label = said(found.asked.question.label)
    if found.code == "required":
        return _("Still missing: %(question)s") % {"question": label}
    return f"{label}: {problem(found)}"


def lacking(found: Problem) -> str:
    """The same, where the list already says that all of it is missing."""
    if found.code == "required" and not found.words:
        return said(found.asked.question.label)
    return listed(found)


def why(asked: Asked) -> str:
    """The reason in words; where there is none, the source is the reason."""
    return said(asked.question.why)


def source(question: Question) -> str:
    """Which paper or provision asks for it; what nobody has verified says so."""
    match question.source.kind:
        case "document":
            told = _("Item of the procedure: %(ref)s")
        case "law":
            told = _("Legal provision: %(ref)s")
        case _:
            return _("Not asked by law: we ask to serve you better")
    told %= {"ref": question.source.ref}
    return f"{told} ({_('not verified yet')})" if question.source.unverified else told
