"""The only code that writes the catalogue: versions are added, never edited."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import IO
from uuid import UUID, uuid4

from django.db import transaction

from gandan.documents import actions as documents
from gandan.documents.intake import FileRefused, Why
from gandan.documents.models import StoredFile
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.ledger import journal
from gandan.ledger.models import Event
from gandan.places.models import Organisation
from gandan.procedures import events, queries, rules
from gandan.procedures.models import (
    CatalogueRevision,
    Posting,
    Procedure,
    ProcedureVersion,
    columns_of,
)

# The sources seldom say since when a procedure holds; our records begin here.
FIRST_DAY = date(2018, 6, 21)
_ROWS = 500


class NothingChanged(Exception):
    """The draft says word for word what the version in force says."""


class TooEarly(Exception):
    """The draft begins before the version it should follow."""

    def __init__(self, code: str, valid_from: date) -> None:
        super().__init__(f"{code}: the version in force begins on {valid_from}")
        self.code, self.valid_from = code, valid_from


@dataclass(frozen=True, slots=True)
class Publication:
    """One version to be: the draft and its dates."""

    draft: rules.Draft
    valid_from: date = FIRST_DAY
    start_known: bool = False
    published_on: date | None = None
    # Set where the source says in the same breath that the procedure has ended.
    valid_to: date | None = None
    sources: dict[str, str] = field(default_factory=dict)
    reason: str = ""


@transaction.atomic
def publish_version(
    *, publication: Publication, by: Actor, at: datetime
) -> ProcedureVersion:
    """Add the next version of a procedure and close the one in force."""
    draft = publication.draft
    rules.check(draft.content)
    rules.draft.check_draft(draft)
    Procedure.objects.get_or_create(code=draft.code)
    procedure = Procedure.objects.select_for_update().get(code=draft.code)
    last = procedure.versions.order_by("-number").first()
    if last is not None and last.valid_to is None and last.digest == draft.digest:
        raise NothingChanged(draft.code)
    (version,) = _add([(procedure, last, publication)], by=by, at=at)
    return version


@transaction.atomic
def publish_many(
    *, publications: Iterable[Publication], by: Actor, at: datetime
) -> int:
    """The same for an import: all or nothing, each draft already checked."""
    count = 0
    lock_catalogue()
    for chunk in _chunks(publications):
        codes = [publication.draft.code for publication in chunk]
        Procedure.objects.bulk_create(
            (Procedure(code=code) for code in codes), ignore_conflicts=True
        )
        procedures = Procedure.objects.in_bulk(codes, field_name="code")
        lasts = _last_versions(codes)
        count += len(
            _add(
                [(procedures[p.draft.code], lasts.get(p.draft.code), p) for p in chunk],
                by=by,
                at=at,
            )
        )
    return count


@transaction.atomic
def end_procedures(
    *, codes: Sequence[str], on: date, by: Actor, at: datetime
) -> list[ProcedureVersion]:
    """Close the open versions: from `on` these procedures are no more."""
    lock_catalogue()
    ended = list(ProcedureVersion.objects.open().filter(code__in=codes))
    for version in ended:
        if version.valid_from > on:
            raise TooEarly(version.code, version.valid_from)
    ProcedureVersion.objects.filter(pk__in=[v.pk for v in ended]).update(valid_to=on)
    for version in ended:
        version.valid_to = on
    _tell(
        [
            events.ProcedureEnded(
                subject=str(version.public_id), code=version.code, ended_on=on
            )
            for version in ended
        ],
        by=by,
        at=at,
    )
    _renew_revision()
    return ended


def record_import(
    *, digest: str, counts: dict[str, int], by: Actor, at: datetime
) -> None:
    """One event for the whole import; the caller holds the transaction."""
    journal.record(events.CatalogueImported(subject=digest, **counts), by=by, at=at)


def _add(
    wanted: Sequence[tuple[Procedure, ProcedureVersion | None, Publication]],
    *,
    by: Actor,
    at: datetime,
) -> list[ProcedureVersion]:
    to_close: dict[date, list[int]] = {}
    rows = []
    for procedure, last, publication in wanted:
        if last is not None:
            if publication.valid_from < (last.valid_to or last.valid_from):
                raise TooEarly(procedure.code, last.valid_from)
            if last.valid_to is None:
                to_close.setdefault(publication.valid_from, []).append(last.pk)
        rows.append(
            ProcedureVersion(
                procedure=procedure,
                number=last.number + 1 if last else 1,
                valid_from=publication.valid_from,
                valid_to=publication.valid_to,
                start_known=publication.start_known,
                published_on=publication.published_on,
                recorded_at=at,
                recorded_by=by.id,
                reason=publication.reason,
                sources=publication.sources,
                **columns_of(publication.draft),
            )
        )
    for day, keys in to_close.items():
        ProcedureVersion.objects.filter(pk__in=keys).update(valid_to=day)
    ProcedureVersion.objects.bulk_create(rows)
    _tell([_published(row) for row in rows], by=by, at=at)
    _renew_revision()
    return rows


def _published(row: ProcedureVersion) -> events.VersionPublished:
    return events.VersionPublished(
        subject=str(row.public_id),
        code=row.code,
        number=row.number,
        digest=row.digest,
        valid_from=row.valid_from,
        source=row.source,
    )


def _tell(facts: Sequence[journal.Fact], *, by: Actor, at: datetime) -> None:
    Event.objects.bulk_create([journal.row_of(fact, by=by, at=at) for fact in facts])


def _last_versions(codes: Sequence[str]) -> dict[str, ProcedureVersion]:
    rows = (
        ProcedureVersion.objects.filter(code__in=codes)
        .order_by("code", "-number")
        .distinct("code")
        .only("id", "code", "number", "valid_from", "valid_to")
    )
    return {row.code: row for row in rows}


def _chunks(publications: Iterable[Publication]) -> Iterator[list[Publication]]:
    rest = iter(publications)
    while chunk := list(islice(rest, _ROWS)):
        yield chunk


def lock_catalogue() -> None:
    """Two imports at once would each see the other's half: one waits."""
    CatalogueRevision.objects.get_or_create(pk=1)
    CatalogueRevision.objects.select_for_update().get(pk=1)


