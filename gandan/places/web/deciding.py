"""Decisions about bodies: who takes over open work, and who sits on a committee."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused
from gandan.places.models import Seat
from gandan.places.rules import OrganisationKind, SeatRole
from gandan.places.web import forms
from gandan.places.web.bodies import add_refusal, body_or_404, choices, form_page
from gandan.places.web.guard import OfficialRequest, check_may_change, officials


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def receiver(request: OfficialRequest, key: str) -> HttpResponse:
    body, today = body_or_404(key), local_day(request.now)
    check_may_change(request.actor)
    bodies = [
        other
        for other in queries.directory().bodies()
        if other.is_in_force(today) and other.sphere == body.sphere
    ]
    form = forms.NameReceiver(
        request.POST or None, bodies=choices(bodies), initial={"starts": body.ends}
    )
    if form.is_valid():
        data = form.cleaned_data
        chosen = body_or_404(data.pop("receiver"))
        try:
            actions.name_receiver(
                organisation_id=body.pk,
                receiver_id=chosen.pk,
                by=request.actor,
                at=request.now,
                **data,
            )
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The receiving body is recorded."))
            return redirect("places:organisation", key)
    return form_page(
        request, form, body, _("Who takes over open work"), _("Record the decision")
    )


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def give_seat(request: OfficialRequest, key: str) -> HttpResponse:
    body, today = body_or_404(key), local_day(request.now)
    check_may_change(request.actor, body)
    if body.kind != OrganisationKind.STEERING_COMMITTEE:
        raise Http404
    committees = queries.of_kind(OrganisationKind.PEOPLE_COMMITTEE, today)
    departments = queries.of_kind(OrganisationKind.DEPARTMENT, today)
    form = forms.GiveSeat(
        request.POST or None, units=choices([*departments, *committees])
    )
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.give_seat(
                committee_id=body.pk,
                role=SeatRole(data["role"]),
                office=data["office"],
                starts=data["starts"],
                document=data["document"],
                follows=[body_or_404(unit).pk for unit in data["follows"]],
                by=request.actor,
                at=request.now,
            )
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The seat is recorded."))
            return redirect("places:organisation", key)
    return form_page(
        request, form, body, _("A seat on the committee"), _("Record the seat")
    )


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def end_seat(request: OfficialRequest, pk: int) -> HttpResponse:
    seat = Seat.objects.select_related("committee").filter(pk=pk).first()
    if seat is None:
        raise Http404
    check_may_change(request.actor, seat.committee)
    form = forms.EndSeat(request.POST or None)
    if form.is_valid():
        try:
            actions.end_seat(
                seat_id=pk, on=form.cleaned_data["on"], by=request.actor, at=request.now
            )
        except ChangeRefused as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, _("The end of the seat is recorded."))
            return redirect("places:organisation", seat.committee.key)
    return form_page(
        request, form, seat.committee, _("End the seat"), _("Record the end")
    )
