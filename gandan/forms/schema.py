"""What a form is: sections, pages, questions, their words, sources and conditions.

One definition gives the web pages, the counter screen, the printed form and the JSON
Schema of its data. Definitions are files in `definitions/`, read by `loading`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from gandan.forms.logic import Json

Answers: TypeAlias = Mapping[str, Any]


class Kind(StrEnum):
    TEXT = "text"
    NAME = "name"
    DATE = "date"
    PARTIAL_DATE = "partial_date"
    CHOICE = "choice"
    MULTI = "multi"
    YES_NO = "yes_no"
    NUMBER = "number"
    MONEY = "money"
    IDENTITY = "identity"
    ADDRESS = "address"
    PHONE = "phone"
    EMAIL = "email"
    FILE = "file"
    GROUP = "group"
    # An item of the official form that this system neither asks nor keeps (a person's
    # ethnicity): the printed form leaves a line for the pen.
    ON_PAPER = "on_paper"


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in the three languages of the house."""

    vi: str
    en: str
    fr: str

    def said(self, language: str = "vi") -> str:
        return {"en": self.en, "fr": self.fr}.get(language[:2], self.vi)


@dataclass(frozen=True, slots=True)
class Source:
    """Why the question exists: a paper the procedure names, a provision, or we."""

    kind: Literal["document", "law", "ours"]
    ref: str = ""
    # Named from memory or from a copy: shown as such until somebody has read the text.
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Option:
    key: str
    words: Words
    show_if: Json = None


@dataclass(frozen=True, slots=True)
class Check:
    """A rule an answer must satisfy, and how to mend it."""

    rule: Json
    words: Words


@dataclass(frozen=True, slots=True)
class SameAs:
    """Known already: copied from an earlier answer instead of asked again."""

    question: str
    when: Json


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    kind: Kind
    label: Words
    source: Source
    # The label on the printed form, where the question on the screen reads otherwise.
    printed: str = ""
    hint: Words | None = None
    why: Words | None = None
    error: Words | None = None
    show_if: Json = None
    required: bool | Json = True
    options: tuple[Option, ...] = ()
    # Bounds of a number, lengths of a text, items of a group.
    least: Decimal | None = None
    most: Decimal | None = None
    decimals: int = 0
    unit: Words | None = None
    lines: int = 1
    checks: tuple[Check, ...] = ()
    same_as: SameAs | None = None
    start: str = ""
    # A repeating group asks its own small pages for each item.
    pages: tuple["Page", ...] = ()
    item: Words | None = None

    @property
    def parts(self) -> tuple["Question", ...]:
        """What one item of a group is asked."""
        return tuple(question for page in self.pages for question in page.questions)

    @property
    def is_asked(self) -> bool:
        return self.kind is not Kind.ON_PAPER


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on one screen: most often one question, then it is the heading."""

    slug: str
    questions: tuple[Question, ...]
    title: Words | None = None

    @property
    def heading(self) -> Words:
        return self.title or self.questions[0].label

    @property
    def group(self) -> Question | None:
        first = self.questions[0]
        return first if first.kind is Kind.GROUP else None


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    title: Words
    pages: tuple[Page, ...]
    show_if: Json = None


@dataclass(frozen=True, slots=True)
class PartyRule:
    """Which answers name a person of the dossier, and in which role."""

    role: str
    fields: Mapping[str, str]
    when: Json = None
    each: str = ""


@dataclass(frozen=True, slots=True)
class Definition:
    key: str
    version: int
    procedure: str
    slug: str
    # The everyday name; on paper the form has its official one.
    title: Words
    paper_title: str
    # Minutes an average person needs, as we measured or guess: stated first.
    minutes: int
    declaration: Words
    basis: tuple[str, ...]
    sections: tuple[Section, ...]
    parties: tuple[PartyRule, ...] = ()
    # The layout of the printed form is ours, not the annex of a circular.
    unofficial: bool = True
    _pages: Mapping[str, tuple[Section, Page]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        found = {page.slug: (s, page) for s in self.sections for page in s.pages}
        object.__setattr__(self, "_pages", found)

    def page(self, slug: str) -> tuple[Section, Page] | None:
        return self._pages.get(slug)

    def pages(self) -> Iterator[tuple[Section, Page]]:
        yield from self._pages.values()

    def questions(self) -> Iterator[Question]:
        """Outer questions in order; a group stands for its parts."""
        for _section, page in self.pages():
            yield from page.questions

    def every_question(self) -> Iterator[tuple[Question | None, Question]]:
        """(group or None, question), a group before its parts."""
        for question in self.questions():
            yield None, question
            for part in question.parts:
                yield question, part

    def find(self, key: str) -> Question:
        return next(q for _group, q in self.every_question() if q.key == key)


@dataclass(frozen=True, slots=True)
class Condition:
    """A rule of a definition, named so that a test can prove each one."""

    where: str
    what: Literal["show_if", "required", "same_as", "option", "check", "party"]
    rule: Json


def conditions(definition: Definition) -> tuple[Condition, ...]:
    """Every rule of a definition, in the order of its questions."""
    found: list[Condition] = []
    for section in definition.sections:
        if section.show_if is not None:
            found.append(
                Condition(f"section:{section.key}", "show_if", section.show_if)
            )
    for _group, question in definition.every_question():
        if question.show_if is not None:
            found.append(Condition(question.key, "show_if", question.show_if))
        if not isinstance(question.required, bool):
            found.append(Condition(question.key, "required", question.required))
        if question.same_as:
            found.append(Condition(question.key, "same_as", question.same_as.when))
        for option in question.options:
            if option.show_if is not None:
                where = f"{question.key}={option.key}"
                found.append(Condition(where, "option", option.show_if))
        for number, check in enumerate(question.checks):
            found.append(Condition(f"{question.key}#{number}", "check", check.rule))
    for number, party in enumerate(definition.parties):
        if party.when is not None:
            found.append(Condition(f"{party.role}#{number}", "party", party.when))
    return tuple(found)
