"""Form fields that read what people type in three languages, and say how to mend it.

Text is cleaned at the border; numbers and days are read by `gandan.ui.reading`, not by
Django's formats, which guess.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gandan.kernel.text import TextRefused, clean
from gandan.ui import words
from gandan.ui.reading import (
    SEPARATORS,
    PartialDay,
    Unreadable,
    read_day,
    read_dong,
    read_number,
    read_partial_day,
    read_whole,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MENDING = {
    "not_a_number": _("Write a number in digits, for example %(example)s"),
    "unclear_number": _(
        "This number can be read in two ways. Write it like %(example)s"
    ),
    "not_whole": _("Write a whole number, for example %(example)s"),
    "not_a_day": _("Write the date as day/month/year, for example 03/04/2026"),
    "no_such_day": _("This day is not in the calendar. Check the day and the month"),
}


# Django's own message, worded anew in our locale files for every field of the house.
REQUIRED: "dict[str, StrOrPromise]" = {"required": _("This field is required.")}


def _language() -> str:
    language = (get_language() or "vi").split("-")[0]
    return language if language in SEPARATORS else "vi"


def _refused(unreadable: Unreadable, example: str = "") -> ValidationError:
    return ValidationError(
        MENDING[unreadable.reason],
        code=unreadable.reason,
        params={"example": example},
    )


def cleaned(text: str) -> str:
    """`kernel.text.clean` with its refusal in words for a form."""
    try:
        return clean(text)
    except TextRefused as refusal:
        raise ValidationError(
            _("The character «%(character)s» cannot be used here. %(mend)s"),
            code="text_refused",
            params={
                "character": refusal.character,
                "mend": _("Write Đ of the Vietnamese keyboard.")
                if refusal.meant
                else "",
            },
        ) from refusal


class TextField(forms.CharField):
    """One line or, with `rows`, several; cleaned as every text from outside."""

    def __init__(self, *, rows: int | None = None, **kwargs: Any) -> None:
        if rows:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        return cleaned(text) if text else ""


class NumberField(forms.Field):
    """A Decimal as the reader's language writes it: 1.234,5 in Vietnamese."""

    default_error_messages = REQUIRED

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(
        self,
        *,
        at_least: Decimal | int | None = None,
        at_most: Decimal | int | None = None,
        places: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.at_least, self.at_most, self.places = at_least, at_most, places

    def to_python(self, value: Any) -> Decimal | int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, (int, Decimal)):
            return value
        try:
            return self.read(str(value))
        except Unreadable as unreadable:
            raise _refused(unreadable, words.number(self.example)) from unreadable

    example: Decimal | int = Decimal("1234.5")

    def read(self, text: str) -> Decimal | int:
        return read_number(text, _language())

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is None:
            return
        if self.at_least is not None and value < self.at_least:
            raise ValidationError(
                _("The number must be %(limit)s or more"),
                code="too_small",
                params={"limit": words.number(self.at_least)},
            )
        if self.at_most is not None and value > self.at_most:
            raise ValidationError(
                _("The number must be %(limit)s or less"),
                code="too_large",
                params={"limit": words.number(self.at_most)},
            )
        if self.places is not None and round(Decimal(value), self.places) != value:
            raise ValidationError(
                _("At most %(places)s digits after the decimal sign"),
                code="too_fine",
                params={"places": self.places},
            )

    def prepare_value(self, value: Any) -> Any:
        """A refused text comes back as it was typed."""
        return words.number(value) if isinstance(value, (int, Decimal)) else value


class WholeField(NumberField):
    """A whole number: people, copies, pages, days."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    example = 1234

    def read(self, text: str) -> int:
        return read_whole(text, _language())


class DongField(WholeField):
    """An amount in đồng, whole; show it with `suffix="đồng"`."""

    example = 50000

    def read(self, text: str) -> int:
        return read_dong(text, _language())


class DayField(forms.Field):
    """One box, dd/mm/yyyy in every language; 03042026 is read too."""

    default_error_messages = REQUIRED

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": "12"})

    def __init__(
        self,
        *,
        not_before: date | None = None,
        not_after: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.not_before, self.not_after = not_before, not_after

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        try:
            return read_day(str(value))
        except Unreadable as unreadable:
            raise _refused(unreadable) from unreadable

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            check_day(value, not_before=self.not_before, not_after=self.not_after)

    def prepare_value(self, value: Any) -> Any:
        return words.plain_day(value) if isinstance(value, date) else value


def check_day(value: date, *, not_before: date | None, not_after: date | None) -> None:
    if not_before is not None and value < not_before:
        raise ValidationError(
            _("The date must be %(day)s or later"),
            code="too_early",
            params={"day": words.plain_day(not_before)},
        )
    if not_after is not None and value > not_after:
        raise ValidationError(
            _("The date must be %(day)s or earlier"),
            code="too_late",
            params={"day": words.plain_day(not_after)},
        )


class PartialDayField(forms.Field):
    """One box for officers: 03/04/1952, 4/1952 or 1952."""

    default_error_messages = REQUIRED

    widget = forms.TextInput(attrs={"autocomplete": "off", "maxlength": "12"})

    def __init__(self, *, not_after: date | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.not_after = not_after

    def to_python(self, value: Any) -> PartialDay | None:
        if value in self.empty_values:
            return None
        if isinstance(value, PartialDay):
            return value
        try:
            return read_partial_day(str(value))
        except Unreadable as unreadable:
            raise _refused(unreadable) from unreadable

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            first = date(value.year, value.month or 1, value.day or 1)
            check_day(first, not_before=None, not_after=self.not_after)

    def prepare_value(self, value: Any) -> Any:
        return value.words if isinstance(value, PartialDay) else value


class DayParts(forms.MultiWidget):
    """Three boxes, day, month, year: easier on a phone than one with strokes."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes: dict[str, forms.Widget | type[forms.Widget]] = {
            name: forms.TextInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": size}
            )
            for name, size in (("day", "2"), ("month", "2"), ("year", "4"))
        }
        super().__init__(boxes, attrs)

    def decompress(self, value: Any) -> list[str | None]:
        if isinstance(value, str) and value:
            try:
                value = PartialDay.parse(value)
            except Unreadable:
                return [None, None, None]
        if not isinstance(value, (PartialDay, date)):
            return [None, None, None]
        parts = (value.day, value.month, value.year)
        return [None if part is None else str(part) for part in parts]


PART_LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}


class ThreeBoxDayField(forms.Field):
    """A day in three boxes; with `year_alone`, day and month may stay empty.

    Cleans to a date, or to a PartialDay with `year_alone`.
    """

    default_error_messages = REQUIRED
    widget = DayParts

    def __init__(
        self,
        *,
        year_alone: bool = False,
        not_before: date | None = None,
        not_after: date | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.year_alone = year_alone
        self.not_before, self.not_after = not_before, not_after

    def to_python(self, value: Any) -> date | PartialDay | None:
        day, month, year = (str(part or "").strip() for part in (value or ("",) * 3))
        if not (day or month or year):
            return None
        if not year:
            raise ValidationError(_("Write the year too"), code="no_year")
        try:
            if self.year_alone and not day:
                return read_partial_day(f"{month}/{year}" if month else year)
            whole = read_day(f"{day}/{month}/{year}")
        except Unreadable as unreadable:
            raise _refused(unreadable) from unreadable
        if self.year_alone:
            return PartialDay(whole.year, whole.month, whole.day)
        return whole

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None:
            first = date(value.year, value.month or 1, value.day or 1)
            check_day(first, not_before=self.not_before, not_after=self.not_after)
