"""Cao Bằng's units, bodies, calendar and hours: facts that come with the program.

Repeatable: what is there stays, renamed or ended as it may be by now.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction

from gandan.kernel.decreed import DecreedDay, decreed_days
from gandan.kernel.localtime import at_local
from gandan.places import queries
from gandan.places.actions.batch import (
    Batch,
    BodyIn,
    SuccessionIn,
    UnitIn,
    Written,
    begin,
    write,
)
from gandan.places.actions.by_rule import (
    SEED,
    bodies_of,
    continued,
    succession_kind,
)
from gandan.places.importing.tables import Line, read
from gandan.places.models import CalendarDay, DecreedYear, OpeningHours
from gandan.places.rules import (
    KIND_OF_TYPE,
    Extent,
    Level,
    OrganisationKind,
    SuccessionKind,
)

_UNIT = ("code", "name", "full_name", "type", "starts", "ends", "legal_basis", "source")
PROVINCE = "04"
# Under Decree 61/2018 departments had desks of their own; from this day the
# province's centre receives for all (Decree 118/2025, art. 14).
CENTRE_OPENS = date(2025, 7, 1)
CENTRE = f"{PROVINCE}.TTPVHCC@{CENTRE_OPENS}"


@dataclass(frozen=True, slots=True)
class Seeded:
    written: Written
    calendar_days: int
    opening_hours: int


@transaction.atomic
def seed_places() -> Seeded:
    """An installation of another province imports its own units."""
    is_ours = settings.PROVINCE_CODE == PROVINCE
    written = write(_cao_bang() if is_ours else Batch())
    days, hours = _seed_calendar(), _seed_hours()
    queries.unpin()
    return Seeded(written, days, hours)


def _cao_bang() -> Batch:
    provinces, agency = [], ""
    for line in read(SEED / "provinces.csv", (*_UNIT, "org_code")):
        provinces.append(_unit(line, Level.PROVINCE, ""))
        agency = line["org_code"]
    top = provinces[0].key
    districts = [
        _unit(line, Level.DISTRICT, top) for line in read(SEED / "districts.csv", _UNIT)
    ]
    district_keys = {unit.code: unit.key for unit in districts}
    old = [
        _unit(line, Level.COMMUNE, district_keys[line.code("district_code", 3)])
        for line in read(SEED / "communes_to_2025.csv", (*_UNIT, "district_code"))
    ]
    new = [
        _unit(line, Level.COMMUNE, top) for line in read(SEED / "communes.csv", _UNIT)
    ]
    units = [*provinces, *districts, *old, *new]
    successions = [*_dissolved(districts), *_merged(old, new)]
    bodies = [body for unit in units for body in bodies_of(unit, PROVINCE, agency)]
    bodies += [*_own_bodies(top), *_land_branches(district_keys)]
    return Batch(
        units=units,
        bodies=bodies,
        successions=successions,
        body_successions=[
            *continued(successions, bodies),
            *_own_successions({body.key: body for body in bodies}),
        ],
    )


def _unit(line: Line, level: Level, parent_key: str) -> UnitIn:
    starts, known = begin(line.day("starts"))
    return UnitIn(
        code=line.needed("code"),
        kind=KIND_OF_TYPE[level, line.needed("type")],
        name=line.needed("name"),
        full_name=line.needed("full_name"),
        parent_key=parent_key,
        starts=starts,
        ends=line.day("ends"),
        starts_known=known,
        lat=line.decimal("lat"),
        lon=line.decimal("lon"),
        area_km2=line.decimal("area_km2"),
        legal_basis=line["legal_basis"],
        source=line.needed("source"),
        line=line.number,
    )


def _dissolved(districts: list[UnitIn]) -> list[SuccessionIn]:
    """A district has no one successor: its work went up and down by field."""
    return [
        SuccessionIn(
            source_key=unit.key,
            target_key="",
            on=unit.ends,
            kind=SuccessionKind.DISSOLVE,
            extent=Extent.FULL,
            basis=unit.legal_basis,
        )
        for unit in districts
        if unit.ends is not None
    ]


def _merged(old: list[UnitIn], new: list[UnitIn]) -> list[SuccessionIn]:
    old_keys = {unit.code: unit.key for unit in old}
    new_keys = {unit.code: unit.key for unit in new}
    fields = ("old_code", "new_code", "extent", "on", "basis")
    lines = list(read(SEED / "successions.csv", fields))
    sources = Counter(line["new_code"] for line in lines)
    return [
        SuccessionIn(
            source_key=old_keys[line["old_code"]],
            target_key=new_keys[line["new_code"]],
            on=_given(line, "on"),
            kind=succession_kind(sources[line["new_code"]], Extent(line["extent"])),
            extent=Extent(line["extent"]),
            basis=line["basis"],
        )
        for line in lines
    ]


def _own_bodies(top: str) -> list[BodyIn]:
    bodies = []
    fields = ("key", "starts", "ends", "kind", "name", "parent_key", "desk")
    for line in read(SEED / "bodies.csv", fields):
        starts, known = begin(line.day("starts"))
        body = BodyIn(
            key=line.needed("key"),
            kind=OrganisationKind(line.needed("kind")),
            name=line.needed("name"),
            short_name=line["short_name"],
            parent_key=line["parent_key"],
            place_key=top,
            starts=starts,
            ends=line.day("ends"),
            starts_known=known,
            agency_code=line["agency_code"],
            agency_code_synthetic=bool(line["agency_code"]),
            source=line.needed("source"),
            verified=line.truth("verified"),
        )
        bodies.append(body)
        if line["desk"] == "true":
            bodies += _desk_until_the_centre(body)
    return bodies


def _desk_until_the_centre(body: BodyIn) -> list[BodyIn]:
    if body.starts >= CENTRE_OPENS:
        return []
    return [
        BodyIn(
            key=f"{body.key}/mc",
            kind=OrganisationKind.ONE_STOP_DESK,
            name=f"Bộ phận Tiếp nhận và Trả kết quả {body.name}",
            short_name=f"Bộ phận Một cửa {body.short_name}",
            parent_key=body.key,
            place_key=body.place_key,
            starts=body.starts,
            ends=min(body.ends or CENTRE_OPENS, CENTRE_OPENS),
            starts_known=body.starts_known,
            legal_basis="Nghị định 61/2018/NĐ-CP",
            source=body.source,
            verified=body.verified,
        )
    ]


def _land_branches(districts: dict[str, str]) -> list[BodyIn]:
    bodies = []
    fields = ("key", "district_code", "name", "parent_key")
    for line in read(SEED / "land_branches.csv", fields):
        starts, known = begin(line.day("starts"))
        bodies.append(
            BodyIn(
                key=line.needed("key"),
                kind=OrganisationKind.LAND_OFFICE,
                name=line.needed("name"),
                short_name=line["short_name"],
                parent_key=line["parent_key"],
                place_key=districts[line.needed("district_code")],
                starts=starts,
                ends=line.day("ends"),
                starts_known=known,
                source=line.needed("source"),
                verified=line.truth("verified"),
            )
        )
    return bodies


def _own_successions(bodies: dict[str, BodyIn]) -> list[SuccessionIn]:
    """Departments and their desks; a desk without a next one goes to the centre."""
    rows = [
        SuccessionIn(
            source_key=line.needed("source_key"),
            target_key=line.needed("target_key"),
            on=_given(line, "on"),
            kind=SuccessionKind(line.needed("kind")),
            extent=Extent(line.needed("extent")),
            basis=line.needed("basis"),
            verified=line.truth("verified"),
        )
        for line in read(SEED / "body_successions.csv", ("source_key", "target_key"))
    ]
    following = {row.source_key: row for row in rows}
    for body in bodies.values():
        department = body.key.removesuffix("/mc")
        if body.kind != OrganisationKind.ONE_STOP_DESK or body.ends is None:
            continue
        if row := following.get(department):
            target, basis, sure = f"{row.target_key}/mc", row.basis, row.verified
        elif department in bodies and bodies[department].ends is None:
            target, basis, sure = CENTRE, "Nghị định 118/2025/NĐ-CP, Điều 14", True
        else:
            continue
        rows.append(
            SuccessionIn(
                source_key=body.key,
                target_key=target,
                on=body.ends,
                kind=SuccessionKind.MERGE,
                extent=Extent.FULL,
                basis=basis,
                verified=sure,
            )
        )
    return rows


def _given(line: Line, field: str) -> date:
    if (day := line.day(field)) is None:
        raise line.refuse(field, "is empty")
    return day


def _seed_calendar() -> int:
    """Years that nobody has decreed here yet; a decreed one is changed by a decree."""
    there = set(DecreedYear.objects.values_list("year", flat=True))
    days = [day for day in decreed_days() if not day.scope]
    by_year: dict[int, list[DecreedDay]] = {}
    for day in days:
        by_year.setdefault(day.day.year, []).append(day)
    missing = {year: rows for year, rows in by_year.items() if year not in there}
    DecreedYear.objects.bulk_create(
        DecreedYear(
            year=year,
            basis="; ".join(dict.fromkeys(row.basis for row in rows))[:200],
            verified=all(row.verified for row in rows),
        )
        for year, rows in missing.items()
    )
    made = CalendarDay.objects.bulk_create(
        CalendarDay(
            day=row.day,
            kind=row.kind.value,
            half=row.half or "",
            name=row.name,
            legal_basis=row.basis,
            published_at=_midnight(row),
            verified=row.verified,
        )
        for rows in missing.values()
        for row in rows
    )
    return len(made)


def _midnight(row: DecreedDay) -> datetime | None:
    return at_local(row.published_at, time()) if row.published_at else None


def _seed_hours() -> int:
    if OpeningHours.objects.filter(organisation__isnull=True).exists():
        return 0
    made = []
    for line in read(SEED / "opening_hours.csv", ("weekday", "opens", "closes")):
        starts, _known = begin(line.day("starts"))
        made.append(
            OpeningHours(
                weekday=int(line.needed("weekday")),
                opens=time.fromisoformat(line.needed("opens")),
                closes=time.fromisoformat(line.needed("closes")),
                starts=starts,
                ends=line.day("ends"),
                basis=line["basis"],
                verified=line.truth("verified"),
            )
        )
    return len(OpeningHours.objects.bulk_create(made))
