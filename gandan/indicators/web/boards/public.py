"""Public pages of our own figures: what each one means, and the province's by month.

Only months that have ended, and only sums of the whole province: what is small stands
in editions, where it is hidden once and for all.
"""

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any

import xlsxwriter
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gandan.figures.models import Edition
from gandan.indicators import counting, emission, queries
from gandan.indicators.definition import Definition, Section
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.emission import Dialect
from gandan.indicators.periods import parse_period
from gandan.indicators.queries import Figure
from gandan.indicators.web.boards import drawing, wording
from gandan.indicators.web.boards.sentences import sentence
from gandan.kernel import periods as days
from gandan.kernel.localtime import local_day
from gandan.ui.navigation import Link

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FIRST_YEAR = 2025  # of the records kept here
MONTHS = 12


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    sections = [
        (wording.SECTIONS[section], found)
        for section in Section
        if (found := [one for one in DEFINITIONS.values() if one.section is section])
    ]
    context = {"sections": sections, "count": len(DEFINITIONS)}
    return render(request, "indicators/figures_index.html", context)


@dataclass(frozen=True, slots=True)
class MonthLine:
    label: str
    value: str
    counts: str
    known: bool


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    definition = _definition_or_404(code)
    today = local_day(request.now)  # type: ignore[attr-defined]
    year = _year(request, today)
    found = _months(definition, today, year)
    # The newest month of which there is something to say.
    last = next((one for one in reversed(found) if one.value is not None), None)
    address = request.build_absolute_uri(request.path)
    context: dict[str, Any] = {
        "definition": definition,
        "section": wording.SECTIONS[definition.section],
        "direction": wording.DIRECTIONS[definition.direction],
        "legal_basis": wording.legal_basis(definition),
        "is_standing": definition.is_standing,
        "lines": [
            MonthLine(
                wording.short_month(figure.period),
                wording.value(definition, figure),
                wording.behind(definition, figure),
                figure.value is not None,
            )
            for figure in found
        ],
        "charts": drawing.months(definition, found),
        "years": _years(today, year),
        "year": year,
        "statements": _statements(definition),
        "editions": _editions(code),
    }
    if last is not None:
        context |= {
            "last": last,
            "value": wording.value(definition, last),
            "period": wording.period(last.period),
            "sentence": sentence(
                definition, last, as_of=last.period.last_day, address=address
            ),
        }
    return render(request, "indicators/figures_one.html", context)


def _editions(code: str) -> list[Edition]:
    """The newest approved edition of each series that has this figure."""
    found: dict[int, Edition] = {}
    rows = Edition.objects.filter(approved_at__isnull=False, definitions__has_key=code)
    for edition in rows.select_related("series").order_by("series", "number"):
        found[edition.series_id] = edition
    return list(found.values())


def _definition_or_404(code: str) -> Definition:
    if code not in DEFINITIONS:
        raise Http404
    return DEFINITIONS[code]


def _year(request: HttpRequest, today: date) -> int | None:
    """The year asked for; none stands for the last twelve months that have ended."""
    text = request.GET.get("nam", "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        raise Http404
    year = int(text)
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    return year


def _years(today: date, year: int | None) -> list[Link]:
    links = [Link(_("Last twelve months"), "?", year is None)]
    for number in range(today.year, FIRST_YEAR - 1, -1):
        links.append(Link(str(number), f"?nam={number}", number == year))
    return links


def _months(definition: Definition, today: date, year: int | None) -> list[Figure]:
    """The province by month, the months that have ended, oldest first."""
    past = today.replace(day=1)  # of the month that is running
    starts, ends = days.add_months(past, -MONTHS), past
    if year is not None:
        starts, ends = date(year, 1, 1), min(date(year + 1, 1, 1), past)
    starts = max(starts, date(FIRST_YEAR, 1, 1))
    if starts >= ends:
        return []
    period = parse_period(f"{starts}..{ends - timedelta(days=1)}")
    return queries.figures([definition.code], period=period, by=queries.MONTH)


def _statements(definition: Definition) -> list[str]:
    """The SQL that counts its parts, as it runs over the tables of facts."""
    return [
        emission.statement(
            group,
            relation=counting.relation(group.table),
            dialect=Dialect.DUCKDB,
            by_procedure=False,
        )
        for group in emission.groups(definition.measures)
    ]


# --- downloads ------------------------------------------------------------------------

HEAD = (
    *("code", "version", "place", "starts", "ends", "numerator", "denominator"),
    *("value", "unit", "kind"),
)


def _records(definition: Definition, found: list[Figure]) -> list[tuple[str, ...]]:
    return [
        (
            *(figure.code, str(figure.version), figure.place),
            *(figure.period.starts.isoformat(), figure.period.last_day.isoformat()),
            "" if figure.hidden else str(figure.numerator),
            "" if figure.hidden or figure.denominator is None else _of(figure),
            "" if figure.value is None else f"{figure.value:f}",
            *(definition.unit.value, figure.kind),
        )
        for figure in found
    ]


def _of(figure: Figure) -> str:
    return str(figure.denominator)


@require_safe
def download(request: HttpRequest, code: str, ending: str) -> HttpResponse:
    definition = _definition_or_404(code)
    if ending not in {"csv", "xlsx"}:
        raise Http404
    today = local_day(request.now)  # type: ignore[attr-defined]
    records = _records(definition, _months(definition, today, _year(request, today)))
    if ending == "csv":
        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerows([HEAD, *records])
        body, content_type = text.getvalue().encode(), "text/csv; charset=utf-8"
    else:
        body, content_type = _workbook(records), XLSX
    response = HttpResponse(body, content_type=content_type)
    name = f"{code.replace('.', '-')}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


_NUMBERS = {HEAD.index(name) for name in ("version", "numerator", "denominator")}


def _workbook(records: list[tuple[str, ...]]) -> bytes:
    book = BytesIO()
    with xlsxwriter.Workbook(book, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet("figures")
        for at, record in enumerate((HEAD, *records)):
            for column, text in enumerate(record):
                if at and column in _NUMBERS and text:
                    sheet.write_number(at, column, int(text))
                else:
                    sheet.write_string(at, column, text)
        sheet.freeze_panes(1, 0)
    return book.getvalue()
