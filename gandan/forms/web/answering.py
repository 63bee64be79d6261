"""The form of one page: some questions, read and judged together."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms

from gandan.forms import conditions, kinds
from gandan.forms.conditions import Asked
from gandan.forms.schema import Kind
from gandan.forms.web import fields, wording


class PageForm(forms.Form):
    """Built for the questions a page asks; `answers` holds them once it is valid."""

    use_required_attribute = False

    def __init__(
        self,
        asked: Sequence[Asked],
        *,
        data: Any = None,
        files: fields.Uploads | None = None,
        uploads: bool = False,
    ) -> None:
        shown: dict[str, Any] = {}
        for one in asked:
            shown |= fields.initial(one)
        super().__init__(data=data, files=files, initial=shown)
        self.asked = tuple(asked)
        self.answers: dict[str, Any] = {}
        for one in self.asked:
            self.fields.update(fields.fields(one, uploads=uploads))

    @property
    def uploads(self) -> list[tuple[Asked, list[fields.Upload]]]:
        """New files by their question: stored once everything else is in order."""
        return [
            (one, self.files.getlist(f"{one.name}-new"))
            for one in self.asked
            if one.question.kind is Kind.FILE
        ]

    def clean(self) -> dict[str, Any]:
        for one in self.asked:
            self._read(one)
        return self.cleaned_data

    def _read(self, one: Asked) -> None:
        typed = fields.raw(one, self, self.data, self.files)
        try:
            answer = kinds.read(one.question, typed, wording.language())
        except kinds.AnswerRefused as refusal:
            self.add_error(fields.error_name(one, self), wording.refused(refusal))
            return
        self.answers[one.question.key] = answer
        if kinds.is_empty(answer):
            is_coming = any(files for asked, files in self.uploads if asked is one)
            if one.required and not is_coming:
                self.add_error(
                    fields.error_name(one, self), wording.required(one.question)
                )
            return
        # What was typed above on this page is known to the checks below.
        known = {
            **one.known,
            **{k: v for k, v in self.answers.items() if v is not None},
        }
        for found in conditions.answer_problems(
            replace(one, answer=answer, known=known)
        ):
            self.add_error(fields.error_name(one, self), wording.problem(found))
