"""How COPY's text form writes one cell, or a few that always go together."""

from datetime import UTC, datetime

from gandan.kernel.clock import Allowance

NONE = "\\N"


def text(value: str) -> str:
    return (
        value.replace("\\", "\\\\")
        .replace("\t", " ")
        .replace("\n", " ")
        .replace("\r", " ")
    )


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def limit_cells(limit: Allowance | None, words: str, basis: str) -> str:
    """Quantity, unit, text and basis of a limit."""
    quantity = str(limit.quantity) if limit else NONE
    unit = limit.unit.value if limit else ""
    return "\t".join((quantity, unit, text(words[:400]), text(basis[:400])))


def or_none(value: object) -> str:
    return NONE if value is None else str(value)


def truth(value: bool) -> str:
    return "t" if value else "f"
