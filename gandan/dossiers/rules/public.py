"""From a dossier's facts to the members of its public record (LEDGER §2, §9).

Service codes are named only once a `services` reference is in force; until then every
record says OTHER and is generalised accordingly: the last day of the week, a rounded
limit, and `result` for a refusal too. The exact values stand in the private fields.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from gandan.dossiers.rules.moves import Record
from gandan.kernel.canonical import b64u, token_hash
from gandan.kernel.clock import Allowance, Unit

OTHER = "OTHER"
PROTECTED = "PROTECTED"
# The classes a rounded limit may have, in working days.
CLASSES = (5, 15, 30, 60)

# Our outcomes → the ledger's `how`.
ENDING = {
    "result": "result",
    "refused": "refused",
    "withdrawn": "withdrawn",
    "stopped": "cancelled",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What a verb knows when it writes its record."""

    event: Record
    day: date
    unit: str
    protected: bool = False
    allowance: Allowance | None = None
    due: date | None = None
    how: str = ""
    token: str = ""  # T itself
    with_token: bool = False

    @property
    def public_day(self) -> date:
        """`received` tells only its week: the Sunday that ends it."""
        if self.event is Record.RECEIVED:
            return self.day + timedelta(days=6 - self.day.weekday())
        return self.day

    @property
    def closing(self) -> str:
        """Withdrawn counts only with the applicant's token; else it is cancelled."""
        if self.how == "withdrawn" and not self.with_token:
            return "cancelled"
        return self.how


def exact_limit(allowance: Allowance | None) -> str:
    """`7.5wd`, `10d`, `1m`, `4h` or `text`."""
    if allowance is None or allowance.quantity * 4 % 1:
        return "text"
    return allowance.ledger_code


def rounded_limit(allowance: Allowance | None) -> str:
    """The class of the limit: 5, 15, 30 or 60 working days, else `text`.

    Calendar days and months are put into the class that surely holds their working
    days; hours are working days of eight.
    """
    if allowance is None:
        return "text"
    days = {
        Unit.WORKING_DAY: allowance.quantity,
        Unit.DAY: allowance.quantity,
        Unit.HOUR: allowance.quantity / 8,
        Unit.MONTH: allowance.quantity * Decimal(23),
    }[allowance.unit]
    for upper in CLASSES:
        if days <= upper:
            return f"{upper}wd"
    return "text"


def public_members(facts: Facts) -> dict[str, Any]:
    """The members beside v, event, dossier, seq, day and salt."""
    members: dict[str, Any] = {}
    match facts.event:
        case Record.RECEIVED:
            members["unit"] = (
                facts.unit.split(".")[0] if facts.protected else facts.unit
            )
            members["service"] = PROTECTED if facts.protected else OTHER
            members["limit"] = rounded_limit(facts.allowance)
            # A text limit is received with the date its officer set.
            assert facts.due is not None
            members["due"] = facts.due.isoformat()
            if facts.token:
                members["token"] = b64u(token_hash(facts.token))
        case Record.GOT | Record.EXTEND:
            assert facts.due is not None
            members["due"] = facts.due.isoformat()
        case Record.CLOSED:
            how = facts.closing
            members["how"] = "result" if how == "refused" else how
            if facts.token and how == "withdrawn":
                members["token"] = facts.token
    return members


def private_fields(facts: Facts) -> dict[str, str]:
    """The exact values behind what the public record rounds."""
    match facts.event:
        case Record.RECEIVED:
            return {
                "day": facts.day.isoformat(),
                "limit": exact_limit(facts.allowance),
                "unit": facts.unit,
            }
        case Record.CLOSED:
            return {"how": facts.closing}
        case _:
            return {}
