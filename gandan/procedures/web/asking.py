"""Three to six questions, and the list of papers they leave for this person.

The answers stand in the address: they describe the case, never the person, and the
list can then be printed, kept and sent without anything being stored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gandan.procedures import rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import showing, wording
from gandan.procedures.web.wording import Text
from gandan.ui import words


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    words: Text
    chosen: bool


@dataclass(frozen=True, slots=True)
class Asked:
    key: str
    words: Text
    hint: Text
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class MyPapers:
    version: ProcedureVersion
    title: Text
    questions: tuple[Asked, ...]
    answered: tuple[tuple[Text, Text], ...]
    needed: tuple[showing.PaperLine, ...]
    perhaps: tuple[showing.PaperLine, ...]
    fees: tuple[showing.FeeLine, ...]
    times: tuple[showing.Time, ...]
    # The answers again, for the print and text addresses.
    query: str
    complete: bool

    @property
    def print_href(self) -> str:
        return self._href("my_list_print")

    @property
    def text_href(self) -> str:
        return self._href("my_list_text")

    def _href(self, name: str) -> str:
        address = reverse(f"procedures:{name}", args=[self.version.code])
        return f"{address}?{self.query}" if self.query else address

    def as_text(self) -> str:
        """Short lines without marks of any kind: it must survive an SMS."""
        lines = [str(self.title), self.version.code, ""]
        lines += [f"{n}. {_told(p)}" for n, p in enumerate(self.needed, start=1)]
        if self.perhaps:
            lines += ["", _("Perhaps also, depending on your answers:")]
            lines += [f"- {_told(p)}" for p in self.perhaps]
        if told := [f for f in self.fees if f.amount]:
            lines += ["", *(f"{f.name}: {f.amount}" for f in told)]
        for time in self.times[:1]:
            lines += ["", _("Time: %(time)s") % {"time": time.words}]
        lines += ["", _("Source: %(source)s") % {"source": _source(self.version)}]
        return "\n".join(lines) + "\n"


def my_papers(
    version: ProcedureVersion, given: Mapping[str, str], *, at: datetime
) -> MyPapers:
    facts = version.facts()
    answers = rules.read_answers(facts.questions, given)
    mine = rules.my_list(facts, answers)
    shown = [q for q in facts.questions if _is_shown(q, mine, answers)]
    kept = {q.key: given[q.key] for q in shown if q.key in answers}
    asked = tuple(_asked(question, given) for question in shown)
    return MyPapers(
        version=version,
        title=wording.title(version),
        questions=asked,
        answered=tuple(
            (q.words, choice.words)
            for q in asked
            for choice in q.choices
            if choice.chosen
        ),
        needed=tuple(map(showing.paper_line, mine.needed)),
        perhaps=tuple(map(showing.paper_line, mine.perhaps)),
        fees=tuple(showing.fee_lines(mine.fees)),
        times=tuple(showing.times(version, at=at, case=str(answers.get("case", "")))),
        query=urlencode(kept),
        complete=not mine.open_questions,
    )


def _is_shown(
    question: rules.Question, mine: rules.MyList, answers: Mapping[str, str | bool]
) -> bool:
    return question.key in answers or question in mine.open_questions


def _asked(question: rules.Question, given: Mapping[str, str]) -> Asked:
    options = [
        (option.value, wording.said(option.words)) for option in question.options
    ] or [
        ("yes", Text(pgettext("answer", "Yes"), wording.language())),
        ("no", Text(pgettext("answer", "No"), wording.language())),
    ]
    return Asked(
        key=question.key,
        words=wording.said(question.words),
        hint=wording.said(question.hint),
        choices=tuple(
            Choice(value, words_, given.get(question.key) == value)
            for value, words_ in options
        ),
    )


def _told(paper: showing.PaperLine) -> str:
    extras = [text for text in (paper.copies, paper.note.text) if text]
    return f"{paper.name} ({'; '.join(extras)})" if extras else str(paper.name)


def _source(version: ProcedureVersion) -> str:
    day = words.plain_day(version.valid_from) if version.start_known else ""
    return ", ".join(
        part for part in (version.source, version.source_date, day) if part
    )
