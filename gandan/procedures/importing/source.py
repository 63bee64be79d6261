"""Files of the national catalogue, row by row, each with the line it stands on."""

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, TypeAlias

from gandan.kernel.text import TextRefused, clean

Kind: TypeAlias = Literal["catalogue", "details", "well_known"]

_CODE = re.compile(r"\d\.\d{6}")
_IN_CATALOGUE = re.compile(r"in_catalogue_(\d{4})_(\d{2})")
_COLUMNS: Mapping[Kind, frozenset[str]] = {
    "catalogue": frozenset(
        {"code", "name", "field", "executing_agencies", "levels", "handled_by", "kind"}
    ),
    "well_known": frozenset({"code", "group", "name"}),
}
_LISTS = ("levels", "subjects", "channels", "documents", "legal_basis", "results")
# When a page was read is no news about the procedure.
_ABOUT_THE_READING = frozenset({"as_of", "source", "detail", "levels_basis"})


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, in one sentence that leads to the place."""

    file: str
    line: int
    field: str
    value: str
    reason: str

    def __str__(self) -> str:
        where = f"{self.file}, line {self.line}" if self.line else self.file
        return (
            f"{where}, {self.field}: {self.reason}"
            if self.field
            else (f"{where}: {self.reason}")
        )


class FileRefused(Exception):
    """Nothing is imported; every problem found is listed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("; ".join(map(str, problems[:3])))
        self.problems = problems


class _Bad(Exception):
    def __init__(self, field: str, value: object, reason: str) -> None:
        super().__init__(reason)
        self.field, self.value, self.reason = field, str(value)[:80], reason


@dataclass(frozen=True, slots=True)
class Row:
    kind: Kind
    code: str
    data: Mapping[str, Any]
    file: str
    line: int
    # "2026-07" where the header of a catalogue names its month.
    month: str = ""

    @property
    def digest(self) -> str:
        said = {k: v for k, v in self.data.items() if k not in _ABOUT_THE_READING}
        text = json.dumps(said, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()


def read_files(paths: Iterable[Path]) -> list[Row]:
    """All rows of all files, or `FileRefused` with everything that is wrong."""
    rows: list[Row] = []
    problems: list[Problem] = []
    seen: dict[tuple[Kind, str], Row] = {}
    for path in paths:
        for item in _read(path):
            if isinstance(item, Problem):
                problems.append(item)
                continue
            if first := seen.get((item.kind, item.code)):
                problems.append(
                    Problem(
                        item.file,
                        item.line,
                        "code",
                        item.code,
                        f"{item.code} stands already in {first.file}, "
                        f"line {first.line}",
                    )
                )
            seen[item.kind, item.code] = item
            rows.append(item)
    if problems:
        raise FileRefused(problems)
    return rows


def _read(path: Path) -> Iterator[Row | Problem]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        yield Problem(path.name, 0, "", "", f"cannot be read ({error.strerror})")
        return
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        yield Problem(path.name, line, "", "", "is not UTF-8")
        return
    if not text.strip():
        yield Problem(path.name, 1, "", "", "the file is empty")
        return
    yield from (_json if text.lstrip()[0] == "{" else _csv)(path.name, text)


def _json(file: str, text: str) -> Iterator[Row | Problem]:
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line, parse_float=Decimal)
        except json.JSONDecodeError as error:
            yield Problem(file, number, "", line[:80], f"is not JSON ({error.msg})")
            continue
        try:
            yield _row("details", _record(data), file, number)
        except _Bad as bad:
            yield Problem(file, number, bad.field, bad.value, bad.reason)


def _csv(file: str, text: str) -> Iterator[Row | Problem]:
    first = text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    reader = csv.DictReader(text.splitlines(keepends=True), delimiter=delimiter)
    header = [name.strip() for name in reader.fieldnames or ()]
    reader.fieldnames = header
    kind: Kind | None = next(
        (k for k, columns in _COLUMNS.items() if columns <= set(header)), None
    )
    if kind is None:
        wanted = " or ".join(
            ", ".join(sorted(columns - set(header))) for columns in _COLUMNS.values()
        )
        yield Problem(
            file, 1, "header", first[:80], f"columns missing for a catalogue: {wanted}"
        )
        return
    month = next(
        (f"{m[1]}-{m[2]}" for name in header if (m := _IN_CATALOGUE.fullmatch(name))),
        "",
    )
    for data in reader:
        line = reader.line_num
        try:
            if None in data or None in data.values():
                raise _Bad("", "", "has not as many fields as the header")
            if month:
                data["in_catalogue"] = data.pop(
                    "in_catalogue_" + month.replace("-", "_")
                )
                if data["in_catalogue"] not in ("0", "1"):
                    raise _Bad("in_catalogue", data["in_catalogue"], "is not 0 or 1")
            yield _row(kind, _cleaned(data, ""), file, line, month)
        except _Bad as bad:
            yield Problem(file, line, bad.field, bad.value, bad.reason)


def _row(kind: Kind, data: Any, file: str, line: int, month: str = "") -> Row:
    code = data["code"]
    if not _CODE.fullmatch(code):
        raise _Bad("code", code, f"{code!r} is not a code like 1.001193")
    if not data["name"]:
        raise _Bad("name", "", "is empty")
    return Row(kind, code, data, file, line, month)


def _record(data: Any) -> Any:
    if not isinstance(data, dict):
        raise _Bad("", data, "is not an object")
    for name in ("code", "name"):
        if not isinstance(data.get(name), str):
            raise _Bad(name, data.get(name), "is missing or not a text")
    for name in _LISTS:
        if not isinstance(data.setdefault(name, []), list):
            raise _Bad(name, data[name], "is not a list")
    for name in ("channels", "documents", "case_times"):
        for item in data.get(name, []):
            if not isinstance(item, dict):
                raise _Bad(name, item, "holds something that is not an object")
    return _cleaned(data, "")


def _cleaned(value: Any, where: str) -> Any:
    """Every text through the border; the field is named where one is refused."""
    if isinstance(value, str):
        try:
            return clean(value)
        except TextRefused as refused:
            raise _Bad(where, value, str(refused)) from None
    if isinstance(value, list):
        return [_cleaned(item, where) for item in value]
    if isinstance(value, dict):
        return {
            key: _cleaned(item, f"{where}.{key}" if where else key)
            for key, item in value.items()
        }
    return value
