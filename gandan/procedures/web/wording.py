"""The catalogue's facts in the reader's language; official names stay Vietnamese."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from gandan.kernel import phrases
from gandan.kernel.clock import Allowance
from gandan.procedures import rules
from gandan.procedures.models import ProcedureVersion
from gandan.ui import words

LIFE_EVENTS: Mapping[str, str | Promise] = {
    "birth": gettext_lazy("Having a child"),
    "marriage": gettext_lazy("Getting married"),
    "death": gettext_lazy("A death in the family"),
    "family": gettext_lazy("Guardians, adoption, recognition"),
    "land": gettext_lazy("Land"),
    "house": gettext_lazy("Building a house"),
    "business": gettext_lazy("Opening a shop or business"),
    "papers": gettext_lazy("Copies and certification"),
    "correction": gettext_lazy("Correcting papers"),
    "residence": gettext_lazy("Residence"),
    "hardship": gettext_lazy("Support in hardship"),
    "old_age": gettext_lazy("Old age"),
}

LEVELS: Mapping[str, str | Promise] = {
    "commune": gettext_lazy("Commune, ward"),
    "province": gettext_lazy("Province"),
    "central": gettext_lazy("Ministry"),
    "other": gettext_lazy("Another body"),
}

CHANNELS: Mapping[str, str | Promise] = {
    "counter": gettext_lazy("At the desk"),
    "online": gettext_lazy("Online"),
    "post": gettext_lazy("By post"),
}

ATTRIBUTES: Mapping[str, str | Promise] = {
    "mountain": gettext_lazy("in a mountain commune"),
    "remote": gettext_lazy("in a remote commune"),
    "border": gettext_lazy("in a border commune"),
    "island": gettext_lazy("on an island"),
    "especially_difficult": gettext_lazy("in an especially difficult commune"),
    "ethnic_minority_area": gettext_lazy("in an ethnic minority area"),
}

SECTIONS: Mapping[str, str | Promise] = {
    "cases": gettext_lazy("Cases"),
    "limits": gettext_lazy("Time limits"),
    "left_out": gettext_lazy("Time not counted"),
    "papers": gettext_lazy("Papers"),
    "notes": pgettext_lazy("procedure", "Notes"),
    "fees": gettext_lazy("Fees and charges"),
    "results": gettext_lazy("Results"),
    "basis": gettext_lazy("Legal basis"),
    "steps": gettext_lazy("Steps inside the office"),
    "questions": gettext_lazy("Questions"),
    "conduct": gettext_lazy("Official order of work"),
    "conditions": gettext_lazy("Conditions"),
    "name": gettext_lazy("Official name"),
    "everyday": gettext_lazy("Everyday name"),
    "search_words": gettext_lazy("Search words"),
    "field": gettext_lazy("Field"),
    "levels": pgettext_lazy("procedure", "Level"),
    "executing": gettext_lazy("Handled by"),
    "competent": gettext_lazy("Competent authority"),
    "subjects": gettext_lazy("Who may file"),
    "channels": gettext_lazy("Ways to file"),
    "life_events": gettext_lazy("Events of life"),
    "groups": gettext_lazy("Groups"),
    "decision_no": gettext_lazy("Publishing decision"),
    "online_url": gettext_lazy("Address on the national portal"),
    "form_key": gettext_lazy("Form"),
    "confidentiality": gettext_lazy("Confidentiality"),
    "retention_class": gettext_lazy("Retention"),
    "national_only": gettext_lazy("National limit only"),
    "handled_by": gettext_lazy("Kind of body"),
    "kind": gettext_lazy("Kind of procedure"),
    "state": gettext_lazy("State on the portal"),
    "promulgator": gettext_lazy("Promulgated by"),
}


@dataclass(frozen=True, slots=True)
class Text:
    """Words and their language, so that a Vietnamese name says so inside /en/."""

    text: str
    lang: str

    def __str__(self) -> str:
        return self.text

    def __bool__(self) -> bool:
        return bool(self.text)


def language() -> str:
    return (get_language() or phrases.DEFAULT_LANGUAGE).split("-")[0]


def said(words_: rules.Words, official: str = "") -> Text:
    """Ours in the reader's language, else the official Vietnamese."""
    text, lang = rules.said(words_, language())
    return Text(text, lang) if text else Text(official, "vi")


def title(version: ProcedureVersion) -> Text:
    """Everyday name first; the official one where nobody has given one."""
    return said(version.everyday, version.name)


def limit(of: rules.Limit) -> Text:
    """«27 ngày làm việc», or the source's own words, or that it states nothing."""
    if of.same_day:
        words_ = _("Same day; what arrives after 15:00, the next working day")
        return Text(words_, language())
    if (allowance := of.allowance) is not None:
        return Text(phrases.allowance_in_words(allowance, language()), language())
    if of.text:
        return Text(of.text, "vi")
    return Text(_("The source states no time"), language())


def allowance(of: Allowance | None) -> str:
    return phrases.allowance_in_words(of, language()) if of else ""


def where(of: rules.Limit) -> str:
    """For which channel or place: «trực tuyến», «ở xã miền núi»."""
    parts = [str(CHANNELS[of.channel])] if of.channel else []
    parts += [str(ATTRIBUTES.get(a, a)) for a in of.attribute.split()]
    return ", ".join(parts)


def case(of: rules.Case) -> Text:
    return said(of.words, of.name)


def fee(of: rules.Fee) -> str:
    """The amount; "not stated" is never "free"."""
    match of.stated:
        case "amount" if of.amount is not None:
            return words.dong(of.amount)
        case "free":
            return _("Free")
        case "not_stated":
            return _("Not stated. Ask the desk before paying")
    return ""


def copies(of: rules.Paper) -> str:
    """«1 bản chính, 2 bản sao», or that showing is enough."""
    parts = []
    if of.original:
        parts.append(
            _("%(n)s original") % {"n": words.number(of.original)}
            if of.original == 1
            else _("%(n)s originals") % {"n": words.number(of.original)}
        )
    if of.copies:
        parts.append(
            _("%(n)s copy") % {"n": words.number(of.copies)}
            if of.copies == 1
            else _("%(n)s copies") % {"n": words.number(of.copies)}
        )
    if of.act == "show":
        return _("to show: %(what)s") % {"what": ", ".join(parts)} if parts else ""
    return ", ".join(parts)


def levels(of: ProcedureVersion) -> str:
    return ", ".join(str(LEVELS[level]) for level in of.levels if level in LEVELS)
