"""How much time the law gives: a decimal and its unit, or a text no machine counts."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

# What the command line and files write where the limit is a text.
TEXT_LIMIT = "text"

_WRITTEN = re.compile(r"(\d{1,12}(?:\.\d{1,4})?)[ _]+([A-Za-z_]+)", re.ASCII)
_QUARTER = Decimal("0.25")


class ClockRefused(ValueError):
    """The clock cannot be read from this; the message is one sentence for people."""


class Unit(StrEnum):
    WORKING_DAY = "WORKING_DAY"
    DAY = "DAY"
    HOUR = "HOUR"
    MONTH = "MONTH"


# Longer than any limit of the national catalogue (300 days, 12 months): it bounds the
# work of reading a mistyped one.
LARGEST = {
    Unit.WORKING_DAY: 5000,
    Unit.DAY: 5000,
    Unit.HOUR: 5000,
    Unit.MONTH: 120,
}

_LEDGER_UNITS = {
    Unit.WORKING_DAY: "wd",
    Unit.DAY: "d",
    Unit.HOUR: "h",
    Unit.MONTH: "m",
}


@dataclass(frozen=True, slots=True)
class Allowance:
    quantity: Decimal
    unit: Unit

    def __post_init__(self) -> None:
        largest = LARGEST[self.unit]
        if not self.quantity.is_finite() or not 0 < self.quantity <= largest:
            raise ClockRefused(f"a limit is more than 0 and at most {largest}")
        if self.unit == Unit.MONTH and self.quantity % 1:
            # The law tells how half a month is counted; our handbook does not yet.
            raise ClockRefused("a limit in months is a whole number")

    @classmethod
    def parse(cls, text: str) -> "Allowance":
        """«7.5 WORKING_DAY»; the decimal sign is a point, upper or lower case unit."""
        written = _WRITTEN.fullmatch(text.strip())
        unit = written.group(2).upper() if written else ""
        if written is None or unit not in Unit.__members__:
            raise ClockRefused(
                f"{text!r} is not a number and one of {', '.join(Unit)}"
                ", as in «2 WORKING_DAY»"
            )
        return cls(Decimal(written.group(1)), Unit[unit])

    def __str__(self) -> str:
        return f"{plain(self.quantity)} {self.unit}"

    @property
    def ledger_code(self) -> str:
        """As a public record writes it (LEDGER §2): «7.5wd»; quarters only."""
        if self.quantity % _QUARTER:
            raise ClockRefused("the ledger writes limits in quarters")
        return f"{plain(self.quantity)}{_LEDGER_UNITS[self.unit]}"

    @property
    def is_by_the_hour(self) -> bool:
        """Hours, or less than one day: counted in office hours, not in days."""
        return self.unit == Unit.HOUR or (self.unit != Unit.MONTH and self.quantity < 1)


def parse_limit(text: str) -> Allowance | None:
    """An allowance; none where the limit is a text and an officer sets the date."""
    return None if text.strip().lower() == TEXT_LIMIT else Allowance.parse(text)


def plain(number: Decimal) -> str:
    """Without exponent or trailing zeros: 7.50 → 7.5, 10 → 10."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
