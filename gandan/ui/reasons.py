"""Why a date is that date, as prepared lines: one list for page, print and mail."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Reasons:
    """Lines under one heading, for instance the days that did not count."""

    title: str
    lines: tuple[str, ...]


Line: TypeAlias = str | Reasons


def as_text(lines: Iterable[Line], indent: str = "  ") -> str:
    """The same lines for mail and plain print."""
    out: list[str] = []
    for line in lines:
        if isinstance(line, Reasons):
            out.append(line.title)
            out.extend(f"{indent}– {inner}" for inner in line.lines)
        else:
            out.append(line)
    return "\n".join(out)
