"""A new name from a day on: the unit or body, its key and its past stay the same."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.db import transaction
from django.db.models import F

from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.kernel.text import clean, fold
from gandan.ledger import journal
from gandan.places import events, queries
from gandan.places.actions.refusals import ChangeRefused
from gandan.places.models import (
    DatedQuerySet,
    Organisation,
    OrganisationName,
    Place,
    PlaceName,
)
from gandan.places.rules import KIND_OF_TYPE, Kind, title_key

Named = TypeVar("Named", PlaceName, OrganisationName)

TYPE_OF_KIND = {kind: words for (_level, words), kind in KIND_OF_TYPE.items()}


@dataclass(frozen=True, slots=True)
class RenamedBody:
    organisation: Organisation
    before: str
    after: str
    short_after: str


@dataclass(frozen=True, slots=True)
class RenamePreview:
    """What a rename of a unit would change."""

    place: Place
    on: date
    kind: Kind
    before: str
    after: str
    bodies: tuple[RenamedBody, ...]


def preview_rename_place(
    *, place_id: int, on: date, name: str, kind: Kind | None = None
) -> RenamePreview:
    """The new full name, and the bodies that carry the unit's name in theirs."""
    place = Place.objects.get(pk=place_id)
    current = _name_in_force(PlaceName.objects.filter(place=place), on)
    kind = kind or Kind(current.kind)
    name = clean(name)
    if not name:
        raise ChangeRefused("name_is_empty", "name")
    after = f"{_type_words(kind, current)} {name}"
    if after == current.full_name:
        raise ChangeRefused("name_is_the_same", "name")
    old, new = _in_a_sentence(current.full_name), _in_a_sentence(after)
    bodies = tuple(
        RenamedBody(
            organisation=row.organisation,
            before=row.name,
            after=_replaced(row.name, old, new, current.name, name),
            short_after=_replaced(row.short_name, old, new, current.name, name),
        )
        for row in OrganisationName.objects.on(on)
        .filter(organisation__place=place)
        .select_related("organisation")
        .order_by("organisation__sort_key", "organisation__key")
        if _replaced(row.name, old, new, current.name, name) != row.name
    )
    return RenamePreview(place, on, kind, current.full_name, after, bodies)


def _type_words(kind: Kind, current: PlaceName) -> str:
    """Villages keep their own word (xóm, thôn, bản share one kind)."""
    if kind == current.kind:
        return current.full_name.removesuffix(current.name).strip()
    return TYPE_OF_KIND[kind]


def _in_a_sentence(full_name: str) -> str:
    return full_name[:1].lower() + full_name[1:]


def _replaced(text: str, old: str, new: str, bare_old: str, bare_new: str) -> str:
    """«UBND xã A» → «UBND phường B»; «Huyện ủy A» carries the bare name alone."""
    if old in text:
        return text.replace(old, new)
    if text.endswith(f"ủy {bare_old}"):
        return text.removesuffix(bare_old) + bare_new
    return text


def _name_in_force(rows: DatedQuerySet[Named], on: date) -> Named:
    """The name the new one follows. A name already decided for later is not undone."""
    current = rows.on(on).first()
    if current is None:
        raise ChangeRefused("not_in_force", "on", on=on)
    if rows.filter(starts__gt=on).exists():
        raise ChangeRefused("later_name_decided", "on", on=on)
    return current


