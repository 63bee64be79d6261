"""Dates, numbers and due tags in the words of the reader's language.

Text only: templates, print, mail and the API all call these. Nothing here reads a
clock; `today` is an argument.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeAlias

from django.utils.formats import get_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from gandan.kernel.localtime import local
from gandan.kernel.phrases import DEFAULT_LANGUAGE, day_in_words

NO_BREAK = "\u00a0"

TagKind: TypeAlias = Literal["late", "soon", "ok", "paused", "you", "ended"]


@dataclass(frozen=True, slots=True)
class Tag:
    """A state in words; the kind gives it its colour and its shape."""

    kind: TagKind
    words: str


def plain_day(value: date) -> str:
    """10/06/2025, in every language."""
    return f"{value:%d/%m/%Y}"


def day(value: date) -> str:
    """thứ Ba 10/06/2025."""
    return day_in_words(value, get_language() or DEFAULT_LANGUAGE)


def moment(at: datetime) -> str:
    """09:05, thứ Ba 10/06/2025, in the time of the province."""
    here = local(at)
    return f"{here:%H:%M}, {day(here.date())}"


def days_span(starts: date, ends: date) -> str:
    """05–09/05/2025 for days that follow each other; both ends belong to it."""
    if starts == ends:
        return plain_day(starts)
    if (starts.year, starts.month) == (ends.year, ends.month):
        return f"{starts:%d}–{plain_day(ends)}"
    if starts.year == ends.year:
        return f"{starts:%d/%m}–{plain_day(ends)}"
    return f"{plain_day(starts)}–{plain_day(ends)}"


def number(value: int | Decimal, places: int | None = None) -> str:
    """1.234,5 in Vietnamese, 1,234.5 in English, 1 234,5 in French.

    Without `places` a decimal keeps the digits it has. Never a float: a figure that
    went through one can no longer be checked.
    """
    if isinstance(value, float):
        raise TypeError("numbers here are int or Decimal, never float")
    if places is not None:
        step = Decimal(1).scaleb(-places)
        value = Decimal(value).quantize(step, rounding=ROUND_HALF_UP)
    digits = f"{value:,f}" if isinstance(value, Decimal) else f"{value:,}"
    whole, _point, part = digits.partition(".")
    whole = whole.replace(",", get_format("THOUSAND_SEPARATOR")).replace("-", "−")
    return f"{whole}{get_format('DECIMAL_SEPARATOR')}{part}" if part else whole


def dong(amount: int) -> str:
    """1.234.000 đ."""
    return f"{number(amount)}{NO_BREAK}đ"


def share(numerator: int, denominator: int, places: int = 1) -> str:
    """A percentage; an empty denominator is «không có», never 0 % or 100 %."""
    if denominator == 0:
        return _("n/a")
    value = number(Decimal(numerator) * 100 / Decimal(denominator), places)
    return _("%(value)s%%") % {"value": value}


def capped(count: int, most: int = 500) -> str:
    """A count a list page can afford: 500+ past the cap."""
    return f"{number(most)}+" if count > most else number(count)


def in_working_days(count: int) -> str:
    return ngettext("%(n)s working day", "%(n)s working days", count) % {
        "n": number(count)
    }


def usual_time(median: int, nine_in_ten: int) -> str:
    """The date people may expect, beside the date the law sets."""
    return _(
        "Usually received after %(median)s days; 9 in 10 people within %(most)s days"
    ) % {"median": number(median), "most": number(nine_in_ten)}


def due_tag(
    *,
    due: date | None,
    today: date,
    working_days: int = 0,
    waiting_for: str = "",
    due_at: datetime | None = None,
    soon_within: int = 3,
) -> Tag:
    """The state of a clock that has not ended.

    `working_days` comes from the caller's calendar: `working_days_between(today, due)`,
    its sign is not used. Without a due date the clock stands still, and `waiting_for`
    says for whom.
    """
    working_days = abs(working_days)
    if due is None:
        if waiting_for:
            return Tag(
                "paused", _("Paused, waiting for %(who)s") % {"who": waiting_for}
            )
        return Tag("paused", _("Paused"))
    if today == due:
        if due_at is not None:
            hour = f"{local(due_at):%H:%M}"
            return Tag("soon", _("Due today at %(hour)s") % {"hour": hour})
        return Tag("soon", _("Due today"))
    counted = {"n": number(working_days)}
    if today > due:
        if working_days < 1:  # the due day was a working day, today is not one
            return Tag("late", _("Late since %(day)s") % {"day": day(due)})
        late = ngettext(
            "%(n)s working day late", "%(n)s working days late", working_days
        )
        return Tag("late", late % counted)
    kind: TagKind = "soon" if working_days <= soon_within else "ok"
    if working_days < 1:
        return Tag(kind, _("Due %(day)s") % {"day": day(due)})
    left = ngettext("%(n)s working day left", "%(n)s working days left", working_days)
    return Tag(kind, left % counted)


def provisional_tag() -> Tag:
    """Stands beside the due tag while the year's calendar is not decreed."""
    return Tag("paused", _("Provisional"))
