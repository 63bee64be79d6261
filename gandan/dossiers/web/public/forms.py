"""Shapes of what a resident may send about a dossier."""

from django import forms
from django.utils.translation import gettext_lazy as _


class Follow(forms.Form):
    code = forms.CharField(
        label=_("Dossier code"),
        help_text=_(
            "On the first line of your slip, for example H14.X01273-250610-0007"
        ),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )
    secret = forms.CharField(
        label=_("Secret"),
        help_text=_("Eight letters and digits below the code, for example 7KQ2-M4XA"),
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters"}
        ),
    )


class Withdraw(forms.Form):
    token = forms.CharField(
        label=_("Code of the tear-off strip"),
        help_text=_(
            "With it, everybody can later check that you yourself withdrew. "
            "Leave it empty if the strip is lost."
        ),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Why do you withdraw?"),
        max_length=400,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


SCORES = [
    ("5", _("Very satisfied")),
    ("4", _("Satisfied")),
    ("3", _("Neither")),
    ("2", _("Dissatisfied")),
    ("1", _("Very dissatisfied")),
]


class Rate(forms.Form):
    score = forms.TypedChoiceField(
        label=_("How were you served?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
    )
