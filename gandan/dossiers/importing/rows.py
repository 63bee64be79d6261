"""One line of the CSV as a checked row; bad lines say field, value and cause."""

import csv
import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from gandan.kernel.clock import (
    FIRST_YEAR,
    LAST_YEAR,
    Allowance,
    ClockRefused,
    parse_limit,
)
from gandan.kernel.localtime import ZONE, local
from gandan.kernel.text import TextRefused, clean

COLUMNS = (
    "code",
    "procedure",
    "competent",
    "received_by",
    "helped_at",
    "channel",
    "received_at",
    "limit",
    "due_on",
    "pauses",
    "extended_to",
    "ended_on",
    "outcome",
    "returned_on",
    "fee_vnd",
    "paid",
    "result_electronic",
    "digitised",
    "rating",
)
_CODE = re.compile(r"[A-Z]\d{2}(\.[A-Z0-9]+)*-\d{6}-\d{4,5}", re.ASCII)
# The form before Decision 20/2020: 000.00.14.H56-240823-0001.
_OLD_CODE = re.compile(r"(\d{2,3}\.){3}[A-Z]\d{2}-\d{6}-\d{4,5}", re.ASCII)
_CHANNELS = frozenset({"counter", "online", "post"})
_OUTCOMES = frozenset({"result", "refused", "withdrawn", "stopped"})
_PAID = frozenset({"none", "cash", "online"})
_TRUTH = {"true": True, "false": False}
_FIRST_DAY = date(2018, 6, 21)  # no rule version is known before
# Python reads more of ISO 8601 than a person writes: weeks, no hyphens.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MOMENT = re.compile(
    r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?",
    re.ASCII,
)
_LONGEST_CODE = 48
# Days and limits repeat from line to line; so many of each are kept as read.
_DAYS_KEPT, _LIMITS_KEPT = 8192, 512


class RowRefused(Exception):
    """One line cannot be taken; the command adds its number."""

    def __init__(self, field: str, value: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field, self.value, self.reason = field, value[:120], reason


class FileRefused(Exception):
    """The file itself cannot be read; the message is one sentence."""

    def __init__(self, name: str, reason: str, line: int = 0) -> None:
        super().__init__(
            f"{name}, line {line}: {reason}" if line else f"{name}: {reason}"
        )
        self.line, self.reason = line, reason


class Row(NamedTuple):
    """Checked shape; agencies and procedure are still words."""

    code: str
    procedure: str
    competent: str
    received_by: str
    helped_at: str
    channel: str
    received_at: datetime
    limit: Allowance | None
    limit_given: bool
    due_on: date | None
    pauses: tuple[tuple[date, date | None], ...]
    extended_to: date | None
    ended_on: date | None
    outcome: str
    returned_on: date | None
    fee_vnd: int | None
    paid: str
    result_electronic: bool
    digitised: bool
    rating: int | None
    digest: bytes


def read_file(path: Path) -> Iterator[tuple[int, list[str], bool]]:
    """(line number, cells in the order of COLUMNS, True); UTF-8 with or without BOM.

    A line with other than the header's number of cells comes as it is, with False: it
    is refused, not the file. Raises FileRefused for a wrong encoding or header.
    """
    line = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            head, line = file.readline(), 1
            if "\0" in head:
                raise FileRefused(path.name, "this is no CSV text", 1)
            delimiter = ";" if head.count(";") > head.count(",") else ","
            names = [
                n.strip() for n in next(csv.reader([head], delimiter=delimiter), [])
            ]
            order = _order(path, names)
            reader = csv.reader(file, delimiter=delimiter)
            for cells in reader:
                line = reader.line_num + 1
                if not cells or not any(cells):
                    continue
                if len(cells) != len(names):
                    yield line, cells, False
                    continue
                chosen = [cells[at] if at is not None else "" for at in order]
                yield line, chosen, True
    except UnicodeDecodeError:
        raise FileRefused(path.name, "not UTF-8", _first_bad_line(path)) from None
    except csv.Error as error:
        raise FileRefused(path.name, str(error), line + 1) from None
    except OSError as error:
        raise FileRefused(path.name, error.strerror or str(error)) from None


def _first_bad_line(path: Path) -> int:
    """Text is decoded in blocks; the line is found by decoding each by itself."""
    with path.open("rb") as file:
        for number, text in enumerate(file, start=1):
            try:
                text.decode()
            except UnicodeDecodeError:
                return number
    return 0


def _order(path: Path, names: list[str]) -> list[int | None]:
    def refuse(what: str) -> None:
        raise FileRefused(path.name, what, 1)

    if unknown := [n for n in names if n not in COLUMNS]:
        refuse(f"unknown column {unknown[0][:60]!r}")
    if double := [n for n in names if names.count(n) > 1]:
        refuse(f"column {double[0]!r} stands twice")
    needed = ("code", "procedure", "competent", "channel", "received_at")
    if missing := [n for n in needed if n not in names]:
        refuse(f"column {missing[0]!r} is missing")
    return [names.index(n) if n in names else None for n in COLUMNS]


def parse(cells: list[str]) -> Row:
    """Raises RowRefused."""
    values = _tidy(cells)
    (
        code,
        procedure,
        competent,
        received_by,
        helped_at,
        channel,
        received,
        limit,
        due,
        waits,
        extended,
        ended,
        outcome,
        returned,
        fee,
        paid,
        electronic,
        digitised,
        rating,
    ) = values
    code = code.upper()
    if not (_CODE.fullmatch(code) or _OLD_CODE.fullmatch(code)):
        raise RowRefused("code", code, "not like H14.X01273-250610-0007")
    if len(code) > _LONGEST_CODE:
        raise RowRefused("code", code, f"longer than {_LONGEST_CODE} signs")
    for name, value in (("procedure", procedure), ("competent", competent)):
        if not value:
            raise RowRefused(name, "", "empty")
    received_at = _moment(received)
    _one_of("outcome", outcome, _OUTCOMES)
    ended_on = _day("ended_on", ended)
    returned_on = _day("returned_on", returned)
    if bool(outcome) != bool(ended_on):
        name = "ended_on" if outcome else "outcome"
        raise RowRefused(name, "", "outcome and ended_on come together")
    if returned_on and not ended_on:
        raise RowRefused("returned_on", returned, "returned but not ended")
    pauses = _pauses(waits)
    if ended_on and any(ends is None for _starts, ends in pauses):
        raise RowRefused("pauses", waits, "an open pause in an ended dossier")
    return Row(
        code=code,
        procedure=procedure,
        competent=competent,
        received_by=received_by,
        helped_at=helped_at,
        channel=_one_of("channel", channel, _CHANNELS, needed=True),
        received_at=received_at,
        limit=_limit(limit),
        limit_given=bool(limit),
        due_on=_day("due_on", due),
        pauses=pauses,
        extended_to=_day("extended_to", extended),
        ended_on=ended_on,
        outcome=outcome,
        returned_on=returned_on,
        fee_vnd=_whole("fee_vnd", fee, most=10**12),
        paid=_one_of("paid", paid, _PAID),
        result_electronic=_truth("result_electronic", electronic),
        digitised=_truth("digitised", digitised),
        rating=_rating(rating),
        digest=hashlib.sha256("\x1f".join(values).encode()).digest()[:16],
    )


def _tidy(cells: list[str]) -> list[str]:
    """Cleaned and trimmed; most lines hold nothing to clean, and that is seen at once.

    Raises RowRefused.
    """
    whole = "".join(cells)
    if _is_plain(whole):
        return [cell.strip() for cell in cells] if " " in whole else cells
    try:
        cleaned = [cell if _is_plain(cell) else _cleaned(cell) for cell in cells]
    except TextRefused as error:
        raise RowRefused("line", "", str(error)) from None
    return [cell.strip() for cell in cleaned]


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable()


def _cleaned(cell: str) -> str:
    """Raises TextRefused, and RowRefused for a sign that no text holds."""
    if "\0" in cell:
        raise RowRefused("line", "", "a NUL sign: this is no CSV text")
    return clean(cell)


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text) if _MOMENT.fullmatch(text) else None
    except ValueError:
        at = None
    if at is None:
        raise RowRefused("received_at", text, "not like 2025-03-31T09:05")
    at = at.replace(tzinfo=ZONE) if at.tzinfo is None else local(at)
    if not _FIRST_DAY <= at.date() <= date(2100, 1, 1):
        raise RowRefused("received_at", text, "before 21/06/2018 or after 2100")
    return at


