"""What is past due today, by agency, field and procedure, and each dossier of it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gandan.figures.facts import day_number
from gandan.indicators import crossing, unit_access
from gandan.indicators.charts_of_units import chart_of
from gandan.indicators.crossing import CLOSED, Crossing
from gandan.indicators.periods import parse_period
from gandan.indicators.queries import AS_IS
from gandan.indicators.web.boards import records
from gandan.indicators.web.boards.province import PAST_DUE, short_name
from gandan.indicators.web.boards.scorecard import PAGE
from gandan.indicators.web.boards.units import unit_or_404
from gandan.kernel.localtime import local_day
from gandan.kernel.text import fold
from gandan.people.guards import StaffRequest, officials

UNIT, FIELD, PROCEDURE, AFTER = "don-vi", "linh-vuc", "thu-tuc", "sau"
MOST = 200  # rows of the table
_CURSOR = re.compile(r"([0-9]{1,6})\.([0-9a-f-]{36})")


@dataclass(frozen=True, slots=True)
class Line:
    agency: str
    field: str
    procedure: str
    late: int
    open: int
    href: str


@officials(*unit_access.READERS)
@require_safe
@gzip_page
def late(request: StaffRequest) -> HttpResponse:
    """The own units' for a leader, any for who steers; without one, all of them."""
    chart, today = chart_of(AS_IS), local_day(request.now)
    asked = request.GET.get(UNIT, "")
    if asked:
        rows = [unit_or_404(request.actor, asked, chart)]
    elif unit_access.sees_every_unit(request.actor):
        rows = []
    else:
        rows = [chart.row(key) for key in unit_access.own_units(request.actor)]
        if not rows:
            raise Http404
    units = frozenset[str]().union(*map(chart.units_of, rows)) if rows else None
    known = crossing.catalogue()
    crossed = crossing.cross(
        PAST_DUE,
        period=parse_period(f"{today:%Y-%m}"),
        as_of=today,
        chart=chart,
        known=known,
        units=units,
    )
    procedures = _procedures(request, known)
    found = records.running(units, procedures).filter(
        overdue_from__lte=day_number(today)
    )
    if cursor := _CURSOR.fullmatch(request.GET.get(AFTER, "")):
        due, record = int(cursor[1]), cursor[2]
        found = found.filter(Q(due_day__gt=due) | Q(due_day=due, record__gt=record))
    page = list(found[: PAGE + 1])
    lines = _lines(crossed, lambda key: short_name(key, chart, today))
    context: dict[str, Any] = {
        "today": today,
        "name": chart.name(rows[0], today) if len(rows) == 1 else "",
        "key": rows[0] if len(rows) == 1 else "",
        "total": crossed.total,
        "lines": lines[:MOST],
        "more_lines": max(0, len(lines) - MOST),
        "closed": sum(
            cell.numerator
            for (_agency, name, _code), cell in crossed.cells.items()
            if name == CLOSED
        ),
        "field": request.GET.get(FIELD, ""),
        "procedure": request.GET.get(PROCEDURE, ""),
        "rows": records.of_dossiers(page[:PAGE], request.actor, today, chart),
        "after": _after(request, page) if len(page) > PAGE else "",
        "everything": reverse("figures:late")
        + (f"?{urlencode({UNIT: asked})}" if asked else ""),
    }
    return render(request, "indicators/late.html", context)


def _procedures(
    request: HttpRequest, known: crossing.Catalogue
) -> frozenset[str] | None:
    if code := request.GET.get(PROCEDURE, ""):
        return frozenset({code})
    if name := request.GET.get(FIELD, ""):
        return known.codes_of(name)
    return None


def _lines(crossed: Crossing, name_of: Callable[[str], str]) -> list[Line]:
    """The most late first; agencies and fields without anything late are left out."""
    late = {key: cell for key, cell in crossed.cells.items() if cell.numerator}
    names = records.names_of(code for _agency, _field, code in late if code)
    lines = []
    for (agency, name, code), cell in late.items():
        query = {UNIT: agency, PROCEDURE: code} if code else {}
        lines.append(
            Line(
                name_of(agency),
                name,
                names.get(code, code),
                cell.numerator,
                cell.denominator,
                f"{reverse('figures:late')}?{urlencode(query)}#ho-so" if query else "",
            )
        )
    return sorted(lines, key=lambda one: (-one.late, fold(one.agency), one.procedure))


def _after(request: HttpRequest, page: list[dict[str, Any]]) -> str:
    last = page[PAGE - 1]
    kept = {name: value for name, value in request.GET.items() if name != AFTER}
    cursor = f"{last['due_day']}.{last['record']}"
    return f"?{urlencode(kept | {AFTER: cursor})}"
