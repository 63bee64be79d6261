"""Which unit, on which day, and what it became."""

from datetime import date

from gandan.places.models import Place
from gandan.places.queries.directory import directory
from gandan.places.rules import Extent, Level


def place_by_key(key: str) -> Place | None:
    return directory().place_of_key.get(key)


def place_by_code(code: str, on: date) -> Place | None:
    """The unit that held this code on that day; another may hold it on another."""
    for place in directory().places_of_code.get(code, ()):
        if place.is_in_force(on):
            return place
    return None


def province(on: date, code: str) -> Place | None:
    """The province of this code, for the head of a tree of units."""
    place = place_by_code(code, on)
    return place if place is not None and place.level == Level.PROVINCE else None


def communes(on: date) -> list[Place]:
    """Xã, phường, thị trấn, đặc khu in force on this day, in Vietnamese order."""
    return directory().of_level(Level.COMMUNE, on)


def districts(on: date) -> list[Place]:
    """Empty from 1 July 2025 on."""
    return directory().of_level(Level.DISTRICT, on)


def villages(commune: Place, on: date) -> list[Place]:
    return [
        place
        for place in directory().of_level(Level.VILLAGE, on)
        if place.parent_id == commune.pk
    ]


def successor(place: Place, on: date) -> Place | None:
    """The one unit in which the whole of `place` lies on this day.

    None when it was split, or ended without a successor: a district of 2025 has none.
    """
    book = directory()
    current, seen = book.places.get(place.pk, place), {place.pk}
    while current.ends is not None and current.ends <= on:
        whole = [
            row
            for row in book.successions_from.get(current.pk, ())
            if row.extent == Extent.FULL and row.target_id is not None and row.on <= on
        ]
        if not whole or whole[-1].target_id in seen:
            return None
        current = book.places[whole[-1].target_id or 0]
        seen.add(current.pk)
    return current


def successors(place: Place, on: date) -> list[Place]:
    """Every unit of this day in which some of `place` lies; several after a split."""
    book = directory()
    found: dict[int, Place] = {}
    waiting, seen = [place.pk], set()
    while waiting:
        pk = waiting.pop()
        if pk in seen:
            continue
        seen.add(pk)
        current = book.places[pk]
        if current.ends is None or current.ends > on:
            found[pk] = current
            continue
        waiting += [
            row.target_id
            for row in book.successions_from.get(pk, ())
            if row.target_id is not None and row.on <= on
        ]
    return sorted(found.values(), key=lambda unit: unit.sort_key)


def predecessors(place: Place) -> list[Place]:
    """The units it was made from, one step back, in the order of their names."""
    book = directory()
    made_from = {row.source_id for row in book.successions_to.get(place.pk, ())}
    return [unit for pk, unit in book.places.items() if pk in made_from]


def communes_out_of(district: Place, on: date) -> list[Place]:
    """The communes of this day with some of an ended district in them."""
    found = {
        unit.pk: unit
        for place in directory().places.values()
        if place.parent_id == district.pk and place.level == Level.COMMUNE
        for unit in successors(place, on)
    }
    return sorted(found.values(), key=lambda unit: unit.sort_key)


def full_name_on(place: Place, on: date) -> str:
    """The name it bore on that day; its first one for days before our records."""
    names = directory().place_names.get(place.pk, ())
    for name in names:
        if name.is_in_force(on):
            return name.full_name
    return names[0].full_name if names and on < names[0].starts else place.full_name


def attributes(place: Place, on: date) -> frozenset[str]:
    """Mountain, remote, border… as imported for this unit and this day."""
    return frozenset(
        row.kind
        for row in directory().attributes.get(place.pk, ())
        if row.is_in_force(on)
    )