def _renew_revision() -> None:
    CatalogueRevision.objects.update_or_create(pk=1, defaults={"token": uuid4()})


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture of the wall, as it was sent."""

    content: IO[bytes]
    name: str


@transaction.atomic
def confirm_posting(
    *,
    organisation: Organisation,
    posted_on: date,
    by: Actor,
    at: datetime,
    photo: Photo | None = None,
) -> Posting:
    """A desk says what hangs on its wall since `posted_on`: the list of this moment.

    Raises `FileRefused`, and confirms nothing, when the photo is no picture.
    """
    listed = queries.of_desk(organisation, on=local_day(at))
    public_id = uuid4()
    posting = Posting.objects.create(
        public_id=public_id,
        organisation=organisation,
        posted_on=posted_on,
        procedures=len(listed),
        versions_digest=queries.versions_digest(listed),
        photo=_keep(photo, public_id, by=by, at=at) if photo else None,
        confirmed_at=at,
        confirmed_by=by.id,
    )
    fact = events.PostingConfirmed(
        subject=str(posting.public_id),
        organisation=organisation.key,
        posted_on=posted_on,
        procedures=posting.procedures,
        versions_digest=posting.versions_digest,
    )
    journal.record(fact, by=by, at=at)
    return posting


def _keep(photo: Photo, posting: UUID, *, by: Actor, at: datetime) -> StoredFile:
    file = documents.store_upload(
        content=photo.content,
        name=photo.name,
        subject=str(posting),
        kind="posting_photo",
        retention_class="unset",
        by=by,
        at=at,
    )
    if not file.content_type.startswith("image/"):
        raise FileRefused(Why.UNKNOWN_TYPE)
    return file
