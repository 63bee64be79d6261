"""Books of another office for the importer: the shortest line it takes, and files."""

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from gandan.dossiers.importing.loading import import_file
from gandan.dossiers.importing.reporting import Report
from gandan.dossiers.importing.rows import COLUMNS
from gandan.kernel.actors import SYSTEM
from tests.factories import at

IMPORTED_AT = at("2026-03-31", "10:00")
Line = dict[str, str]


def line(number: int = 1, /, **changes: str) -> Line:
    """A birth registered at the ward in time, handed over, nothing else known."""
    first = {
        "code": f"H14.X01273-250310-{number:04}",
        "procedure": "1.001193",
        "competent": "01273",
        "channel": "counter",
        "received_at": "2025-03-10T09:05",
        "ended_on": "2025-03-11",
        "outcome": "result",
        "returned_on": "2025-03-11",
    }
    return first | changes


def text_of(
    lines: Sequence[Line],
    *,
    delimiter: str = ",",
    columns: Sequence[str] = COLUMNS,
) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", delimiter=delimiter)
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def book(folder: Path, *lines: Line, name: str = "book.csv") -> Path:
    path = folder / name
    path.write_text(text_of(lines), encoding="utf-8", newline="")
    return path


def load(path: Path, *, partial: bool = False) -> Report:
    return import_file(path, by=SYSTEM, at=IMPORTED_AT, partial=partial)
