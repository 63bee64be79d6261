"""Writing: a paper that was printed, a file that was handed in."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.db import transaction
from django.db.models import Count, Sum

from gandan.documents import events, printing, store
from gandan.documents.intake import (
    MEGABYTE,
    MOST_BYTES,
    FileRefused,
    Why,
    inspect,
    kept_name,
)
from gandan.documents.models import PrintedSlip, StoredFile
from gandan.documents.slips import Slip
from gandan.kernel.actors import Actor
from gandan.ledger import journal


@transaction.atomic
def record_print(
    *, subject: str, paper: printing.Printable, by: Actor, at: datetime
) -> PrintedSlip:
    """Count one print of a paper of this record.

    The same words printed again are the same paper; other words are another. The first
    print is the one with `prints == 1`: only that one may show secrets.
    """
    form, form_set, number = paper.template, "", None
    if isinstance(paper, Slip):
        form, form_set = paper.form.value, paper.form_set.id
        number = paper.form_set.forms[paper.form].number
    slip, is_new = PrintedSlip.objects.select_for_update().get_or_create(
        subject=subject,
        form=form,
        form_set=form_set,
        digest=printing.digest(paper.data()),
        defaults={
            "form_number": number,
            "promised_on": printing.promised_on(paper),
            "prints": 1,
            "first_printed_at": at,
            "first_printed_by": by.id,
            "last_printed_at": at,
            "last_printed_by": by.id,
        },
    )
    if not is_new:
        slip.prints += 1
        slip.last_printed_at, slip.last_printed_by = at, by.id
        slip.save(update_fields=["prints", "last_printed_at", "last_printed_by"])
    journal.record(
        events.SlipPrinted(
            subject=subject,
            slip=str(slip.public_id),
            form=slip.form,
            prints=slip.prints,
            promised_on=slip.promised_on,
        ),
        by=by,
        at=at,
    )
    return slip


# Of one record: a thick land dossier has some thirty papers.
MOST_FILES = 100
MOST_BYTES_OF_A_RECORD = 200 * MEGABYTE


@transaction.atomic
def store_upload(
    *,
    content: IO[bytes],
    name: str,
    subject: str,
    kind: str,
    retention_class: str,
    by: Actor,
    at: datetime,
) -> StoredFile:
    """Keep one file of a record, or raise `FileRefused` and keep nothing.

    The bytes are on the disk before the row is; a row that rolls back leaves bytes
    that a sweep removes, never the other way round.
    """
    kept = inspect(content.read(MOST_BYTES + 1), name=name)
    sums = StoredFile.objects.filter(subject=subject).aggregate(
        files=Count("pk"), size=Sum("size")
    )
    size = (sums["size"] or 0) + len(kept.data)
    if sums["files"] >= MOST_FILES or size > MOST_BYTES_OF_A_RECORD:
        raise FileRefused(Why.TOO_MANY_FILES)
    file = StoredFile.objects.create(
        subject=subject,
        kind=kind,
        content_type=kept.content_type,
        size=len(kept.data),
        pages=kept.pages,
        sha256=hashlib.sha256(kept.data).digest(),
        storage_name=store.write(kept.data, kept.extension),
        original_name=kept_name(name, kept.extension),
        retention_class=retention_class or "unset",
        uploaded_at=at,
        uploaded_by_kind=by.kind,
        uploaded_by=by.id,
    )
    journal.record(
        events.FileStored(
            subject=subject, file=str(file.public_id), kind=kind, size=file.size
        ),
        by=by,
        at=at,
    )
    return file


@transaction.atomic
def hand_on(
    *, subject: str, to: str, by: Actor, at: datetime, retention_class: str = ""
) -> int:
    """Give all files of one record to another: a draft's to the dossier it became."""
    change: dict[str, str] = {"subject": to}
    if retention_class:
        change["retention_class"] = retention_class
    moved = StoredFile.objects.filter(subject=subject).update(**change)
    if moved:
        event = events.FilesHandedOn(subject=to, before=subject, files=moved)
        journal.record(event, by=by, at=at)
    return moved


@transaction.atomic
def erase(
    *,
    subject: str,
    by: Actor,
    at: datetime,
    files: Iterable[str] | None = None,
) -> int:
    """Erase files of a record, all of them unless their public ids are given.

    The bytes go once the transaction is through: a rollback loses nothing.
    """
    rows = StoredFile.objects.filter(subject=subject).select_for_update()
    if files is not None:
        rows = rows.filter(public_id__in=list(files))
    found = list(rows)
    if not found:
        return 0
    StoredFile.objects.filter(pk__in=[file.pk for file in found]).delete()
    event = events.FilesErased(subject=subject, files=len(found))
    journal.record(event, by=by, at=at)
    names = [file.storage_name for file in found]
    transaction.on_commit(lambda: store.remove(names))
    return len(found)
