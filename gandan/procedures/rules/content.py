"""All the facts of one version together, and what must hold between them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any, get_type_hints

from gandan.forms import logic
from gandan.kernel.clock import Allowance, ClockRefused, Unit
from gandan.procedures.rules.facts import (
    Basis,
    Case,
    Channel,
    FactRefused,
    Fee,
    LeftOut,
    Limit,
    Paper,
    Question,
    Result,
    Step,
    from_json,
    to_json,
)


class ContentRefused(ValueError):
    """The facts contradict each other; `reasons` has one sentence each."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class Content:
    cases: tuple[Case, ...] = ()
    limits: tuple[Limit, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    papers: tuple[Paper, ...] = ()
    # What the portal lists among the papers although nobody can hand it in.
    notes: tuple[str, ...] = ()
    fees: tuple[Fee, ...] = ()
    results: tuple[Result, ...] = ()
    basis: tuple[Basis, ...] = ()
    steps: tuple[Step, ...] = ()
    questions: tuple[Question, ...] = ()
    # The official order of work and the conditions, where the source gives them.
    conduct: str = ""
    conditions: str = ""

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Content":
        return from_json(cls, data)

    def to_json(self) -> dict[str, Any]:
        return to_json(self)


SECTIONS = tuple(
    f.name for f in fields(Content) if get_type_hints(Content)[f.name] is not str
)


def check(content: Content) -> None:
    """Raise `ContentRefused` with everything that is wrong, not only the first."""
    if reasons := list(_reasons(content)):
        raise ContentRefused(reasons)


def _reasons(content: Content) -> Iterator[str]:
    yield from _twice("case", (c.key for c in content.cases))
    yield from _twice("paper", (p.key for p in content.papers))
    yield from _twice("left-out time", (part.key for part in content.left_out))
    yield from _twice("step", (s.key for s in content.steps))
    yield from _twice("question", (q.key for q in content.questions))
    cases = {case.key for case in content.cases} | {""}
    for limit in content.limits:
        yield from _limit(limit, cases)
    bases = {limit.unit for limit in content.limits if not limit.adds and limit.unit}
    for limit in content.limits:
        if limit.adds and bases and limit.unit not in bases:
            yield f"the addition of {limit.quantity} {limit.unit} has no base to join"
    for part in content.left_out:
        if part.case not in cases:
            yield f"left-out time {part.key} names the unknown case {part.case}"
        yield from _amount(part.quantity, part.unit, f"left-out time {part.key}")
    yield from _steps(content)
    yield from _conditions(content)
    for paper in content.papers:
        if not paper.name:
            yield f"paper {paper.key} has no name"
        if paper.original < 0 or paper.copies < 0:
            yield f"paper {paper.key} asks for a negative number"
    for fee in content.fees:
        if (fee.stated == "amount") != (fee.amount is not None):
            yield f"fee {fee.name!r} is stated as {fee.stated} but says {fee.amount}"
        if fee.amount is not None and fee.amount < 0:
            yield f"fee {fee.name!r} is negative"


def _twice(what: str, keys: Iterable[str]) -> Iterator[str]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield f"{what} {key} stands {times} times"
        if not key:
            yield f"a {what} has no key"


def _amount(quantity: Decimal | None, unit: Unit | None, where: str) -> Iterator[str]:
    if quantity is None or unit is None:
        if quantity is not None or unit is not None:
            yield f"{where}: quantity and unit go together"
        return
    try:
        Allowance(quantity, unit)
    except ClockRefused as refusal:
        yield f"{where}: {refusal}"


def _limit(limit: Limit, cases: set[str]) -> Iterator[str]:
    if limit.case not in cases:
        yield f"a limit names the unknown case {limit.case}"
    if limit.channel and limit.channel not in {c.value for c in Channel}:
        yield f"a limit names the unknown channel {limit.channel}"
    yield from _amount(limit.quantity, limit.unit, "limit")
    if limit.same_day and limit.quantity is not None:
        yield "a same-day limit has no quantity beside it"
    if limit.adds and limit.quantity is None:
        yield "an addition needs a quantity"


def _steps(content: Content) -> Iterator[str]:
    known = {part.key for part in content.left_out} | {""}
    for step in content.steps:
        if step.left_out not in known:
            yield f"step {step.key} names the unknown left-out time {step.left_out}"
        yield from _amount(step.quantity, step.unit, f"step {step.key}")
    shares = sum((step.share for step in content.steps), Decimal(0))
    if content.steps and shares != 1:
        yield f"the shares of the steps make {shares}, not 1"


def _conditions(content: Content) -> Iterator[str]:
    asked = {question.key for question in content.questions} | {"case", "channel"}
    parts = [
        *((f"paper {p.key}", p.condition) for p in content.papers),
        *((f"fee {f.name}", f.condition) for f in content.fees),
        *((f"question {q.key}", q.shown_if) for q in content.questions),
    ]
    for where, condition in parts:
        if condition is None:
            continue
        try:
            logic.check(condition, where=where)
        except logic.RuleRefused as refusal:
            yield str(refusal)
            continue
        for name in sorted(logic.names(condition)):
            if name.split(".")[0] not in asked:
                yield f"{where} depends on {name}, which no question asks"
    if content.questions and not 3 <= len(content.questions) <= 6:
        yield f"{len(content.questions)} questions; three to six are allowed"
    known = {case.key for case in content.cases}
    for question in content.questions:
        if (
            question.decides == "case"
            and not {option.value for option in question.options} <= known
        ):
            yield f"question {question.key} offers a case that does not exist"


__all__ = ["SECTIONS", "Content", "ContentRefused", "FactRefused", "check"]
