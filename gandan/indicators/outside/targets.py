"""Targets from a file: one line is an aim of a year, or a value somebody stated."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from gandan.figures.models import Target, TargetAim, TargetValue
from gandan.figures.published import writing
from gandan.figures.published.rules import Direction, Status
from gandan.figures.published.writing import BadLine, LinesRefused, Written
from gandan.indicators.outside import reading
from gandan.indicators.outside.reading import CellRefused, Cells

_WORDS = ("programme", "quantity", "note")
LANGUAGES = ("vi", "en", "fr")
COLUMNS = (
    "key",
    *(f"{word}_{language}" for word in _WORDS[:2] for language in LANGUAGES),
    *("unit", "direction", "is_claim", "year", "aim", "strictly", "value", "out_of"),
    *("as_of", "whole_year", "status", "source", "source_address"),
    *(f"note_{language}" for language in LANGUAGES),
)
UNITS = ("percent", "count", "points", "million_vnd", "billion_vnd")


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    words: dict[str, dict[str, str]]
    unit: str
    direction: Direction
    is_claim: bool
    year: int | None
    aim: Decimal | None
    strictly: bool
    value: Decimal | None
    out_of: int | None
    as_of: date | None
    whole_year: bool
    status: Status | None
    source: tuple[str, str]

    @property
    def says(self) -> tuple[object, ...]:
        """What every line of a target repeats."""
        return (*(str(self.words[word]) for word in _WORDS), self.unit, self.direction)


def _words(cells: Cells, word: str, *, most: int, required: bool) -> dict[str, str]:
    """Vietnamese first; a language that is left empty reads the Vietnamese."""
    said = {
        language: cells.text(
            f"{word}_{language}", most=most, required=required and language == "vi"
        )
        for language in LANGUAGES
    }
    if not any(said.values()):
        return {}
    if not said["vi"]:
        raise CellRefused(f"{word}_vi", "is empty")
    return {language: text or said["vi"] for language, text in said.items()}


def _one_of(cells: Cells, field: str, known: tuple[str, ...]) -> str:
    text = cells.code(field, required=True)
    if text not in known:
        raise CellRefused(field, f"{text!r} is none of {', '.join(known)}")
    return text


def read_line(cells: Cells) -> Line:
    value = cells.number("value")
    line = Line(
        key=cells.text("key", most=60, required=True),
        words={
            "programme": _words(cells, "programme", most=200, required=True),
            "quantity": _words(cells, "quantity", most=200, required=True),
            "note": _words(cells, "note", most=400, required=False),
        },
        unit=_one_of(cells, "unit", UNITS),
        direction=Direction(_one_of(cells, "direction", tuple(Direction))),
        is_claim=cells.yes("is_claim"),
        year=cells.year("year", required=False),
        aim=cells.number("aim"),
        strictly=cells.yes("strictly"),
        value=value,
        out_of=cells.whole("out_of"),
        as_of=cells.day("as_of"),
        whole_year=cells.yes("whole_year"),
        status=None if value is None else reading.status_of(cells),
        source=(
            cells.text("source", most=200, required=True),
            cells.text("source_address", most=400),
        ),
    )
    if (line.aim is None) == (line.value is None):
        raise CellRefused("aim", "a line states either an aim or a value")
    if line.aim is not None and line.year is None:
        raise CellRefused("year", "an aim is of a year")
    if line.value is not None and line.out_of is not None and line.value > line.out_of:
        raise CellRefused("value", f"{line.value} is more than {line.out_of}")
    if line.is_claim and line.aim is not None:
        raise CellRefused("aim", "a claim about unnamed targets has no path")
    return line


@transaction.atomic
def import_file(path: Path) -> Written:
    """All lines or none; what is recorded already is left as it is."""
    told = reading.read_all(path, COLUMNS, read_line)
    first: dict[str, Line] = {}
    bad = [
        BadLine(number, "key", f"{line.key!r} is described in another way above")
        for number, line in told
        if first.setdefault(line.key, line).says != line.says
    ]
    if bad:
        raise LinesRefused(bad)
    rows = {
        key: Target.objects.update_or_create(
            key=key,
            defaults={
                **line.words,
                "unit": line.unit,
                "direction": line.direction.value,
                "is_claim": line.is_claim,
            },
            create_defaults={
                **line.words,
                "unit": line.unit,
                "direction": line.direction.value,
                "is_claim": line.is_claim,
                "ordinal": Target.objects.count() + 1,
            },
        )[0]
        for key, line in first.items()
    }
    added = 0
    for number, line in told:
        is_new, same = _state(rows[line.key], line)
        if not same:
            reason = "this source already states another number for it"
            field = "value" if line.aim is None else "aim"
            bad.append(BadLine(number, field, reason))
        added += is_new
    if bad:
        raise LinesRefused(bad)
    return Written(added, len(told) - added)


def _state(target: Target, line: Line) -> tuple[bool, bool]:
    """(it is new, it says what is recorded)."""
    source = writing.source_named(*line.source)
    if line.aim is not None:
        assert line.year is not None
        aim, is_new = TargetAim.objects.get_or_create(
            target=target,
            year=line.year,
            defaults={"aim": line.aim, "strictly": line.strictly, "source": source},
        )
        kept = (aim.aim, aim.strictly, aim.source_id)
        return is_new, kept == (line.aim, line.strictly, source.pk)
    assert line.value is not None
    assert line.status is not None
    stated, is_new = TargetValue.objects.get_or_create(
        target=target,
        year=line.year,
        as_of=line.as_of,
        source=source,
        defaults={
            "value": line.value,
            "out_of": line.out_of,
            "whole_year": line.whole_year,
            "status": line.status.value,
        },
    )
    kept_value = (stated.value, stated.out_of, stated.whole_year, stated.status)
    said = (line.value, line.out_of, line.whole_year, line.status.value)
    return is_new, kept_value == said
