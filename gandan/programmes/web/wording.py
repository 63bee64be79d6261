"""Values of claims in words: unit, qualifier, and where the product records them."""

from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from gandan.programmes.models import Claim
from gandan.programmes.recorded import Recorded
from gandan.programmes.rules import Group, Qualifier
from gandan.ui import words

Words = str | Promise

UNITS: dict[str, Words] = {
    "percent": gettext_lazy("%(value)s%%"),
    "percent_a_year": gettext_lazy("%(value)s%% a year"),
    "percent_or_points_a_year": gettext_lazy("%(value)s%% or points a year"),
    "conferences": gettext_lazy("%(value)s conferences"),
    "attendances": gettext_lazy("%(value)s attendances"),
    "teams": gettext_lazy("%(value)s teams"),
    "units": gettext_lazy("%(value)s units"),
    "targets": gettext_lazy("%(value)s targets"),
    "million_dong_a_year": gettext_lazy("%(value)s million đồng a year"),
    "billion_dong": gettext_lazy("%(value)s billion đồng"),
    "households": gettext_lazy("%(value)s households"),
    "people": gettext_lazy("%(value)s people"),
    "square_metres": gettext_lazy("%(value)s m²"),
    "days": gettext_lazy("%(value)s days"),
}

SAID: dict[str, Words] = {
    "yes": pgettext_lazy("claim", "said without a number"),
    "many": pgettext_lazy("claim", "many localities"),
    "statement": pgettext_lazy("claim", "a statement"),
    "named": pgettext_lazy("claim", "named"),
}

QUALIFIED: dict[Qualifier, Words] = {
    Qualifier.EXACT: "%(value)s",
    Qualifier.OVER: gettext_lazy("more than %(value)s"),
    Qualifier.ABOUT: gettext_lazy("about %(value)s"),
    Qualifier.ESTIMATED: gettext_lazy("an estimated %(value)s"),
}

PERIODS: dict[str, Words] = {
    "not stated": gettext_lazy("period not stated"),
    "2021-2025": "2021–2025",
    "coming time": gettext_lazy("for the coming time"),
}

GROUPS: dict[Group, Words] = {
    Group.FIGURE: pgettext_lazy("claims", "Figures and statements"),
    Group.MODEL: pgettext_lazy("claims", "Models named"),
    Group.LIMIT: pgettext_lazy("claims", "Limits named"),
    Group.TASK: pgettext_lazy("claims", "Tasks for the coming time"),
}

LIVES: dict[str, Words] = {
    "programmes": gettext_lazy("among programmes, tasks and conferences"),
    "oversight": gettext_lazy("among inspections and people's boards"),
    "dossiers": gettext_lazy("among the dossiers"),
    "procedures": gettext_lazy("among procedures and their postings"),
    "petitions": gettext_lazy("among letters, reception and dialogues"),
    "indices": gettext_lazy("among published indices"),
    "indicators": gettext_lazy("among published figures of the province"),
    "contributions": gettext_lazy("among contributions"),
    "commendations": gettext_lazy("among commendations"),
    "models": gettext_lazy("among models"),
}


def claimed(claim: Claim) -> str:
    """«hơn 1.000 lượt người», «3 trên 4 chỉ tiêu», «1,5%»."""
    if claim.number is None:
        return str(SAID[claim.value])
    value = words.number(_whole_if_whole(claim.number))
    if claim.out_of is not None:
        value = _("%(value)s of %(out_of)s") % {
            "value": value,
            "out_of": words.number(claim.out_of),
        }
    with_unit = str(UNITS[claim.unit]) % {"value": value}
    return str(QUALIFIED[Qualifier(claim.qualifier)]) % {"value": with_unit}


def _whole_if_whole(number: Decimal) -> Decimal | int:
    """1.0000 from the column is 1 again; 1.5000 is 1.5."""
    if number == number.to_integral_value():
        return int(number)
    return number.normalize()


def found(recorded: Recorded) -> str:
    """Our figure, always with its counts."""
    if recorded.denominator is None:
        return words.number(recorded.numerator)
    return pgettext("figure", "%(share)s (%(n)s of %(d)s)") % {
        "share": words.share(recorded.numerator, recorded.denominator, 2),
        "n": words.number(recorded.numerator),
        "d": words.number(recorded.denominator),
    }


def where(claim: Claim) -> str:
    """Where the product keeps such records; empty for what no record can show."""
    return str(LIVES[claim.lives]) if claim.lives in LIVES else ""
