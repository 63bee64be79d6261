"""A version before it is stored: everything that is said of a procedure."""

import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from gandan.kernel.canonical import canonical
from gandan.procedures.rules.content import Content
from gandan.procedures.rules.facts import FactRefused, Words, from_json, to_json

LEVELS = ("commune", "province", "central", "other")
# Follows from the kind of procedure, never from a tick-box on a dossier.
CONFIDENTIALITY = ("ordinary", "sensitive")
# What retention the Archives Law asks is not in our sources: "unset" shows as such.
RETENTION = ("unset", "permanent", "years_70", "years_20", "years_10", "years_5")


@dataclass(frozen=True, slots=True)
class Draft:
    code: str
    name: str
    everyday: Words = dataclasses.field(default_factory=dict)
    search_words: tuple[str, ...] = ()
    field: str = ""
    levels: tuple[str, ...] = ()
    handled_by: str = ""
    kind: str = ""
    state: str = ""
    promulgator: str = ""
    competent: str = ""
    executing: str = ""
    subjects: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    life_events: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    decision_no: str = ""
    online_url: str = ""
    form_key: str = ""
    confidentiality: str = "ordinary"
    retention_class: str = "unset"
    source: str = ""
    source_date: str = ""
    # A limit or fee of the province (its chair, its Council) is not in it yet.
    national_only: bool = True
    # A person of ours read these facts against the source, word by word.
    reviewed: bool = False
    content: Content = dataclasses.field(default_factory=Content)

    @classmethod
    def described(cls) -> tuple[str, ...]:
        """The single fields that a comparison of versions looks at."""
        apart = {"code", "content", "source", "source_date", "reviewed"}
        return tuple(f.name for f in fields(cls) if f.name not in apart)

    def to_json(self) -> dict[str, Any]:
        data = to_json(self)
        data.setdefault("content", {})
        return data

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Draft":
        return from_json(cls, data)

    @property
    def digest(self) -> str:
        """SHA-256 of what is said; the source's date is about the saying, so not in."""
        data = self.to_json()
        for name in ("source", "source_date"):
            data.pop(name, None)
        return hashlib.sha256(canonical(data)).hexdigest()

    @property
    def level(self) -> str:
        """The level nearest to people that handles it."""
        return next((level for level in LEVELS if level in self.levels), "")

    def with_content(self, **parts: Any) -> "Draft":
        return replace(self, content=replace(self.content, **parts))


def check_draft(draft: Draft) -> None:
    """Shape of the single fields; the content has its own check."""
    if not draft.name:
        raise FactRefused("name: empty")
    for level in draft.levels:
        if level not in LEVELS:
            raise FactRefused(f"levels: unknown {level!r}")
    if draft.confidentiality not in CONFIDENTIALITY:
        raise FactRefused(f"confidentiality: unknown {draft.confidentiality!r}")
    if draft.retention_class not in RETENTION:
        raise FactRefused(f"retention_class: unknown {draft.retention_class!r}")
    if draft.source_date:
        source_day(draft.source_date)


def source_day(text: str) -> date:
    """A source dates itself by day or only by month: "2026-06" is its first day."""
    try:
        return date.fromisoformat(text if len(text) > 7 else f"{text}-01")
    except ValueError:
        raise FactRefused(f"source_date: {text!r} is not a date") from None