def _day(name: str, text: str) -> date | None:
    if not text:
        return None
    day = _date(text)
    if day is None:
        raise RowRefused(name, text, "not like 2025-03-31")
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        reason = f"dates lie between {FIRST_YEAR} and {LAST_YEAR}"
        raise RowRefused(name, text, reason)
    return day


@lru_cache(maxsize=_DAYS_KEPT)
def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _pauses(text: str) -> tuple[tuple[date, date | None], ...]:
    if not text:
        return ()
    found = []
    for part in text.split(";"):
        starts, dots, ends = part.strip().partition("..")
        first = _day("pauses", starts) if dots else None
        last = _day("pauses", ends)
        if first is None or (last is not None and last < first):
            raise RowRefused("pauses", text, "not like 2025-05-05..2025-05-08;…")
        found.append((first, last))
    if sum(ends is None for _starts, ends in found) > 1:
        raise RowRefused("pauses", text, "two open pauses")
    return tuple(found)


@lru_cache(maxsize=_LIMITS_KEPT)
def _limit(text: str) -> Allowance | None:
    if not text:
        return None
    try:
        limit = parse_limit(text)
    except ClockRefused as error:
        raise RowRefused("limit", text, str(error)) from None
    if limit is not None and limit.quantity * 100 % 1:
        raise RowRefused("limit", text, "a limit has at most two decimals")
    return limit


def _one_of(
    name: str, text: str, allowed: frozenset[str], *, needed: bool = False
) -> str:
    if (text or needed) and text not in allowed:
        raise RowRefused(name, text, f"none of {', '.join(sorted(allowed))}")
    return text


def _truth(name: str, text: str) -> bool:
    if not text:
        return False
    if text not in _TRUTH:
        raise RowRefused(name, text, "neither true nor false")
    return _TRUTH[text]


def _whole(name: str, text: str, *, most: int) -> int | None:
    if not text:
        return None
    fits = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    if not fits or int(text) > most:
        raise RowRefused(name, text, "not a whole number")
    return int(text)


def _rating(text: str) -> int | None:
    if not text:
        return None
    if text not in {"1", "2", "3", "4", "5"}:
        raise RowRefused("rating", text, "not 1 to 5")
    return int(text)
