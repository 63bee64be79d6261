"""Reading a table of text: every refusal names file, line, field and cause."""

import csv
import io
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from gandan.kernel.text import TextRefused, clean

Value = TypeVar("Value")

_DECIMAL = re.compile(r"-?\d{1,9}(\.\d{1,6})?")


class ImportRefused(Exception):
    """The file says something we cannot take; nothing of it was written."""

    def __init__(
        self, file: str, line: int | None, field: str | None, cause: str
    ) -> None:
        where = file
        where += f", line {line}" if line is not None else ""
        where += f", {field}" if field else ""
        super().__init__(f"{where}: {cause}")
        self.file, self.line, self.field, self.cause = file, line, field, cause


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a file, its cells cleaned."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, field: str) -> str:
        return self.cells.get(field, "")

    def refuse(self, field: str | None, cause: str) -> ImportRefused:
        return ImportRefused(self.file, self.number, field, cause)

    def needed(self, field: str, most: int = 200) -> str:
        value = self.cells.get(field, "")
        if not value:
            raise self.refuse(field, "is empty")
        return self.short(field, most)

    def short(self, field: str, most: int = 200) -> str:
        value = self.cells.get(field, "")
        if len(value) > most:
            raise self.refuse(field, f"is longer than {most} characters")
        return value

    def code(self, field: str, digits: int) -> str:
        value = self.needed(field)
        if not (value.isascii() and value.isdigit() and len(value) == digits):
            raise self.refuse(field, f"{value!r} is not a code of {digits} digits")
        return value

    def day(self, field: str) -> date | None:
        value = self.cells.get(field, "")
        if not value:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise self.refuse(field, f"{value!r} is not a day (YYYY-MM-DD)") from None

    def decimal(self, field: str) -> Decimal | None:
        value = self.cells.get(field, "")
        if not value:
            return None
        if not _DECIMAL.fullmatch(value):
            raise self.refuse(field, f"{value!r} is not a number")
        try:
            return Decimal(value)
        except InvalidOperation:
            raise self.refuse(field, f"{value!r} is not a number") from None

    def one_of(self, field: str, known: Collection[str]) -> str:
        value = self.needed(field)
        if value not in known:
            listed = ", ".join(sorted(known))
            raise self.refuse(field, f"{value!r} is none of {listed}")
        return value

    def truth(self, field: str) -> bool:
        return self.one_of(field, {"true", "false"}) == "true"


def read(path: Path, fields: Collection[str]) -> Iterator[Line]:
    """The lines of a CSV file (UTF-8 with or without BOM, comma or semicolon)."""
    name = path.name
    try:
        content = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        cause = error.strerror or "cannot be read"
        raise ImportRefused(name, None, None, cause) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ImportRefused(name, line, None, "is not UTF-8") from None
    first = content.partition("\n")[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    rows = csv.reader(
        io.StringIO(content, newline=""), delimiter=delimiter, strict=True
    )
    header: list[str] = []
    try:
        for cells in rows:
            if not header:
                header = [cell.strip() for cell in cells]
                for field in fields:
                    if field not in header:
                        raise ImportRefused(name, 1, field, "this column is missing")
            elif cells:
                yield _line(name, rows.line_num, header, cells)
    except csv.Error as error:
        raise ImportRefused(name, rows.line_num, None, str(error)) from None
    if not header:
        raise ImportRefused(name, None, None, "is empty")


def _line(name: str, number: int, header: list[str], cells: list[str]) -> Line:
    if len(cells) != len(header):
        cause = f"has {len(cells)} cells, the header has {len(header)}"
        raise ImportRefused(name, number, None, cause)
    cleaned = {}
    for field, cell in zip(header, cells, strict=True):
        try:
            cleaned[field] = clean(cell)
        except TextRefused as refusal:
            raise ImportRefused(name, number, field, str(refusal)) from None
    return Line(name, number, cleaned)
