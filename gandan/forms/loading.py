"""Definitions from their files, refused as a whole with one sentence when wrong.

What is checked here cannot surprise a citizen: unknown operators, a condition that
reads an answer asked later, words missing in a language, a question without source.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from gandan.forms import logic
from gandan.forms.schema import (
    Check,
    Definition,
    Kind,
    Option,
    Page,
    PartyRule,
    Question,
    SameAs,
    Section,
    Source,
    Words,
    conditions,
)
from gandan.kernel.text import clean

FOLDER = Path(__file__).parent / "definitions"
KEY = re.compile(r"[a-z][a-z0-9_]*")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
# Names a rule may read besides answers.
GIVEN = frozenset({"today"})
PARTY_FIELDS = frozenset(
    {"name", "birth", "sex", "identity", "address", "phone", "email", "language"}
)


class DefinitionRefused(ValueError):
    """The file, the place in it, and what is wrong there."""


@cache
def definitions() -> Mapping[str, Definition]:
    """Every form of the house by key, in the order of the file names."""
    found = [load(path) for path in sorted(FOLDER.glob("*.json"))]
    return {definition.key: definition for definition in found}


def definition(key: str) -> Definition:
    return definitions()[key]


def for_procedure(code: str) -> Definition | None:
    return next((d for d in definitions().values() if d.procedure == code), None)


def by_slug(slug: str) -> Definition | None:
    return next((d for d in definitions().values() if d.slug == slug), None)


def load(path: Path) -> Definition:
    return read(path.read_bytes(), name=path.name)


def read(text: bytes | str, *, name: str) -> Definition:
    try:
        found = _definition(_Part(logic.parse(text), name))
    except ValueError as error:
        if isinstance(error, DefinitionRefused):
            raise
        raise DefinitionRefused(f"{name}: {error}") from error
    _check_whole(found, name)
    return found


class _Part:
    """One object of the file; knows where it stands and which keys were used."""

    def __init__(self, found: Any, where: str) -> None:
        if not isinstance(found, dict):
            raise DefinitionRefused(f"{where}: an object is expected here")
        self.found, self.where, self.used = found, where, set[str]()

    def take(self, key: str, *, default: Any = ..., kind: type | None = None) -> Any:
        self.used.add(key)
        value = self.found.get(key, default)
        if value is ...:
            raise DefinitionRefused(f"{self.where}: {key!r} is missing")
        if kind and value is not default and not isinstance(value, kind):
            raise DefinitionRefused(f"{self.where}.{key}: {kind.__name__} is expected")
        return value

    def parts(self, key: str, *, default: Any = ...) -> list["_Part"]:
        found = self.take(key, default=default, kind=list)
        return [_Part(f, f"{self.where}.{key}[{n}]") for n, f in enumerate(found)]

    def text(self, key: str, *, default: Any = ...) -> str:
        found = str(self.take(key, default=default, kind=str))
        if found != clean(found):
            raise DefinitionRefused(f"{self.where}.{key}: the text is not clean")
        return found

    def words(self, key: str) -> Words:
        return _words(self.take(key), f"{self.where}.{key}")

    def words_or_none(self, key: str) -> Words | None:
        return None if self.take(key, default=None) is None else self.words(key)

    def rule(self, key: str) -> Any:
        found = self.take(key, default=None)
        logic.check(found, where=f"{self.where}.{key}")
        return found

    def done(self) -> None:
        if unknown := set(self.found) - self.used:
            named = ", ".join(sorted(unknown))
            raise DefinitionRefused(f"{self.where}: unknown key {named}")


def _words(found: Any, where: str) -> Words:
    if not isinstance(found, list) or len(found) != 3:
        raise DefinitionRefused(f"{where}: words are [vi, en, fr]")
    if not all(isinstance(said, str) and said == clean(said) != "" for said in found):
        raise DefinitionRefused(f"{where}: words are empty or not clean")
    return Words(*found)


def _definition(part: _Part) -> Definition:
    found = Definition(
        key=part.take("key", kind=str),
        version=part.take("version", kind=int),
        procedure=part.take("procedure", kind=str),
        slug=part.take("slug", kind=str),
        title=part.words("title"),
        paper_title=part.text("paper_title"),
        minutes=part.take("minutes", kind=int),
        declaration=part.words("declaration"),
        basis=tuple(part.take("basis", kind=list)),
        unofficial=part.take("unofficial", kind=bool),
        sections=tuple(map(_section, part.parts("sections"))),
        parties=tuple(map(_party, part.parts("parties"))),
    )
    part.done()
    return found


def _section(part: _Part) -> Section:
    found = Section(
        key=part.take("key", kind=str),
        title=part.words("title"),
        show_if=part.rule("show_if"),
        pages=tuple(map(_page, part.parts("pages"))),
    )
    part.done()
    return found


def _page(part: _Part) -> Page:
    found = Page(
        slug=part.take("slug", kind=str),
        title=part.words_or_none("title"),
        questions=tuple(map(_question, part.parts("questions"))),
    )
    part.done()
    if not found.questions:
        raise DefinitionRefused(f"{part.where}: a page without question")
    return found


def _question(part: _Part) -> Question:
    required = part.take("required", default=True)
    if not isinstance(required, bool):
        required = part.rule("required")
    found = Question(
        key=part.take("key", kind=str),
        kind=Kind(part.take("kind", kind=str)),
        label=part.words("label"),
        source=_source(part),
        printed=part.text("print", default=""),
        hint=part.words_or_none("hint"),
        why=part.words_or_none("why"),
        error=part.words_or_none("error"),
        show_if=part.rule("show_if"),
        required=required,
        options=tuple(
            _option(option, f"{part.where}.options[{number}]")
            for number, option in enumerate(part.take("options", default=[], kind=list))
        ),
        least=_number(part, "least"),
        most=_number(part, "most"),
        decimals=part.take("decimals", default=0, kind=int),
        unit=part.words_or_none("unit"),
        lines=part.take("lines", default=1, kind=int),
        checks=tuple(map(_check, part.parts("checks", default=[]))),
        same_as=_same_as(part),
        start=part.take("start", default="", kind=str),
        pages=tuple(map(_page, part.parts("pages", default=[]))),
        item=part.words_or_none("item"),
    )
    part.done()
    return found


def _number(part: _Part, key: str) -> Decimal | None:
    found = part.take(key, default=None)
    return None if found is None else Decimal(found)


def _source(part: _Part) -> Source:
    found = part.take("source", kind=list)
    kind, *rest = found or [""]
    if kind not in ("document", "law", "ours") or len(rest) > 2:
        raise DefinitionRefused(f"{part.where}.source: document, law or ours")
    if kind != "ours" and not rest:
        raise DefinitionRefused(f"{part.where}.source: which {kind}?")
    if rest[1:] not in ([], ["unverified"]):
        raise DefinitionRefused(f"{part.where}.source: {rest[1]!r}")
    return Source(kind, rest[0] if rest else "", rest[1:] == ["unverified"])


def _option(found: Any, where: str) -> Option:
    if not isinstance(found, list) or len(found) not in (2, 3):
        raise DefinitionRefused(f"{where}: an option is [key, words] or with a rule")
    rule = found[2] if len(found) == 3 else None
    logic.check(rule, where=where)
    return Option(found[0], _words(found[1], where), rule)


def _check(part: _Part) -> Check:
    found = Check(rule=part.rule("rule"), words=part.words("words"))
    part.done()
    return found


def _same_as(part: _Part) -> SameAs | None:
    found = part.take("same_as", default=None)
    if found is None:
        return None
    inner = _Part(found, f"{part.where}.same_as")
    same = SameAs(inner.take("question", kind=str), inner.rule("when"))
    inner.done()
    return same


def _party(part: _Part) -> PartyRule:
    found = PartyRule(
        role=part.take("role", kind=str),
        fields=part.take("fields", kind=dict),
        when=part.rule("when"),
        each=part.take("each", default="", kind=str),
    )
    part.done()
    return found


# --- what only the whole can show --------------------------------------------------


def _check_whole(found: Definition, name: str) -> None:
    def refuse(where: str, what: str) -> None:
        raise DefinitionRefused(f"{name}: {where}: {what}")

    keys = [question.key for _group, question in found.every_question()]
    slugs = [page.slug for _section, page in found.pages()]
    for key in (found.key, *(s.key for s in found.sections), *keys):
        if not KEY.fullmatch(key):
            refuse(key, "a key is lower case letters, digits and _")
    for slug in (found.slug, *slugs):
        if not SLUG.fullmatch(slug):
            refuse(slug, "a slug is lower case letters, digits and -")
    if sum(len(s.pages) for s in found.sections) != len(set(slugs)):
        refuse("pages", "two pages have the same slug")
    for key in keys:
        if keys.count(key) > 1 or key in GIVEN:
            refuse(key, "the key is used twice")
    for group, question in found.every_question():
        _check_question(group, question, refuse)
    _check_order(found, refuse)
    _check_parties(found, set(keys), refuse)
    for condition in conditions(found):
        for read_name in _every_name(condition.rule):
            if read_name.split(".")[0] not in {*keys, *GIVEN}:
                refuse(condition.where, f"reads {read_name!r}, which nobody is asked")


def _check_question(
    group: Question | None, question: Question, refuse: Callable[[str, str], None]
) -> None:
    kind = question.kind
    if (kind in (Kind.CHOICE, Kind.MULTI)) != bool(question.options):
        refuse(question.key, "options belong to choice and multi")
    if (kind is Kind.GROUP) != bool(question.pages and question.item):
        refuse(question.key, "a group has pages and the name of its item")
    if kind is Kind.GROUP and group:
        refuse(question.key, "a group inside a group")
    if kind is Kind.FILE and group:
        refuse(question.key, "papers are asked once, not for each item")
    if question.decimals > 2:
        refuse(question.key, "three decimals would read as a thousand")
    if len({option.key for option in question.options}) != len(question.options):
        refuse(question.key, "two options have the same key")


def _check_order(found: Definition, refuse: Callable[[str, str], None]) -> None:
    """A condition reads earlier pages only: without JavaScript a page cannot change."""
    known = set(GIVEN)
    for section in found.sections:
        _check_names(section.key, [section.show_if], known, refuse)
        for page in section.pages:
            if page.group and len(page.questions) > 1:
                refuse(page.slug, "a group has its page for itself")
            _check_page(page, known, refuse)
            known |= {question.key for question in page.questions}


def _check_page(
    page: Page, known: set[str], refuse: Callable[[str, str], None]
) -> None:
    on_page = set[str]()
    for question in page.questions:
        rules = [question.show_if, *(option.show_if for option in question.options)]
        if not isinstance(question.required, bool):
            rules.append(question.required)
        if question.same_as:
            rules += [question.same_as.when, {"var": question.same_as.question}]
        _check_names(question.key, rules, known, refuse)
        on_page.add(question.key)
        checks = [check.rule for check in question.checks]
        _check_names(question.key, checks, known | on_page, refuse)
        inside = set(known)
        for inner in question.pages:
            _check_page(inner, inside, refuse)
            inside |= {part.key for part in inner.questions}


def _check_names(
    where: str,
    rules: Iterable[Any],
    known: set[str],
    refuse: Callable[[str, str], None],
) -> None:
    for rule in rules:
        for name in logic.names(rule):
            if name.split(".")[0] not in known:
                refuse(where, f"reads {name!r}, which is not asked on an earlier page")


def _check_parties(
    found: Definition, keys: set[str], refuse: Callable[[str, str], None]
) -> None:
    for party in found.parties:
        if "name" not in party.fields or set(party.fields) - PARTY_FIELDS:
            refuse(party.role, "a party has a name and known fields")
        named = {*party.fields.values(), *([party.each] if party.each else [])}
        if unknown := named - keys:
            refuse(party.role, f"reads {', '.join(sorted(unknown))}")


def _every_name(rule: Any) -> set[str]:
    """All names in `var` and `missing`, those inside some, all and none too."""
    if isinstance(rule, dict):
        ((operator, arguments),) = rule.items()
        listed = arguments if isinstance(arguments, list) else [arguments]
        if operator == "var":
            return {listed[0]} - {""} | _every_name(listed[1:])
        if operator == "missing":
            return set(listed)
        return _every_name(listed)
    if isinstance(rule, list):
        return set[str]().union(*map(_every_name, rule))
    return set()
