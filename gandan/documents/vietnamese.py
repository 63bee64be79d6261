"""Words that a Vietnamese legal form prints, whatever the reader's language.

They are part of the form, so they do not come from a catalogue of translations.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from gandan.kernel.localtime import local

WEEKDAYS = ("Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy")


def weekday(day: date) -> str:
    return "Chủ nhật" if day.weekday() == 6 else f"thứ {WEEKDAYS[day.weekday()]}"


def short_day(day: date) -> str:
    """29/04/2025."""
    return f"{day:%d/%m/%Y}"


def day(value: date) -> str:
    """thứ Ba 29/04/2025."""
    return f"{weekday(value)} {short_day(value)}"


def long_day(value: date) -> str:
    """ngày 29 tháng 4 năm 2025; one-digit days and January, February get a zero,
    as on every administrative paper."""
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"ngày {value.day:02d} tháng {month} năm {value.year}"


def moment(at: datetime) -> str:
    """09 giờ 15 phút, thứ Ba 29/04/2025."""
    here = local(at)
    return f"{here:%H} giờ {here:%M} phút, {day(here.date())}"


def short_moment(at: datetime) -> str:
    return f"{local(at):%H:%M %d/%m/%Y}"


def dong(amount: int) -> str:
    return f"{amount:,}".replace(",", ".") + " đồng"


_PLACE = re.compile(r"\b(?:xã|phường|thị trấn|huyện|thành phố|tỉnh) [^,]{1,24}$")


def headed(name: str) -> str:
    """A name at the head of a paper breaks before its place, never inside it."""
    return _PLACE.sub(lambda found: found.group().replace(" ", "\u00a0"), name)


def count(value: int) -> str:
    """Two digits at least, so that no digit can be added before it."""
    return f"{value:02d}"


def quantity(value: Decimal | int) -> str:
    """7,5 and 1.234."""
    whole, _point, part = f"{value:,f}".partition(".")
    whole = whole.replace(",", ".")
    part = part.rstrip("0")
    return f"{whole},{part}" if part else whole
