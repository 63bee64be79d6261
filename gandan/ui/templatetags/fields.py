"""The parts of a bound field, and the links of an error summary, for the components."""

from collections.abc import Iterable
from dataclasses import dataclass

from django import template
from django.forms import BaseForm, BoundField

from gandan.ui.controls import Control, control_of

register = template.Library()


@dataclass(frozen=True, slots=True)
class ErrorLink:
    """One error, with the id of the control to mend; none for the form as a whole."""

    words: str
    target: str


@register.simple_tag
def control(field: BoundField, width: str | None = None) -> Control:
    return control_of(field, width or "")


def _words(bound: BoundField, error: str) -> str:
    """The question and what is wrong: «Ngày ký: viết …», «Sinh ở đâu? Chưa …»."""
    label = str(bound.label)
    return f"{label} {error}" if label.endswith("?") else f"{label}: {error}"


def _target(bound: BoundField) -> str:
    control = control_of(bound)
    return control.parts[0].id if control.parts else control.id


@register.simple_tag
def error_links(
    form: BaseForm | None = None, forms: Iterable[BaseForm] | None = None
) -> list[ErrorLink]:
    links = []
    for one in (*([form] if form else []), *(forms or ())):
        if not one.is_bound:
            continue
        # An error of no field may name the box of the page where it is mended.
        links += [
            ErrorLink(str(next(iter(e))), (e.params or {}).get("box", ""))
            for e in one.non_field_errors().as_data()
        ]
        links += [
            ErrorLink(
                _words(bound, str(error)), "" if bound.is_hidden else _target(bound)
            )
            for bound in one
            for error in bound.errors
        ]
    return links
