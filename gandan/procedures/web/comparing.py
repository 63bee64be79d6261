"""What changed between two versions, phrased for a reader."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from gandan.procedures import queries, rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import wording

KINDS = {
    "added": pgettext_lazy("change", "Added"),
    "removed": pgettext_lazy("change", "Removed"),
    "changed": pgettext_lazy("change", "Changed"),
}
FIELDS = {
    "quantity": gettext_lazy("number"),
    "unit": gettext_lazy("unit"),
    "text": gettext_lazy("text"),
    "amount": gettext_lazy("amount"),
    "original": gettext_lazy("originals"),
    "copies": gettext_lazy("copies"),
    "condition": gettext_lazy("condition"),
    "basis": gettext_lazy("basis"),
    "name": gettext_lazy("name"),
    "note": gettext_lazy("note"),
    "verified": gettext_lazy("verified"),
}


LONGEST = 300


@dataclass(frozen=True, slots=True)
class Line:
    section: str
    kind: str
    what: str
    before: str
    after: str


def lines(old: ProcedureVersion, new: ProcedureVersion) -> tuple[Line, ...]:
    return tuple(_line(change) for change in queries.difference(old, new))


def _line(change: rules.Change) -> Line:
    section = str(wording.SECTIONS.get(change.section, change.section))
    field = str(FIELDS.get(change.field, change.field))
    # Without a field it is a whole row that came or went.
    said = _row if not change.field and change.key else _value
    return Line(
        section=section,
        kind=str(KINDS[change.kind]),
        what=": ".join(part for part in (change.label or change.key, field) if part),
        before=said(change.section, change.before),
        after=said(change.section, change.after),
    )


def _row(section: str, row: Any) -> str:
    """What names a row, and of limits and fees what they say."""
    if not isinstance(row, Mapping):
        return _value(section, row)
    if section == "limits":
        return str(wording.limit(rules.facts.from_json(rules.Limit, row)))
    if section == "fees":
        fee = rules.facts.from_json(rules.Fee, row)
        return wording.fee(fee) or str(wording.said(fee.rule)) or fee.text
    named = (row.get(name) for name in ("name", "words", "owner", "code", "key"))
    return _value(section, next(filter(None, named), ""))


def _value(section: str, value: Any) -> str:
    """One value, short enough for a table cell."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case Mapping():
            text = str(value.get("vi") or json.dumps(value, ensure_ascii=False))
        case list():
            text = ", ".join(_row(section, item) for item in value)
        case _:
            text = str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
