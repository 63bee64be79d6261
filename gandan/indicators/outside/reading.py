"""A CSV as checked rows: every bad line is named with its field and cause."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from gandan.figures.published.rules import Row, Status
from gandan.figures.published.writing import BadLine, LinesRefused
from gandan.kernel.text import TextRefused, clean

COLUMNS = (
    *("index", "edition", "data_year", "period", "as_of", "chart", "unit_code"),
    *("dimension", "value", "scale_low", "scale_high", "rank", "rank_of"),
    *("rank_derived", "source", "source_address", "published_on", "status", "note"),
)
FIRST_YEAR, LAST_YEAR = 2000, 2100
_CODE = re.compile(r"[a-z][a-z0-9_]{0,23}", re.ASCII)
_PERIOD = re.compile(r"\d{4}-(ytd|0[1-9]|1[0-2]|Q[1-4]|H[12])", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,8}(\.\d{1,4})?", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_WHOLE = re.compile(r"\d{1,5}", re.ASCII)

T = TypeVar("T")


class CellRefused(Exception):
    """One cell cannot be read; whoever reads the file adds its line."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.reason = field, reason


class Cells:
    """The cells of one line, each read by what it must be."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells

    def text(self, field: str, *, most: int, required: bool = False) -> str:
        try:
            text = clean(self._cells.get(field) or "")
        except TextRefused as refusal:
            raise CellRefused(field, str(refusal)) from None
        if required and not text:
            raise CellRefused(field, "is empty")
        if len(text) > most:
            raise CellRefused(field, f"has more than {most} characters")
        return text

    def _matched(self, field: str, pattern: re.Pattern[str], meant: str) -> str:
        text = self.text(field, most=60)
        if text and not pattern.fullmatch(text):
            raise CellRefused(field, f"{text!r} is not {meant}")
        return text

    def code(self, field: str, *, required: bool = False) -> str:
        found = self._matched(field, _CODE, "a code of small letters and digits")
        if required and not found:
            raise CellRefused(field, "is empty")
        return found

    def period(self, field: str) -> str:
        return self._matched(
            field, _PERIOD, "a period like 2025-10, 2025-Q1 or 2025-ytd"
        )

    def number(self, field: str) -> Decimal | None:
        text = self._matched(field, _NUMBER, "a number like 1234.5, four decimals")
        try:
            return Decimal(text) if text else None
        except InvalidOperation:
            raise CellRefused(field, f"{text!r} is not a number") from None

    def whole(self, field: str) -> int | None:
        text = self._matched(field, _WHOLE, "a whole number")
        return int(text) if text else None

    def year(self, field: str, *, required: bool = True) -> int | None:
        year = self.whole(field)
        if year is None and not required:
            return None
        if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
            raise CellRefused(field, f"must be a year of {FIRST_YEAR} to {LAST_YEAR}")
        return year

    def day(self, field: str) -> date | None:
        text = self._matched(field, _DAY, "a day like 2025-10-16")
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            raise CellRefused(field, f"{text!r} is not in the calendar") from None

    def yes(self, field: str) -> bool:
        text = self.text(field, most=5)
        if text not in {"", "0", "1"}:
            raise CellRefused(field, f"{text!r} is neither 0 nor 1")
        return text == "1"


def lines(path: Path, columns: Iterable[str]) -> Iterator[tuple[int, Cells]]:
    """(line, its cells); UTF-8 with the columns of the documentation, in any order."""
    wanted = set(columns)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            names = set(reader.fieldnames or ())
            if missing := sorted(wanted - names):
                raise LinesRefused([BadLine(1, missing[0], "this column is missing")])
            if strange := sorted(names - wanted):
                raise LinesRefused([BadLine(1, strange[0], "there is no such column")])
            for cells in reader:
                line = reader.line_num
                if None in cells or None in cells.values():
                    reason = "has another number of cells than the header"
                    raise LinesRefused([BadLine(line, "line", reason)])
                yield line, Cells(cells)
    except UnicodeDecodeError:
        raise LinesRefused([BadLine(1, "file", "is not UTF-8")]) from None
    except csv.Error as error:
        raise LinesRefused([BadLine(1, "file", str(error))]) from None
    except OSError as error:
        reason = error.strerror or "cannot be read"
        raise LinesRefused([BadLine(0, "file", reason)]) from None


def read_all(
    path: Path, columns: Iterable[str], read: Callable[[Cells], T]
) -> list[tuple[int, T]]:
    """Every line read, or `LinesRefused` with every line that cannot be."""
    bad: list[BadLine] = []
    found: list[tuple[int, T]] = []
    for line, cells in lines(path, columns):
        try:
            found.append((line, read(cells)))
        except CellRefused as refusal:
            bad.append(BadLine(line, refusal.field, refusal.reason))
    if bad:
        raise LinesRefused(bad)
    return found


def status_of(cells: Cells) -> Status:
    text = cells.code("status", required=True)
    try:
        return Status(text)
    except ValueError:
        known = ", ".join(status.value for status in Status)
        raise CellRefused("status", f"{text!r} is none of {known}") from None


def published_row(cells: Cells) -> Row:
    row = Row(
        index=cells.code("index", required=True),
        edition=cells.text("edition", most=60, required=True),
        data_year=cells.year("data_year") or 0,
        chart=cells.text("chart", most=4, required=True),
        unit=cells.text("unit_code", most=5, required=True),
        source_title=cells.text("source", most=200, required=True),
        source_address=cells.text("source_address", most=400),
        status=status_of(cells),
        period=cells.period("period"),
        as_of=cells.day("as_of"),
        dimension=cells.code("dimension"),
        value=cells.number("value"),
        scale_low=cells.number("scale_low"),
        scale_high=cells.number("scale_high"),
        rank=cells.whole("rank"),
        rank_of=cells.whole("rank_of"),
        rank_derived=cells.yes("rank_derived"),
        published_on=cells.day("published_on"),
        note=cells.text("note", most=300),
    )
    check(row)
    return row


def check(row: Row) -> None:
    """What the table promises too, in words for whoever wrote the line."""
    if row.value is None and row.rank is None:
        raise CellRefused("value", "a line needs a value or a rank")
    if (row.rank is None) != (row.rank_of is None):
        raise CellRefused("rank_of", "a rank is of how many ranked units")
    if row.rank is not None and row.rank_of is not None:
        if not 1 <= row.rank <= row.rank_of:
            raise CellRefused("rank", f"{row.rank} is not one of {row.rank_of}")
        if row.chart.isdigit() and row.rank_of > int(row.chart):
            reason = f"{row.rank_of} is more than the {row.chart} units of this chart"
            raise CellRefused("rank_of", reason)
    if (row.scale_low is None) != (row.scale_high is None):
        raise CellRefused("scale_high", "a scale has two ends")
    if row.scale_low is None or row.scale_high is None:
        return
    if row.scale_low >= row.scale_high:
        raise CellRefused("scale_high", "the scale ends before it begins")
    if row.value is not None and not row.scale_low <= row.value <= row.scale_high:
        reason = f"{row.value} is not between {row.scale_low} and {row.scale_high}"
        raise CellRefused("value", reason)
