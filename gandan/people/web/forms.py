"""Shapes of what is typed on the pages of accounts; the actions judge it."""

from collections.abc import Iterable
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth import password_validation
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from gandan.kernel.actors import Role
from gandan.people.models import ROLE_WORDS, User
from gandan.places.models import Organisation
from gandan.ui.fields import DayField, TextField

ROLES = [("", _("Choose a role"))] + [(r.value, ROLE_WORDS[r]) for r in Role]


def _password(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, widget=widget, **kwargs)


class SignIn(LoginForm):  # type: ignore[misc]
    """allauth's form with our words and without its placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label, autocomplete in (
            ("login", _("Username"), "username"),
            ("password", _("Password"), "current-password"),
        ):
            field = self.fields[name]
            field.label, field.help_text = label, ""
            field.widget.attrs = {
                "autocomplete": autocomplete,
                "autocapitalize": "none",
                "spellcheck": "false",
            }


class ChangeOfficer(forms.Form):
    """Who sits down now, out of those who have worked here today."""

    officer = forms.ChoiceField(label=_("Officer"), widget=forms.RadioSelect)
    password = _password(_("Password"), "current-password")

    def __init__(self, *args: Any, officers: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(user.public_id), user.full_name) for user in officers]
        self.fields["officer"] = forms.ChoiceField(
            label=_("Officer"), widget=forms.RadioSelect, choices=choices
        )


class NewPassword(forms.Form):
    """The old one proves who asks; the new one is typed once, and may be shown."""

    old = _password(_("Your password now"), "current-password")
    new = _password(
        _("New password"),
        "new-password",
        help_text=_("At least 12 signs. Four words that belong together only for you."),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_old(self) -> str:
        old: str = self.cleaned_data["old"]
        if not self.user.check_password(old):
            raise forms.ValidationError(_("This is not your password."), code="wrong")
        return old

    def clean_new(self) -> str:
        new: str = self.cleaned_data["new"]
        if self.user.check_password(new):
            raise forms.ValidationError(_("Choose another password."), code="same")
        password_validation.validate_password(new, self.user)
        return new


class _AtAnOffice(forms.Form):
    def __init__(
        self, *args: Any, offices: Iterable[Organisation] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if "organisation" in self.fields:
            self.fields["organisation"] = forms.ChoiceField(
                label=_("Office"), choices=grouped(offices)
            )


def grouped(offices: Iterable[Organisation]) -> list[Any]:
    """Offices under the name of their unit."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for body in offices:
        groups.setdefault(body.place.full_name, []).append((body.key, body.name))
    return [("", _("Choose an office")), *groups.items()]


class Mandate(_AtAnOffice):
    """A role at an office from a day to a day, by a decision."""

    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    organisation = forms.ChoiceField(label=_("Office"))
    starts = DayField(label=_("From"), help_text=_("Today or later."))
    ends = DayField(
        label=_("Until, not included"),
        required=False,
        help_text=_("Empty: until further notice."),
    )
    decision = TextField(
        label=_("Decision"), max_length=120, help_text=_("Number and date.")
    )


class Person(forms.Form):
    """Who it is, and how to reach the person."""

    full_name = TextField(label=_("Family, middle and given name"), max_length=120)
    telephone = TextField(label=_("Telephone"), max_length=20, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)


class Account(Person, Mandate):
    """A new account and its first mandate."""

    username = TextField(
        label=_("Username"),
        max_length=60,
        help_text=_("Small letters, digits, point and hyphen, for example lan.hoang"),
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9.\-]*$",
                _("Use small letters, digits, point and hyphen only."),
            )
        ],
    )
    field_order = ("full_name", "username", "telephone", "email", "role")


class End(forms.Form):
    """From which day on the mandate is no longer held."""

    ends = DayField(label=_("Not held any more from"), help_text=_("Today or later."))
    decision = TextField(
        label=_("Decision"), max_length=120, help_text=_("Number and date.")
    )


class Deputy(forms.Form):
    """Who stands in, from when until when."""

    deputy = forms.ChoiceField(label=_("Deputy"))
    starts = DayField(label=_("From"), help_text=_("Today or later."))
    ends = DayField(label=_("Until, not included"))
    decision = TextField(
        label=_("Decision"), max_length=120, help_text=_("Number and date.")
    )

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(user.public_id), user.full_name) for user in people]
        self.fields["deputy"] = forms.ChoiceField(
            label=_("Deputy"),
            choices=[("", _("Choose a colleague")), *choices],
            help_text=_("Who has an account at the same office."),
        )


class Close(forms.Form):
    """Why the account is closed: the decision that ends the service here."""

    decision = TextField(
        label=_("Decision"), max_length=120, help_text=_("Number and date.")
    )
