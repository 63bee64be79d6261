"""All units and organisations in memory: a few thousand rows, read far more often
than changed. The rows are shared between requests: read them, never change them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

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

    def of_level(self, level: Level, on: date) -> list[Place]:
        return [
            place
            for place in self.places.values()
            if place.level == level and place.is_in_force(on)
        ]

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
