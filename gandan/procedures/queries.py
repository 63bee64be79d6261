"""Questions about the catalogue that pages and other rooms may ask."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gandan.procedures import finding, rules
from gandan.procedures.models import CatalogueRevision, ProcedureVersion


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


def revision() -> int:
    row = CatalogueRevision.objects.values_list("revision", flat=True).first()
    return row or 0


@dataclass(frozen=True, slots=True)
class Scope:
    """Which part of the catalogue a search looks at."""

    local_only: bool = False
    life_event: str = ""
    codes: frozenset[str] | None = None


_INDEXED = (
    "code",
    "name",
    "everyday",
    "search_words",
    "field",
    "groups",
    "handled_by",
    "levels",
    "reviewed",
    "life_events",
)


@lru_cache(maxsize=3)
def _index(_revision: int, day: date) -> tuple[finding.Index, dict[str, list[str]]]:
    """The catalogue of a day in memory, built again when the revision has grown."""
    entries, life_events = [], {}
    for row in ProcedureVersion.objects.on(day).values(*_INDEXED).iterator():
        life_events[row["code"]] = row["life_events"]
        entries.append(
            finding.Entry(
                code=row["code"],
                name=row["name"],
                everyday=tuple(row["everyday"].values()),
                search_words=tuple(row["search_words"]),
                field=row["field"],
                groups=tuple(row["groups"]),
                local=row["handled_by"] == "local_government",
                commune="commune" in row["levels"],
                reviewed=row["reviewed"],
            )
        )
    return finding.Index(entries), life_events


def found_codes(
    text: str, *, on: date, scope: Scope = Scope(), most: int = 30
) -> list[str]:
    """Codes of the best matches, best first; without words, nothing."""
    index, life_events = _index(revision(), on)

    def keep(entry: finding.Entry) -> bool:
        return (
            (not scope.local_only or entry.local)
            and (scope.codes is None or entry.code in scope.codes)
            and (not scope.life_event or scope.life_event in life_events[entry.code])
        )

    return [hit.code for hit in index.find(text, most=most, keep=keep)]


def search(
    text: str, *, on: date, scope: Scope = Scope(), most: int = 30
) -> list[ProcedureVersion]:
    """The versions in force on `on` that answer the words best, best first."""
    return _in_order(found_codes(text, on=on, scope=scope, most=most), on)


def _in_order(codes: Sequence[str], on: date) -> list[ProcedureVersion]:
    rows = ProcedureVersion.objects.on(on).filter(code__in=codes).defer("fold", "words")
    by_code = {row.code: row for row in rows}
    return [by_code[code] for code in codes if code in by_code]


def by_life_event(key: str, *, on: date) -> list[ProcedureVersion]:
    """Procedures tagged with an event of life, the nearest to people first."""
    rows = (
        ProcedureVersion.objects.on(on)
        .filter(life_events__contains=[key])
        .defer("fold", "words")
    )
    return sorted(rows, key=lambda v: (not v.reviewed, v.field, v.code))


def local_procedures(*, level: str, on: date) -> list[ProcedureVersion]:
    """What the People's Committees of this level and their bodies handle themselves."""
    return list(
        ProcedureVersion.objects.on(on)
        .filter(handled_by="local_government", levels__contains=[level])
        .exclude(kind="internal")
        .defer("fold", "words", "content")
        .order_by("field", "code")
    )


def versions_digest(listed: Sequence[ProcedureVersion]) -> str:
    """What exactly was on the wall: code and version number of every row."""
    lines = sorted(f"{version.code} {version.number}" for version in listed)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
