"""The bodies every unit of a level has, by the dated rules of `bodies_by_rule.csv`."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gandan.places.actions.batch import BodyIn, SuccessionIn, UnitIn
from gandan.places.rules import (
    Extent,
    Kind,
    Level,
    OrganisationKind,
    SuccessionKind,
    organisation_key,
)

SEED = Path(__file__).resolve().parent.parent / "seed"


@dataclass(frozen=True, slots=True)
class BodyRule:
    level: Level
    kinds: frozenset[Kind]
    part: str
    body: str
    is_part: bool  # of the unit's People's Committee
    starts: date | None
    ends: date | None
    kind: OrganisationKind
    name: str
    short_name: str
    code: str  # "true": the unit's own agency code; else what follows the province's
    verified: bool
    legal_basis: str
    source: str


@cache
def rules() -> tuple[BodyRule, ...]:
    with (SEED / "bodies_by_rule.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(_rule(row) for row in csv.DictReader(lines))


def _rule(row: dict[str, str]) -> BodyRule:
    return BodyRule(
        level=Level(row["level"]),
        kinds=frozenset(Kind(kind) for kind in row["kinds"].split()),
        part=row["part"],
        body=row["body"],
        is_part=row["parent"] != "-" and bool(row["part"] or row["body"]),
        starts=_day(row["from"]),
        ends=_day(row["until"]),
        kind=OrganisationKind(row["kind"]),
        name=row["name"],
        short_name=row["short_name"],
        code=row["code"],
        verified=row["verified"] == "true",
        legal_basis=row["legal_basis"],
        source=row["source"],
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def bodies_of(unit: UnitIn, province_code: str, agency_stem: str) -> list[BodyIn]:
    """The bodies of one unit; `agency_stem` is the province's code (H14), or empty."""
    return [
        body
        for rule in rules()
        if rule.level == unit.level and (not rule.kinds or unit.kind in rule.kinds)
        if (body := _body(rule, unit, province_code, agency_stem)) is not None
    ]


def _body(
    rule: BodyRule, unit: UnitIn, province_code: str, agency_stem: str
) -> BodyIn | None:
    starts = max(unit.starts, rule.starts or unit.starts)
    ends = min(filter(None, (unit.ends, rule.ends)), default=None)
    if ends is not None and starts >= ends:
        return None
    of_province = unit.level == Level.PROVINCE
    stem = rule.body if of_province else unit.code
    begun = starts if rule.body else unit.starts
    committee = organisation_key(
        province_code, "" if of_province else unit.code, unit.starts
    )
    code, synthetic = _agency_code(rule, unit, agency_stem)
    words = {
        "unit": unit.full_name[:1].lower() + unit.full_name[1:],
        "name": unit.name,
    }
    return BodyIn(
        key=organisation_key(province_code, stem, begun, rule.part),
        kind=rule.kind,
        name=rule.name.format(**words),
        short_name=rule.short_name.format(**words),
        parent_key=committee if rule.is_part else "",
        place_key=unit.key,
        starts=starts,
        ends=ends,
        starts_known=unit.starts_known or starts > unit.starts,
        agency_code=code,
        agency_code_synthetic=synthetic,
        legal_basis=rule.legal_basis,
        source=rule.source,
        verified=rule.verified,
    )


def _agency_code(rule: BodyRule, unit: UnitIn, stem: str) -> tuple[str, bool]:
    if not stem or not rule.code:
        return "", False
    if rule.code != "true":
        return f"{stem}.{rule.code}", True
    return (
        (stem, False)
        if unit.level == Level.PROVINCE
        else (f"{stem}.X{unit.code}", True)
    )


def continued(
    successions: Iterable[SuccessionIn], bodies: Iterable[BodyIn]
) -> list[SuccessionIn]:
    """Where a whole unit went to one other, each of its bodies is continued there.

    Divisions were made anew, so only what both have. Never for districts.
    """
    of_place: dict[str, dict[str, BodyIn]] = {}
    for body in bodies:
        part = body.key.partition("/")[2]
        of_place.setdefault(body.place_key, {})[part] = body
    return [
        SuccessionIn(
            source_key=old.key,
            target_key=new.key,
            on=row.on,
            kind=row.kind,
            extent=Extent.FULL,
            basis=row.basis,
            verified=row.verified,
        )
        for row in successions
        if row.extent == Extent.FULL and row.target_key
        for part, old in of_place.get(row.source_key, {}).items()
        if (new := of_place.get(row.target_key, {}).get(part)) is not None
        and old.kind == new.kind
        and old.ends == row.on
    ]


def succession_kind(sources: int, extent: Extent) -> SuccessionKind:
    """Several into one is a merge; a part is a split; one alone passes on its work."""
    if extent == Extent.PART:
        return SuccessionKind.SPLIT
    return SuccessionKind.MERGE if sources > 1 else SuccessionKind.TRANSFER
