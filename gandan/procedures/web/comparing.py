"""What changed between two versions, phrased for a reader."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from gandan.procedures import queries, rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import wording

KINDS = {
    "added": pgettext_lazy("change", "Added"),
    "removed": pgettext_lazy("change", "Removed"),
    "changed": pgettext_lazy("change", "Changed"),
}
FIELDS = {
    "quantity": pgettext_lazy("field", "number"),
    "unit": pgettext_lazy("field", "unit"),
    "text": pgettext_lazy("field", "text"),
    "words": pgettext_lazy("field", "words"),
    "name": pgettext_lazy("field", "name"),
    "note": pgettext_lazy("field", "note"),
    "basis": pgettext_lazy("field", "basis"),
    "verified": pgettext_lazy("field", "verified"),
    "case": pgettext_lazy("field", "case"),
    "channel": pgettext_lazy("field", "way to file"),
    "attribute": pgettext_lazy("field", "kind of place"),
    "adds": pgettext_lazy("field", "adds to the limit"),
    "same_day": pgettext_lazy("field", "same day"),
    "kind": pgettext_lazy("field", "kind"),
    "owner": pgettext_lazy("field", "whose it is"),
    "owner_kind": pgettext_lazy("field", "kind of owner"),
    "opened_by": pgettext_lazy("field", "opening paper"),
    "closed_by": pgettext_lazy("field", "closing paper"),
    "condition": pgettext_lazy("field", "condition"),
    "original": pgettext_lazy("field", "originals"),
    "copies": pgettext_lazy("field", "copies"),
    "act": pgettext_lazy("field", "to hand in or to show"),
    "group": pgettext_lazy("field", "heading"),
    "damaged": pgettext_lazy("field", "damaged in the source"),
    "stated": pgettext_lazy("field", "how it is stated"),
    "amount": pgettext_lazy("field", "amount"),
    "rule": pgettext_lazy("field", "rule"),
    "code": pgettext_lazy("field", "code"),
    "articles": pgettext_lazy("field", "articles"),
    "replaced": pgettext_lazy("field", "replaced"),
    "role": pgettext_lazy("field", "role"),
    "office": pgettext_lazy("field", "office"),
    "share": pgettext_lazy("field", "share"),
    "left_out": pgettext_lazy("field", "time not counted"),
    "options": pgettext_lazy("field", "options"),
    "shown_if": pgettext_lazy("field", "asked when"),
    "hint": pgettext_lazy("field", "hint"),
    "decides": pgettext_lazy("field", "decides"),
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
