"""Which body is competent, receives, or takes over."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from gandan.places.models import Organisation, Place
from gandan.places.queries.directory import Directory, directory
from gandan.places.rules import Level, OrganisationKind, Sphere


def organisation_by_key(key: str) -> Organisation | None:
    return directory().organisation_of_key.get(key)


def committee_of(place: Place, on: date) -> Organisation | None:
    """The People's Committee of a unit."""
    for body in directory().organisations_at.get(place.pk, ()):
        if body.kind == OrganisationKind.PEOPLE_COMMITTEE and body.is_in_force(on):
            return body
    return None


def organisations_at(place: Place, on: date) -> list[Organisation]:
    """Every body of a unit in force on this day."""
    return [
        body
        for body in directory().organisations_at.get(place.pk, ())
        if body.is_in_force(on)
    ]


def agency_by(
    code_or_key: str, on: date, book: Directory | None = None
) -> Organisation | None:
    """The agency in force on this day with this key, agency code or place code.

    A place code names the unit's People's Committee. Whoever asks for many rows
    passes the directory it holds.
    """
    book = book or directory()
    if body := book.organisation_of_key.get(code_or_key):
        return body if body.is_in_force(on) else None
    for body in book.organisations_of_agency_code.get(code_or_key, ()):
        if body.is_in_force(on):
            return body
    for place in book.places_of_code.get(code_or_key, ()):
        if place.is_in_force(on):
            for body in book.organisations_at.get(place.pk, ()):
                if body.kind == OrganisationKind.PEOPLE_COMMITTEE and body.is_in_force(
                    on
                ):
                    return body
    return None


def agency_holder(organisation: Organisation) -> Organisation | None:
    """The body whose agency code stands for this one: itself, or one above."""
    for body in directory().chain(organisation):
        if body.agency_code:
            return body
    return None


def agency_code(organisation: Organisation) -> str:
    """Its own code for dossier numbers, or that of the body it is part of."""
    holder = agency_holder(organisation)
    return holder.agency_code if holder else ""


def desk_of(organisation: Organisation, on: date | None = None) -> Organisation | None:
    """The one-stop desk that receives for this body.

    Its own, else that of the body it is part of, else that of its unit or of the unit
    above: a department without a desk is served by the province's centre. Without a
    day: the desk of its last day.
    """
    book = directory()
    day = on or _last_day(organisation)
    above = book.chain(organisation)
    place: Place | None = book.places.get(organisation.place_id)
    while place is not None:
        above += [
            body
            for body in book.organisations_at.get(place.pk, ())
            if body.kind == OrganisationKind.PEOPLE_COMMITTEE
        ]
        place = place.parent
    for body in above:
        for candidate in (body, *book.parts_of.get(body.pk, ())):
            if _is_open_desk(candidate, day):
                return candidate
    return None


def _is_open_desk(body: Organisation, day: date) -> bool:
    return body.kind == OrganisationKind.ONE_STOP_DESK and body.is_in_force(day)


def _last_day(body: Organisation) -> date:
    return date.fromordinal(body.ends.toordinal() - 1) if body.ends else date.max


def desks(on: date) -> list[Organisation]:
    """Every one-stop desk open on this day."""
    return [
        body
        for body in directory().bodies()
        if body.kind == OrganisationKind.ONE_STOP_DESK and body.is_in_force(on)
    ]


def of_kind(kind: OrganisationKind, on: date) -> list[Organisation]:
    return [
        body
        for body in directory().bodies()
        if body.kind == kind and body.is_in_force(on)
    ]


def within(organisation: Organisation) -> frozenset[int]:
    """The ids of a body and of all that is part of it, whatever their dates."""
    book = directory()
    found, waiting = set(), [organisation.pk]
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting += [part.pk for part in book.parts_of.get(pk, ())]
    return frozenset(found)


def name_on(organisation: Organisation, on: date) -> str:
    """What it was called on that day; its first name before our records."""
    names = directory().organisation_names.get(organisation.pk, ())
    for name in names:
        if name.is_in_force(on):
            return name.name
    return names[0].name if names and on < names[0].starts else organisation.name


def receiver_of(
    organisation: Organisation, on: date, field: str = ""
) -> Organisation | None:
    """Who has this body's open work on that day, for one field of procedures.

    The body itself while it exists; then the one a decision names for the field, or
    for all fields; then the one that continues it whole; a desk or a division goes
    where its committee's work goes. None: to be assigned.
    """
    book = directory()
    current, seen = book.organisations.get(organisation.pk, organisation), set()
    while current.ends is not None and current.ends <= on:
        if current.pk in seen:
            return None
        seen.add(current.pk)
        following = _decided(book, current, on, field) or _whole(book, current, on)
        if following is None:
            return _with_its_committee(book, current, on, field)
        current = following
    return current


def _whole(book: Directory, body: Organisation, on: date) -> Organisation | None:
    row = book.whole_body_successions.get(body.pk)
    return book.organisations[row.target_id] if row and row.on <= on else None


def _with_its_committee(
    book: Directory, body: Organisation, on: date, field: str
) -> Organisation | None:
    above = book.organisations.get(body.parent_id or 0)
    receiver = receiver_of(above, on, field) if above is not None else None
    if receiver is not None and body.kind == OrganisationKind.ONE_STOP_DESK:
        return desk_of(receiver, on)
    return receiver


def _decided(
    book: Directory, body: Organisation, on: date, field: str
) -> Organisation | None:
    rows = [row for row in book.receivers.get(body.pk, ()) if row.starts <= on]
    for wanted in dict.fromkeys((field, "")):
        for row in rows:
            if row.field == wanted:
                return book.organisations[row.receiver_id]
    return None


@dataclass(frozen=True, slots=True)
class Unassigned:
    """An ended body whose open work no decision sends anywhere, or only in part."""

    organisation: Organisation
    decided_fields: tuple[str, ...]


def to_be_assigned(on: date) -> list[Unassigned]:
    """Ended State bodies without a receiver for all fields: rooms list their work.

    Desks and divisions are not named beside the committee they were part of.
    """
    book = directory()
    waiting = []
    for body in book.bodies():
        if body.ends is None or body.ends > on or body.sphere != Sphere.STATE:
            continue
        if body.parent is not None and not body.parent.is_in_force(on):
            continue
        if receiver_of(body, on) is None:
            rows = book.receivers.get(body.pk, ())
            fields = sorted({row.field for row in rows if row.starts <= on})
            waiting.append(Unassigned(body, tuple(fields)))
    return waiting


def reach(organisations: Iterable[int]) -> frozenset[int] | None:
    """All bodies in and under these; None (every body) for the province's committee."""
    book = directory()
    found: set[int] = set()
    for pk in organisations:
        body = book.organisations.get(pk)
        if body is None:
            continue
        if (
            body.kind == OrganisationKind.PEOPLE_COMMITTEE
            and body.place.level == Level.PROVINCE
        ):
            return None
        found |= within(body)
    return frozenset(found)
