"""The officer's screen: every open question of a form on one dense page.

The same questions, readers and conditions as the citizen's pages. What a changed answer
opens appears after «Update», or at once where htmx re-reads the screen.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from gandan.forms import conditions, kinds, logic
from gandan.forms.conditions import Asked
from gandan.forms.schema import (
    Answers,
    Definition,
    Kind,
    Question,
)
from gandan.forms.schema import conditions as rules_of
from gandan.forms.web import fields, wording

PREFIX = "form"


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that stand together: of a section, or of one item of a group."""

    title: str
    questions: list[dict[str, Any]]
    # Buttons and counts of a repeating group.
    group: str = ""
    item: int | None = None
    count: int = 0
    can_add: bool = False
    add_words: str = ""
    is_list: bool = False


def counter_form(
    definition: Definition,
    data: QueryDict | None = None,
    *,
    on: date,
    initial: Answers | None = None,
    refresh_url: str = "",
    prefix: str = PREFIX,
) -> "CounterForm":
    """A Django form of the whole definition; `answers` once it is valid.

    `initial` are answers kept before, from a draft or the dossier.
    """
    return CounterForm(
        definition,
        data,
        on=on,
        initial=initial or {},
        refresh_url=refresh_url,
        prefix=prefix,
    )


class CounterForm(forms.Form):
    use_required_attribute = False

    def __init__(
        self,
        definition: Definition,
        data: QueryDict | None,
        *,
        on: date,
        initial: Answers,
        refresh_url: str,
        prefix: str,
    ) -> None:
        self.typed = QueryDict(mutable=True) if data is None else data.copy()
        super().__init__(data=None if data is None else self.typed, prefix=prefix)
        self.definition, self.on, self.known = definition, on, initial
        self.refresh_url = refresh_url
        # Why an answer was refused, by path, until its question turns out to be shown.
        self.refused: dict[str, kinds.AnswerRefused] = {}
        self.is_acting = bool(data is not None and self._acts())
        self.answers: dict[str, Any] = dict(initial)
        if self.is_bound:
            self.answers = self._typed()
        self.answers = conditions.keep(definition, self.answers, on=on)
        self.asked = [
            one
            for one in conditions.walk(definition, self.answers, on=on)
            if one.shown and not one.copied
        ]
        self._build()

    # --- what the officer pressed ----------------------------------------------------

    def _acts(self) -> bool:
        """Adding, dropping or refreshing changes the screen and judges nothing yet."""
        pressed = {
            name: self.typed.get(f"{self.prefix}-{name}")
            for name in ("add", "drop", "refresh")
        }
        if group := pressed["add"]:
            count = f"{self.prefix}-{group}-count"
            self.typed[count] = str(self._count(str(group)) + 1)
        if dropped := pressed["drop"]:
            group, _dot, item = str(dropped).rpartition(".")
            if item.isascii() and item.isdigit():
                self._drop(group, int(item))
        return any(pressed.values())

    def _count(self, group: str) -> int:
        typed = self.typed.get(f"{self.prefix}-{group}-count", "")
        known = typed.isascii() and typed.isdigit() and len(typed) < 4
        return int(typed) if known else 0

    def _drop(self, group: str, gone: int) -> None:
        """The items after it move up, with everything typed in them."""
        count = self._count(group)
        if not 0 <= gone < count:
            return
        stem = f"{self.prefix}-{group}-"
        typed = {
            k: self.typed.getlist(k) for k in list(self.typed) if k.startswith(stem)
        }
        for key in typed:
            del self.typed[key]
        for key, values in typed.items():
            number, dot, rest = key.removeprefix(stem).partition("-")
            if not dot or not number.isdigit():
                continue
            item = int(number) - (int(number) > gone)
            if int(number) != gone:
                self.typed.setlist(f"{stem}{item}-{rest}", values)
        self.typed[f"{stem}count"] = str(count - 1)

    # --- reading ----------------------------------------------------------------

    def _everything(self) -> Iterator[Asked]:
        """Every question, shown or not, with the items the screen has now."""
        for section, page in self.definition.pages():
            for question in page.questions:
                at = Asked(section, page, question, True, options=question.options)
                if question.kind is not Kind.GROUP:
                    yield replace(at, answer=self.known.get(question.key))
                    continue
                most = int(question.most or 50)
                for item in range(min(self._count(question.key), most)):
                    for step, inner in enumerate(question.pages):
                        for part in inner.questions:
                            one = replace(at, question=part, options=part.options)
                            yield replace(one, group=question, item=item, step=step)

    def _typed(self) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for question in self.definition.questions():
            if question.kind is Kind.GROUP:
                most = int(question.most or 50)
                count = min(self._count(question.key), most)
                answers[question.key] = [{} for _item in range(count)]
        for one in self._everything():
            if not one.question.is_asked:
                continue
            self.fields.update(fields.fields(one, dense=True))
            typed = fields.raw(one, self, self.typed, MultiValueDict())
            try:
                answer = kinds.read(one.question, typed, wording.language())
            except kinds.AnswerRefused as refusal:
                self.refused[one.path] = refusal
                continue
            if one.group is None:
                answers[one.question.key] = answer
            else:
                answers[one.group.key][one.item][one.question.key] = answer
        return answers

    # --- the screen -------------------------------------------------------------

    def _build(self) -> None:
        self.fields.clear()
        reread = {
            name.split(".")[0]
            for condition in rules_of(self.definition)
            for name in logic.names(condition.rule)
        }
        for one in self.asked:
            if one.question.kind in (Kind.GROUP, Kind.ON_PAPER):
                continue
            made = fields.fields(one, dense=True)
            shown = fields.initial(one)
            for name, field in made.items():
                field.initial = shown.get(name)
                if self.refresh_url and one.question.key in reread:
                    field.widget.attrs.update(self._rereading())
                # What was not on the screen yet begins as it does for a citizen.
                if (
                    self.is_bound
                    and field.initial
                    and one.path not in self._on_screen()
                ):
                    self.typed.setdefault(self.add_prefix(name), str(field.initial))
            self.fields.update(made)

    def _on_screen(self) -> set[str]:
        return set(str(self.typed.get(f"{self.prefix}-asked", "")).split())

    @property
    def paths(self) -> str:
        """Sent along: an unticked box and a question not yet asked look alike."""
        return " ".join(one.path for one in self.asked)

    def _rereading(self) -> dict[str, str]:
        return {
            "hx-post": self.refresh_url,
            "hx-trigger": "change",
            "hx-include": "closest form",
            "hx-target": "closest [data-counter-form]",
            "hx-swap": "outerHTML",
            "hx-vals": f'{{"{self.prefix}-refresh": "1"}}',
        }

    def clean(self) -> dict[str, Any]:
        if self.is_acting:
            return self.cleaned_data
        for one in self.asked:
            refusal = self.refused.get(one.path)
            if refusal:
                self.add_error(fields.error_name(one, self), wording.refused(refusal))
        wrong = {one.asked.path for one in self._refused_here()}
        for found in conditions.problems(self.definition, self.answers, on=self.on):
            if found.asked.path in wrong:
                continue
            words = wording.problem(found)
            if found.asked.question.kind is Kind.GROUP:
                self.add_error(None, words)
            else:
                self.add_error(fields.error_name(found.asked, self), words)
        return self.cleaned_data

    def _refused_here(self) -> list[conditions.Problem]:
        return [
            conditions.Problem(one, self.refused[one.path].code, {})
            for one in self.asked
            if one.path in self.refused
        ]

    def is_valid(self) -> bool:
        """Pressing «Add» or «Update» is no attempt to file."""
        return not self.is_acting and super().is_valid()

    @property
    def sections(self) -> list[dict[str, Any]]:
        """For the template: sections with their blocks, in the order of the form."""
        found: list[dict[str, Any]] = []
        for one in self.asked:
            title = wording.said(one.section.title)
            if not found or found[-1]["title"] != title:
                found.append({"title": title, "blocks": []})
            blocks: list[Block] = found[-1]["blocks"]
            if one.question.kind is Kind.GROUP:
                blocks.append(self._list(one.question))
                continue
            if one.question.kind is Kind.ON_PAPER:
                continue
            group = one.group.key if one.group else ""
            last = blocks[-1] if blocks else None
            if (
                last is None
                or last.is_list
                or (last.group, last.item)
                != (
                    group,
                    one.item,
                )
            ):
                blocks.append(self._block(one, group))
            blocks[-1].questions.append(self._question(one))
        return found

    def _list(self, group: Question) -> Block:
        count = len(self.answers.get(group.key, ()))
        is_full = group.most is not None and count >= group.most
        item = wording.said(group.item).lower()
        return Block(
            title=wording.said(group.label),
            questions=[],
            group=group.key,
            count=count,
            can_add=not is_full,
            add_words=_("Add: %(what)s") % {"what": item},
            is_list=True,
        )

    def _block(self, one: Asked, group: str) -> Block:
        title = ""
        if one.group and one.item is not None:
            title = f"{wording.said(one.group.item)} {one.item + 1}"
        return Block(title=title, questions=[], group=group, item=one.item)

    def _question(self, one: Asked) -> dict[str, Any]:
        files: Mapping[str, Any] = one.answer if one.question.kind is Kind.FILE else {}
        return {
            "kind": one.question.kind.value,
            "label": wording.said(one.question.label),
            "unit": wording.said(one.question.unit),
            "required": one.required,
            "fields": [self[n] for n in fields.names(one) if n in self.fields],
            "files": len((files or {}).get("files", ())),
            "id": one.name,
        }
