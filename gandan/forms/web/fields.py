"""From questions to Django fields and back: the page and the counter share all of it.

The fields only carry what was typed; `kinds.read` alone decides what is an answer.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeAlias

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from gandan.forms import kinds
from gandan.forms.conditions import Asked
from gandan.forms.schema import Kind
from gandan.forms.web import wording
from gandan.ui import words
from gandan.ui.fields import DayParts

if TYPE_CHECKING:
    Upload: TypeAlias = UploadedFile[Any]
    Uploads: TypeAlias = MultiValueDict[str, Upload]
else:  # generic for the type checker only
    Upload, Uploads = UploadedFile, MultiValueDict

ADDRESS_PARTS = ("detail", "commune", "province")
# A telephone that takes HEIC pictures sends them as JPEG when it reads this.
ACCEPTED = "image/jpeg,image/png,image/webp,application/pdf"
COMMUNES = "communes"  # id of the <datalist> with the names of today's communes


class Typed(forms.Field):
    """Keeps what was typed; `required` only lets the page say «optional»."""

    def validate(self, value: Any) -> None:
        pass

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != data)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True


def names(asked: Asked) -> tuple[str, ...]:
    """The controls of a question: one, or three for an address, two for a paper."""
    match asked.question.kind:
        case Kind.ADDRESS:
            return tuple(f"{asked.name}-{part}" for part in ADDRESS_PARTS)
        case Kind.FILE:
            return (f"{asked.name}-drop", f"{asked.name}-new", f"{asked.name}-bring")
        case _:
            return (asked.name,)


def error_name(asked: Asked, form: forms.Form) -> str:
    """The control an error points to."""
    ends = {Kind.ADDRESS: ("-commune",), Kind.FILE: ("-new", "-bring")}
    wanted = [asked.name + end for end in ends.get(asked.question.kind, ("",))]
    return next(name for name in wanted if name in form.fields)


def fields(
    asked: Asked, *, dense: bool = False, uploads: bool = False
) -> dict[str, forms.Field]:
    """Django fields by name; `dense` for the officer's screen."""
    match asked.question.kind:
        case Kind.ADDRESS:
            return _address_fields(asked)
        case Kind.FILE:
            return _paper_fields(asked, dense, uploads)
        case _:
            label, hint = _words(asked, dense)
            widget = _widget(asked, dense)
            field = Typed(
                label=label, help_text=hint, required=asked.required, widget=widget
            )
            return {asked.name: field}


def _words(asked: Asked, dense: bool) -> tuple[str, str]:
    hint = "" if dense else wording.said(asked.question.hint)
    return wording.said(asked.question.label), hint


def _widget(asked: Asked, dense: bool) -> forms.Widget:
    question = asked.question
    match question.kind:
        case Kind.DATE | Kind.PARTIAL_DATE:
            return DayParts()
        case Kind.CHOICE:
            return _choose(asked, dense, forms.RadioSelect)
        case Kind.MULTI:
            return _choose(asked, dense, forms.CheckboxSelectMultiple)
        case Kind.YES_NO:
            choices = [("yes", _("Yes")), ("no", _("No"))]
            return forms.RadioSelect(choices=choices)
        case Kind.NUMBER | Kind.MONEY:
            mode = "decimal" if question.decimals else "numeric"
            return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off"})
        case Kind.IDENTITY:
            return forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        case Kind.PHONE:
            return forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        case Kind.EMAIL:
            return forms.TextInput(attrs={"type": "email", "autocomplete": "email"})
        case Kind.TEXT if question.lines > 1:
            return forms.Textarea(attrs={"rows": question.lines})
        case _:
            return forms.TextInput(attrs={"autocomplete": "off"})


def _choose(asked: Asked, dense: bool, many: type[forms.RadioSelect]) -> forms.Widget:
    choices = [(option.key, wording.said(option.words)) for option in asked.options]
    if dense and many is forms.RadioSelect and len(choices) > 3:
        return forms.Select(choices=[("", "–"), *choices])
    return many(choices=choices)


def _address_fields(asked: Asked) -> dict[str, forms.Field]:
    labels = {
        "detail": _("Village, group, street, number if any"),
        "commune": _("Commune or ward"),
        "province": _("Province"),
    }
    attrs: dict[str, Any] = {"autocomplete": "off"}
    found: dict[str, forms.Field] = {}
    for part in ADDRESS_PARTS:
        more = {"list": COMMUNES} if part == "commune" else {}
        found[f"{asked.name}-{part}"] = Typed(
            label=labels[part],
            required=asked.required and part != "detail",
            widget=forms.TextInput(attrs=attrs | more),
        )
    return found


def _paper_fields(asked: Asked, dense: bool, uploads: bool) -> dict[str, forms.Field]:
    label, hint = _words(asked, dense)
    found: dict[str, forms.Field] = {}
    kept = (asked.answer or {}).get("files", ())
    if kept and not dense:
        found[f"{asked.name}-drop"] = Typed(
            label=_("Files added. Tick those to take away"),
            required=True,
            widget=forms.CheckboxSelectMultiple(
                choices=[
                    (key, _("File %(n)s") % {"n": number})
                    for number, key in enumerate(kept, start=1)
                ]
            ),
        )
    if uploads:
        found[f"{asked.name}-new"] = Typed(
            label=label,
            help_text=hint,
            required=asked.required,
            widget=ManyFiles(attrs={"accept": ACCEPTED}),
        )
    found[f"{asked.name}-bring"] = Typed(
        label=_("The paper is brought to the desk: %(paper)s") % {"paper": label}
        if dense
        else _("I will bring the paper to the desk"),
        required=True,
        widget=forms.CheckboxInput(),
    )
    return found


def initial(asked: Asked) -> dict[str, Any]:
    """What the controls show of an answer given before, in the page's language."""
    question, answer = asked.question, asked.answer
    match question.kind:
        case Kind.ADDRESS:
            blank = {"province": kinds.PROVINCE}
            shown = answer or blank
            return {f"{asked.name}-{p}": shown.get(p, "") for p in ADDRESS_PARTS}
        case Kind.FILE:
            return {f"{asked.name}-bring": bool((answer or {}).get("bring"))}
        case Kind.YES_NO if answer is not None:
            return {asked.name: "yes" if answer else "no"}
        case Kind.NUMBER | Kind.MONEY if answer is not None:
            exact = Decimal(answer) if isinstance(answer, str) else answer
            return {asked.name: words.number(exact)}
        case _:
            return {asked.name: answer or question.start}


def raw(
    asked: Asked,
    form: forms.Form,
    data: Mapping[str, Any],
    files: Uploads,
) -> Any:
    """What was typed, as `kinds.read` wants it; new files are the page's matter."""

    def value(name: str) -> Any:
        field = form.fields.get(name)
        if field is None:
            return None
        return field.widget.value_from_datadict(data, files, form.add_prefix(name))

    match asked.question.kind:
        case Kind.ADDRESS:
            return {p: value(f"{asked.name}-{p}") for p in ADDRESS_PARTS}
        case Kind.FILE:
            dropped = set(value(f"{asked.name}-drop") or ())
            kept = (asked.answer or {}).get("files", ())
            return {
                "files": [key for key in kept if key not in dropped],
                "bring": value(f"{asked.name}-bring"),
            }
        case _:
            return value(asked.name)
