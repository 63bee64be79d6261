"""An answer in words: the check-answers page, the counter screen and the print."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from gandan.forms import conditions, kinds
from gandan.forms.conditions import Asked
from gandan.forms.schema import Answers, Definition, Kind, Question, Section
from gandan.ui import words


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a summary. `number` is its place on the printed form."""

    number: str
    asked: Asked
    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Block:
    """A section, or one item of a group inside it."""

    section: Section
    title: str
    rows: tuple[Row, ...]
    group: Question | None = None
    item: int | None = None


def as_text(question: Question, answer: Any, language: str = "vi") -> str:
    """Empty when nothing was answered."""
    if kinds.is_empty(answer):
        return ""
    with override(language):
        return _as_text(question, answer, language)


def _as_text(question: Question, answer: Any, language: str) -> str:
    match question.kind:
        case Kind.DATE | Kind.PARTIAL_DATE:
            return "/".join(reversed(answer.split("-")))
        case Kind.CHOICE:
            return _option(question, answer, language)
        case Kind.MULTI:
            return "; ".join(_option(question, key, language) for key in answer)
        case Kind.YES_NO:
            return _("Yes") if answer else _("No")
        case Kind.NUMBER | Kind.MONEY:
            number = words.number(
                Decimal(answer) if isinstance(answer, str) else answer
            )
            unit = question.unit.said(language) if question.unit else ""
            return f"{number} {unit}".strip()
        case Kind.ADDRESS:
            parts = (answer.get("detail"), answer["commune"], answer["province"])
            return ", ".join(part for part in parts if part)
        case Kind.FILE:
            return "; ".join(_paper(answer))
        case Kind.GROUP:
            return words.number(len(answer))
        case _:
            return str(answer)


def _option(question: Question, key: str, language: str) -> str:
    found = (o.words.said(language) for o in question.options if o.key == key)
    return next(found, key)


def _paper(answer: Any) -> Iterator[str]:
    count = len(answer.get("files", ()))
    if count:
        told = ngettext("%(n)s file attached", "%(n)s files attached", count)
        yield told % {"n": words.number(count)}
    if answer.get("bring"):
        yield _("paper brought to the desk")


def blocks(
    definition: Definition,
    answers: Answers,
    *,
    on: date,
    language: str = "vi",
    on_paper: bool = False,
) -> tuple[Block, ...]:
    """All that is shown, numbered as on the printed form: 2.3 or 2.1-4 in item 1."""
    found: list[Block] = []
    numbers: dict[str, int] = {}
    places: list[Section] = []
    for asked in conditions.walk(definition, answers, on=on):
        if not asked.shown or asked.question.kind is Kind.GROUP:
            continue
        if asked.section not in places[-1:]:
            places.append(asked.section)
        if not _continues(found, asked):
            found.append(_block(asked, language))
        inside = f"{len(places)}."
        if asked.item is not None:
            inside = f"{len(places)}.{asked.item + 1}-"
        numbers[inside] = numbers.get(inside, 0) + 1
        row = Row(
            number=f"{inside}{numbers[inside]}",
            asked=asked,
            label=(on_paper and asked.question.printed)
            or asked.question.label.said(language),
            value=as_text(asked.question, asked.answer, language),
        )
        found[-1] = replace(found[-1], rows=(*found[-1].rows, row))
    return tuple(found)


def _continues(found: list[Block], asked: Asked) -> bool:
    """Whether the row belongs to the block that was opened last."""
    return bool(found) and (
        found[-1].section is asked.section
        and found[-1].group is asked.group
        and found[-1].item == asked.item
    )


def _block(asked: Asked, language: str) -> Block:
    title = asked.section.title.said(language)
    if asked.group and asked.group.item and asked.item is not None:
        title = f"{asked.group.item.said(language)} {asked.item + 1}"
    return Block(asked.section, title, (), asked.group, asked.item)
