"""From the official list of papers to the list of this one person."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gandan.forms import logic
from gandan.procedures.rules.content import Content
from gandan.procedures.rules.facts import Condition, Fee, Paper, Question

Answers = Mapping[str, str | bool]


@dataclass(frozen=True, slots=True)
class MyList:
    """`perhaps` holds papers whose question has no answer: better asked than lost."""

    needed: tuple[Paper, ...]
    perhaps: tuple[Paper, ...]
    not_needed: tuple[Paper, ...]
    fees: tuple[Fee, ...]
    open_questions: tuple[Question, ...]


def read_answers(
    questions: Iterable[Question], given: Mapping[str, str]
) -> dict[str, str | bool]:
    """Only known questions and known answers; anything else is as if not given."""
    answers: dict[str, str | bool] = {}
    for question in questions:
        value = given.get(question.key, "")
        if question.options:
            if value in {option.value for option in question.options}:
                answers[question.key] = value
        elif value in ("yes", "no"):
            answers[question.key] = value == "yes"
        if question.decides and question.key in answers:
            answers[question.decides] = answers[question.key]
    return answers


def my_list(content: Content, answers: Answers) -> MyList:
    sorted_papers: dict[bool | None, list[Paper]] = {True: [], False: [], None: []}
    for paper in content.papers:
        sorted_papers[_holds(paper.condition, answers)].append(paper)
    return MyList(
        needed=tuple(sorted_papers[True]),
        perhaps=tuple(sorted_papers[None]),
        not_needed=tuple(sorted_papers[False]),
        fees=tuple(
            fee
            for fee in content.fees
            if _holds(fee.condition, answers) is not False
            and fee.channel in ("", answers.get("channel", fee.channel))
        ),
        open_questions=tuple(
            question
            for question in content.questions
            if question.key not in answers
            and _holds(question.shown_if, answers) is not False
        ),
    )


def _holds(condition: Condition | None, answers: Answers) -> bool | None:
    """None where the outcome still depends on a question without an answer."""
    if condition is None:
        return True
    if not logic.names(condition) - answers.keys():
        return logic.evaluate(condition, answers)
    ((operator, parts),) = condition.items()
    if not isinstance(parts, list | tuple):
        parts = [parts]
    found = [_holds(part, answers) for part in parts if isinstance(part, Mapping)]
    if operator in ("and", "or"):
        decisive = operator == "or"
        if decisive in found:
            return decisive
        return None if None in found else not decisive
    if operator == "!":
        return None if found[0] is None else not found[0]
    return None
