"""What happened to files and papers: public ids only, no name of a file or person."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class FileStored:
    KIND: ClassVar[str] = "documents.file_stored.v1"

    subject: str  # the record it belongs to
    file: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    KIND: ClassVar[str] = "documents.slip_printed.v1"

    subject: str
    slip: str
    form: str
    prints: int
    promised_on: date | None


@dataclass(frozen=True, slots=True)
class FilesHandedOn:
    """They belong to another record now: a draft became a dossier."""

    KIND: ClassVar[str] = "documents.files_handed_on.v1"

    subject: str  # where they belong now
    before: str
    files: int


@dataclass(frozen=True, slots=True)
class FilesErased:
    KIND: ClassVar[str] = "documents.files_erased.v1"

    subject: str
    files: int
