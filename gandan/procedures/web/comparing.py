"""What changed between two versions, phrased for a reader."""

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
    return Line(
        section=section,
        kind=str(KINDS[change.kind]),
        what=": ".join(part for part in (change.label or change.key, field) if part),
        before=_said(change.section, change.before),
        after=_said(change.section, change.after),
    )


def _said(section: str, value: Any) -> str:
    """One value, or a whole row, short enough for a table cell."""
    match value:
        case None:
            return ""
        case bool():
            return _("yes") if value else _("no")
        case Mapping():
            return _row(section, value)
        case list():
            return ", ".join(_said(section, item) for item in value)
    text = str(value)
    return text if len(text) <= 300 else f"{text[:300]}…"


def _row(section: str, row: Mapping[str, Any]) -> str:
    if section == "limits":
        return str(wording.limit(rules.facts.from_json(rules.Limit, row)))
    if section == "fees":
        fee = rules.facts.from_json(rules.Fee, row)
        return wording.fee(fee) or fee.text
    for name in ("name", "vi", "code", "key"):
        if row.get(name):
            return str(row[name])
    return ", ".join(f"{key}: {value}" for key, value in row.items())
