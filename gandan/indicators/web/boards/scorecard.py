"""A unit's own figures: what it cost people, what can be done now, then every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gandan.figures.facts import day_number
from gandan.indicators import crossing, queries, unit_access
from gandan.indicators.algebra import Sum
from gandan.indicators.charts_of_units import chart_of
from gandan.indicators.definition import Definition, Section, measures_of
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.queries import AS_IS, PROVINCE, Figure
from gandan.indicators.web.boards import asked as asking
from gandan.indicators.web.boards import drawing, records, wording
from gandan.indicators.web.boards.asked import Asked
from gandan.indicators.web.boards.card766 import card
from gandan.indicators.web.boards.sentences import sentence
from gandan.indicators.web.boards.units import (
    WHOLE,
    page_of,
    row_or_404,
    unit_or_404,
)
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.places import queries as places

MOST_NOW = 10
COSTLIEST = 3
SOON_DAYS = 3
PAGE = 50
TOP = ("cost.visits", "cost.days_all_median", "cost.days_all_p90", "cost.turned_away")


@dataclass(frozen=True, slots=True)
class Row:
    definition: Definition
    value: str
    counts: str
    interval: str
    bars: drawing.Bars | None
    href: str
    open_words: str
    sentence: str


@officials(*unit_access.READERS)
@require_safe
def mine(request: StaffRequest) -> HttpResponseBase:
    """The scorecard of the own unit; who steers the province begins at its board."""
    own = unit_access.own_units(request.actor)
    if own:
        return redirect("figures:scorecard", key=own[0])
    return redirect("figures:board")


@officials(*unit_access.READERS)
@require_safe
@gzip_page
def scorecard(request: StaffRequest, key: str) -> HttpResponseBase:
    chart = chart_of(AS_IS)
    unit = unit_or_404(request.actor, key, chart)
    if unit != key:
        return redirect("figures:scorecard", key=unit)
    today = local_day(request.now)
    asked = asking.read(request, today)
    rows = _rows(request, unit, asked)
    units = chart.units_of(unit)
    until = places.work_calendar().nth_working_day(today, SOON_DAYS)
    pressing = records.running(units).filter(due_day__lte=day_number(until))
    now = list(pressing[: MOST_NOW + 1])
    context: dict[str, Any] = {
        "key": unit,
        "name": chart.name(unit, today),
        "asked": asked,
        "periods": asking.choices(asked),
        "top": [row for row in rows if row.definition.code in TOP],
        "costliest": records.of_dossiers(
            records.waiting_longest(units, COSTLIEST), request.actor, today, chart
        ),
        "now": records.of_dossiers(now[:MOST_NOW], request.actor, today, chart),
        "more_now": len(now) > MOST_NOW,
        "sections": _sections(rows),
        "card766": card(unit, asked),
        "others": [
            (other, chart.name(other, today))
            for other in unit_access.own_units(request.actor)
            if other != unit
        ],
        "sees_all": unit_access.sees_every_unit(request.actor),
    }
    return render(request, "indicators/scorecard.html", context)


def _rows(request: HttpRequest, unit: str, asked: Asked) -> list[Row]:
    codes = list(DEFINITIONS)
    found = queries.figures(
        codes, places=[unit], period=asked.period, chart=AS_IS, as_of=asked.as_of
    )
    series: dict[str, list[Figure]] = {code: [] for code in codes}
    for figure in queries.figures(
        codes,
        places=[unit],
        period=asked.twelve,
        by=queries.MONTH,
        chart=AS_IS,
        as_of=asked.as_of,
    ):
        series[figure.code].append(figure)
    return [_row(request, figure, series[figure.code], unit, asked) for figure in found]


def _row(
    request: HttpRequest,
    figure: Figure,
    series: Sequence[Figure],
    unit: str,
    asked: Asked,
) -> Row:
    definition = DEFINITIONS[figure.code]
    href = behind_href(definition, figure, unit, asked)
    address = reverse("figures:scorecard", args=[unit])
    return Row(
        definition,
        wording.value(definition, figure),
        wording.behind(definition, figure),
        wording.interval(definition, figure),
        drawing.small_bars(definition, series, asked.runs),
        href,
        open_words(definition, figure) if href else "",
        sentence(
            definition,
            figure,
            as_of=asked.as_of,
            address=request.build_absolute_uri(f"{address}?{asked.query}"),
        ),
    )


def open_words(definition: Definition, figure: Figure) -> str:
    """Their number, where the figure counts records and no sum of something."""
    if is_sum(definition):
        return _("Open the records")
    return wording.open_records(figure.numerator)


def is_sum(definition: Definition) -> bool:
    parts = measures_of(definition.numerator)
    return any(isinstance(one.aggregate, Sum) for one in parts)


def behind_href(
    definition: Definition, figure: Figure, unit: str, asked: Asked, **more: str
) -> str:
    """Empty where nothing is behind it, or where it opens to nobody."""
    if not (definition.opens and figure.numerator) or figure.hidden:
        return ""
    key = WHOLE if unit == PROVINCE else unit
    address = reverse("figures:behind", args=[key, definition.code])
    extra = f"&{urlencode(more)}" if more else ""
    return f"{address}?{asked.query}{extra}"


def _sections(rows: Sequence[Row]) -> list[tuple[Any, list[Row]]]:
    return [
        (wording.SECTIONS[section], found)
        for section in Section
        if section is not Section.COST
        and (found := [row for row in rows if row.definition.section is section])
    ]


# --- the records behind a figure ------------------------------------------------------


@officials(*unit_access.READERS)
@require_safe
def behind(request: StaffRequest, key: str, code: str) -> HttpResponse:
    """Exactly the records a number counts, a page at a time, by key."""
    chart, today = chart_of(AS_IS), local_day(request.now)
    definition = DEFINITIONS.get(code)
    if definition is None or not definition.opens:
        raise Http404
    unit = row_or_404(request.actor, key, chart)
    asked = asking.read(request, today)
    part = "denominator" if request.GET.get("phan") == "mau" else "numerator"
    field = request.GET.get("linh-vuc") or None
    procedure = request.GET.get("thu-tuc") or None
    if (field or procedure) and not crossing.catalogue().may_part(field, procedure):
        raise Http404
    page = queries.record_ids(
        code,
        part=part,
        unit=unit,
        procedure=procedure,
        field=field,
        period=asked.period,
        chart=AS_IS,
        as_of=asked.as_of,
        after=request.GET.get("sau") or None,
        limit=PAGE,
    )
    shown = records.behind(page.records, request.actor, today, chart)
    context = {
        "definition": definition,
        "key": key,
        "name": chart.name(unit, today),
        "asked": asked,
        "when": _when(definition, asked),
        "part": part,
        "is_sum": is_sum(definition),
        "field": field,
        "procedure": records.names_of([procedure]).get(procedure, procedure)
        if procedure
        else "",
        "page": page,
        "rows": shown,
        "unopened": any(not row.href for row in shown),
        "after": _after(request, page.next),
        "sentence": _sentence_of(request, definition, unit, asked)
        if part == "numerator" and not (field or procedure)
        else "",
        "back": f"{page_of(key)}?{asked.query}",
    }
    return render(request, "indicators/behind.html", context)


def _sentence_of(
    request: HttpRequest, definition: Definition, unit: str, asked: Asked
) -> str:
    [figure] = queries.figures(
        [definition.code],
        places=[unit],
        period=asked.period,
        chart=AS_IS,
        as_of=asked.as_of,
    )
    address = request.build_absolute_uri(f"{request.path}?{asked.query}")
    return sentence(definition, figure, as_of=asked.as_of, address=address)


def _when(definition: Definition, asked: Asked) -> str:
    if definition.is_standing:
        last: date = min(asked.period.last_day, asked.as_of)
        return _("at the end of %(day)s") % {"day": f"{last:%d/%m/%Y}"}
    return asked.words


def _after(request: HttpRequest, key: str | None) -> str:
    if key is None:
        return ""
    kept = {name: value for name, value in request.GET.items() if name != "sau"}
    return f"?{urlencode(kept | {'sau': key})}"
