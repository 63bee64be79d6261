"""Questions about the catalogue that pages and other rooms may ask."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings

from gandan.kernel.text import fold, syllables
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import OrganisationKind
from gandan.procedures import finding, rules
from gandan.procedures.models import CatalogueRevision, Posting, ProcedureVersion


class NoSuchProcedure(LookupError):
    """No version of this code is in force on this day."""


def version_on(code: str, day: date) -> ProcedureVersion:
    """The version in force; raises `NoSuchProcedure`."""
    version = ProcedureVersion.objects.on(day).filter(code=code).first()
    if version is None:
        raise NoSuchProcedure(code)
    return version


def versions(code: str) -> list[ProcedureVersion]:
    """All versions, the newest first."""
    return list(ProcedureVersion.objects.filter(code=code).order_by("-number"))


def version_numbered(code: str, number: int) -> ProcedureVersion:
    version = ProcedureVersion.objects.filter(code=code, number=number).first()
    if version is None:
        raise NoSuchProcedure(f"{code} v{number}")
    return version


def difference(
    old: ProcedureVersion, new: ProcedureVersion
) -> tuple[rules.Change, ...]:
    return rules.changes(old.draft(), new.draft())


def revision() -> str:
    """Another text whenever anything of the catalogue has changed."""
    return str(CatalogueRevision.objects.values_list("token", flat=True).first())


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the catalogue a search looks at; empty parts exclude nothing."""

    life_event: str = ""
    level: str = ""
    # The folded name of a body that handles it: «so tu phap».
    executing: str = ""
    local_only: bool = False

    def holds(self, entry: finding.Entry) -> bool:
        return (
            (not self.life_event or self.life_event in entry.life_events)
            and (not self.level or self.level in entry.levels)
            and (not self.executing or self.executing in entry.executing)
            and (not self.local_only or entry.local)
        )


ALL = Scope()
_INDEXED = (
    "code",
    "name",
    "everyday",
    "search_words",
    "field",
    "groups",
    "life_events",
    "levels",
    "executing",
    "handled_by",
    "kind",
    "promulgator",
    "reviewed",
)


@lru_cache(maxsize=2)
def _index(_revision: str, day: date) -> finding.Index:
    """The catalogue of a day in memory, built again after every change.

    Left out: what another province made for itself, and what happens only between
    offices; neither can be asked for here.
    """
    here = places.province(day, settings.PROVINCE_CODE)
    province = fold(here.name) if here else ""
    rows = ProcedureVersion.objects.on(day).exclude(kind="internal").values(*_INDEXED)
    return finding.Index(
        _entry(row) for row in rows.iterator() if _applies(row, province)
    )


def _applies(row: dict[str, Any], province: str) -> bool:
    if row["kind"] != "local":
        return True
    return bool(province) and province in fold(
        f"{row['promulgator']} {row['executing']}"
    )


def _entry(row: dict[str, Any]) -> finding.Entry:
    return finding.Entry(
        code=row["code"],
        name=row["name"],
        everyday=tuple(row["everyday"].values()),
        search_words=tuple(row["search_words"]),
        field=row["field"],
        groups=tuple(row["groups"]),
        life_events=tuple(row["life_events"]),
        levels=tuple(row["levels"]),
        executing=fold(row["executing"]),
        local=row["handled_by"] == "local_government",
        reviewed=row["reviewed"],
    )


def found_codes(
    text: str, *, on: date, scope: Scope = ALL, most: int = 200
) -> list[str]:
    """Codes of the best matches, best first; without words, all that is in scope."""
    index = _index(revision(), on)
    if not text.strip():
        return _in_scope(index, scope)[:most]
    return [hit.code for hit in index.find(text, most=most, keep=scope.holds)]


def _in_scope(index: finding.Index, scope: Scope) -> list[str]:
    entries = sorted(
        filter(scope.holds, index.entries),
        key=lambda e: (not e.reviewed, not e.local, e.field, e.code),
    )
    return [entry.code for entry in entries]


def whole_catalogue(text: str, *, on: date) -> list[str]:
    """Codes of all that is in force, other provinces and internal procedures too."""
    rows = ProcedureVersion.objects.on(on)
    if text[:1].isdigit():
        rows = rows.filter(code__startswith=text)
    elif wanted := syllables(text):
        rows = rows.filter(words__contains=wanted)
    return list(rows.order_by("field", "code").values_list("code", flat=True))


def search(
    text: str, *, on: date, scope: Scope = ALL, most: int = 20
) -> list[ProcedureVersion]:
    """The versions in force on `on` that answer the words best, best first."""
    return versions_of(found_codes(text, on=on, scope=scope, most=most), on=on)


def versions_of(codes: Sequence[str], *, on: date) -> list[ProcedureVersion]:
    """The versions in force of these codes, in the order given."""
    rows = ProcedureVersion.objects.on(on).filter(code__in=codes).defer("fold", "words")
    by_code = {row.code: row for row in rows}
    return [by_code[code] for code in codes if code in by_code]


def by_life_event(key: str, *, on: date) -> list[ProcedureVersion]:
    """Procedures tagged with an event of life, the best known first."""
    return search("", on=on, scope=Scope(life_event=key), most=200)


def scope_of(organisation: Organisation, *, on: date) -> Scope:
    """What a body handles: a commune or a centre by its level, others by name."""
    kind = OrganisationKind(organisation.kind)
    if kind in (OrganisationKind.ONE_STOP_DESK, OrganisationKind.PEOPLE_COMMITTEE):
        level = organisation.place.level
        return Scope(level=level, local_only=True)
    name = fold(places.name_on(organisation, on))
    return Scope(executing=name.partition(" tinh ")[0], local_only=True)


def of_desk(organisation: Organisation, *, on: date) -> list[ProcedureVersion]:
    """The procedures a desk, commune or department must have on its wall."""
    (listed,) = lists_of([organisation], on=on).values()
    return listed


def lists_of(
    organisations: Iterable[Organisation], *, on: date
) -> dict[Scope, list[ProcedureVersion]]:
    """The wall lists of many bodies at once; all communes share one."""
    index = _index(revision(), on)
    scopes = {scope_of(body, on=on) for body in organisations}
    codes = {scope: _in_scope(index, scope) for scope in scopes}
    rows = (
        ProcedureVersion.objects.on(on)
        .filter(code__in=set().union(*codes.values()))
        .only("code", "number", "name", "field", "recorded_at")
        .order_by("field", "code")
    )
    by_code = {row.code: row for row in rows}
    order = {code: place for place, code in enumerate(by_code)}
    return {
        scope: [by_code[code] for code in sorted(listed, key=order.__getitem__)]
        for scope, listed in codes.items()
    }


def versions_digest(listed: Sequence[ProcedureVersion]) -> str:
    """What exactly was on the wall: code and version number of every row."""
    lines = sorted(f"{version.code} {version.number}" for version in listed)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def latest_postings(organisations: Sequence[Organisation]) -> dict[int, Posting]:
    """The newest confirmation of each body, by its row id."""
    rows = (
        Posting.objects.filter(organisation__in=organisations)
        .order_by("organisation_id", "-confirmed_at")
        .distinct("organisation_id")
    )
    return {row.organisation_id: row for row in rows}


def posting_with_photo(public_id: UUID) -> Posting | None:
    return (
        Posting.objects.filter(public_id=public_id, photo__isnull=False)
        .select_related("photo")
        .first()
    )


def changed_since(
    listed: Sequence[ProcedureVersion], at: datetime
) -> list[ProcedureVersion]:
    """What a list posted then does not show yet."""
    return [version for version in listed if version.recorded_at > at]
