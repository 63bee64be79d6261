"""What happened to a draft: public ids and kinds, never an answer."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class DraftStarted:
    KIND: ClassVar[str] = "forms.draft_started.v1"

    subject: str
    form: str
    channel: str
    helped_by: str
    language: str


@dataclass(frozen=True, slots=True)
class DraftLeft:
    """The citizen saved, went away and holds a code and a secret."""

    KIND: ClassVar[str] = "forms.draft_left.v1"

    subject: str
    form: str


@dataclass(frozen=True, slots=True)
class DraftResumed:
    KIND: ClassVar[str] = "forms.draft_resumed.v1"

    subject: str
    form: str


@dataclass(frozen=True, slots=True)
class DraftDiscarded:
    KIND: ClassVar[str] = "forms.draft_discarded.v1"

    subject: str
    form: str


@dataclass(frozen=True, slots=True)
class DraftSubmitted:
    KIND: ClassVar[str] = "forms.draft_submitted.v1"

    subject: str
    form: str
    dossier: str


@dataclass(frozen=True, slots=True)
class DraftExpired:
    KIND: ClassVar[str] = "forms.draft_expired.v1"

    subject: str
    form: str
