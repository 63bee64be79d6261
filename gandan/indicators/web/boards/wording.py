"""Figures, periods and sections in words."""

import re
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from gandan.indicators import bands
from gandan.indicators.bands import Interval
from gandan.indicators.definition import OURS, Definition, Direction, Section, Unit
from gandan.indicators.periods import REPORTING, Period
from gandan.indicators.queries import Figure
from gandan.ui import words

Words = str | Promise

SECTIONS: dict[Section, Words] = {
    Section.COST: gettext_lazy("What it cost people"),
    Section.INTAKE: gettext_lazy("What came in"),
    Section.RESULT: gettext_lazy("What was resolved, and when"),
    Section.TIME: gettext_lazy("How long it took"),
    Section.CARE: gettext_lazy("How people were treated"),
    Section.DIGITAL: gettext_lazy("What went without paper"),
}
DIRECTIONS: dict[Direction, Words] = {
    Direction.HIGHER: gettext_lazy("More is better for people"),
    Direction.LOWER: gettext_lazy("Less is better for people"),
    Direction.NEITHER: gettext_lazy("Neither more nor less is better by itself"),
}
_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_QUARTER = re.compile(r"([0-9]{4})-Q([1-4])")
_YEAR = re.compile(r"[0-9]{4}")
_ROMAN = ("I", "II", "III", "IV")


def period(found: Period) -> str:
    """«tháng 3/2025», «quý I/2025», «năm 2025»; the days of any other one."""
    span = words.days_span(found.starts, found.last_day)
    if found.calendar == REPORTING:
        return _("reporting period %(days)s") % {"days": span}
    if match := _MONTH.fullmatch(found.label):
        return _("month %(month)s/%(year)s") % {
            "month": int(match[2]),
            "year": match[1],
        }
    if match := _QUARTER.fullmatch(found.label):
        return _("quarter %(quarter)s/%(year)s") % {
            "quarter": _ROMAN[int(match[2]) - 1],
            "year": match[1],
        }
    if _YEAR.fullmatch(found.label):
        return _("year %(year)s") % {"year": found.label}
    return span


def short_month(found: Period) -> str:
    """3/2025: below a bar or a point."""
    day = found.last_day if found.calendar == REPORTING else found.starts
    return f"{day.month}/{day.year}"


def value(definition: Definition, figure: Figure) -> str:
    if figure.hidden:
        return _("too few to show")
    if figure.value is None:
        return _("n/a")
    match definition.unit:
        case Unit.SHARE:
            assert figure.denominator is not None
            # An empty denominator has a value only where a text states one.
            if not figure.denominator:
                return words.number(figure.value * 100, 1) + words.NO_BREAK + "%"
            return words.share(figure.numerator, figure.denominator)
        case Unit.COUNT:
            return words.number(figure.numerator)
        case Unit.DAYS:
            whole = int(figure.value)
            return ngettext("%(n)s day", "%(n)s days", whole) % {
                "n": words.number(whole)
            }
        case Unit.VND:
            return words.dong(int(figure.value))
    return words.number(figure.value, 2)


def counts(figure: Figure) -> str:
    """34 / 272; empty where the value is the count itself."""
    if figure.hidden or figure.denominator is None:
        return ""
    return f"{words.number(figure.numerator)} / {words.number(figure.denominator)}"


def between(found: Interval) -> str:
    """4,6 đến 69,9%: where the share lies as far as the records tell."""
    return _("%(low)s to %(high)s%%") % {
        "low": words.number(found.low * 100, 1),
        "high": words.number(found.high * 100, 1),
    }


def interval(definition: Definition, figure: Figure) -> str:
    """Of a share with records behind it; empty for everything else."""
    whole = figure.denominator
    if definition.unit is not Unit.SHARE or figure.hidden or not whole:
        return ""
    if not 0 <= figure.numerator <= whole:
        return ""
    return between(bands.interval(figure.numerator, whole))


def behind(definition: Definition, figure: Figure) -> str:
    """34 / 272; a percentile says how many records it was read from."""
    if definition.unit is Unit.DAYS and figure.denominator is None:
        return ngettext("of %(n)s dossier", "of %(n)s dossiers", figure.numerator) % {
            "n": words.number(figure.numerator)
        }
    return counts(figure)


def open_records(n: int) -> str:
    return ngettext("Open %(n)s record", "Open %(n)s records", n) % {
        "n": words.number(n)
    }


def legal_basis(definition: Definition) -> str:
    if definition.legal_basis == OURS:
        return _("No text asks for this figure: it is our own choice")
    return definition.legal_basis


def last_day(found: Period) -> str:
    return words.plain_day(found.ends - timedelta(days=1))
