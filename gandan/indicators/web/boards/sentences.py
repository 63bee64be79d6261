"""«Chép câu này»: a sentence that stays true after it was copied.

It names the unit, the period, both whole numbers, the day up to which records were
known (or the edition), the definition with its version, and where to look it up.
"""

from datetime import date

from django.utils.translation import gettext as _

from gandan.indicators.definition import Definition, Unit
from gandan.indicators.queries import Figure
from gandan.indicators.web.boards import wording
from gandan.ui import words


def sentence(
    definition: Definition,
    figure: Figure,
    *,
    as_of: date,
    address: str,
    edition: str = "",
) -> str:
    known = (
        edition
        if edition
        else _("records as of %(day)s") % {"day": words.plain_day(as_of)}
    )
    return _("%(what)s, %(unit)s, %(when)s: %(value)s. %(source)s %(address)s") % {
        "what": definition.title,
        "unit": figure.name,
        "when": _when(definition, figure, as_of),
        "value": _value(definition, figure),
        "source": _("Computed from dossiers, %(known)s, definition %(code)s v%(v)s:")
        % {"known": known, "code": figure.code, "v": figure.version},
        "address": address,
    }


def _when(definition: Definition, figure: Figure, as_of: date) -> str:
    last = figure.period.last_day
    if definition.is_standing:
        return _("at the end of %(day)s") % {"day": words.plain_day(min(last, as_of))}
    named = wording.period(figure.period)
    if last > as_of:
        return _("%(period)s, not ended yet") % {"period": named}
    return named


def _value(definition: Definition, figure: Figure) -> str:
    if figure.hidden:
        return _("too few records to show a value")
    if figure.value is None:
        return _("no value, for there is nothing to count")
    said = wording.value(definition, figure)
    if figure.denominator is not None:
        return _("%(value)s (%(part)s of %(whole)s)") % {
            "value": said,
            "part": words.number(figure.numerator),
            "whole": words.number(figure.denominator),
        }
    if definition.unit is Unit.DAYS:
        return _("%(value)s (read from %(n)s dossiers)") % {
            "value": said,
            "n": words.number(figure.numerator),
        }
    return said
