"""Answers that carry a file or a paper. The caller has asked its own room first
whether this reader may see the record; nothing here decides that."""

import tempfile
from collections.abc import Iterable
from datetime import datetime

from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe

from gandan.documents import printing
from gandan.documents.models import StoredFile
from gandan.documents.register import RegisterRow, write_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a handed-in file may do in a browser: nothing.
_NOTHING = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"


def serve(file: StoredFile, *, inline: bool = False) -> FileResponse:
    """The bytes, as a download under a name that says nothing about anybody.

    `inline` shows a picture inside a page of ours; anything else is always a download.
    """
    picture = file.content_type.startswith("image/")
    extension = file.storage_name.rpartition(".")[2]
    response = FileResponse(
        default_storage.open(file.storage_name, "rb"),
        as_attachment=not (inline and picture),
        filename=f"{file.kind}-{str(file.public_id)[:8]}.{extension}",
        content_type=file.content_type,
    )
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = _NOTHING
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def pdf(paper: printing.Printable, *, at: datetime, name: str) -> HttpResponse:
    """A paper as PDF; `name` is a code of ours, never a person's."""
    return _paper(printing.to_pdf(paper, at=at), "application/pdf", f"{name}.pdf")


def png(paper: printing.Printable, *, name: str) -> HttpResponse:
    """Its first page for the photo album of a telephone."""
    return _paper(printing.to_png(paper), "image/png", f"{name}.png")


def xlsx(
    rows: Iterable[RegisterRow], *, title: str, period: str, name: str
) -> FileResponse:
    """The register as a workbook, written to a temporary file of no name."""
    book = tempfile.TemporaryFile()  # noqa: SIM115 (the answer closes it)
    write_xlsx(book, title=title, period=period, rows=rows)
    book.seek(0)
    response = FileResponse(
        book, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def print_view(
    request: HttpRequest, paper: printing.Printable, *, back: str = ""
) -> HttpResponse:
    """The same words as the PDF, as a page: for screen readers and for printers."""
    data = paper.data()
    # Drawn by us from an address of ours: the only markup among the data.
    qr = mark_safe(data["qr"]) if data.get("qr") else ""
    response = render(
        request, "documents/print_view.html", {"paper": data, "qr": qr, "back": back}
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _paper(body: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(body, content_type=content_type)
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
