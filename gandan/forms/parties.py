"""The persons a form names, in the roles a dossier keeps."""

from dataclasses import dataclass, fields
from typing import Any

from gandan.forms import kinds, logic
from gandan.forms.schema import Answers, Definition, PartyRule


@dataclass(frozen=True, slots=True)
class Party:
    """`birth` may be a year, a month or a day; `address` has its three parts."""

    role: str
    name: str
    birth: str = ""
    sex: str = ""
    identity: str = ""
    address: dict[str, str] | None = None
    phone: str = ""
    email: str = ""
    language: str = ""


def parties(definition: Definition, answers: Answers) -> tuple[Party, ...]:
    """Everybody named, in the order of the definition; answers are kept ones."""
    readable = {
        question.key: kinds.for_rules(question, answers[question.key])
        for question in definition.questions()
        if question.key in answers
    }
    found: list[Party] = []
    for rule in definition.parties:
        for item in answers.get(rule.each, ()) if rule.each else ({},):
            party = _party(rule, {**answers, **item}, {**readable, **item})
            if party:
                found.append(party)
    return tuple(found)


def _party(rule: PartyRule, answers: Answers, readable: Answers) -> Party | None:
    if rule.when is not None and not logic.evaluate(rule.when, dict(readable)):
        return None
    told: dict[str, Any] = {
        name: answers[key] for name, key in rule.fields.items() if key in answers
    }
    # Nobody is a party without a name: an interpreter may still be looked for.
    return Party(role=rule.role, **told) if told.get("name") else None


FIELDS = frozenset(f.name for f in fields(Party)) - {"role"}
