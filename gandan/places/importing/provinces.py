"""Another province from the national lists: its units before and after July 2025.

The files and columns are those of the public collections (see `docs/places.md`):
old and new provinces, old districts, old and new communes, and the map between them.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gandan.kernel.actors import Actor
from gandan.ledger import journal
from gandan.places import events
from gandan.places.actions.batch import (
    RECORDS_BEGIN,
    Batch,
    Contradiction,
    SuccessionIn,
    UnitIn,
    Written,
    write,
)
from gandan.places.actions.by_rule import bodies_of, continued, succession_kind
from gandan.places.importing.tables import ImportRefused, Line, read
from gandan.places.rules import KIND_OF_TYPE, Extent, Level, SuccessionKind

NEW_PROVINCES = "provinces_34.csv"
OLD_PROVINCES = "provinces_63_old.csv"
OLD_DISTRICTS = "districts_696_old.csv"
OLD_COMMUNES = "communes_10035_old.csv"
NEW_COMMUNES = "communes_3321.csv"
COMMUNE_MAP = "commune_map_2025.csv"
ISLAND_MAP = "island_district_map_2025.csv"
REFORM = date(2025, 7, 1)

_UNIT = ("code", "name", "full_name", "type")


@dataclass(slots=True)
class _Province:
    """What is read of one province, by code."""

    on: date
    basis: str
    agency: str = ""
    new: UnitIn | None = None
    old: dict[str, UnitIn] = field(default_factory=dict)
    districts: dict[str, UnitIn] = field(default_factory=dict)
    communes: dict[str, UnitIn] = field(default_factory=dict)
    new_communes: dict[str, UnitIn] = field(default_factory=dict)
    successions: list[SuccessionIn] = field(default_factory=list)


@transaction.atomic
def import_province(
    folder: Path,
    code: str,
    *,
    by: Actor,
    at: datetime,
    on: date = REFORM,
    basis: str = "Nghị quyết sắp xếp đơn vị hành chính năm 2025",
) -> Written:
    """All of the province or nothing; a second time changes nothing.

    Raises ImportRefused with file, line, field and cause.
    """
    read_ = _Province(on=on, basis=basis)
    _read_provinces(folder, code, read_)
    _read_districts(folder, read_)
    _read_communes(folder, code, read_)
    _read_map(folder, read_)
    try:
        written = write(_batch(code, read_))
    except Contradiction as contradiction:
        unit = contradiction.unit
        raise ImportRefused(
            _file_of(unit, read_), unit.line or None, "code", str(contradiction)
        ) from None
    rows = written.units + written.bodies + written.successions
    event = events.PlacesImported(
        subject="places", rows=rows, units=written.units, bodies=written.bodies
    )
    if rows:
        journal.record(event, by=by, at=at)
    return written


def _file_of(unit: UnitIn, read_: _Province) -> str:
    if unit.level == Level.PROVINCE:
        return NEW_PROVINCES if unit is read_.new else OLD_PROVINCES
    if unit.level == Level.DISTRICT:
        return OLD_DISTRICTS
    return NEW_COMMUNES if unit.starts == read_.on else OLD_COMMUNES


def _read_provinces(folder: Path, code: str, read_: _Province) -> None:
    fields = ("code", "name", "full_name", "type_2025_07_01", "merged_from_old_codes")
    found = [
        line for line in read(folder / NEW_PROVINCES, fields) if line["code"] == code
    ]
    if not found:
        raise ImportRefused(NEW_PROVINCES, None, "code", f"no province {code}")
    line = found[0]
    read_.agency = line["org_code"]
    old_codes = line.needed("merged_from_old_codes").split()
    alone = old_codes == [code]
    read_.new = _unit(
        line,
        Level.PROVINCE,
        "",
        digits=2,
        type_field="type_2025_07_01",
        starts=RECORDS_BEGIN if alone else read_.on,
        ends=None,
    )
    if alone:
        read_.old[code] = read_.new
        return
    for row in read(folder / OLD_PROVINCES, _UNIT):
        if row["code"] in old_codes:
            read_.old[row["code"]] = _ended(row, Level.PROVINCE, "", 2, read_)
    if missing := set(old_codes) - set(read_.old):
        cause = f"{min(missing)} is not in {OLD_PROVINCES}"
        raise line.refuse("merged_from_old_codes", cause)
    read_.successions += (
        _succession(unit, read_.new, read_, len(read_.old), Extent.FULL)
        for unit in read_.old.values()
    )


def _read_districts(folder: Path, read_: _Province) -> None:
    for line in read(folder / OLD_DISTRICTS, (*_UNIT, "province_code")):
        above = read_.old.get(line["province_code"])
        if above is not None:
            _add(
                read_.districts, _ended(line, Level.DISTRICT, above.key, 3, read_), line
            )


def _read_communes(folder: Path, code: str, read_: _Province) -> None:
    fields = (*_UNIT, "district_code", "province_code")
    for line in read(folder / OLD_COMMUNES, fields):
        if line["province_code"] not in read_.old:
            continue
        district = read_.districts.get(line["district_code"])
        if district is None:
            cause = f"{line['district_code']!r} is no district of the province"
            raise line.refuse("district_code", cause)
        _add(read_.communes, _ended(line, Level.COMMUNE, district.key, 5, read_), line)
    top = read_.new.key if read_.new else ""
    for line in read(folder / NEW_COMMUNES, (*_UNIT, "province_code")):
        if line["province_code"] == code:
            unit = _unit(line, Level.COMMUNE, top, digits=5, starts=read_.on, ends=None)
            _add(read_.new_communes, unit, line)
    if not read_.new_communes:
        cause = f"no commune of province {code}"
        raise ImportRefused(NEW_COMMUNES, None, "province_code", cause)


def _read_map(folder: Path, read_: _Province) -> None:
    lines = [
        line
        for line in read(folder / COMMUNE_MAP, ("old_code", "new_code", "extent"))
        if line["old_code"] in read_.communes
    ]
    islands = []
    if (folder / ISLAND_MAP).exists():
        islands = [
            line
            for line in read(folder / ISLAND_MAP, ("old_district_code", "new_code"))
            if line["old_district_code"] in read_.districts
        ]
    sources = Counter(line["new_code"] for line in [*lines, *islands])
    times = Counter(line["old_code"] for line in lines)
    for line in lines:
        extent = Extent(line.one_of("extent", list(Extent)))
        if extent == Extent.FULL and times[line["old_code"]] > 1:
            raise line.refuse("extent", f"{line['old_code']} went whole to several")
        old = read_.communes[line["old_code"]]
        new = _target(line, read_)
        read_.successions.append(
            _succession(old, new, read_, sources[new.code], extent)
        )
    for code, unit in read_.communes.items():
        if code not in times:
            cause = f"{code} has no row in {COMMUNE_MAP}"
            raise ImportRefused(OLD_COMMUNES, unit.line, "code", cause)
    gone = {line["old_district_code"]: _target(line, read_) for line in islands}
    for code, unit in read_.districts.items():
        read_.successions.append(
            _succession(unit, gone[code], read_, sources[gone[code].code], Extent.FULL)
            if code in gone
            else SuccessionIn(
                source_key=unit.key,
                target_key="",
                on=read_.on,
                kind=SuccessionKind.DISSOLVE,
                extent=Extent.FULL,
                basis=read_.basis,
            )
        )


def _target(line: Line, read_: _Province) -> UnitIn:
    unit = read_.new_communes.get(line["new_code"])
    if unit is None:
        cause = f"{line['new_code']!r} is no new commune of the province"
        raise line.refuse("new_code", cause)
    return unit


def _succession(
    old: UnitIn, new: UnitIn, read_: _Province, sources: int, extent: Extent
) -> SuccessionIn:
    return SuccessionIn(
        source_key=old.key,
        target_key=new.key,
        on=read_.on,
        kind=succession_kind(sources, extent),
        extent=extent,
        basis=read_.basis,
    )


def _ended(
    line: Line, level: Level, parent_key: str, digits: int, read_: _Province
) -> UnitIn:
    return _unit(
        line,
        level,
        parent_key,
        digits=digits,
        starts=RECORDS_BEGIN,
        ends=read_.on,
    )


def _unit(
    line: Line,
    level: Level,
    parent_key: str,
    *,
    digits: int,
    starts: date,
    ends: date | None,
    type_field: str = "type",
) -> UnitIn:
    known = {words: kind for (of, words), kind in KIND_OF_TYPE.items() if of == level}
    words, name = line.one_of(type_field, known), line.needed("name", 100)
    if line.needed("full_name", 120) != f"{words} {name}":
        raise line.refuse("full_name", f"{line['full_name']!r} is not {words} {name}")
    return UnitIn(
        code=line.code("code", digits),
        kind=known[words],
        name=name,
        full_name=line["full_name"],
        parent_key=parent_key,
        starts=starts,
        ends=ends,
        starts_known=starts != RECORDS_BEGIN,
        source=line.file,
        line=line.number,
    )


def _add(units: dict[str, UnitIn], unit: UnitIn, line: Line) -> None:
    if unit.code in units:
        raise line.refuse("code", f"{unit.code} stands twice")
    units[unit.code] = unit


def _batch(code: str, read_: _Province) -> Batch:
    tops = dict(read_.old)
    if read_.new is not None:
        tops[f"{read_.new.code} new"] = read_.new
    units = list({unit.key: unit for unit in tops.values()}.values())
    below: Iterable[tuple[UnitIn, str]] = [
        *((unit, unit.key) for unit in units),
        *((unit, unit.parent_key) for unit in read_.districts.values()),
        *((unit, _province_of(unit, read_)) for unit in read_.communes.values()),
        *((unit, unit.parent_key) for unit in read_.new_communes.values()),
    ]
    bodies = []
    for unit, province_key in below:
        province = province_key.partition("@")[0]
        stem = read_.agency if province == code else ""
        bodies += bodies_of(unit, province, stem)
    return Batch(
        units=[unit for unit, _province in below],
        bodies=bodies,
        successions=read_.successions,
        body_successions=continued(read_.successions, bodies),
    )


def _province_of(commune: UnitIn, read_: _Province) -> str:
    district = read_.districts[commune.parent_key.partition("@")[0]]
    return district.parent_key
