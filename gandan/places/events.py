"""What happened to units, bodies and the calendar. Public facts, no person in them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class UnitRenamed:
    KIND: ClassVar[str] = "places.unit_renamed.v1"
    subject: str  # key of the unit
    on: date
    before: str
    after: str
    basis: str
    bodies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodyRenamed:
    KIND: ClassVar[str] = "places.body_renamed.v1"
    subject: str
    organisation: str
    on: date
    before: str
    after: str
    basis: str


@dataclass(frozen=True, slots=True)
class UnitsMerged:
    KIND: ClassVar[str] = "places.units_merged.v1"
    subject: str  # key of the unit they went to
    on: date
    sources: tuple[str, ...]
    basis: str
    bodies_ended: int
    bodies_made: int


@dataclass(frozen=True, slots=True)
class CalendarDecreed:
    """Journeys read it to read open clocks again."""

    KIND: ClassVar[str] = "places.calendar_decreed.v1"
    subject: str  # "province", or the key of the body it holds for
    organisation: str
    days: tuple[date, ...]
    withdrawn: tuple[date, ...]
    years: tuple[int, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class ReceiverNamed:
    KIND: ClassVar[str] = "places.receiver_named.v1"
    subject: str  # the ended body
    organisation: str
    receiver: str
    field: str
    decision: str


@dataclass(frozen=True, slots=True)
class OpeningHoursSet:
    KIND: ClassVar[str] = "places.opening_hours_set.v1"
    subject: str
    organisation: str
    on: date
    basis: str


@dataclass(frozen=True, slots=True)
class ContactChanged:
    KIND: ClassVar[str] = "places.contact_changed.v1"
    subject: str
    organisation: str


@dataclass(frozen=True, slots=True)
class MobileDeskPlanned:
    KIND: ClassVar[str] = "places.mobile_desk_planned.v1"
    subject: str
    organisation: str
    day: date
    place: str


@dataclass(frozen=True, slots=True)
class MobileDeskCancelled:
    KIND: ClassVar[str] = "places.mobile_desk_cancelled.v1"
    subject: str
    organisation: str
    day: date
    place: str


@dataclass(frozen=True, slots=True)
class SeatGiven:
    KIND: ClassVar[str] = "places.seat_given.v1"
    subject: str  # the committee
    organisation: str
    role: str
    office: str
    on: date
    document: str


@dataclass(frozen=True, slots=True)
class SeatEnded:
    KIND: ClassVar[str] = "places.seat_ended.v1"
    subject: str
    organisation: str
    role: str
    office: str
    on: date


@dataclass(frozen=True, slots=True)
class PlacesImported:
    KIND: ClassVar[str] = "places.imported.v1"
    subject: str  # what: "places", "villages", "attributes"
    rows: int
    units: int
    bodies: int
