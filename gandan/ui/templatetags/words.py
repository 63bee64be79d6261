"""The words of `gandan.ui.words` as template filters."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from gandan.kernel.localtime import local_day
from gandan.ui import words

register = template.Library()


def _as_day(value: date | datetime) -> date:
    """An instant becomes the day it is in the province, not the day it is in UTC."""
    return local_day(value) if isinstance(value, datetime) else value


@register.filter
def day(value: date | datetime | None) -> str:
    """thứ Ba 10/06/2025; empty for no date."""
    return words.day(_as_day(value)) if value else ""


@register.filter
def plain_day(value: date | datetime | None) -> str:
    """10/06/2025; empty for no date."""
    return words.plain_day(_as_day(value)) if value else ""


@register.filter
def iso_day(value: date | datetime | None) -> str:
    """2025-06-10, for the datetime attribute of <time>."""
    return _as_day(value).isoformat() if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """09:05, thứ Ba 10/06/2025; empty for no instant."""
    return words.moment(value) if value else ""


@register.filter
def number(value: int | Decimal | None, places: int | None = None) -> str:
    return "" if value is None else words.number(value, places)


@register.filter
def dong(value: int | None) -> str:
    return "" if value is None else words.dong(value)


@register.filter
def capped(value: int, most: int = 500) -> str:
    return words.capped(value, most)