@transaction.atomic
def rename_place(
    *,
    place_id: int,
    on: date,
    name: str,
    basis: str,
    by: Actor,
    at: datetime,
    kind: Kind | None = None,
) -> RenamePreview:
    """Raises ChangeRefused. The key, the code and every dossier stay as they are."""
    place = Place.objects.select_for_update().get(pk=place_id)
    basis = _basis(basis)
    preview = preview_rename_place(place_id=place_id, on=on, name=name, kind=kind)
    current = _name_in_force(PlaceName.objects.filter(place=place), on)
    full_name, bare = preview.after, clean(name)
    _follow_on(
        current,
        PlaceName(
            place=place,
            kind=preview.kind.value,
            name=bare,
            full_name=full_name,
            fold=fold(full_name),
            starts=on,
            ends=current.ends,
            legal_basis=basis,
        ),
    )
    for body in preview.bodies:
        _rename_body(body.organisation, on, body.after, body.short_after, basis)
    bring_names_up_to(local_day(at))
    journal.record(
        events.UnitRenamed(
            subject=place.key,
            on=on,
            before=preview.before,
            after=full_name,
            basis=basis,
            bodies=tuple(body.organisation.key for body in preview.bodies),
        ),
        by=by,
        at=at,
    )
    queries.unpin()
    return preview


@transaction.atomic
def rename_organisation(
    *,
    organisation_id: int,
    on: date,
    name: str,
    short_name: str,
    basis: str,
    by: Actor,
    at: datetime,
) -> Organisation:
    """Raises ChangeRefused."""
    body = Organisation.objects.select_for_update().get(pk=organisation_id)
    basis, name = _basis(basis), clean(name)
    if not name:
        raise ChangeRefused("name_is_empty", "name")
    before = _rename_body(body, on, name, clean(short_name), basis)
    bring_names_up_to(local_day(at))
    journal.record(
        events.BodyRenamed(
            subject=body.key,
            organisation=body.key,
            on=on,
            before=before,
            after=name,
            basis=basis,
        ),
        by=by,
        at=at,
    )
    queries.unpin()
    body.refresh_from_db()
    return body


def _rename_body(
    body: Organisation, on: date, name: str, short_name: str, basis: str
) -> str:
    current = _name_in_force(OrganisationName.objects.filter(organisation=body), on)
    if (current.name, current.short_name) == (name, short_name):
        raise ChangeRefused("name_is_the_same", "name")
    _follow_on(
        current,
        OrganisationName(
            organisation=body,
            name=name,
            short_name=short_name,
            fold=fold(name),
            starts=on,
            ends=current.ends,
            legal_basis=basis,
        ),
    )
    return current.name


def _follow_on(current: Named, following: Named) -> None:
    """Close the old name, open the new; one of the same day is replaced."""
    if current.starts == following.starts:
        raise ChangeRefused("named_that_day", "on", on=current.starts)
    current.ends = following.starts
    current.save(update_fields=["ends"])
    following.save(force_insert=True)


def _basis(text: str) -> str:
    basis = clean(text)
    if not basis:
        raise ChangeRefused("basis_is_empty", "basis")
    return basis


@transaction.atomic
def bring_names_up_to(on: date) -> int:
    """Copy each name in force on this day to its unit or body, where it differs."""
    places = [
        _take(row.place, row, title_key(row.name))
        for row in PlaceName.objects.on(on)
        .exclude(place__full_name=F("full_name"))
        .select_related("place")
    ]
    bodies = [
        _take_body(row.organisation, row)
        for row in OrganisationName.objects.on(on)
        .exclude(organisation__name=F("name"), organisation__short_name=F("short_name"))
        .select_related("organisation")
    ]
    if places:
        Place.objects.bulk_update(
            places, ["kind", "name", "full_name", "fold", "sort_key"]
        )
    if bodies:
        Organisation.objects.bulk_update(
            bodies, ["name", "short_name", "fold", "sort_key"]
        )
    queries.unpin()
    return len(places) + len(bodies)


def _take(place: Place, row: PlaceName, key: str) -> Place:
    place.kind, place.name, place.full_name = row.kind, row.name, row.full_name
    place.fold, place.sort_key = row.fold, key
    return place


def _take_body(body: Organisation, row: OrganisationName) -> Organisation:
    body.name, body.short_name, body.fold = row.name, row.short_name, row.fold
    body.sort_key = title_key(row.name)
    return body
