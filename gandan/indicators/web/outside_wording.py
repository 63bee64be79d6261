"""Outside indices, targets and their states in words."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gandan.figures.models import PublishedValue, TargetValue
from gandan.figures.published.rules import Change, Status, Verdict, quarter_of
from gandan.ui import words

Words = str | Promise

NAMES: dict[str, Words] = {
    "par_index": gettext_lazy("PAR INDEX: administrative reform"),
    "sipas": gettext_lazy("SIPAS: satisfaction with State services"),
    "papi": gettext_lazy("PAPI: governance as residents live it"),
    "pci": gettext_lazy("PCI: provinces as businesses find them"),
    "dti": gettext_lazy("DTI: digital transformation"),
    "index766": gettext_lazy("Decision 766: quality of service to the public"),
}
ABOUT: dict[str, Words] = {
    "par_index": gettext_lazy(
        "The Ministry of Home Affairs appraises what provinces score themselves, and "
        "adds a survey."
    ),
    "sipas": gettext_lazy(
        "The Ministry of Home Affairs asks residents, also those who used no service "
        "that year."
    ),
    "papi": gettext_lazy(
        "UNDP and its partners ask residents of every province about governance and "
        "services."
    ),
    "pci": gettext_lazy("VCCI asks businesses, and adds figures of its own."),
    "dti": gettext_lazy(
        "The ministry in charge of digital transformation ranks all provinces."
    ),
    "index766": gettext_lazy(
        "The National Public Service Portal computes it from dossiers that were "
        "synchronised. Our own computing of its parts stands on other pages and is "
        "never joined to this one."
    ),
}
PARTS: dict[str, Words] = {
    "d1": gettext_lazy("Participation at local levels"),
    "d2": gettext_lazy("Transparency in local decisions"),
    "d3": gettext_lazy("Accountability towards residents"),
    "d4": gettext_lazy("Control of corruption"),
    "d5": gettext_lazy("Public administrative procedures"),
    "d6": gettext_lazy("Public services"),
    "d7": gettext_lazy("Environment"),
    "d8": gettext_lazy("E-governance"),
    "transparency": gettext_lazy("Openness and transparency"),
    "progress": gettext_lazy("Progress of handling"),
    "online_service": gettext_lazy("Online services"),
    "digitisation": gettext_lazy("Digitisation of dossiers"),
    "online_payment": gettext_lazy("Online payment"),
    "satisfaction": gettext_lazy("Satisfaction"),
}
STATUSES: dict[Status, Words] = {
    Status.OFFICIAL: pgettext_lazy("published value", "official"),
    Status.ESTIMATED: pgettext_lazy("published value", "estimated"),
    Status.CLAIMED: pgettext_lazy("published value", "as claimed by its source"),
    Status.DERIVED: pgettext_lazy("published value", "derived from published values"),
}
CHANGES: dict[Change, Words] = {
    Change.UNITS: gettext_lazy(
        "From here on another number of provinces is ranked. Ranks above and below "
        "cannot be compared."
    ),
    Change.SCALE: gettext_lazy(
        "From here on the method counts on another scale. Values above and below "
        "cannot be compared."
    ),
}
VERDICTS: dict[Verdict, tuple[words.TagKind, Words]] = {
    Verdict.MET: ("ok", pgettext_lazy("target", "Met")),
    Verdict.NOT_MET: ("late", pgettext_lazy("target", "Not met")),
    Verdict.NOT_MEASURED: ("paused", pgettext_lazy("target", "Not measured")),
    Verdict.NO_AIM: ("ended", pgettext_lazy("target", "No aim stated")),
}
QUARTERS: dict[int, Words] = {
    1: gettext_lazy("in the highest quarter"),
    2: gettext_lazy("in the second quarter from the top"),
    3: gettext_lazy("in the third quarter from the top"),
    4: gettext_lazy("in the lowest quarter"),
}
UNITS: dict[str, Words] = {
    "percent": gettext_lazy("%(value)s%%"),
    "count": "%(value)s",
    "points": pgettext_lazy("target", "%(value)s points"),
    "million_vnd": gettext_lazy("%(value)s million đồng"),
    "billion_vnd": gettext_lazy("%(value)s billion đồng"),
}


def name(index: str) -> str:
    return str(NAMES.get(index, index))


def part(code: str) -> str:
    return str(PARTS.get(code, code))


def number(value: Decimal) -> str:
    """The digits it was published with, without zeros of the column."""
    if value == value.to_integral_value():
        return words.number(int(value))
    return words.number(value.normalize())


def scale(row: PublishedValue) -> str:
    if row.scale_low is None or row.scale_high is None:
        return ""
    return f"{number(row.scale_low)}–{number(row.scale_high)}"


def rank(row: PublishedValue) -> str:
    """«hạng 51 trên 61»: a rank never stands without how many were ranked."""
    if row.rank is None or row.rank_of is None:
        return ""
    return _("rank %(rank)s of %(of)s") % {
        "rank": words.number(row.rank),
        "of": words.number(row.rank_of),
    }


def quarter(row: PublishedValue) -> str:
    if row.rank is None or row.rank_of is None:
        return ""
    return str(QUARTERS[quarter_of(row.rank, row.rank_of)])


def period(row: PublishedValue) -> str:
    """The part of the year a reading speaks of, and the day it was read."""
    if not row.as_of:
        return ""
    said = {"day": words.plain_day(row.as_of)}
    if row.period.endswith("-ytd"):
        return _("year to date, read on %(day)s") % said
    if row.period:
        return _("month still running, read on %(day)s") % said
    return _("read on %(day)s") % said


def measured(value: Decimal, unit: str) -> str:
    return str(UNITS[unit]) % {"value": number(value)}


def stated(value: TargetValue, unit: str) -> str:
    if value.out_of is None:
        return measured(value.value, unit)
    return _("%(value)s of %(out_of)s") % {
        "value": number(value.value),
        "out_of": words.number(value.out_of),
    }


def aim(value: Decimal, unit: str, *, strictly: bool, is_up: bool) -> str:
    said = {"value": measured(value, unit)}
    if strictly:
        return (_("more than %(value)s") if is_up else _("less than %(value)s")) % said
    return (_("at least %(value)s") if is_up else _("at most %(value)s")) % said
