"""Decisions about bodies: who takes over open work, and who sits on a committee."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import IntegrityError, transaction

from gandan.kernel.actors import Actor
from gandan.kernel.text import clean
from gandan.ledger import journal
from gandan.places import events, queries
from gandan.places.actions.refusals import ChangeRefused
from gandan.places.models import Organisation, Receiver, Seat
from gandan.places.rules import OrganisationKind, SeatRole


@transaction.atomic
def name_receiver(
    *,
    organisation_id: int,
    receiver_id: int,
    starts: date,
    decision_number: str,
    decided_on: date,
    field: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> Receiver:
    """The body that takes over open work of an ended one, for a field or for all.

    A later decision stands before an earlier one; journeys move the work. Raises
    ChangeRefused.
    """
    body = Organisation.objects.select_for_update().get(pk=organisation_id)
    receiver = Organisation.objects.get(pk=receiver_id)
    decision_number, field = clean(decision_number), clean(field)
    if not decision_number:
        raise ChangeRefused("basis_is_empty", "decision_number")
    if body.ends is None or body.ends > starts:
        raise ChangeRefused("still_in_force", "starts", on=starts)
    if receiver.pk == body.pk or not receiver.is_in_force(starts):
        raise ChangeRefused("not_in_force", "receiver", on=starts)
    if receiver.sphere != body.sphere:
        raise ChangeRefused("receiver_of_another_sphere", "receiver")
    try:
        with transaction.atomic():
            row = Receiver.objects.create(
                organisation=body,
                receiver=receiver,
                field=field,
                starts=starts,
                decision_number=decision_number,
                decided_on=decided_on,
                note=clean(note),
            )
    except IntegrityError:
        raise ChangeRefused("receiver_named_that_day", "starts", on=starts) from None
    journal.record(
        events.ReceiverNamed(
            subject=body.key,
            organisation=receiver.key,
            receiver=receiver.key,
            field=field,
            decision=decision_number,
        ),
        by=by,
        at=at,
    )
    queries.unpin()
    return row


@transaction.atomic
def give_seat(
    *,
    committee_id: int,
    role: SeatRole,
    office: str,
    starts: date,
    document: str,
    holder_id: int | None = None,
    follows: Iterable[int] = (),
    by: Actor,
    at: datetime,
) -> Seat:
    """A seat for an office, not for a person. Raises ChangeRefused."""
    committee = Organisation.objects.select_for_update().get(pk=committee_id)
    office, document = clean(office), clean(document)
    if committee.kind != OrganisationKind.STEERING_COMMITTEE:
        raise ChangeRefused("no_committee", "role")
    if not committee.is_in_force(starts):
        raise ChangeRefused("not_in_force", "starts", on=starts)
    if not office:
        raise ChangeRefused("office_is_empty", "office")
    if not document:
        raise ChangeRefused("basis_is_empty", "document")
    chairs = Seat.objects.filter(committee=committee, role=SeatRole.CHAIR)
    if role == SeatRole.CHAIR and (
        chairs.on(starts).exists() or chairs.filter(starts__gt=starts).exists()
    ):
        raise ChangeRefused("chair_is_taken", "role")
    seat = Seat.objects.create(
        committee=committee,
        role=role.value,
        office=office,
        holder_id=holder_id,
        starts=starts,
        document=document,
    )
    seat.follows.set(follows)
    journal.record(
        events.SeatGiven(
            subject=committee.key,
            organisation=committee.key,
            role=role.value,
            office=office,
            on=starts,
            document=document,
        ),
        by=by,
        at=at,
    )
    return seat


@transaction.atomic
def end_seat(*, seat_id: int, on: date, by: Actor, at: datetime) -> Seat:
    seat = (
        Seat.objects.select_for_update(of=("self",))
        .select_related("committee")
        .get(pk=seat_id)
    )
    if seat.ends is not None or on <= seat.starts:
        raise ChangeRefused("not_in_force", "on", on=on)
    seat.ends = on
    seat.save(update_fields=["ends"])
    journal.record(
        events.SeatEnded(
            subject=seat.committee.key,
            organisation=seat.committee.key,
            role=seat.role,
            office=seat.office,
            on=on,
        ),
        by=by,
        at=at,
    )
    return seat
