"""Shapes of what a resident may send about a dossier."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gandan.places.models import Place
from gandan.ui.controls import Option
from gandan.ui.fields import TextField

# Nothing of these is offered again by the browser of a shared computer.
_COPIED = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}


class Follow(forms.Form):
    use_required_attribute = False

    code = TextField(
        label=_("Dossier code or filing number"),
        help_text=_(
            "On the first line of your slip, for example H14.X01273-250610-0007;"
            " before reception G-7F3K-92QD"
        ),
        max_length=60,
        widget=forms.TextInput(attrs=_COPIED),
        error_messages={"required": _("Write the code that stands on your slip")},
    )
    secret = TextField(
        label=_("Secret"),
        help_text=_(
            "Eight letters and digits at the foot of the slip, or below the filing"
            " number; for example 7KQ2-M4XA"
        ),
        max_length=20,
        widget=forms.TextInput(attrs=_COPIED),
        error_messages={"required": _("Write the secret that stands on your slip")},
    )


class Withdraw(forms.Form):
    use_required_attribute = False

    token = TextField(
        label=_("Code of the tear-off strip"),
        help_text=_(
            "With it, everybody can later check that you yourself withdrew. "
            "Leave it empty if the strip is lost."
        ),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = TextField(
        label=_("Why do you withdraw?"), max_length=400, required=False, rows=3
    )


SCORES = (
    (5, _("Very satisfied")),
    (4, _("Satisfied")),
    (3, _("Neither")),
    (2, _("Dissatisfied")),
    (1, _("Very dissatisfied")),
)


class Rate(forms.Form):
    use_required_attribute = False

    score = forms.TypedChoiceField(
        label=_("How were you served?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the five answers")},
    )


class Addressee(forms.Form):
    """One of the communes offered, else a name, of today or of before."""

    use_required_attribute = False
    LIST = "communes"

    to = forms.ChoiceField(
        label=_("One of these"), required=False, widget=forms.RadioSelect
    )
    commune = TextField(
        label=_("Commune or ward"),
        help_text=_("A name of before July 2025 will do, for example Hồng Trị"),
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": LIST}),
    )

    def __init__(
        self, data: Any = None, *, offered: Sequence[tuple[Place, str]] = ()
    ) -> None:
        super().__init__(data)
        choices = [
            (place.key, Option(place.full_name, hint=why)) for place, why in offered
        ]
        if choices:
            self.fields["to"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["to"]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        given.setdefault("to", "")
        if not given["to"] and not given.get("commune") and not self.errors:
            self.add_error("commune", _("Write the name of the commune or ward"))
        return given
