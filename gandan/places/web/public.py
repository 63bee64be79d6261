"""Where to go, when it is open, and what a commune of today was made of."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from gandan.kernel.localtime import local_day
from gandan.kernel.text import TextRefused, clean
from gandan.places import queries
from gandan.places.models import Organisation, Place
from gandan.places.rules import Level, OrganisationKind, receives_for_all
from gandan.places.web import presenting, wording


def now_of(request: HttpRequest) -> datetime:
    now: datetime = request.now  # type: ignore[attr-defined]
    return now


def typed(request: HttpRequest, most: int = 80) -> str:
    """The words of a search, cleaned; what no keyboard sends finds nothing."""
    try:
        return clean(request.GET.get("q", ""))[:most]
    except TextRefused:
        return ""


@require_safe
def desks(request: HttpRequest) -> HttpResponse:
    """All desks, or those of the communes that match, old names included."""
    now, text = now_of(request), typed(request)
    today = local_day(now)
    context: dict[str, Any] = {"text": text}
    if text:
        lines = presenting.place_lines(text, today)
        units = {unit.pk: unit for line in lines for unit in line.hit.today}
        context |= {
            "cards": presenting.desk_cards(now, units.values()),
            "past": [line for line in lines if line.hit.is_past],
        }
    else:
        context |= {
            "cards": presenting.desk_cards(now),
            "mobile_days": presenting.mobile_days(None, today),
        }
    return render(request, "places/desks.html", context)


@require_safe
def desk(request: HttpRequest, key: str) -> HttpResponse:
    now = now_of(request)
    today = local_day(now)
    found = queries.organisation_by_key(key)
    if found is None or found.kind != OrganisationKind.ONE_STOP_DESK:
        raise Http404
    if not found.is_in_force(today):
        return _ended_desk(request, found)
    context = {
        "card": presenting.desk_card(found, now),
        "week": presenting.week(found, now),
        "today": today,
        "hours_verified": queries.hours_verified(found, today),
        "mobile_days": presenting.mobile_days(found, today),
        "of_province": found.place.level == Level.PROVINCE,
        "any_commune": receives_for_all(found.starts),
    }
    return render(request, "places/desk.html", context)


def _ended_desk(request: HttpRequest, desk: Organisation) -> HttpResponse:
    """An old address stays good: it says where to go now."""
    today = local_day(now_of(request))
    if desk.starts > today:
        raise Http404
    context = {
        "desk": desk,
        "period": presenting.period(desk.starts, desk.ends, desk.starts_known),
        "today": queries.receiver_of(desk, today),
        "units": _communes_out_of(desk.place, request),
    }
    return render(request, "places/ended_desk.html", context)


def _communes_out_of(place: Place, request: HttpRequest) -> list[Place]:
    today = local_day(now_of(request))
    if place.level == Level.DISTRICT:
        return queries.communes_out_of(place, today)
    return queries.successors(place, today)


@require_safe
def communes(request: HttpRequest) -> HttpResponse:
    today, text = local_day(now_of(request)), typed(request)
    context: dict[str, Any] = {
        "text": text,
        "lines": presenting.commune_lines(today),
        "today": today,
    }
    if text:
        context["found"] = presenting.place_lines(text, today)
    return render(request, "places/communes.html", context)


@require_safe
def commune(request: HttpRequest, key: str) -> HttpResponse:
    """One unit by key; a bare code leads to the unit that holds it today."""
    now = now_of(request)
    today = local_day(now)
    if "@" not in key:
        holder = queries.place_by_code(key, today)
        if holder is None:
            raise Http404
        return redirect("places:commune", holder.key)
    place = queries.place_by_key(key)
    if place is None or place.starts > today or place.level == Level.VILLAGE:
        raise Http404
    in_force = place.is_in_force(today)
    desk = None
    if in_force and (committee := queries.committee_of(place, today)):
        desk = queries.desk_of(committee, today)
    context = {
        "place": place,
        "in_force": in_force,
        "period": presenting.period(place.starts, place.ends, place.starts_known),
        "predecessors": queries.predecessors(place),
        "successors": [] if in_force else _communes_out_of(place, request),
        "card": presenting.desk_card(desk, now) if desk else None,
        "bodies": queries.organisations_at(place, today) if in_force else [],
        "villages": queries.villages(place, today) if in_force else [],
        "attributes": [
            wording.ATTRIBUTES[kind]
            for kind in sorted(queries.attributes(place, today))
        ],
        "parts": [
            part
            for part in queries.communes(today)
            if part.parent_id == place.pk and place.level != Level.COMMUNE
        ],
    }
    return render(request, "places/commune.html", context)
