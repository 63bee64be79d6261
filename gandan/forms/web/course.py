"""The way through a form: which pages are open, which comes next, what is done."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from gandan.forms import conditions
from gandan.forms.conditions import Asked, Problem
from gandan.forms.schema import Answers, Definition, Page, Question, Section

State: TypeAlias = Literal["not_yet", "todo", "doing", "done"]


@dataclass(frozen=True, slots=True)
class Part:
    """One section with its open pages and how far it is."""

    section: Section
    pages: tuple[Page, ...]
    state: State
    next_page: Page | None


@dataclass(frozen=True, slots=True)
class Course:
    """Everything the pages ask about one draft, read once a request."""

    definition: Definition
    answers: Answers
    seen: Collection[str]
    asked: tuple[Asked, ...]
    problems: tuple[Problem, ...]

    @classmethod
    def read(
        cls, definition: Definition, answers: Answers, seen: Collection[str], on: date
    ) -> "Course":
        return cls(
            definition,
            answers,
            frozenset(seen),
            tuple(conditions.walk(definition, answers, on=on)),
            conditions.problems(definition, answers, on=on),
        )

    def on_page(self, page: Page) -> tuple[Asked, ...]:
        """The open questions of a page; a group page has its group alone."""
        return tuple(
            one
            for one in self.asked
            if one.page is page and one.group is None and one.is_open
        )

    def on_step(self, group: Question, item: int, step: int) -> tuple[Asked, ...]:
        return tuple(
            one
            for one in self.asked
            if one.group is group
            and (one.item, one.step) == (item, step)
            and one.is_open
        )

    def open_pages(self, section: Section | None = None) -> tuple[Page, ...]:
        return tuple(
            page
            for owner, page in self.definition.pages()
            if section in (None, owner) and self.on_page(page)
        )

    def is_done(self, page: Page) -> bool:
        return page.slug in self.seen and not any(
            found.asked.page is page for found in self.problems
        )

    def part(self, section: Section) -> Part:
        pages = self.open_pages(section)
        waiting = [page for page in pages if not self.is_done(page)]
        state: State = "doing"
        if not pages:
            state = "not_yet"
        elif not waiting:
            state = "done"
        elif not any(page.slug in self.seen for page in pages):
            state = "todo"
        first = waiting[0] if waiting else (pages[0] if pages else None)
        return Part(section, pages, state, first)

    def parts(self) -> tuple[Part, ...]:
        return tuple(self.part(section) for section in self.definition.sections)

    @property
    def is_complete(self) -> bool:
        return not self.problems and all(
            self.is_done(page) for page in self.open_pages()
        )

    def next_open(self) -> Page | None:
        """The first page still to do, in the order of the form."""
        return next((p for p in self.open_pages() if not self.is_done(p)), None)

    def after(self, page: Page) -> Page | None:
        """The next open page of the same section."""
        return self._beside(page, 1)

    def before(self, page: Page) -> Page | None:
        return self._beside(page, -1)

    def _beside(self, page: Page, step: int) -> Page | None:
        found = self.definition.page(page.slug)
        if found is None:
            return None
        pages = [p for p in found[0].pages if p is page or self.on_page(p)]
        place = pages.index(page) + step
        return pages[place] if 0 <= place < len(pages) else None

    def steps(self, group: Question, item: int) -> list[int]:
        """The small pages of an item that ask something."""
        return [s for s in range(len(group.pages)) if self.on_step(group, item, s)]

    def with_item(self, group: Question, item: int, on: date) -> "Course":
        """As if the item existed already: the place after the last adds one."""
        items: list[dict[str, Any]] = list(self.answers.get(group.key, ()))
        if item < len(items):
            return self
        answers = {**self.answers, group.key: [*items, {}]}
        return Course.read(self.definition, answers, self.seen, on)

    def item_is_done(self, group: Question, item: int) -> bool:
        return not any(
            found.asked.group is group and found.asked.item == item
            for found in self.problems
        )
