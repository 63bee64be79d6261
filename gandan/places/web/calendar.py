"""The working calendar of a year, and a new decree with its preview.

Reading open clocks again crosses rooms: a journey does it; this page links to the
journey's page where it exists.
"""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.contrib import messages
from django.forms import BaseFormSet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gandan.kernel.actors import Role
from gandan.kernel.calendar import A_DAY, SpecialDay, WorkCalendar
from gandan.kernel.localtime import at_local, local_day
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused, DayIn, DecreePreview
from gandan.places.models import CalendarDay, DecreedYear, Organisation
from gandan.places.web import forms, wording
from gandan.places.web.bodies import add_refusal, body_or_404, choices
from gandan.places.web.guard import (
    OfficialRequest,
    check_may_change,
    may_change,
    officials,
)

FIRST_YEAR, LAST_YEAR = 2021, 2100


@dataclass(frozen=True, slots=True)
class DayLine:
    day: date
    kind: str
    half: str
    name: str
    basis: str
    verified: bool
    scope: str  # whose day it is, empty for the province


@dataclass(frozen=True, slots=True)
class MonthLine:
    first: date
    working_days: int


@dataclass(frozen=True, slots=True)
class ChangeLine:
    day: date
    before: str
    after: str


@require_safe
@officials()
def calendar(request: OfficialRequest, year: int | None = None) -> HttpResponse:
    """A year's special days; one that nobody decreed is marked provisional."""
    this_year = local_day(request.now).year
    year = year or this_year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    work = queries.work_calendar()
    decreed = DecreedYear.objects.filter(year=year).first()
    months = [date(year, month, 1) for month in range(1, 13)]
    working = [MonthLine(first, _working_days(work, first)) for first in months]
    context = {
        "year": year,
        "years": sorted({*work.decreed_years, this_year, this_year + 1, year}),
        "decreed": decreed,
        "days": _day_lines(work, year),
        "own_days": _own_lines(year),
        "months": working,
        "working_days": sum(month.working_days for month in working),
        "decree_href": _address("journeys:decree") or reverse("places:decree"),
        "may_change": may_change(request.actor),
    }
    return render(request, "places/calendar.html", context)


def _working_days(work: WorkCalendar, first: date) -> int:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return work.working_days_between(first - A_DAY, following - A_DAY)


def _day_lines(work: WorkCalendar, year: int) -> list[DayLine]:
    """The province's rows; of an undecreed year what the law fixes by itself."""
    sure = dict(
        CalendarDay.objects.filter(
            organisation__isnull=True, withdrawn_at__isnull=True, day__year=year
        ).values_list("day", "verified")
    )
    first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
    return [
        _line(special, verified=sure.get(day, True))
        for day in map(date.fromordinal, range(first, last + 1))
        if (special := work.why(day)) is not None
    ]


def _own_lines(year: int) -> list[DayLine]:
    rows = (
        CalendarDay.objects.filter(
            organisation__isnull=False, withdrawn_at__isnull=True, day__year=year
        )
        .select_related("organisation")
        .order_by("day", "organisation__sort_key")
    )
    return [
        DayLine(
            row.day,
            str(wording.DAY_KINDS[row.kind]),
            _half(row.half),
            row.name,
            row.legal_basis,
            row.verified,
            row.organisation.name if row.organisation else "",
        )
        for row in rows
    ]


def _line(special: SpecialDay, *, verified: bool) -> DayLine:
    return DayLine(
        special.day,
        str(wording.DAY_KINDS[special.kind]),
        _half(special.half or ""),
        special.name,
        special.basis,
        verified,
        "",
    )


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def decree(request: OfficialRequest) -> HttpResponse:
    """First press shows each day before and after, the second records the decree."""
    check_may_change(request.actor)
    bodies = queries.desks(local_day(request.now))
    form = forms.Decree(request.POST or None, bodies=choices(bodies))
    days = forms.DecreeDays(request.POST or None, prefix="days")
    context: dict[str, Any] = {"form": form, "days": days}
    refused = False
    if request.method == "POST" and form.is_valid() and days.is_valid():
        wanted = _decree_of(form, days)
        try:
            if request.POST.get("step") == "record":
                data = form.cleaned_data
                actions.decree_calendar(
                    published_at=at_local(data["published_on"], time()),
                    verified=data["verified"],
                    by=request.actor,
                    at=request.now,
                    **wanted,
                )
                messages.success(request, _("The decree is recorded."))
                return redirect(_address("journeys:reread") or "places:calendar")
            preview = actions.preview_decree(**wanted)
            context |= {"preview": preview, "changes": _change_lines(preview)}
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
    refused = request.method == "POST" and bool(form.errors or not days.is_valid())
    status = 422 if refused else 200
    return render(request, "places/decree.html", context, status=status)


def _decree_of(
    form: forms.Decree, days: "BaseFormSet[forms.DecreeDay]"
) -> dict[str, Any]:
    data = form.cleaned_data
    rows: list[DayIn] = [row for one in days if (row := one.row) is not None]
    scope: Organisation | None = body_or_404(data["scope"]) if data["scope"] else None
    return {
        "days": rows,
        "withdraw": data["withdraw"],
        "years": [data["year"]] if data["year"] else [],
        "basis": data["basis"],
        "scope": scope,
    }


def _change_lines(preview: DecreePreview) -> list[ChangeLine]:
    return [
        ChangeLine(
            change.day,
            _became(change.before, change.worked_before),
            _became(change.after, change.worked_after),
        )
        for change in preview.changes
    ]


def _became(special: SpecialDay | None, worked: bool) -> str:
    usual = _("working day") if worked else _("day off")
    if special is None:
        return usual
    kind = wording.DAY_KINDS[special.kind]
    half = f", {_half(special.half)}" if special.half else ""
    return f"{kind}{half}: {special.name}"


def _half(half: str) -> str:
    return str(wording.HALVES[half]).lower() if half else ""


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
