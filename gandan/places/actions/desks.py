"""Where and when a desk receives: address, telephone, hours, days in the villages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise

from django.db import transaction
from django.db.models import Q

from gandan.kernel.actors import Actor
from gandan.kernel.text import clean
from gandan.ledger import journal
from gandan.places import events, queries
from gandan.places.actions.refusals import ChangeRefused
from gandan.places.models import MobileDesk, OpeningHours, Organisation, Place
from gandan.places.rules import OrganisationKind


@dataclass(frozen=True, slots=True)
class HoursIn:
    weekday: int
    opens: time
    closes: time


@transaction.atomic
def set_contact(
    *, organisation_id: int, address: str, telephone: str, by: Actor, at: datetime
) -> Organisation:
    body = Organisation.objects.select_for_update().get(pk=organisation_id)
    body.address, body.telephone = clean(address), clean(telephone)
    body.save(update_fields=["address", "telephone"])
    journal.record(
        events.ContactChanged(subject=body.key, organisation=body.key), by=by, at=at
    )
    queries.unpin()
    return body


@transaction.atomic
def set_opening_hours(
    *,
    organisation_id: int | None,
    starts: date,
    hours: Iterable[HoursIn],
    basis: str,
    by: Actor,
    at: datetime,
    verified: bool = True,
) -> None:
    """The week's hours from this day on; without a body, the province's default.

    A weekday without hours falls back to the body above, then to the default.
    Raises ChangeRefused.
    """
    body = None
    if organisation_id is not None:
        body = Organisation.objects.select_for_update().get(pk=organisation_id)
    basis, hours = clean(basis), tuple(hours)
    if not basis:
        raise ChangeRefused("basis_is_empty", "basis")
    _check_hours(hours)
    rows = OpeningHours.objects.filter(organisation=body)
    if rows.filter(starts__gte=starts).exists():
        raise ChangeRefused("later_hours_decided", "starts", on=starts)
    rows.filter(Q(ends__isnull=True) | Q(ends__gt=starts)).update(ends=starts)
    OpeningHours.objects.bulk_create(
        OpeningHours(
            organisation=body,
            weekday=row.weekday,
            opens=row.opens,
            closes=row.closes,
            starts=starts,
            basis=basis,
            verified=verified,
        )
        for row in hours
    )
    key = body.key if body else ""
    journal.record(
        events.OpeningHoursSet(
            subject=key or "province", organisation=key, on=starts, basis=basis
        ),
        by=by,
        at=at,
    )
    queries.unpin()


def _check_hours(hours: tuple[HoursIn, ...]) -> None:
    by_day: dict[int, list[HoursIn]] = {}
    for row in hours:
        if row.opens >= row.closes:
            raise ChangeRefused("hours_out_of_order", "hours", weekday=row.weekday)
        by_day.setdefault(row.weekday, []).append(row)
    for weekday, rows in by_day.items():
        rows.sort(key=lambda row: row.opens)
        if any(a.closes > b.opens for a, b in pairwise(rows)):
            raise ChangeRefused("hours_out_of_order", "hours", weekday=weekday)


@transaction.atomic
def plan_mobile_desk(
    *,
    desk_id: int,
    day: date,
    opens: time,
    closes: time,
    place_id: int,
    location: str,
    note: str = "",
    by: Actor,
    at: datetime,
) -> MobileDesk:
    """The desk sits for some hours in a village or a market. Raises ChangeRefused."""
    desk = Organisation.objects.select_for_update().get(pk=desk_id)
    place = Place.objects.get(pk=place_id)
    location = clean(location)
    if desk.kind != OrganisationKind.ONE_STOP_DESK or not desk.is_in_force(day):
        raise ChangeRefused("not_in_force", "day", on=day)
    if not place.is_in_force(day):
        raise ChangeRefused("not_in_force", "place", on=day)
    if not location:
        raise ChangeRefused("location_is_empty", "location")
    if opens >= closes:
        raise ChangeRefused("hours_out_of_order", "closes")
    same_day = MobileDesk.objects.filter(desk=desk, day=day)
    if same_day.filter(opens__lt=closes, closes__gt=opens).exists():
        raise ChangeRefused("desk_sits_elsewhere", "opens", on=day)
    sitting = MobileDesk.objects.create(
        desk=desk,
        day=day,
        opens=opens,
        closes=closes,
        place=place,
        location=location,
        note=clean(note),
    )
    event = events.MobileDeskPlanned(
        subject=desk.key, organisation=desk.key, day=day, place=place.key
    )
    journal.record(event, by=by, at=at)
    return sitting


@transaction.atomic
def cancel_mobile_desk(*, sitting_id: int, by: Actor, at: datetime) -> None:
    sitting = (
        MobileDesk.objects.select_for_update(of=("self",))
        .select_related("desk", "place")
        .get(pk=sitting_id)
    )
    event = events.MobileDeskCancelled(
        subject=sitting.desk.key,
        organisation=sitting.desk.key,
        day=sitting.day,
        place=sitting.place.key,
    )
    sitting.delete()
    journal.record(event, by=by, at=at)
