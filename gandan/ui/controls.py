"""What <c-field> draws: one bound field, taken apart into label, notes and controls."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

from gandan.ui.fields import PART_LABELS, DayParts

Kind: TypeAlias = Literal["input", "choices", "parts", "tick", "hidden"]


class Option(str):
    """A choice's label with a hint below it and, before it, a divider («hoặc»)."""

    hint: str
    divider: str

    def __new__(cls, label: str, hint: str = "", divider: str = "") -> "Option":
        option = super().__new__(cls, label)
        option.hint, option.divider = hint, divider
        return option


@dataclass(frozen=True, slots=True)
class Part:
    """One of several controls under one legend."""

    id: str
    label: str
    html: SafeString
    hint: str = ""
    divider: str = ""


@dataclass(frozen=True, slots=True)
class Control:
    kind: Kind
    id: str
    label: str
    hint: str
    errors: list[str]
    is_optional: bool
    html: SafeString | None = None
    parts: list[Part] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.kind in {"choices", "parts"}

    @property
    def hint_id(self) -> str:
        return f"{self.id}_helptext"

    @property
    def error_id(self) -> str:
        return f"{self.id}_error"

    @property
    def described_by(self) -> str:
        """Hint before error, as Django writes it on a single input."""
        notes = [self.hint_id] if self.hint else []
        return " ".join([*notes, self.error_id] if self.errors else notes)


CLASSES: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.FileInput, "gd-file"),
)


def control_of(bound: BoundField, width: str = "") -> Control:
    widget = bound.field.widget
    kind: Kind = "input"
    parts: list[Part] = []
    html: SafeString | None = None
    if bound.is_hidden:
        kind = "hidden"
    elif isinstance(widget, DayParts):
        kind, parts = "parts", _boxes(bound, widget)
    elif isinstance(widget, (forms.RadioSelect, forms.CheckboxSelectMultiple)):
        kind, parts = "choices", _choices(bound)
    elif isinstance(widget, forms.CheckboxInput):
        kind, html = "tick", bound.as_widget()
    else:
        html = bound.as_widget(attrs={"class": _class(bound, widget, width)})
    return Control(
        kind=kind,
        id=bound.auto_id or bound.html_name,
        label=str(bound.label),
        hint=str(bound.help_text),
        errors=[str(error) for error in bound.errors],
        is_optional=not bound.field.required,
        html=html,
        parts=parts,
    )


def _class(bound: BoundField, widget: forms.Widget, width: str) -> str:
    base = next((c for kind, c in CLASSES if isinstance(widget, kind)), "govuk-input")
    names = [base, str(widget.attrs.get("class", ""))]
    if width:
        names.append(f"govuk-input--width-{width}")
    if bound.errors and base != "gd-file":
        names.append(f"{base}--error")
    return " ".join(name for name in names if name)


def _boxes(bound: BoundField, widget: DayParts) -> list[Part]:
    context = widget.get_context(
        bound.html_name, bound.value(), bound.build_widget_attrs({"id": bound.auto_id})
    )
    parts = []
    for name, box, shown in zip(
        PART_LABELS, widget.widgets, context["widget"]["subwidgets"], strict=True
    ):
        size = "4" if name == "year" else "2"
        css = f"govuk-input govuk-date-input__input govuk-input--width-{size}"
        attrs = shown["attrs"] | {"id": f"{bound.auto_id}_{name}"}
        attrs["class"] = f"{css} govuk-input--error" if bound.errors else css
        # The notes belong to the whole question: its fieldset names them once.
        attrs.pop("aria-describedby", None)
        html = box.render(shown["name"], shown["value"], attrs)
        parts.append(Part(attrs["id"], str(PART_LABELS[name]), html))
    return parts


def _choices(bound: BoundField) -> list[Part]:
    parts = []
    for choice in bound.subwidgets:
        data = choice.data
        data["attrs"].pop("aria-describedby", None)
        html = choice.tag(wrap_label=False)  # the component writes its own label
        label = data["label"]
        parts.append(
            Part(
                id=str(data["attrs"].get("id", "")),
                label=str(label),
                html=html,
                hint=getattr(label, "hint", ""),
                divider=getattr(label, "divider", ""),
            )
        )
    return parts
