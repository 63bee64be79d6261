"""The catalogue of bodies: read by officials, changed by administrators."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.kernel.text import syllables
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused
from gandan.places.models import MobileDesk, Organisation
from gandan.places.rules import Level, OrganisationKind, SeatRole, Sphere
from gandan.places.web import forms, presenting, wording
from gandan.places.web.guard import (
    OfficialRequest,
    check_may_change,
    may_change,
    officials,
)
from gandan.places.web.public import typed
from gandan.ui.navigation import Link
from gandan.ui.pages import render_form

PAGE = 50


@dataclass(frozen=True, slots=True)
class BodyLine:
    body: Organisation
    kind: str
    period: str


def _line(body: Organisation) -> BodyLine:
    return BodyLine(
        body,
        str(wording.KINDS[OrganisationKind(body.kind)]),
        presenting.period(body.starts, body.ends, body.starts_known),
    )


def body_or_404(key: str) -> Organisation:
    body = queries.organisation_by_key(key)
    if body is None:
        raise Http404
    return body


def choices(bodies: list[Organisation]) -> list[tuple[str, str]]:
    return [(body.key, body.name) for body in bodies]


@require_safe
@officials()
def organisations(request: OfficialRequest) -> HttpResponse:
    """Bodies of the province, then of the units, or what matches the words typed."""
    today, text = local_day(request.now), typed(request)
    ended = request.GET.get("loc") == "da-ket-thuc"
    wanted = syllables(text)
    found = [
        body
        for body in queries.directory().bodies()
        if body.is_in_force(today) != ended
        and body.starts <= today
        and all(part in body.fold for part in wanted)
        and (wanted or ended or body.place.level == Level.PROVINCE)
    ]
    found.sort(key=lambda body: (body.place.level != Level.PROVINCE, body.sort_key))
    number = _page_number(request)
    first = (number - 1) * PAGE
    waiting = queries.to_be_assigned(today)
    kept = {"q": text, "loc": "da-ket-thuc" if ended else ""}
    address = reverse("places:organisations")
    context = {
        "text": text,
        "ended": ended,
        "lines": [_line(body) for body in found[first : first + PAGE]],
        "count": len(found),
        "before": _page_href(number - 1, kept) if number > 1 else "",
        "after": _page_href(number + 1, kept) if first + PAGE < len(found) else "",
        "tabs": [
            Link(_("In force"), address, not ended),
            Link(_("Ended"), f"{address}?loc=da-ket-thuc", ended),
            Link(
                _("To be assigned"),
                reverse("places:unassigned"),
                count=str(len(waiting)) if waiting else "",
            ),
        ],
        "may_change": may_change(request.actor),
    }
    return render(request, "places/organisations.html", context)


def _page_number(request: OfficialRequest) -> int:
    text = request.GET.get("trang", "1")
    return (
        max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 5 else 1
    )


def _page_href(number: int, kept: dict[str, str]) -> str:
    words = {name: value for name, value in kept.items() if value}
    return "?" + urlencode(words | {"trang": number})


@require_safe
@officials()
def unassigned(request: OfficialRequest) -> HttpResponse:
    """Ended bodies whose open work no decision sends anywhere."""
    today = local_day(request.now)
    context = {
        "waiting": [
            (_line(row.organisation), row.decided_fields)
            for row in queries.to_be_assigned(today)
        ],
        "may_change": may_change(request.actor),
        "may_count": may_change(request.actor)
        or Role.PROVINCE_STEERING in request.actor.roles,
    }
    return render(request, "places/unassigned.html", context)


@require_safe
@officials()
def organisation(request: OfficialRequest, key: str) -> HttpResponse:
    body, today = body_or_404(key), local_day(request.now)
    book = queries.directory()
    is_desk = body.kind == OrganisationKind.ONE_STOP_DESK
    in_force = body.is_in_force(today)
    context = {
        "line": _line(body),
        "body": body,
        "in_force": in_force,
        "holder": queries.agency_holder(body),
        "names": book.organisation_names.get(body.pk, ()),
        "parts": [
            part for part in book.parts_of.get(body.pk, ()) if part.is_in_force(today)
        ],
        "made_of": [
            (book.organisations[row.source_id], row)
            for row in book.body_successions
            if row.target_id == body.pk
        ],
        "continued_by": [
            (
                book.organisations[row.target_id],
                row,
                wording.SUCCESSIONS[row.kind],
            )
            for row in book.body_successions
            if row.source_id == body.pk
        ],
        "receivers": [
            (book.organisations[row.receiver_id], row)
            for row in book.receivers.get(body.pk, ())
        ],
        "receiver": None if in_force else queries.receiver_of(body, today),
        "is_desk": is_desk,
        "week": presenting.week(body, request.now) if is_desk and in_force else [],
        "mobile_days": presenting.mobile_days(body, today) if is_desk else [],
        "is_committee": body.kind == OrganisationKind.STEERING_COMMITTEE,
        "seats": [
            (seat, wording.SEATS[SeatRole(seat.role)])
            for seat in (
                queries.seats(body, today)
                if body.kind == OrganisationKind.STEERING_COMMITTEE
                else []
            )
        ],
        "may_change": may_change(request.actor, body),
        "may_assign": may_change(request.actor)
        and not in_force
        and body.sphere == Sphere.STATE,
    }
    return render(request, "places/organisation.html", context)


def form_page(
    request: OfficialRequest, form: Form, body: Organisation, title: str, button: str
) -> HttpResponse:
    context: dict[str, Any] = {"body": body, "title": title, "button": button}
    return render_form(request, "places/form.html", form, context)


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def rename_body(request: OfficialRequest, key: str) -> HttpResponse:
    body = body_or_404(key)
    check_may_change(request.actor, body)
    initial = {"name": body.name, "short_name": body.short_name}
    form = forms.RenameBody(request.POST or None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.rename_organisation(
                organisation_id=body.pk,
                on=data["on"],
                name=data["name"],
                short_name=data["short_name"],
                basis=data["basis"],
                by=request.actor,
                at=request.now,
            )
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The new name is recorded."))
            return redirect("places:organisation", key)
    return form_page(request, form, body, _("Rename the body"), _("Record the name"))


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def contact(request: OfficialRequest, key: str) -> HttpResponse:
    body = body_or_404(key)
    check_may_change(request.actor, body)
    initial = {"address": body.address, "telephone": body.telephone}
    form = forms.Contact(request.POST or None, initial=initial)
    if form.is_valid():
        actions.set_contact(
            organisation_id=body.pk,
            by=request.actor,
            at=request.now,
            **form.cleaned_data,
        )
        messages.success(request, _("Address and telephone are recorded."))
        return redirect("places:organisation", key)
    return form_page(request, form, body, _("Address and telephone"), _("Record"))


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def hours(request: OfficialRequest, key: str) -> HttpResponse:
    body = body_or_404(key)
    check_may_change(request.actor, body)
    today = local_day(request.now)
    days = {
        (today + timedelta(days=n)).weekday(): today + timedelta(days=n)
        for n in range(7)
    }
    initial = {
        name: presenting.hours_words(queries.office_hours(body, days[weekday]).spans)
        for weekday, name in enumerate(forms.OpeningWeek.DAYS[:5])
    }
    form = forms.OpeningWeek(request.POST or None, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.set_opening_hours(
                organisation_id=body.pk,
                starts=data["starts"],
                hours=data["hours"],
                basis=data["basis"],
                by=request.actor,
                at=request.now,
            )
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The hours are recorded."))
            return redirect("places:organisation", key)
    return form_page(request, form, body, _("Opening hours"), _("Record the hours"))


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def mobile_day(request: OfficialRequest, key: str) -> HttpResponse:
    """The desk sits in its own unit; the place is named in words."""
    body = body_or_404(key)
    check_may_change(request.actor, body)
    form = forms.MobileDay(request.POST or None)
    if form.is_valid():
        try:
            actions.plan_mobile_desk(
                desk_id=body.pk,
                place_id=body.place_id,
                by=request.actor,
                at=request.now,
                **form.cleaned_data,
            )
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The mobile desk is announced."))
            return redirect("places:organisation", key)
    return form_page(
        request, form, body, _("A day in a village"), _("Announce the day")
    )


@require_POST
@officials(Role.ADMINISTRATOR)
def cancel_mobile_day(request: OfficialRequest, pk: int) -> HttpResponse:
    sitting = MobileDesk.objects.select_related("desk").filter(pk=pk).first()
    if sitting is None:
        raise Http404
    check_may_change(request.actor, sitting.desk)
    actions.cancel_mobile_desk(sitting_id=pk, by=request.actor, at=request.now)
    messages.success(request, _("The day is cancelled."))
    return redirect("places:organisation", sitting.desk.key)


def add_refusal(form: Form, refusal: ChangeRefused) -> None:
    """Beside the field it is about, else above the form."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, wording.explain(refusal))
