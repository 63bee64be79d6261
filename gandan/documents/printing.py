"""From a slip to paper: file, picture, and the record that it was printed."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, ClassVar, Protocol

from gandan.documents import typeset


class Printable(Protocol):
    """A frozen dataclass that says what is on a page."""

    template: ClassVar[str]

    def data(self) -> dict[str, Any]: ...


def to_pdf(paper: Printable, *, at: datetime) -> bytes:
    return typeset.compile_pdf(paper.template, paper.data(), at=at)


def to_png(paper: Printable) -> bytes:
    """The first page as a small picture for the photo album: «Lưu ảnh»."""
    return typeset.compile_png(paper.template, paper.data())[0]


# What differs between two prints of one paper: secrets, the count of prints, the day.
_NOT_CONTENT = frozenset({"qr", "strip", "note", "date_line"})


def digest(data: Mapping[str, Any]) -> bytes:
    """Of the words a person reads, without the secrets."""
    kept = {key: value for key, value in data.items() if key not in _NOT_CONTENT}
    plain = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).digest()


def promised_on(paper: Printable) -> date | None:
    promise = getattr(paper, "promised_on", None)
    return promise() if promise else None
