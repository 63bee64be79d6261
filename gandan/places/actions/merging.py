"""Units that become one from a day on: kept, ended, continued, with a preview."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Q

from gandan.kernel.actors import Actor
from gandan.kernel.text import clean
from gandan.ledger import journal
from gandan.places import events, queries
from gandan.places.actions.batch import (
    Batch,
    BodyIn,
    Contradiction,
    SuccessionIn,
    UnitIn,
    write,
)
from gandan.places.actions.by_rule import bodies_of, succession_kind
from gandan.places.actions.refusals import ChangeRefused
from gandan.places.actions.renaming import TYPE_OF_KIND
from gandan.places.models import (
    Organisation,
    OrganisationName,
    Place,
    PlaceAttribute,
    PlaceName,
)
from gandan.places.rules import (
    LEVEL_OF,
    Extent,
    Kind,
    Level,
)


@dataclass(frozen=True, slots=True)
class NewUnit:
    code: str
    kind: Kind
    name: str


@dataclass(frozen=True, slots=True)
class Continued:
    """A body that ends, and the one that has its open work; none: to be assigned."""

    ended: Organisation
    by: str


@dataclass(frozen=True, slots=True)
class MergePreview:
    on: date
    sources: tuple[Place, ...]
    target: str  # full name
    target_key: str
    made: tuple[str, ...]  # names of new bodies
    bodies: tuple[Continued, ...]
    villages: tuple[Place, ...]
    attributes_lost: tuple[PlaceAttribute, ...]


@dataclass(frozen=True, slots=True)
class _Plan:
    preview: MergePreview
    batch: Batch
    ended_places: tuple[int, ...]
    ended_bodies: tuple[int, ...]


def preview_merge(
    *, source_ids: list[int], target: int | NewUnit, on: date, basis: str = ""
) -> MergePreview:
    """What `merge_places` would end, make and continue. Raises ChangeRefused."""
    return _plan(source_ids, target, on, basis).preview


@transaction.atomic
def merge_places(
    *,
    source_ids: list[int],
    target: int | NewUnit,
    on: date,
    basis: str,
    by: Actor,
    at: datetime,
) -> MergePreview:
    """Whole units into one, existing or new, from `on`. Raises ChangeRefused."""
    ids = [*source_ids, target] if isinstance(target, int) else source_ids
    list(Place.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    basis = clean(basis)
    if not basis:
        raise ChangeRefused("basis_is_empty", "basis")
    plan = _plan(source_ids, target, on, basis)
    _end(plan, on)
    try:
        written = write(plan.batch)
    except Contradiction as contradiction:
        raise ChangeRefused("code_is_held", "code", cause=contradiction.cause) from None
    journal.record(
        events.UnitsMerged(
            subject=plan.preview.target_key,
            on=on,
            sources=tuple(place.key for place in plan.preview.sources),
            basis=basis,
            bodies_ended=len(plan.ended_bodies),
            bodies_made=written.bodies,
        ),
        by=by,
        at=at,
    )
    queries.unpin()
    return plan.preview


def _end(plan: _Plan, on: date) -> None:
    Place.objects.filter(pk__in=plan.ended_places).update(ends=on)
    PlaceName.objects.filter(place__in=plan.ended_places, ends__isnull=True).update(
        ends=on
    )
    PlaceAttribute.objects.filter(
        place__in=plan.ended_places, ends__isnull=True
    ).update(ends=on)
    Organisation.objects.filter(pk__in=plan.ended_bodies).update(ends=on)
    OrganisationName.objects.filter(
        Q(ends__isnull=True) | Q(ends__gt=on), organisation__in=plan.ended_bodies
    ).update(ends=on)


def _plan(source_ids: list[int], target: int | NewUnit, on: date, basis: str) -> _Plan:
    sources = _sources(source_ids, on)
    level = Level(sources[0].level)
    if isinstance(target, int):
        into = _existing(target, level, on, source_ids)
        unit = None
        target_key, full_name = into.key, queries.full_name_on(into, on)
        made: list[BodyIn] = []
        there = {
            _slot(body.kind, body.key): (body.key, body.name)
            for body in queries.organisations_at(into, on)
        }
    else:
        unit = _unit(target, sources, on, basis)
        target_key, full_name = unit.key, unit.full_name
        made = _bodies(unit, on)
        there = {_slot(body.kind, body.key): (body.key, body.name) for body in made}
    ending = [body for place in sources for body in queries.organisations_at(place, on)]
    later = OrganisationName.objects.filter(
        organisation__in=[body.pk for body in ending], starts__gte=on
    )
    if (name := later.first()) is not None:
        raise ChangeRefused("later_name_decided", "on", place=name.name)
    following = {
        body.pk: there[_slot(body.kind, body.key)]
        for body in ending
        if _slot(body.kind, body.key) in there
    }
    villages = [village for place in sources for village in queries.villages(place, on)]
    moved = [_moved(village, target_key, on, basis) for village in villages]
    number = len(sources) + (unit is None)
    batch = Batch(
        units=[*([unit] if unit else []), *moved],
        bodies=made,
        successions=[
            *(_whole(p.key, target_key, on, basis, number) for p in sources),
            *(
                _whole(v.key, m.key, on, basis, 1)
                for v, m in zip(villages, moved, strict=True)
            ),
        ],
        body_successions=[
            _whole(body.key, following[body.pk][0], on, basis, number)
            for body in ending
            if body.pk in following
        ],
    )
    preview = MergePreview(
        on=on,
        sources=tuple(sources),
        target=full_name,
        target_key=target_key,
        made=tuple(body.name for body in made),
        bodies=tuple(
            Continued(body, following.get(body.pk, ("", ""))[1]) for body in ending
        ),
        villages=tuple(villages),
        attributes_lost=tuple(
            PlaceAttribute.objects.on(on)
            .filter(place__in=[place.pk for place in sources])
            .select_related("place")
            .order_by("place__sort_key", "kind")
        ),
    )
    return _Plan(
        preview=preview,
        batch=batch,
        ended_places=tuple(place.pk for place in (*sources, *villages)),
        ended_bodies=tuple(body.pk for body in ending),
    )


def _sources(ids: list[int], on: date) -> list[Place]:
    sources = list(Place.objects.filter(pk__in=ids).order_by("sort_key", "key"))
    if not sources or len(sources) != len(set(ids)):
        raise ChangeRefused("sources_missing", "sources")
    levels = {place.level for place in sources}
    if levels - {Level.COMMUNE, Level.VILLAGE} or len(levels) != 1:
        raise ChangeRefused("sources_of_several_levels", "sources")
    for place in sources:
        if place.ends is not None or place.starts >= on:
            raise ChangeRefused("not_in_force", "sources", place=place.full_name)
        if PlaceName.objects.filter(place=place, starts__gte=on).exists():
            raise ChangeRefused("later_name_decided", "on", place=place.full_name)
    if len({place.parent_id for place in sources}) != 1:
        raise ChangeRefused("sources_of_several_parents", "sources")
    return sources


def _existing(pk: int, level: Level, on: date, source_ids: list[int]) -> Place:
    place = Place.objects.filter(pk=pk, level=level).first()
    if place is None or pk in source_ids:
        raise ChangeRefused("target_missing", "target")
    if place.ends is not None or place.starts >= on:
        raise ChangeRefused("not_in_force", "target", place=place.full_name)
    return place


def _unit(new: NewUnit, sources: list[Place], on: date, basis: str) -> UnitIn:
    if len(sources) < 2:
        raise ChangeRefused("merge_needs_two", "sources")
    if LEVEL_OF[new.kind] != sources[0].level:
        raise ChangeRefused("kind_of_another_level", "kind")
    name = clean(new.name)
    if not name:
        raise ChangeRefused("name_is_empty", "name")
    parent = sources[0].parent
    is_commune = sources[0].level == Level.COMMUNE
    if is_commune and not (
        new.code.isascii() and new.code.isdigit() and len(new.code) == 5
    ):
        raise ChangeRefused("code_is_malformed", "code")
    holder = queries.place_by_code(new.code, on)
    if holder is not None and holder.pk not in {place.pk for place in sources}:
        raise ChangeRefused("code_is_held", "code", cause=holder.full_name)
    areas = [place.area_km2 for place in sources if place.area_km2 is not None]
    return UnitIn(
        code=new.code,
        kind=new.kind,
        name=name,
        full_name=f"{TYPE_OF_KIND[new.kind]} {name}",
        parent_key=parent.key if parent else "",
        starts=on,
        ends=None,
        area_km2=sum(areas, Decimal()) if len(areas) == len(sources) else None,
        legal_basis=basis,
        source=basis,
    )


def _bodies(unit: UnitIn, on: date) -> list[BodyIn]:
    """The bodies every commune has; a village has none."""
    if unit.level != Level.COMMUNE:
        return []
    province = queries.place_by_key(unit.parent_key)
    while province is not None and province.parent is not None:
        province = province.parent
    if province is None:
        return []
    committee = queries.committee_of(province, on)
    stem = committee.agency_code if committee else ""
    return bodies_of(unit, province.code, stem)


def _moved(village: Place, target_key: str, on: date, basis: str) -> UnitIn:
    """The same village under its new commune, from that day."""
    return UnitIn(
        code=village.code,
        kind=Kind(village.kind),
        name=village.name,
        full_name=village.full_name,
        parent_key=target_key,
        starts=on,
        ends=None,
        lat=village.lat,
        lon=village.lon,
        area_km2=village.area_km2,
        legal_basis=basis,
        source=village.source,
    )


def _whole(
    source_key: str, target_key: str, on: date, basis: str, number: int
) -> SuccessionIn:
    return SuccessionIn(
        source_key=source_key,
        target_key=target_key,
        on=on,
        kind=succession_kind(number, Extent.FULL),
        extent=Extent.FULL,
        basis=basis,
    )


def _slot(kind: str, key: str) -> tuple[str, str]:
    """What a body is in its unit: its kind, and its part of the key."""
    return kind, key.partition("/")[2]
