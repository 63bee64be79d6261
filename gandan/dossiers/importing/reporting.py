"""What became of a file: counts, errors, and the bad lines set aside."""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from gandan.dossiers.importing.rows import COLUMNS, RowRefused

SHOWN_ERRORS = 200


@dataclass(slots=True)
class Report:
    """What became of a file; a file that cannot be read at all has one error."""

    accepted: int = 0
    rejected: int = 0
    unchanged: int = 0
    mismatched: int = 0
    rejects_file: str | None = None
    errors: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, line: int, refusal: RowRefused) -> None:
        self.rejected += 1
        if len(self.errors) < SHOWN_ERRORS:
            self.errors.append(
                {
                    "line": line,
                    "field": refusal.field,
                    "value": refusal.value,
                    "reason": refusal.reason,
                }
            )

    def as_json(self) -> str:
        return json.dumps(
            {
                "accepted": self.accepted,
                "rejected": self.rejected,
                "unchanged": self.unchanged,
                "mismatched": self.mismatched,
                "rejects_file": self.rejects_file,
                "errors": self.errors,
            },
            ensure_ascii=False,
        )


class Refused(Exception):
    """All or nothing: at least one line is bad, and nothing was written."""

    def __init__(self, report: Report) -> None:
        super().__init__(f"{report.rejected} bad lines")
        self.report = report


@dataclass(slots=True)
class Rejects:
    """The file of bad lines beside the book, made with the first of them."""

    target: Path
    _file: TextIO | None = None

    @classmethod
    def of(cls, book: Path) -> "Rejects":
        return cls(book.with_name(f"{book.stem}.rejects.csv"))

    def keep(self, line: int, cells: list[str], refusal: RowRefused) -> None:
        if self._file is None:
            self._file = self.target.open("w", encoding="utf-8", newline="")
            csv.writer(self._file).writerow(("line", *COLUMNS, "reason"))
        reason = f"{refusal.field}: {refusal.reason}"
        csv.writer(self._file).writerow((line, *cells, reason))

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def forget(self) -> None:
        """Nothing was taken, so no line was left over from it either."""
        if self._file is not None:
            self._file.close()
            self.target.unlink(missing_ok=True)
