"""The one condition engine: which questions are asked, what is kept, what is missing.

Conditions read earlier answers only, so one pass in the order of the form decides
everything. Pages, counter screen, printed form and API all ask here.
"""

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import jsonschema_rs

from gandan.forms import kinds, logic
from gandan.forms.logic import Json
from gandan.forms.schema import (
    Answers,
    Definition,
    Kind,
    Option,
    Page,
    Question,
    Section,
    Words,
)
from gandan.kernel.text import TextRefused, clean


@dataclass(frozen=True, slots=True)
class Asked:
    """A question at its place with these answers; hidden ones are told too."""

    section: Section
    page: Page
    question: Question
    shown: bool
    # Copied from an earlier answer: told and printed, not asked.
    copied: bool = False
    required: bool = False
    answer: Any = None
    options: tuple[Option, ...] = ()
    group: Question | None = None
    item: int | None = None
    # The page of the item, counted from 0.
    step: int | None = None
    # What is known up to here, for the question's own checks.
    known: Mapping[str, Any] = field(default_factory=dict, repr=False)

    @property
    def path(self) -> str:
        if self.group is None:
            return self.question.key
        return f"{self.group.key}.{self.item}.{self.question.key}"

    @property
    def name(self) -> str:
        """The path as controls and their ids are named."""
        return self.path.replace(".", "-")

    @property
    def is_open(self) -> bool:
        """Somebody has to answer it: shown, and not already known."""
        return self.shown and not self.copied and self.question.is_asked

    @property
    def is_missing(self) -> bool:
        return self.is_open and self.required and kinds.is_empty(self.answer)


@dataclass(frozen=True, slots=True)
class Problem:
    """Why the answers cannot be filed yet; the face says it in words."""

    asked: Asked
    code: str
    detail: Mapping[str, Any]
    words: Words | None = None


