"""All units and organisations in memory: a few thousand rows, read far more often
than changed. The rows are shared between requests: read them, never change them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from django.conf import settings

from gandan.places.models import (
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Place,
    PlaceAttribute,
    PlaceName,
    Receiver,
    Succession,
)
from gandan.places.queries.kept import Kept
from gandan.places.rules import Extent, Level

Key = TypeVar("Key")
Row = TypeVar("Row")


@dataclass(frozen=True)
class Directory:
    places: Mapping[int, Place]
    organisations: Mapping[int, Organisation]
    place_names: Mapping[int, tuple[PlaceName, ...]]
    organisation_names: Mapping[int, tuple[OrganisationName, ...]]
    successions: tuple[Succession, ...]
    body_successions: tuple[OrganisationSuccession, ...]
    receivers: Mapping[int, tuple[Receiver, ...]]  # newest first
    attributes: Mapping[int, tuple[PlaceAttribute, ...]]

    @cached_property
    def place_of_key(self) -> Mapping[str, Place]:
        return {place.key: place for place in self.places.values()}

    @cached_property
    def places_of_code(self) -> Mapping[str, tuple[Place, ...]]:
        return _grouped((place.code, place) for place in self.places.values())

    @cached_property
    def organisation_of_key(self) -> Mapping[str, Organisation]:
        return {body.key: body for body in self.organisations.values()}

    @cached_property
    def organisations_of_agency_code(self) -> Mapping[str, tuple[Organisation, ...]]:
        return _grouped(
            (body.agency_code, body)
            for body in self.organisations.values()
            if body.agency_code
        )

    @cached_property
    def organisations_at(self) -> Mapping[int, tuple[Organisation, ...]]:
        """By place, in the order of their sort keys."""
        return _grouped((body.place_id, body) for body in self.organisations.values())

    @cached_property
    def parts_of(self) -> Mapping[int, tuple[Organisation, ...]]:
        return _grouped(
            (body.parent_id, body)
            for body in self.organisations.values()
            if body.parent_id is not None
        )

    @cached_property
    def successions_from(self) -> Mapping[int, tuple[Succession, ...]]:
        return _grouped((row.source_id, row) for row in self.successions)

    @cached_property
    def successions_to(self) -> Mapping[int, tuple[Succession, ...]]:
        return _grouped(
            (row.target_id, row)
            for row in self.successions
            if row.target_id is not None
        )

    @cached_property
    def whole_body_successions(self) -> Mapping[int, OrganisationSuccession]:
        return {
            row.source_id: row
            for row in self.body_successions
            if row.extent == Extent.FULL
        }

    @cached_property
    def turning_days(self) -> tuple[date, ...]:
        """In order, every day on which a unit, a body or an attribute begins or ends.

        Between two of them the same answers hold: what is in force, whose desk, which
        attributes.
        """
        rows = (
            *self.places.values(),
            *self.organisations.values(),
            *(row for group in self.attributes.values() for row in group),
        )
        days = {day for row in rows for day in (row.starts, row.ends)}
        return tuple(sorted(day for day in days if day is not None))

    def province_of(self, place: Place) -> Place:
        """The unit at the head of its tree."""
        above = self.places[place.pk]
        while above.parent is not None:
            above = above.parent
        return above

    @cached_property
    def home(self) -> frozenset[int]:
        """The units of this installation's province, past ones included.

        A province made in 2025 has the territory of those it was made from.
        """
        heads = {
            place.pk
            for place in self.places_of_code.get(settings.PROVINCE_CODE, ())
            if place.level == Level.PROVINCE
        }
        waiting = list(heads)
        while waiting:
            for row in self.successions_to.get(waiting.pop(), ()):
                if row.source_id not in heads:
                    heads.add(row.source_id)
                    waiting.append(row.source_id)
        return frozenset(
            pk
            for pk, place in self.places.items()
            if self.province_of(place).pk in heads
        )

    def of_level(self, level: Level, on: date) -> list[Place]:
        """The units of this level in our own province."""
        return [
            place
            for place in self.places.values()
            if place.level == level and place.is_in_force(on) and place.pk in self.home
        ]

    def bodies(self) -> Iterator[Organisation]:
        """The bodies of our own province."""
        return (
            body for body in self.organisations.values() if body.place_id in self.home
        )

    def chain(self, organisation: Organisation) -> list[Organisation]:
        """The organisation, the body it is part of, and so on up."""
        above, seen = [], set()
        current: Organisation | None = self.organisations.get(organisation.pk)
        while current is not None and current.pk not in seen:
            above.append(current)
            seen.add(current.pk)
            current = self.organisations.get(current.parent_id or 0)
        return above


def _grouped(pairs: Iterable[tuple[Key, Row]]) -> dict[Key, tuple[Row, ...]]:
    groups: dict[Key, list[Row]] = defaultdict(list)
    for key, row in pairs:
        groups[key].append(row)
    return {key: tuple(rows) for key, rows in groups.items()}


def _read() -> Directory:
    # Bodies before places: whatever a body already points to is then there.
    bodies = {
        body.pk: body for body in Organisation.objects.order_by("sort_key", "key")
    }
    places = {place.pk: place for place in Place.objects.order_by("sort_key", "key")}
    # Parents and places are the shared rows: pages may follow them without a query.
    for place in places.values():
        place.parent = places[place.parent_id] if place.parent_id else None
    for body in bodies.values():
        body.parent = bodies[body.parent_id] if body.parent_id else None
        body.place = places[body.place_id]
    return Directory(
        places=places,
        organisations=bodies,
        place_names=_grouped(
            (row.place_id, row) for row in PlaceName.objects.order_by("starts")
        ),
        organisation_names=_grouped(
            (row.organisation_id, row)
            for row in OrganisationName.objects.order_by("starts")
        ),
        successions=tuple(Succession.objects.order_by("on", "id")),
        body_successions=tuple(OrganisationSuccession.objects.order_by("on", "id")),
        receivers=_grouped(
            (row.organisation_id, row)
            for row in Receiver.objects.order_by("-starts", "-id")
        ),
        attributes=_grouped(
            (row.place_id, row) for row in PlaceAttribute.objects.order_by("id")
        ),
    )


_directory = Kept("places", _read)


def directory() -> Directory:
    """One question about the version; whoever asks thousands of times keeps it."""
    return _directory.now()
