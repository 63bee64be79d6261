"""Shape of what a unit and the province write on a sheet; the actions judge it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.indicators.models import ReformMark
from gandan.indicators.reform.actions import Said
from gandan.indicators.reform.rules import Verb
from gandan.ui import words
from gandan.ui.fields import DayField, NumberField, TextField

# Of each verb: the columns its points and its words are kept in.
COLUMNS: dict[Verb, tuple[str, str]] = {
    Verb.SCORE: ("self_points", "self_note"),
    Verb.APPRAISE: ("first_points", "first_note"),
    Verb.EXPLAIN: ("", "explanation"),
    Verb.APPRAISE_AGAIN: ("second_points", "second_note"),
    Verb.SURVEY: ("survey_points", ""),
}


class Sheet(forms.Form):
    """One box for points and one for words an item; `p-`, `n-`, `a-` and its code."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, verb: Verb, marks: Iterable[ReformMark], version: int, data: Any
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.marks = {mark.node.code: mark for mark in marks}
        points, note = COLUMNS[verb]
        for code, mark in self.marks.items():
            if points:
                self.fields[f"p-{code}"] = _points(mark, getattr(mark, points))
            if note:
                label = (
                    _("Explanation of %(code)s")
                    if not points
                    else _("Note on %(code)s")
                )
                self.fields[f"n-{code}"] = TextField(
                    label=label % {"code": code},
                    initial=getattr(mark, note),
                    required=False,
                    rows=2,
                    max_length=4000,
                )
            if verb is Verb.APPRAISE:
                self.fields[f"a-{code}"] = forms.BooleanField(
                    label=_("Ask the unit to explain %(code)s") % {"code": code},
                    initial=mark.asks,
                    required=False,
                )

    def said(self) -> dict[str, Said]:
        data = self.cleaned_data
        return {
            code: Said(
                _decimal(data.get(f"p-{code}")),
                data.get(f"n-{code}") or "",
                bool(data.get(f"a-{code}")),
            )
            for code in self.marks
        }

    def field_of(self, code: str) -> str | None:
        """Where a refusal about this item is shown."""
        for kind in "pn":
            if f"{kind}-{code}" in self.fields:
                return f"{kind}-{code}"
        return None


def _points(mark: ReformMark, given: Decimal | None) -> NumberField:
    most = mark.node.most or Decimal(0)
    said = {"code": mark.node.code, "most": words.number(_short(most))}
    return NumberField(
        label=_("Points for %(code)s, at most %(most)s") % said,
        initial=None if given is None else _short(given),
        required=False,
        at_least=0,
        at_most=_short(most),
        places=2,
    )


def _short(value: Decimal) -> Decimal | int:
    """2.00 of the column is 2 again."""
    whole = value == value.to_integral_value()
    return int(value) if whole else value.normalize()


def _decimal(value: Decimal | int | None) -> Decimal | None:
    return None if value is None else Decimal(value)


class Opening(forms.Form):
    self_until = DayField(label=gettext_lazy("Units score themselves until"))
    explain_until = DayField(label=gettext_lazy("Units explain until"))
    bonus_cap = NumberField(
        label=gettext_lazy("Most points of all bonuses"), at_least=0, places=2
    )
    penalty_cap = NumberField(
        label=gettext_lazy("Most points of all penalties"), at_least=0, places=2
    )


class Adjustment(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("What it is"),
        choices=[
            ("bonus", gettext_lazy("Bonus")),
            ("penalty", gettext_lazy("Penalty")),
        ],
        widget=forms.RadioSelect,
    )
    points = NumberField(
        label=gettext_lazy("Points"), at_least=Decimal("0.01"), at_most=100, places=2
    )
    reason = TextField(label=gettext_lazy("Reason"), rows=3, max_length=400)


class Evidence(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("PDF or picture, at most 10 MB"),
    )
