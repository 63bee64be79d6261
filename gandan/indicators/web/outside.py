"""Public pages of outside indices and of targets; nothing here is computed by us."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gandan.figures.models import PublishedValue, Target, TargetAim, TargetValue
from gandan.figures.published import queries
from gandan.figures.published.rules import (
    Change,
    Direction,
    Status,
    Verdict,
    judge,
)
from gandan.indicators.outside import drawing, reading, series
from gandan.indicators.outside.catalogue import BY_SLUG, INDICES, Index
from gandan.indicators.web import outside_wording as wording

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Card:
    """An index on the list: its newest total."""

    name: str
    slug: str
    year: int
    period: str
    value: str
    scale: str
    rank: str
    status: str
    source: str


@require_safe
def indices(request: HttpRequest) -> HttpResponse:
    latest = queries.latest_of_ours()
    cards = [
        Card(
            wording.name(index.code),
            index.slug,
            row.data_year,
            wording.period(row),
            wording.number(row.value) if row.value is not None else "",
            wording.scale(row),
            wording.rank(row),
            str(wording.STATUSES[Status(row.status)]),
            row.source.title,
        )
        for index in INDICES.values()
        if (row := latest.get(index.code))
    ]
    charts = {row.unit.chart for row in latest.values()}
    context = {"cards": cards, "units_changed": len(charts) > 1}
    return render(request, "indicators/outside_list.html", context)


@dataclass(frozen=True, slots=True)
class YearLine:
    """One row of the table over the years; without `known`, nothing is known here."""

    year: int
    known: bool
    period: str = ""
    value: str = ""
    scale: str = ""
    rank: str = ""
    rank_derived: bool = False
    status: str = ""
    published_on: Any = None
    source: str = ""
    address: str = ""
    note: str = ""
    breaks: tuple[str, ...] = ()


def _year_line(line: series.Line) -> YearLine:
    row = line.row
    if row is None:
        return YearLine(line.year, known=False)
    return YearLine(
        line.year,
        known=True,
        period=wording.period(row),
        value="" if row.value is None else wording.number(row.value),
        scale=wording.scale(row),
        rank=wording.rank(row),
        rank_derived=row.rank_derived,
        status=str(wording.STATUSES[Status(row.status)]),
        published_on=row.published_on,
        source=row.source.title,
        address=row.source.address,
        note=row.note,
        breaks=tuple(str(wording.CHANGES[change]) for change in line.changed),
    )


def _index_or_404(slug: str) -> Index:
    index = BY_SLUG.get(slug)
    if index is None:
        raise Http404
    return index


# A long table for slow lines; it holds no secret that compression could tell.
@gzip_page
@require_safe
def one_index(request: HttpRequest, slug: str) -> HttpResponse:
    index = _index_or_404(slug)
    rows = queries.ours(index.code)
    lines = series.over_the_years(rows)
    editions = series.fields(index.code)
    beside, runs = series.neighbours(editions), series.runs(editions)
    latest = queries.newest(rows)
    context = {
        "index": index,
        "name": wording.name(index.code),
        "about": wording.ABOUT[index.code],
        "latest": latest and _year_line(series.Line(latest.data_year, latest)),
        "quarter": wording.quarter(latest) if latest else "",
        "lines": [_year_line(line) for line in lines],
        "units_changed": any(Change.UNITS in line.changed for line in lines),
        "chart_of_units": latest.unit.chart if latest else "",
        "province": latest.unit.name if latest else "",
        "runs": [
            (run, [drawing.quartile_chart(run, size) for size in drawing.SIZES])
            for run in runs
        ],
        "beside": beside,
        "bars": [drawing.bar_chart(beside, size) for size in drawing.SIZES]
        if beside
        else [],
        "parts": _parts(index),
        "sources": {row.source.pk: row.source for row in rows}.values(),
    }
    return render(request, "indicators/outside_index.html", context)


@dataclass(frozen=True, slots=True)
class PartsTable:
    """Parts of our total over the editions; an empty cell is no zero."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[str, ...]], ...]  # part, scale, values


def _parts(index: Index) -> PartsTable | None:
    if not index.parts:
        return None
    rows = [
        row
        for row in queries.of_index(index.code).filter(unit__code=queries.OURS)
        if row.dimension in index.parts
        and (not row.period or row.period.endswith("-ytd"))
    ]
    columns: dict[tuple[int, Any], dict[str, PublishedValue]] = {}
    for row in rows:
        columns.setdefault((row.data_year, row.as_of), {})[row.dimension] = row
    return PartsTable(
        tuple(f"{as_of:%d/%m/%Y}" if as_of else str(y) for y, as_of in columns),
        tuple(
            (
                wording.part(code),
                next(
                    (wording.scale(c[code]) for c in columns.values() if code in c), ""
                ),
                tuple(
                    wording.number(cell.value)
                    if (cell := column.get(code)) and cell.value is not None
                    else ""
                    for column in columns.values()
                ),
            )
            for code in index.parts
        ),
    )


