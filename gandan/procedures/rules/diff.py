"""What changed between two versions, field by field, without words of any language."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from gandan.procedures.rules.content import SECTIONS
from gandan.procedures.rules.draft import Draft

# What names a row of a section, so that a changed amount is a change and not a
# removal beside an addition.
_KEYS: Mapping[str, tuple[str, ...]] = {
    "limits": ("case", "channel", "attribute", "adds"),
    "fees": ("name", "channel", "kind"),
    "results": ("name",),
    "basis": ("code",),
}


@dataclass(frozen=True, slots=True)
class Change:
    section: str
    # The row in its section: a paper's key, a law's number; empty for single fields.
    key: str
    # What to call the row on a page: its name where it has one.
    label: str
    kind: Literal["added", "removed", "changed"]
    field: str = ""
    before: Any = None
    after: Any = None


def changes(old: Draft, new: Draft) -> tuple[Change, ...]:
    return tuple(_changes(old.to_json(), new.to_json()))


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Change]:
    for name in Draft.described():
        before, after = old.get(name), new.get(name)
        if before != after:
            yield _single(name, before, after)
    before, after = old["content"], new["content"]
    for section in SECTIONS:
        yield from _rows(section, before.get(section, []), after.get(section, []))
    for name in ("conduct", "conditions"):
        if before.get(name) != after.get(name):
            yield _single(name, before.get(name), after.get(name))


def _single(name: str, before: Any, after: Any) -> Change:
    kind: Literal["added", "removed", "changed"] = "changed"
    if before is None:
        kind = "added"
    elif after is None:
        kind = "removed"
    return Change(name, "", "", kind, "", before, after)


def _rows(section: str, old: list[Any], new: list[Any]) -> Iterator[Change]:
    before, after = _by_key(section, old), _by_key(section, new)
    for key, row in before.items():
        if key not in after:
            yield Change(section, key, _label(row), "removed", "", row, None)
    for key, row in after.items():
        if key not in before:
            yield Change(section, key, _label(row), "added", "", None, row)
        elif row != before[key]:
            yield from _fields(section, key, before[key], row)


def _fields(section: str, key: str, old: Any, new: Any) -> Iterator[Change]:
    for name in [*old, *(n for n in new if n not in old)]:
        before, after = old.get(name), new.get(name)
        if before != after:
            yield Change(section, key, _label(new), "changed", name, before, after)


def _by_key(section: str, rows: list[Any]) -> dict[str, Any]:
    keyed: dict[str, Any] = {}
    for row in rows:
        if isinstance(row, str):
            keyed[row] = row
            continue
        names = _KEYS.get(section, ("key",))
        key = " ".join(str(row.get(n, "")) for n in names).strip()
        number = 1
        unique = key
        while unique in keyed:  # two fees of one name: told apart by their place
            number += 1
            unique = f"{key} ({number})"
        keyed[unique] = row
    return keyed


def _label(row: Any) -> str:
    if isinstance(row, str):
        return row
    words = row.get("words", {})
    return str(row.get("name") or words.get("vi") or row.get("code") or "")
