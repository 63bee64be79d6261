"""What a file, a seed or a merge wants to be there, and how it is written: what is
missing is added, what is there stays, and a contradiction refuses the whole batch.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import connection, transaction

from gandan.kernel.text import fold
from gandan.places import queries
from gandan.places.models import (
    Organisation,
    OrganisationName,
    OrganisationSuccession,
    Place,
    PlaceName,
    Succession,
)
from gandan.places.rules import (
    LEVEL_OF,
    Extent,
    Kind,
    Level,
    OrganisationKind,
    SuccessionKind,
    place_key,
    title_key,
)

# Where our records begin: what is older starts here, marked `starts_known=False`.
RECORDS_BEGIN = date(2021, 1, 1)
# Importers of places take turns; any number that nobody else uses.
_ONE_WRITER = 4_008_001


@dataclass(frozen=True, slots=True)
class UnitIn:
    code: str
    kind: Kind
    name: str
    full_name: str
    parent_key: str
    starts: date
    ends: date | None
    starts_known: bool = True
    lat: Decimal | None = None
    lon: Decimal | None = None
    area_km2: Decimal | None = None
    legal_basis: str = ""
    source: str = ""
    # Where it was read, for whoever must mend it: line of the file.
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> str:
        return place_key(self.code, self.starts)

    @property
    def level(self) -> Level:
        return LEVEL_OF[self.kind]


@dataclass(frozen=True, slots=True)
class BodyIn:
    key: str
    kind: OrganisationKind
    name: str
    short_name: str
    parent_key: str
    place_key: str
    starts: date
    ends: date | None
    starts_known: bool = True
    agency_code: str = ""
    agency_code_synthetic: bool = False
    legal_basis: str = ""
    source: str = ""
    verified: bool = False


@dataclass(frozen=True, slots=True)
class SuccessionIn:
    source_key: str
    target_key: str
    on: date
    kind: SuccessionKind
    extent: Extent
    basis: str
    verified: bool = True


@dataclass(slots=True)
class Batch:
    units: list[UnitIn] = field(default_factory=list)
    bodies: list[BodyIn] = field(default_factory=list)
    successions: list[SuccessionIn] = field(default_factory=list)
    body_successions: list[SuccessionIn] = field(default_factory=list)


class Contradiction(Exception):
    """The batch says of a unit, or of a day of its code, what is known otherwise."""

    def __init__(self, unit: UnitIn, cause: str) -> None:
        super().__init__(f"{unit.key} {cause}")
        self.unit, self.cause = unit, cause


@dataclass(frozen=True, slots=True)
class Written:
    units: int
    bodies: int
    successions: int
    unchanged: int


def begin(starts: date | None) -> tuple[date, bool]:
    """An unknown beginning is where our records begin."""
    return (starts, True) if starts else (RECORDS_BEGIN, False)


@transaction.atomic
def write(batch: Batch) -> Written:
    """Raises Contradiction where a unit contradicts one that is there."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_WRITER])
    queries.unpin()
    book = queries.directory()
    new_units = _missing_units(batch.units, book)
    place_ids = {key: place.pk for key, place in book.place_of_key.items()}
    _write_units(new_units, place_ids)
    body_ids = {key: body.pk for key, body in book.organisation_of_key.items()}
    new_bodies = [body for body in batch.bodies if body.key not in body_ids]
    _write_bodies(new_bodies, place_ids, body_ids)
    written = _write_successions(batch.successions, place_ids)
    written += _write_body_successions(batch.body_successions, body_ids)
    queries.unpin()
    asked = len(batch.units) + len(batch.bodies)
    asked += len(batch.successions) + len(batch.body_successions)
    new = len(new_units) + len(new_bodies) + written
    return Written(len(new_units), len(new_bodies), written, asked - new)


def _missing_units(units: Iterable[UnitIn], book: queries.Directory) -> list[UnitIn]:
    missing = []
    for unit in units:
        there = book.place_of_key.get(unit.key)
        if there is None:
            for other in book.places_of_code.get(unit.code, ()):
                if _overlap(unit, other):
                    raise Contradiction(unit, f"{other.key} holds this code then")
            missing.append(unit)
        elif difference := _difference(unit, there, book):
            raise Contradiction(unit, difference)
    return missing


def _overlap(unit: UnitIn, other: Place) -> bool:
    return (unit.ends is None or other.starts < unit.ends) and (
        other.ends is None or unit.starts < other.ends
    )


