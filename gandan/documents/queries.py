"""Questions about files and papers; who may ask is decided by the record's own room."""

from datetime import date

from django.db.models import QuerySet

from gandan.documents.models import PrintedSlip, StoredFile


def files_of(subject: str, *, kind: str | None = None) -> QuerySet[StoredFile]:
    files = StoredFile.objects.filter(subject=subject).order_by("uploaded_at", "id")
    return files if kind is None else files.filter(kind=kind)


def prints_of(subject: str) -> QuerySet[PrintedSlip]:
    return PrintedSlip.objects.filter(subject=subject).order_by(
        "first_printed_at", "id"
    )


def printed_before(subject: str, form: str) -> bool:
    return PrintedSlip.objects.filter(subject=subject, form=form).exists()


def promises_of(subject: str) -> list[date]:
    """The dates promised on paper, oldest first: kept beside the clock's reading."""
    dates = prints_of(subject).values_list("promised_on", flat=True)
    return [promised for promised in dates if promised is not None]
