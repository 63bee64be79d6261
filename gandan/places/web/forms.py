"""Shape of what administrators write; what is allowed, the actions say."""

from datetime import date, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gandan.kernel.calendar import DayKind
from gandan.places.actions import DayIn, HoursIn
from gandan.places.rules import KIND_OF_TYPE, Kind, Level, SeatRole
from gandan.places.web.wording import DAY_KINDS, HALVES, SEATS
from gandan.ui.fields import DayField, TextField, WholeField
from gandan.ui.reading import Unreadable, read_day

DECISION = _("Number and date of the decision")


class RenameUnit(forms.Form):
    name = TextField(label=_("New name, without its type"), max_length=80)
    kind = forms.ChoiceField(label=_("Type"))
    on = DayField(label=_("In force from"))
    basis = TextField(label=DECISION, max_length=200)

    def __init__(self, *args: Any, level: Level, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words: dict[Kind, list[str]] = {}
        for (of, word), kind in KIND_OF_TYPE.items():
            if of == level:
                words.setdefault(kind, []).append(word)
        self.fields["kind"] = forms.ChoiceField(
            label=_("Type"),
            choices=[(kind.value, ", ".join(known)) for kind, known in words.items()],
        )


class RenameBody(forms.Form):
    name = TextField(label=_("New name"), max_length=200)
    short_name = TextField(label=_("Short name"), max_length=80, required=False)
    on = DayField(label=_("In force from"))
    basis = TextField(label=DECISION, max_length=200)


class MergeUnits(forms.Form):
    """Sources by tick; the target is one of the others, or new."""

    sources = forms.MultipleChoiceField(
        label=_("Units that are merged"), widget=forms.CheckboxSelectMultiple
    )
    target = forms.ChoiceField(label=_("They become part of"), required=False)
    new_code = TextField(label=_("Code of the new unit"), max_length=5, required=False)
    new_kind = forms.ChoiceField(label=_("Type of the new unit"), required=False)
    new_name = TextField(
        label=_("Name of the new unit, without its type"), max_length=80, required=False
    )
    on = DayField(label=_("In force from"))
    basis = TextField(label=DECISION, max_length=200)

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [
            (kind.value, words)
            for (level, words), kind in KIND_OF_TYPE.items()
            if level == Level.COMMUNE and kind != Kind.TOWNSHIP
        ]
        self.fields["sources"] = forms.MultipleChoiceField(
            label=_("Units that are merged"),
            choices=units,
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["target"] = forms.ChoiceField(
            label=_("They become part of"),
            choices=[("", _("a new unit")), *units],
            required=False,
        )
        self.fields["new_kind"] = forms.ChoiceField(
            label=_("Type of the new unit"), choices=kinds, required=False
        )


class Contact(forms.Form):
    address = TextField(label=_("Address"), max_length=200, required=False)
    telephone = TextField(label=_("Telephone"), max_length=40, required=False)


class OpeningWeek(forms.Form):
    """One line a weekday: 07:00-11:30, 13:30-17:00; empty follows the body above."""

    starts = DayField(label=_("In force from"))
    basis = TextField(label=DECISION, max_length=200)
    monday = TextField(label=_("Monday"), required=False, max_length=60)
    tuesday = TextField(label=_("Tuesday"), required=False, max_length=60)
    wednesday = TextField(label=_("Wednesday"), required=False, max_length=60)
    thursday = TextField(label=_("Thursday"), required=False, max_length=60)
    friday = TextField(label=_("Friday"), required=False, max_length=60)
    saturday = TextField(label=_("Saturday"), required=False, max_length=60)
    sunday = TextField(label=_("Sunday"), required=False, max_length=60)

    DAYS = (
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        hours: list[HoursIn] = []
        for weekday, name in enumerate(self.DAYS):
            for text in filter(None, data.get(name, "").split(",")):
                span = _span(text)
                if span is None:
                    self.add_error(name, _("Write hours like 07:00-11:30, 13:30-17:00"))
                    break
                hours.append(HoursIn(weekday, *span))
        return data | {"hours": hours}


def _span(text: str) -> tuple[time, time] | None:
    opens, _dash, closes = text.replace("–", "-").strip().partition("-")
    first, last = _clock(opens), _clock(closes)
    return (first, last) if first is not None and last is not None else None


def _clock(text: str) -> time | None:
    hour, _colon, minute = text.strip().replace("h", ":").partition(":")
    digits = hour.strip(), minute.strip() or "0"
    if not all(part.isascii() and part.isdigit() for part in digits):
        return None
    if int(digits[0]) > 23 or int(digits[1]) > 59:
        return None
    return time(int(digits[0]), int(digits[1]))


class ClockField(TextField):
    """07:30, 7h30 or 7."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if text and (clock := _clock(text)) is not None:
            return clock
        if text:
            raise ValidationError(_("Write the time like 07:30"), code="not_a_time")
        return None


class MobileDay(forms.Form):
    day = DayField(label=_("Day"))
    opens = ClockField(label=_("From (time)"), max_length=5)
    closes = ClockField(label=_("To (time)"), max_length=5)
    location = TextField(label=pgettext_lazy("desk", "Where"), max_length=160)
    note = TextField(label=_("Note"), max_length=300, required=False)


class NameReceiver(forms.Form):
    receiver = forms.ChoiceField(label=_("Open work goes to"))
    field = TextField(
        label=_("Only for the field of procedures"),
        help_text=_("Leave empty for all fields."),
        required=False,
        max_length=200,
    )
    starts = DayField(label=_("In force from"))
    decision_number = TextField(label=_("Number of the decision"), max_length=80)
    decided_on = DayField(label=_("Date of the decision"))
    note = TextField(label=_("Note"), max_length=300, required=False)

    def __init__(
        self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["receiver"] = forms.ChoiceField(
            label=_("Open work goes to"), choices=[("", ""), *bodies]
        )


class GiveSeat(forms.Form):
    role = forms.ChoiceField(
        label=_("Place on the committee"),
        choices=[(r.value, SEATS[r]) for r in SeatRole],
    )
    office = TextField(
        label=_("Office that holds the seat"),
        help_text=_("An office, not a person's name."),
        max_length=200,
    )
    starts = DayField(label=_("From"))
    document = TextField(label=DECISION, max_length=120)
    follows = forms.MultipleChoiceField(
        label=_("Units this seat follows"), required=False
    )

    def __init__(self, *args: Any, units: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follows"] = forms.MultipleChoiceField(
            label=_("Units this seat follows"), choices=units, required=False
        )


class EndSeat(forms.Form):
    on = DayField(label=_("First day without this seat"))


class DecreeDay(forms.Form):
    day = DayField(label=_("Day"), required=False)
    kind = forms.ChoiceField(
        label=_("What it becomes"), choices=list(DAY_KINDS.items()), required=False
    )
    half = forms.ChoiceField(
        label=_("Part of the day"), choices=list(HALVES.items()), required=False
    )
    name = TextField(
        label=_("Name of the day, or the reason"), required=False, max_length=120
    )

    @property
    def row(self) -> DayIn | None:
        data = self.cleaned_data
        if data.get("day") is None:
            return None
        half = data["half"]
        return DayIn(
            day=data["day"],
            kind=DayKind(data["kind"] or DayKind.HOLIDAY),
            name=data["name"],
            half=half if half in ("morning", "afternoon") else None,
        )


DecreeDays = forms.formset_factory(DecreeDay, extra=8, max_num=40, absolute_max=40)


class Decree(forms.Form):
    basis = TextField(label=DECISION, max_length=200)
    published_on = DayField(label=_("Published on"))
    scope = forms.ChoiceField(label=_("Holds for"), required=False)
    year = WholeField(
        label=_("This decree settles the whole year"),
        help_text=_("Dates of that year are provisional until then."),
        required=False,
        at_least=2000,
        at_most=2100,
    )
    withdraw = TextField(
        label=_("Days that become ordinary again"),
        help_text=_("One day a line, for example 22/08/2026."),
        rows=3,
        required=False,
    )
    verified = forms.BooleanField(
        label=_("I have read the published text"), required=False
    )

    def __init__(
        self, *args: Any, bodies: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["scope"] = forms.ChoiceField(
            label=_("Holds for"),
            choices=[("", _("the whole province")), *bodies],
            required=False,
        )

    def clean_withdraw(self) -> list[date]:
        days = []
        for text in self.cleaned_data["withdraw"].split():
            try:
                days.append(read_day(text))
            except Unreadable:
                raise ValidationError(
                    _("Write the date as day/month/year, for example 03/04/2026"),
                    code="not_a_day",
                ) from None
        return days