def _difference(unit: UnitIn, there: Place, book: queries.Directory) -> str:
    """What a repeated row says otherwise. A later rename or end is no contradiction."""
    first = book.place_names[there.pk][0] if there.pk in book.place_names else there
    if first.full_name != unit.full_name:
        return f"is known as {first.full_name!r}, not {unit.full_name!r}"
    if there.level != unit.level:
        return f"is known as a {there.level}, not a {unit.level}"
    parent_key = there.parent.key if there.parent else ""
    if parent_key != unit.parent_key:
        return f"is known under {parent_key!r}, not {unit.parent_key!r}"
    if unit.ends is not None and there.ends != unit.ends:
        return f"is known to end on {there.ends}, not on {unit.ends}"
    return ""


def _write_units(units: list[UnitIn], ids: dict[str, int]) -> None:
    """Level by level, so that every parent has its row."""
    for level in Level:
        rows = [unit for unit in units if unit.level == level]
        made = Place.objects.bulk_create(
            Place(
                key=unit.key,
                code=unit.code,
                level=unit.level.value,
                kind=unit.kind.value,
                name=unit.name,
                full_name=unit.full_name,
                fold=fold(unit.full_name),
                sort_key=title_key(unit.name),
                parent_id=ids[unit.parent_key] if unit.parent_key else None,
                starts=unit.starts,
                ends=unit.ends,
                starts_known=unit.starts_known,
                lat=unit.lat,
                lon=unit.lon,
                area_km2=unit.area_km2,
                legal_basis=unit.legal_basis,
                source=unit.source,
            )
            for unit in rows
        )
        ids |= {place.key: place.pk for place in made}
        PlaceName.objects.bulk_create(
            PlaceName(
                place=place,
                kind=place.kind,
                name=place.name,
                full_name=place.full_name,
                fold=place.fold,
                starts=place.starts,
                ends=place.ends,
                legal_basis=place.legal_basis,
            )
            for place in made
        )


def _write_bodies(
    bodies: list[BodyIn], places: dict[str, int], ids: dict[str, int]
) -> None:
    """Wave by wave: a body is written once the one it is part of has its row."""
    waiting = bodies
    while waiting:
        ready = [
            body for body in waiting if not body.parent_key or body.parent_key in ids
        ]
        if not ready:
            raise KeyError(waiting[0].parent_key)
        made = Organisation.objects.bulk_create(
            Organisation(
                key=body.key,
                kind=body.kind.value,
                name=body.name,
                short_name=body.short_name,
                fold=fold(body.name),
                sort_key=title_key(body.name),
                parent_id=ids[body.parent_key] if body.parent_key else None,
                place_id=places[body.place_key],
                starts=body.starts,
                ends=body.ends,
                starts_known=body.starts_known,
                agency_code=body.agency_code,
                agency_code_synthetic=body.agency_code_synthetic,
                legal_basis=body.legal_basis,
                source=body.source,
                verified=body.verified,
            )
            for body in ready
        )
        ids |= {body.key: body.pk for body in made}
        OrganisationName.objects.bulk_create(
            OrganisationName(
                organisation=body,
                name=body.name,
                short_name=body.short_name,
                fold=body.fold,
                starts=body.starts,
                ends=body.ends,
                legal_basis=body.legal_basis,
            )
            for body in made
        )
        written = {body.key for body in made}
        waiting = [body for body in waiting if body.key not in written]


def _write_successions(rows: list[SuccessionIn], ids: dict[str, int]) -> int:
    there = set(Succession.objects.values_list("source_id", "target_id", "on"))
    made = Succession.objects.bulk_create(
        Succession(
            source_id=ids[row.source_key],
            target_id=ids[row.target_key] if row.target_key else None,
            on=row.on,
            kind=row.kind.value,
            extent=row.extent.value,
            basis=row.basis,
        )
        for row in rows
        if (ids[row.source_key], ids.get(row.target_key), row.on) not in there
    )
    return len(made)


def _write_body_successions(rows: list[SuccessionIn], ids: dict[str, int]) -> int:
    there = set(
        OrganisationSuccession.objects.values_list("source_id", "target_id", "on")
    )
    made = OrganisationSuccession.objects.bulk_create(
        OrganisationSuccession(
            source_id=ids[row.source_key],
            target_id=ids[row.target_key],
            on=row.on,
            kind=row.kind.value,
            extent=row.extent.value,
            basis=row.basis,
            verified=row.verified,
        )
        for row in rows
        if (ids[row.source_key], ids[row.target_key], row.on) not in there
    )
    return len(made)
