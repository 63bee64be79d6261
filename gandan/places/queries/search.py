"""Units by the beginning of their words, without accents, old names included."""

from dataclasses import dataclass
from datetime import date

from gandan.kernel.text import syllables
from gandan.places.models import Place, PlaceName
from gandan.places.queries.directory import directory
from gandan.places.queries.territory import communes_out_of, successor
from gandan.places.rules import Level


@dataclass(frozen=True, slots=True)
class PlaceHit:
    """What was found, and where it lies today: one commune, or those of a district."""

    place: Place
    name: str
    today: tuple[Place, ...]

    @property
    def is_past(self) -> bool:
        return self.today != (self.place,)


def search_places(text: str, on: date, most: int = 20) -> list[PlaceHit]:
    """Communes and former districts with a word for every syllable of `text`.

    Whole names first; within these today's units, then what became part of them.
    """
    wanted = syllables(text)
    found: list[tuple[tuple[int, bool, str, str], PlaceHit]] = []
    book = directory()
    for place in book.places.values():
        if place.level not in {Level.COMMUNE, Level.DISTRICT} or place.starts > on:
            continue
        if place.pk not in book.home:
            continue
        ranked = [
            (rank, name.full_name)
            for name in book.place_names.get(place.pk, ())
            if (rank := _rank(wanted, name)) is not None
        ]
        if ranked:
            rank, name = min(ranked)
            hit = PlaceHit(place, name, _today(place, on))
            order = (rank, hit.is_past, place.sort_key, place.key)
            found.append((order, hit))
    found.sort(key=lambda pair: pair[0])
    return [hit for _order, hit in found[:most]]


def _rank(wanted: list[str], name: PlaceName) -> int | None:
    """0: the whole name; 1: its beginning; 2: each syllable begins a word of it."""
    if not wanted:
        return None
    full, bare = syllables(name.full_name), syllables(name.name)
    if wanted in (full, bare):
        return 0
    typed = " ".join(wanted)
    if " ".join(bare).startswith(typed) or " ".join(full).startswith(typed):
        return 1
    words = iter(full)
    if all(any(word.startswith(part) for word in words) for part in wanted):
        return 2
    return None


def _today(place: Place, on: date) -> tuple[Place, ...]:
    if place.is_in_force(on):
        return (place,)
    if place.level == Level.DISTRICT:
        return tuple(communes_out_of(place, on))
    whole = successor(place, on)
    return (whole,) if whole is not None else ()
