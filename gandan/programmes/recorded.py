"""What our own records say about a claim: readers, by the claim's id.

This room knows no dossier. Whoever stands above it registers a reader once records can
answer; until then the page says «not recorded yet».
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Recorded:
    """A count of ours, or a share with both counts; `href` opens the records."""

    numerator: int
    denominator: int | None = None
    href: str = ""


Reader: TypeAlias = Callable[[date], Recorded | None]
_readers: dict[str, Reader] = {}


def register(code: str, reader: Reader) -> None:
    """From now on the claim is shown beside what this reader finds."""
    _readers[code] = reader


def forget(code: str) -> None:
    _readers.pop(code, None)


def read(code: str, on: date) -> Recorded | None:
    """What is recorded here on this day; None: nothing yet."""
    reader = _readers.get(code)
    return reader(on) if reader else None
