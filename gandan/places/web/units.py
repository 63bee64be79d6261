"""Rename and merge units, each shown before it is recorded."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused, NewUnit
from gandan.places.models import Place
from gandan.places.rules import Kind, Level
from gandan.places.web import forms, presenting, wording
from gandan.places.web.bodies import add_refusal
from gandan.places.web.guard import (
    OfficialRequest,
    check_may_change,
    may_change,
    officials,
)
from gandan.ui.pages import render_form


def _place(key: str) -> Place:
    place = queries.place_by_key(key)
    if place is None:
        raise Http404
    return place


@require_safe
@officials()
def units(request: OfficialRequest) -> HttpResponse:
    """Communes of today with what they were made of; former districts below."""
    today = local_day(request.now)
    context = {
        "lines": presenting.commune_lines(today),
        "districts": [
            (place, presenting.period(place.starts, place.ends, place.starts_known))
            for place in queries.directory().places.values()
            if place.level == Level.DISTRICT
            and place.pk in queries.directory().home
            and place.starts <= today
        ],
        "may_change": may_change(request.actor),
    }
    return render(request, "places/units.html", context)


@require_safe
@officials()
def unit(request: OfficialRequest, key: str) -> HttpResponse:
    place, today = _place(key), local_day(request.now)
    book = queries.directory()
    context = {
        "place": place,
        "level": wording.LEVELS[place.level],
        "in_force": place.is_in_force(today),
        "period": presenting.period(place.starts, place.ends, place.starts_known),
        "names": book.place_names.get(place.pk, ()),
        "predecessors": queries.predecessors(place),
        "successions": [
            (
                wording.SUCCESSIONS[row.kind],
                book.places[row.target_id] if row.target_id else None,
                row,
            )
            for row in book.successions_from.get(place.pk, ())
        ],
        "attributes": [
            (
                wording.ATTRIBUTES[row.kind],
                row,
                presenting.period(row.starts, row.ends, True),
            )
            for row in book.attributes.get(place.pk, ())
        ],
        "bodies": queries.organisations_at(place, today),
        "may_change": may_change(request.actor),
    }
    return render(request, "places/unit.html", context)


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def rename(request: OfficialRequest, key: str) -> HttpResponse:
    """First press shows what changes, the second records it."""
    check_may_change(request.actor)
    place = _place(key)
    form = forms.RenameUnit(
        request.POST or None,
        level=Level(place.level),
        initial={"name": place.name, "kind": place.kind},
    )
    context: dict[str, Any] = {"place": place}
    if form.is_valid():
        data = form.cleaned_data
        kind = Kind(data["kind"])
        try:
            if request.POST.get("step") == "record":
                actions.rename_place(
                    place_id=place.pk,
                    on=data["on"],
                    name=data["name"],
                    kind=kind,
                    basis=data["basis"],
                    by=request.actor,
                    at=request.now,
                )
                messages.success(request, _("The new name is recorded."))
                return redirect("places:unit", key)
            context["preview"] = actions.preview_rename_place(
                place_id=place.pk, on=data["on"], name=data["name"], kind=kind
            )
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
    return render_form(request, "places/rename_unit.html", form, context)


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def merge(request: OfficialRequest) -> HttpResponse:
    check_may_change(request.actor)
    today = local_day(request.now)
    communes = [(place.key, place.full_name) for place in queries.communes(today)]
    form = forms.MergeUnits(
        request.POST or None,
        units=communes,
        initial={"sources": request.GET.getlist("don-vi")},
    )
    context: dict[str, Any] = {}
    if form.is_valid():
        try:
            if request.POST.get("step") == "record":
                done = actions.merge_places(
                    by=request.actor, at=request.now, **_merge_of(form)
                )
                messages.success(request, _("The merge is recorded."))
                return redirect("places:unit", done.target_key)
            context["preview"] = actions.preview_merge(**_merge_of(form))
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
    return render_form(request, "places/merge.html", form, context)


def _merge_of(form: forms.MergeUnits) -> dict[str, Any]:
    data = form.cleaned_data
    target: int | NewUnit
    if data["target"]:
        target = _place(data["target"]).pk
    else:
        kind = Kind(data["new_kind"] or Kind.COMMUNE)
        target = NewUnit(data["new_code"], kind, data["new_name"])
    return {
        "source_ids": [_place(key).pk for key in data["sources"]],
        "target": target,
        "on": data["on"],
        "basis": data["basis"],
    }