class AnswersRefused(ValueError):
    """Data from outside that no form of ours could have produced."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")
        self.where, self.why = where, why


def walk(definition: Definition, answers: Answers, *, on: date) -> Iterator[Asked]:
    """Every question in order; the parts of a group once for each of its items."""
    scope: dict[str, Any] = {"today": on.isoformat()}
    for section in definition.sections:
        section_shown = _holds(section.show_if, scope)
        for page in section.pages:
            here = dict(scope)
            for question in page.questions:
                asked = _asked(
                    Asked(section, page, question, section_shown, known=dict(scope)),
                    here,
                    answers,
                )
                yield asked
                kept = asked.answer
                if question.kind is Kind.GROUP and asked.shown:
                    kept = yield from _items(asked, here)
                if not kinds.is_empty(kept):
                    scope[question.key] = kinds.for_rules(question, kept)


def _items(
    asked: Asked, outer: Mapping[str, Any]
) -> Generator[Asked, None, list[dict[str, Any]]]:
    group, kept = asked.question, []
    for item, found in enumerate(asked.answer or ()):
        scope = dict(outer)
        kept.append(dict[str, Any]())
        for step, inner in enumerate(group.pages):
            here = dict(scope)
            for part in inner.questions:
                at = Asked(asked.section, asked.page, part, True, known=dict(scope))
                at = replace(at, group=group, item=item, step=step)
                inside = _asked(at, here, found)
                yield inside
                if not kinds.is_empty(inside.answer):
                    kept[-1][part.key] = inside.answer
                    scope[part.key] = kinds.for_rules(part, inside.answer)
    return kept


def _asked(at: Asked, scope: Mapping[str, Any], answers: Answers) -> Asked:
    """Whether the question at this place is shown, and with what."""
    question, same = at.question, at.question.same_as
    shown = at.shown and _holds(question.show_if, scope)
    copied = bool(shown and same and logic.evaluate(same.when, scope))
    offered = tuple(o for o in question.options if _holds(o.show_if, scope))
    answer = answers.get(question.key) if shown and question.is_asked else None
    if copied and same:
        answer = scope.get(same.question)
    if offered != question.options:
        answer = _offered(answer, {option.key for option in offered})
    required = question.required
    if not isinstance(required, bool):
        required = logic.evaluate(required, scope)
    return replace(
        at,
        shown=shown,
        copied=copied,
        required=required,
        answer=answer,
        options=offered,
    )


def _holds(rule: Json, scope: Mapping[str, Any]) -> bool:
    return rule is None or logic.evaluate(rule, scope)


def _offered(answer: Any, keys: set[str]) -> Any:
    """An option that is no longer offered is no longer chosen."""
    if isinstance(answer, list):
        return [key for key in answer if key in keys]
    return answer if answer in keys else None


def keep(definition: Definition, answers: Answers, *, on: date) -> dict[str, Any]:
    """The answers to what is asked; hidden and empty ones are not kept."""
    kept: dict[str, Any] = {}
    for asked in walk(definition, answers, on=on):
        if not asked.shown:
            continue
        if asked.question.kind is Kind.GROUP:
            items = len(asked.answer or ())
            if items:
                kept[asked.question.key] = [{} for _ in range(items)]
        elif not kinds.is_empty(asked.answer):
            if asked.group is None:
                kept[asked.question.key] = asked.answer
            else:
                kept[asked.group.key][asked.item][asked.question.key] = asked.answer
    return kept


def problems(
    definition: Definition, answers: Answers, *, on: date
) -> tuple[Problem, ...]:
    """What stands between these answers and filing; none means they may be filed."""
    found: list[Problem] = []
    for asked in walk(definition, answers, on=on):
        if not asked.is_open:  # a copied answer is mended where it was given
            continue
        if asked.question.kind is Kind.GROUP:
            found += _group_problems(asked)
        elif asked.is_missing:
            found.append(Problem(asked, "required", {}, asked.question.error))
        elif not kinds.is_empty(asked.answer):
            found += answer_problems(asked)
    return tuple(found)


def answer_problems(asked: Asked) -> list[Problem]:
    """A given answer read again as if typed now, and against its own checks."""
    try:
        canonical = kinds.read(
            asked.question, kinds.for_rules(asked.question, asked.answer)
        )
    except kinds.AnswerRefused as refused:
        return [Problem(asked, refused.code, refused.detail)]
    if canonical != asked.answer:
        return [Problem(asked, "not_canonical", {})]
    answer = kinds.for_rules(asked.question, asked.answer)
    data = dict(asked.known) | {asked.question.key: answer}
    return [
        Problem(asked, "check", {}, check.words)
        for check in asked.question.checks
        if not logic.evaluate(check.rule, data)
    ]


def _group_problems(asked: Asked) -> list[Problem]:
    question, count = asked.question, len(asked.answer or ())
    least = int(question.least or 0) if asked.required else 0
    if count < least:
        return [Problem(asked, "too_few", {"least": least}, question.error)]
    if question.most is not None and count > question.most:
        return [Problem(asked, "too_many", {"most": int(question.most)})]
    return []


# --- data from outside ------------------------------------------------------------


def json_schema(definition: Definition) -> dict[str, Any]:
    """JSON Schema 2020-12 of the answers: shapes; what is required depends on them."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:gandan:form:{definition.key}:{definition.version}",
        "title": definition.title.en,
        "type": "object",
        "properties": {
            question.key: kinds.json_schema(question) | {"title": question.label.en}
            for question in definition.questions()
            if question.is_asked
        },
        "additionalProperties": False,
    }


def accept(definition: Definition, raw: Any, *, on: date) -> dict[str, Any]:
    """Answers from the API or an older draft: cleaned, in shape, hidden ones dropped.

    Raises `AnswersRefused` for a shape no form of ours gives; what is merely missing
    is for `problems` to say.
    """
    answers = _clean(raw, "answers")
    validator = jsonschema_rs.Draft202012Validator(
        json_schema(definition), validate_formats=True
    )
    for error in validator.iter_errors(answers):
        where = ".".join(map(str, error.instance_path)) or "answers"
        # The library's own message quotes the value; a person's answer stays out of it.
        raise AnswersRefused(where, f"does not fit {error.schema_path[-1]}")
    return keep(definition, answers, on=on)


def _clean(raw: Any, where: str) -> Any:
    if isinstance(raw, str):
        try:
            return clean(raw)
        except TextRefused as refused:
            raise AnswersRefused(where, str(refused)) from refused
    if isinstance(raw, Mapping):
        return {str(k): _clean(v, f"{where}.{k}") for k, v in raw.items()}
    if isinstance(raw, list):
        return [_clean(v, f"{where}.{n}") for n, v in enumerate(raw)]
    return raw
