"""Shapes of what an officer types at the counter. They check form, never law.

A form may be shown with what was typed and without a judgement (`typed`): the page is
read again whenever a procedure is chosen or a card scanned.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any, TypeVar

from django import forms
from django.conf import settings
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gandan.dossiers import competence
from gandan.dossiers.actions import PartyIn
from gandan.dossiers.rules import persons
from gandan.dossiers.web import wording
from gandan.kernel.localtime import at_local
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.ui.fields import (
    DayField,
    DongField,
    PartialDayField,
    TextField,
    WholeField,
)
from gandan.ui.reading import PartialDay

F = TypeVar("F", bound=forms.Form)

NAME = {
    "too_many_words": _("A name has one to six words; a body is ticked as one"),
    "not_letters": _("Write the name in letters, as the identity card has it"),
}
IDENTITY = {
    "digits": _("A personal number has 12 digits, an old one 9"),
    "signs": _("Write letters and digits only, as the passport has them"),
}
_EMPTY = ("", "–")


def typed(kind: type[F], data: QueryDict, prefix: str = "", **more: Any) -> F:
    """The form as it was sent, shown again without being judged."""
    blank = kind(prefix=prefix or None, **more)
    initial = {
        name: field.widget.value_from_datadict(data, {}, blank.add_prefix(name))
        for name, field in blank.fields.items()
    }
    return kind(prefix=prefix or None, initial=initial, **more)


class Person(forms.Form):
    """One person of a dossier. Which boxes it has depends on the part it plays."""

    full_name = TextField(label=_("Full name"), max_length=120, required=False)
    is_body = forms.BooleanField(label=_("It is an organisation"), required=False)
    identity_number = TextField(
        label=_("Personal number"), max_length=20, required=False
    )
    old_identity_number = TextField(
        label=_("Old number (9 digits)"), max_length=9, required=False
    )
    identity_issued_on = DayField(label=_("Card issued on"), required=False)
    born = PartialDayField(label=_("Born"), required=False)
    sex = forms.ChoiceField(
        label=_("Sex"),
        required=False,
        choices=[
            _EMPTY,
            ("male", pgettext_lazy("sex", "Male")),
            ("female", pgettext_lazy("sex", "Female")),
        ],
    )
    telephone = TextField(label=_("Telephone"), max_length=30, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    place = forms.ChoiceField(label=_("Commune, ward"), required=False)
    village = TextField(label=_("Village, group"), max_length=120, required=False)
    address = TextField(
        label=_("Residence on the card"), max_length=240, required=False
    )
    paper = TextField(
        label=_("Paper that lets them act"), max_length=160, required=False
    )
    spoken_language = TextField(
        label=_("Language they speak"), max_length=40, required=False
    )
    fingerprint = forms.BooleanField(
        label=_("Signs with a fingerprint, before a witness"), required=False
    )

    use_required_attribute = False

    def __init__(self, *args: Any, role: str, on: date, **kwargs: Any) -> None:
        self.role = role
        super().__init__(*args, **kwargs)
        for name in list(self.fields):
            if name not in BOXES[role]:
                del self.fields[name]
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")
        if "born" in self.fields:
            self.fields["born"].not_after = on  # type: ignore[attr-defined]
        if "place" in self.fields:
            self.fields["place"].choices = [  # type: ignore[attr-defined]
                _EMPTY,
                *((p.key, p.full_name) for p in places.communes(on)),
            ]

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        is_body = bool(self.data.get(self.add_prefix("is_body")))
        if not is_body and (problem := persons.name_problem(name)):
            raise forms.ValidationError(NAME[problem])
        return name

    def clean_identity_number(self) -> str:
        number = persons.plain_identity(self.cleaned_data["identity_number"])
        is_body = bool(self.data.get(self.add_prefix("is_body")))
        if number and not is_body and (problem := persons.identity_problem(number)):
            raise forms.ValidationError(IDENTITY[problem])
        if len(number) > 12:
            raise forms.ValidationError(IDENTITY["digits"])
        return number

    def clean_telephone(self) -> str:
        number = persons.plain_telephone(self.cleaned_data["telephone"])
        if number and not persons.is_telephone(number):
            raise forms.ValidationError(
                _("Write the telephone number in digits, for example 0912 345 678")
            )
        return number

    def clean(self) -> dict[str, Any]:
        """Whoever is named by anything is named by a name."""
        given = super().clean() or {}
        if not given.get("full_name") and "full_name" not in self.errors:
            others = {k: v for k, v in given.items() if k not in ("place", "full_name")}
            if any(others.values()):
                self.add_error("full_name", _("Write the name too"))
        for box, words in _MUST.get(self.role, {}).items():
            if given.get("full_name") and not given.get(box) and box not in self.errors:
                self.add_error(box, words)
        return given

    @property
    def is_named(self) -> bool:
        return bool(self.cleaned_data.get("full_name"))

    def party(self) -> PartyIn:
        given = self.cleaned_data
        born: PartialDay | None = given.get("born")
        on = None
        if born is not None and born.month is not None and born.day is not None:
            on = date(born.year, born.month, born.day)
        place = places.place_by_key(given.get("place") or "")
        return PartyIn(
            role=self.role,
            full_name=given["full_name"],
            sex=given.get("sex", ""),
            born_on=on,
            born_year=born.year if born is not None and on is None else None,
            identity_number=given.get("identity_number", ""),
            old_identity_number=given.get("old_identity_number", ""),
            identity_issued_on=given.get("identity_issued_on"),
            telephone=given.get("telephone", ""),
            email=given.get("email", ""),
            address=given.get("address", ""),
            place=place.pk if place else None,
            village=given.get("village", ""),
            paper=given.get("paper", ""),
            spoken_language=given.get("spoken_language", ""),
            fingerprint=bool(given.get("fingerprint")),
        )


_CARD = ("full_name", "identity_number", "born", "sex")
_WHOLE_CARD = (*_CARD, "old_identity_number", "identity_issued_on", "address")
BOXES: Mapping[str, tuple[str, ...]] = {
    "owner": (
        *(*_WHOLE_CARD, "is_body", "telephone", "email", "place", "village"),
        "fingerprint",
    ),
    "spouse": _WHOLE_CARD,
    "representative": (*_WHOLE_CARD, "telephone", "paper"),
    "bringer": ("full_name", "identity_number", "telephone"),
    "helper": ("full_name", "telephone"),
    "interpreter": ("full_name", "spoken_language"),
    "witness": ("full_name", "identity_number"),
}
ROLES = tuple(BOXES)
_MUST = {
    "representative": {"paper": _("Name the paper that lets them act")},
    "interpreter": {"spoken_language": _("Write the language, for example Mông")},
}
# Whose card the scanner reads; the others are named without one.
SCANNED = ("owner", "spouse", "representative", "bringer", "witness")


class Main(forms.Form):
    """Everything of an intake that is not a person, a paper or the procedure's form."""

    case = forms.ChoiceField(label=_("Case"), required=False)
    channel = forms.ChoiceField(
        label=_("How it came"),
        choices=[(k, wording.CHANNEL[k]) for k in ("counter", "post", "online")],
        initial="counter",
        required=False,
    )
    competent = forms.ChoiceField(label=_("Competent body"), required=False)
    helped_at = forms.ChoiceField(label=_("Where they were helped"), required=False)
    fee_vnd = DongField(label=_("Fee"), at_least=0, required=False)
    paid = forms.ChoiceField(
        label=_("Paid"),
        required=False,
        choices=[
            ("", pgettext_lazy("payment", "Not yet")),
            ("cash", _("Cash")),
            ("online", _("Online or by transfer")),
        ],
    )
    language = forms.ChoiceField(
        label=_("Language of messages"),
        choices=settings.LANGUAGES,
        initial="vi",
        required=False,
    )
    due_on = DayField(label=_("Date set by the officer"), required=False)
    due_why = TextField(label=_("Why this date?"), max_length=400, required=False)
    slip_no = TextField(label=_("Number of the slip"), max_length=24, required=False)
    slip_day = DayField(label=_("Day"), required=False)
    slip_time = forms.TimeField(
        label=_("Time of day"),
        required=False,
        input_formats=["%H:%M", "%H.%M", "%Hh%M", "%H%M"],
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"invalid": _("Write the time as hours and minutes: 14:30")},
    )

    use_required_attribute = False

    def __init__(
        self, *args: Any, on: date, cases: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["case"].choices = [_EMPTY, *cases]  # type: ignore[attr-defined]
        groups = competence.candidates(on)
        names = {
            "communes": _("Communes, wards"),
            "province": _("Departments, the province"),
            "land": _("Land registration offices"),
        }
        self.fields["competent"].choices = [  # type: ignore[attr-defined]
            ("", _("By the procedure and the commune")),
            *(
                (names[kind], [(body.key, body.name) for body in bodies])
                for kind, bodies in groups.items()
                if bodies
            ),
        ]
        self.fields["helped_at"].choices = [  # type: ignore[attr-defined]
            ("", _("Nowhere else")),
            *((desk.key, desk.name) for desk in places.desks(on)),
        ]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        slip = [given.get(n) for n in ("slip_no", "slip_day", "slip_time")]
        if any(slip) and not self.errors.keys() & {"slip_no", "slip_day", "slip_time"}:
            for name in ("slip_no", "slip_day", "slip_time"):
                if given.get(name) in (None, ""):
                    self.add_error(name, _("A paper slip needs number, day and time"))
        return given

    def body(self, name: str) -> Organisation | None:
        return places.organisation_by_key(self.cleaned_data.get(name) or "")

    def legal_time(self) -> datetime | None:
        """When a numbered paper slip was given, where one is entered later."""
        day: date | None = self.cleaned_data.get("slip_day")
        clock: time | None = self.cleaned_data.get("slip_time")
        return at_local(day, clock) if day and clock is not None else None


class PaperLine(forms.Form):
    """One paper of the procedure's list: there, not needed here, or missing."""

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The summary of errors names the paper by its box.
        self.fields["have"].label = name

    have = forms.BooleanField(required=False)
    skip = forms.BooleanField(required=False)
    originals = WholeField(at_least=0, at_most=99, required=False)
    copies = WholeField(at_least=0, at_most=99, required=False)

    use_required_attribute = False
