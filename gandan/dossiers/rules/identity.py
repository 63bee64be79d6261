"""Reading the QR code of a chip identity card, as a scanner types it.

Seven fields between bars: number, old number, name, birth date, sex, residence, issue
date. Any other count fills nothing, and the raw string is never kept.
"""

from dataclasses import dataclass
from datetime import date

from gandan.kernel.text import TextRefused, clean


@dataclass(frozen=True, slots=True)
class CardFields:
    number: str
    old_number: str
    full_name: str
    born_on: date | None
    sex: str  # "male", "female" or ""
    residence: str
    issued_on: date | None


_SEX = {"Nam": "male", "Nữ": "female"}


def _day(text: str) -> date | None:
    """Dates stand as ddmmyyyy; an impossible one is left empty, not guessed."""
    if len(text) != 8 or not (text.isascii() and text.isdigit()):
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError:
        return None


def read_card(raw: str) -> CardFields | None:
    """The card's fields, or None when this is no identity card's code."""
    try:
        parts = clean(raw).split("|")
    except TextRefused:
        return None
    if len(parts) != 7:
        return None
    number, old, name, born, sex, residence, issued = (p.strip() for p in parts)
    if len(number) != 12 or not (number.isascii() and number.isdigit()):
        return None
    return CardFields(
        number=number,
        old_number=old if len(old) == 9 and old.isascii() and old.isdigit() else "",
        full_name=name,
        born_on=_day(born),
        sex=_SEX.get(sex, ""),
        residence=residence,
        issued_on=_day(issued),
    )


def masked(number: str) -> str:
    """`0040********1234`: enough to recognise one's own, no more."""
    if len(number) < 9:
        return "*" * len(number)
    return number[:4] + "*" * (len(number) - 8) + number[-4:]