# --- downloads ------------------------------------------------------------------------

HEAD = (*reading.COLUMNS, "unit_name", "source_terms")


def _records(index: str) -> Iterator[tuple[str, ...]]:
    """Every unit's rows, in the columns an import takes, two more at the end."""
    for row in queries.of_index(index):
        yield (
            *(row.index, row.edition, str(row.data_year), row.period),
            row.as_of.isoformat() if row.as_of else "",
            *(row.unit.chart, row.unit.code, row.dimension),
            *(
                "" if value is None else f"{value.normalize():f}"
                for value in (row.value, row.scale_low, row.scale_high)
            ),
            *("" if n is None else str(n) for n in (row.rank, row.rank_of)),
            "1" if row.rank_derived else "0",
            *(row.source.title, row.source.address),
            row.published_on.isoformat() if row.published_on else "",
            *(row.status, row.note, row.unit.name, row.source.terms),
        )


@require_safe
def download(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    index = _index_or_404(slug)
    body = _file(index.code, ending, queries.size_of(index.code))
    content_type = "text/csv; charset=utf-8" if ending == "csv" else XLSX
    response = HttpResponse(body, content_type=content_type)
    name = f"chi-so-{slug}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@lru_cache(maxsize=2 * len(INDICES))
def _file(index: str, ending: str, size: tuple[int, int]) -> bytes:
    """Rows are only ever added, so their number and the last of them name the file:
    written once, however many take it along."""
    if ending == "xlsx":
        return _workbook(index)
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    writer.writerows(tuple(map(_tame, row)) for row in _records(index))
    return text.getvalue().encode()


def _tame(text: str) -> str:
    """No cell of an imported text becomes a formula in a spreadsheet."""
    return f"'{text}" if text.startswith(("=", "+", "@", "\t", "-")) else text


def _workbook(index: str) -> bytes:
    book = BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("published")
        for at, record in enumerate((HEAD, *_records(index))):
            for column, text in enumerate(record):
                sheet.write_string(at, column, text)
        sheet.freeze_panes(1, 0)
    return book.getvalue()


# --- targets --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Step:
    """One year of a path: what it asks, what was stated, and whether it was met."""

    year: int | None
    aim: str
    aim_source: str
    aim_address: str
    verdict: Verdict
    tag: tuple[str, str]
    values: tuple["Stated", ...]


@dataclass(frozen=True, slots=True)
class Stated:
    words: str
    as_of: Any
    status: str
    source: str
    address: str
    on_the_way: bool


@dataclass(frozen=True, slots=True)
class ShownTarget:
    key: str
    programme: str
    quantity: str
    note: str
    is_claim: bool
    steps: tuple[Step, ...]


def _in_language(said: dict[str, str]) -> str:
    language = (get_language() or "vi").split("-")[0]
    return said.get(language) or said.get("vi", "")


def _stated(value: TargetValue, unit: str, *, is_claim: bool) -> Stated:
    return Stated(
        wording.stated(value, unit),
        value.as_of,
        str(wording.STATUSES[Status(value.status)]),
        value.source.title,
        value.source.address,
        on_the_way=not value.whole_year and not is_claim,
    )


def _step(
    target: Target, year: int | None, aim: TargetAim | None, values: list[TargetValue]
) -> Step:
    whole = [value for value in values if value.whole_year]
    direction = Direction(target.direction)
    verdict = judge(
        aim.aim if aim else None,
        whole[-1].value if whole else None,
        direction=direction,
        strictly=bool(aim and aim.strictly),
    )
    kind, said = wording.VERDICTS[verdict]
    return Step(
        year=year,
        aim=wording.aim(
            aim.aim,
            target.unit,
            strictly=aim.strictly,
            is_up=direction is Direction.UP,
        )
        if aim
        else "",
        aim_source=aim.source.title if aim else "",
        aim_address=aim.source.address if aim else "",
        verdict=verdict,
        tag=(kind, str(said)),
        values=tuple(
            _stated(value, target.unit, is_claim=target.is_claim) for value in values
        ),
    )


def _shown(target: Target) -> ShownTarget:
    aims = {aim.year: aim for aim in target.aims.all()}
    values: dict[int | None, list[TargetValue]] = {}
    for value in target.values.all():
        values.setdefault(value.year, []).append(value)
    years = sorted({*aims, *values}, key=lambda year: (year is None, year or 0))
    return ShownTarget(
        target.key,
        _in_language(target.programme),
        _in_language(target.quantity),
        _in_language(target.note),
        target.is_claim,
        tuple(
            _step(target, y, aims.get(y) if y else None, values.get(y, []))
            for y in years
        ),
    )


@require_safe
def targets(request: HttpRequest) -> HttpResponse:
    context = {"targets": [_shown(target) for target in queries.targets()]}
    return render(request, "indicators/outside_targets.html", context)
