"""What people type, read without guessing: numbers and days of three languages.

Pure functions, for form fields and importers alike. What can be read in two ways is
refused with a reason, never rounded to the likelier one.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal[
    "not_a_number", "unclear_number", "not_whole", "not_a_day", "no_such_day"
]


class Unreadable(ValueError):
    """The text is not a number or a day, or could be two different ones."""

    def __init__(self, reason: Reason, text: str) -> None:
        super().__init__(f"{reason}: {text!r}")
        self.reason: Reason = reason
        self.text = text


# language: (thousands, decimals)
SEPARATORS = {"vi": (".", ","), "en": (",", "."), "fr": (" ", ",")}
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009]+")
_UNIT_OF_MONEY = re.compile(r"\s*(?:đ|₫|đồng|vnđ|vnd)\.?$", re.IGNORECASE)


def read_number(text: str, language: str) -> Decimal:
    """1.234,5 in Vietnamese, 1,234.5 in English, 1 234,5 in French, exactly.

    Spaces between groups of three are read in every language. In Vietnamese 1.234 is
    one thousand two hundred and thirty-four, and 1.5 is refused as unclear.
    """
    thousands, decimals = SEPARATORS[language]
    plain = _SPACES.sub(" ", text.strip()).replace("−", "-")
    sign, plain = ("-", plain[1:]) if plain.startswith("-") else ("", plain)
    if not re.fullmatch(r"[0-9., ]+", plain) or not plain[0].isdigit():
        raise Unreadable("not_a_number", text)
    whole, *parts = plain.split(decimals)
    if len(parts) > 1 or (parts and not re.fullmatch(r"[0-9]+", parts[0])):
        raise Unreadable("unclear_number", text)
    if re.search("[., ]", whole):
        group = re.escape(" " if " " in whole else thousands)
        if not re.fullmatch(rf"[0-9]{{1,3}}(?:{group}[0-9]{{3}})+", whole):
            raise Unreadable("unclear_number", text)
    digits = re.sub(r"[., ]", "", whole)
    return Decimal(f"{sign}{digits}.{parts[0]}" if parts else f"{sign}{digits}")


def read_whole(text: str, language: str) -> int:
    """A whole number: people, copies, pages."""
    value = read_number(text, language)
    if value != value.to_integral_value():
        raise Unreadable("not_whole", text)
    return int(value)


def read_dong(text: str, language: str) -> int:
    """An amount in đồng, with or without its unit; never a part of a đồng."""
    return read_whole(_UNIT_OF_MONEY.sub("", text.strip()), language)


def read_day(text: str) -> date:
    """3/4/2026, 03-04-2026, 3.4.2026 and 03042026 are 3 April; 2026-04-03 too."""
    plain = _SPACES.sub("", text)
    if found := re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", plain):
        year, month, day = found.groups()
    elif found := re.fullmatch(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4})", plain):
        day, _sign, month, year = found.groups()
    elif found := re.fullmatch(r"([0-9]{2})([0-9]{2})([0-9]{4})", plain):
        day, month, year = found.groups()
    else:
        raise Unreadable("not_a_day", text)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise Unreadable("no_such_day", text) from error


@dataclass(frozen=True, slots=True)
class PartialDay:
    """A day of which sometimes only the year is known, or the month and the year."""

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if self.day is not None and self.month is None:
            raise ValueError("a day needs its month")
        date(self.year, self.month or 1, self.day or 1)  # refuses 31/02

    def __str__(self) -> str:
        """1952, 1952-03 or 1952-03-01: how it is stored."""
        parts = (f"{self.year:04}", self.month, self.day)
        return "-".join(
            part if isinstance(part, str) else f"{part:02}"
            for part in parts
            if part is not None
        )

    @property
    def words(self) -> str:
        """1952, 03/1952 or 01/03/1952: how it is shown."""
        return "/".join(reversed(str(self).split("-")))

    @classmethod
    def parse(cls, stored: str) -> "PartialDay":
        if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?", stored):
            raise Unreadable("not_a_day", stored)
        try:
            return cls(*(int(part) for part in stored.split("-")))
        except ValueError as error:
            raise Unreadable("no_such_day", stored) from error


def read_partial_day(text: str) -> PartialDay:
    """A whole day, «3/1952», or «1952»: what is known, in one field."""
    plain = _SPACES.sub("", text)
    if re.fullmatch(r"[0-9]{4}", plain):
        return PartialDay.parse(plain)
    if found := re.fullmatch(r"([0-9]{1,2})[/.-]([0-9]{4})", plain):
        return PartialDay.parse(f"{found[2]}-{int(found[1]):02}")
    whole = read_day(text)
    return PartialDay(whole.year, whole.month, whole.day)
