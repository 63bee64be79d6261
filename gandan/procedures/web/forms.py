"""Forms of the workspace: shape only; the actions decide."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gandan.kernel.clock import Unit
from gandan.procedures import actions, rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import wording
from gandan.ui.fields import DayField, NumberField, TextField, check_day

LANGUAGES = ("vi", "en", "fr")


class NewVersion(forms.Form):
    """Our words, and the limits a decision of the province overrides.

    What the national catalogue says comes by import; here only what is ours to say.
    """

    everyday_vi = TextField(label=gettext_lazy("Everyday name in Vietnamese"))
    everyday_en = TextField(
        label=gettext_lazy("Everyday name in English"), required=False
    )
    everyday_fr = TextField(
        label=gettext_lazy("Everyday name in French"), required=False
    )
    search_words = TextField(
        label=gettext_lazy("Search words, one a line"), rows=4, required=False
    )
    life_events = forms.MultipleChoiceField(
        label=gettext_lazy("Events of life"),
        choices=list(wording.LIFE_EVENTS.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    basis = TextField(
        label=gettext_lazy("Decision or reason"),
        help_text=gettext_lazy(
            "Number and date of the decision, or why the words change"
        ),
    )
    valid_from = DayField(label=gettext_lazy("In force from"))
    published_on = DayField(label=gettext_lazy("Published on"), required=False)

    def __init__(self, *args: Any, version: ProcedureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        cases = {c.key: str(wording.case(c)) for c in version.cases()}
        for number, limit in enumerate(version.limits()):
            about = [cases.get(limit.case) or limit.case, wording.where(limit)]
            self.fields[f"quantity_{number}"] = NumberField(
                label=_("Time: %(about)s")
                % {"about": ", ".join(filter(None, about)) or _("every case")},
                required=False,
                initial=limit.quantity,
                at_least=0,
            )
            self.fields[f"unit_{number}"] = forms.ChoiceField(
                label=_("Unit"),
                choices=[("", "–"), *((unit.value, UNITS[unit]) for unit in Unit)],
                required=False,
                initial=limit.unit.value if limit.unit else "",
            )

    @property
    def limit_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        return [
            (self[f"quantity_{number}"], self[f"unit_{number}"])
            for number, _limit in enumerate(self.version.limits())
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for number, _limit in enumerate(self.version.limits()):
            quantity, unit = data.get(f"quantity_{number}"), data.get(f"unit_{number}")
            if (quantity is None) != (not unit):
                self.add_error(
                    f"quantity_{number}", _("Give both the number and the unit")
                )
        return data

    def publication(self) -> actions.Publication:
        data = self.cleaned_data
        held = self.version.draft()
        limits = tuple(
            _overridden(limit, data, number, data["basis"])
            for number, limit in enumerate(held.content.limits)
        )
        overridden = limits != held.content.limits
        draft = replace(
            held,
            everyday={
                code: text
                for code in LANGUAGES
                if (text := data.get(f"everyday_{code}", ""))
            },
            search_words=tuple(
                line.strip()
                for line in data["search_words"].splitlines()
                if line.strip()
            ),
            life_events=tuple(data["life_events"]),
            national_only=held.national_only and not overridden,
        ).with_content(limits=limits)
        return actions.Publication(
            draft=draft,
            valid_from=data["valid_from"],
            start_known=True,
            published_on=data["published_on"],
            sources=dict(self.version.sources),
            reason=data["basis"],
        )


UNITS: Mapping[Unit, Any] = {
    Unit.WORKING_DAY: gettext_lazy("working days"),
    Unit.DAY: gettext_lazy("days"),
    Unit.HOUR: gettext_lazy("hours"),
    Unit.MONTH: gettext_lazy("months"),
}


def _overridden(
    limit: rules.Limit, data: Mapping[str, Any], number: int, basis: str
) -> rules.Limit:
    """The same limit, or what the decision says instead, with the decision's name."""
    quantity, unit = data.get(f"quantity_{number}"), data.get(f"unit_{number}")
    given = Decimal(quantity) if quantity is not None else None
    unit_given = Unit(unit) if unit else None
    if (given, unit_given) == (limit.quantity, limit.unit):
        return limit
    return replace(
        limit,
        quantity=given,
        unit=unit_given,
        same_day=limit.same_day and given is None,
        basis=basis,
        verified=True,
    )


def first_values(version: ProcedureVersion, today: date) -> dict[str, Any]:
    return {
        **{f"everyday_{code}": version.everyday.get(code, "") for code in LANGUAGES},
        "search_words": "\n".join(version.search_words),
        "life_events": version.life_events,
        "valid_from": today,
    }


class ConfirmPosting(forms.Form):
    posted_on = DayField(label=gettext_lazy("On the wall since"))
    photo = forms.FileField(
        label=gettext_lazy("Photo of the wall"),
        help_text=gettext_lazy("A JPEG, PNG or WebP picture, without people"),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
        required=False,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_posted_on(self) -> date:
        day: date = self.cleaned_data["posted_on"]
        check_day(day, not_before=None, not_after=self._today)
        return day
