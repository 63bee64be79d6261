"""What happened to the catalogue, in the past tense."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class VersionPublished:
    """`subject` is the version; the reason is why the office made it."""

    KIND: ClassVar[str] = "procedures.version_published.v1"

    subject: str
    code: str
    number: int
    digest: str
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class ProcedureEnded:
    KIND: ClassVar[str] = "procedures.ended.v1"

    subject: str
    code: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class CatalogueImported:
    """One import as a whole; `subject` is the digest of what was read."""

    KIND: ClassVar[str] = "procedures.catalogue_imported.v1"

    subject: str
    added: int
    changed: int
    ended: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class PostingConfirmed:
    """A desk says: this list hangs on our wall today."""

    KIND: ClassVar[str] = "procedures.posting_confirmed.v1"

    subject: str
    organisation: str
    posted_on: date
    procedures: int
    versions_digest: str
