"""A version as its page shows it: times with today's date, papers, fees, marks."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from gandan.kernel import clock
from gandan.kernel.localtime import local_day
from gandan.places import queries as places
from gandan.procedures import rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import wording
from gandan.procedures.web.wording import Text


@dataclass(frozen=True, slots=True)
class Time:
    """One legal time, and the date it gives for complete papers handed in now."""

    case: Text
    words: Text
    where: str
    due: date | None
    provisional: bool
    note: Text
    verified: bool
    # The law speaks in words only: a sentence, not a number to stress.
    is_text: bool


@dataclass(frozen=True, slots=True)
class PaperLine:
    name: Text
    # The official name, where `name` is ours.
    official: str
    copies: str
    note: Text


@dataclass(frozen=True, slots=True)
class PaperGroup:
    title: str
    papers: tuple[PaperLine, ...]


@dataclass(frozen=True, slots=True)
class FeeLine:
    name: str
    amount: str
    rule: Text
    text: str
    channel: str
    basis: str
    verified: bool


@dataclass(frozen=True, slots=True)
class LeftOutLine:
    owner: Text
    limit: str
    opened_by: Text
    closed_by: Text
    basis: str
    verified: bool


def times(version: ProcedureVersion, *, at: datetime, case: str = "") -> list[Time]:
    """Each case with its base limit, then again with what a place adds."""
    facts = version.facts()
    names = {c.key: c for c in facts.cases}
    wanted = [limit for limit in facts.limits if not limit.adds]
    if case:
        wanted = [x for x in wanted if x.case == case] or [
            x for x in wanted if not x.case
        ]
    return [
        line
        for limit in wanted
        for line in _lines(limit, facts.limits, names.get(limit.case), at)
    ]


def _lines(
    limit: rules.Limit,
    limits: tuple[rules.Limit, ...],
    case: rules.Case | None,
    at: datetime,
) -> Iterator[Time]:
    yield _time(limit, case, at)
    for part in limits:
        if part.adds and part.unit == limit.unit and part.case in ("", limit.case):
            whole = rules.choose_limit(
                (replace(limit, attribute=""), part),
                case=limit.case,
                channel=limit.channel,
                attributes=part.attributes,
            )
            yield _time(
                replace(whole, attribute=part.attribute, basis=part.basis), case, at
            )


def _time(limit: rules.Limit, case: rules.Case | None, at: datetime) -> Time:
    due, provisional = _due(limit, at)
    return Time(
        case=wording.case(case) if case else Text("", "vi"),
        words=wording.limit(limit),
        where=wording.where(limit),
        due=due,
        provisional=provisional,
        note=Text(limit.basis, "vi"),
        verified=limit.verified and (case is None or case.verified),
        is_text=limit.allowance is None and not limit.same_day,
    )


def _due(limit: rules.Limit, at: datetime) -> tuple[date | None, bool]:
    calendar, hours = places.work_calendar(), clock.DEFAULT_HOURS
    if limit.same_day:
        day = clock.same_day_result_on(at, calendar, hours)
        return day, not calendar.is_decreed(day)
    if limit.allowance is None:
        return None, False
    reading = clock.read_clock(
        received=at,
        allowance=limit.allowance,
        pauses=(),
        rules=clock.rules_on(local_day(at)),
        calendar=calendar,
        hours=hours,
    )
    return reading.due, reading.provisional


def paper_line(paper: rules.Paper) -> PaperLine:
    name = wording.said(paper.words, paper.name)
    return PaperLine(
        name=name,
        official=paper.name if name.text != paper.name else "",
        copies=wording.copies(paper),
        note=wording.said(paper.note),
    )


def paper_groups(papers: tuple[rules.Paper, ...]) -> list[PaperGroup]:
    """In the order and under the headings of the official list."""
    groups: dict[str, list[PaperLine]] = {}
    for paper in papers:
        groups.setdefault(paper.group, []).append(paper_line(paper))
    return [PaperGroup(title, tuple(lines)) for title, lines in groups.items()]


def fee_lines(fees: tuple[rules.Fee, ...]) -> list[FeeLine]:
    return [
        FeeLine(
            name=fee.name,
            amount=wording.fee(fee),
            rule=wording.said(fee.rule),
            text=fee.text,
            channel=str(wording.CHANNELS.get(fee.channel, "")),
            basis=fee.basis,
            verified=fee.verified,
        )
        for fee in fees
    ]


def left_out_lines(parts: tuple[rules.LeftOut, ...]) -> list[LeftOutLine]:
    return [
        LeftOutLine(
            owner=wording.said(part.owner),
            limit=wording.allowance(part.allowance),
            opened_by=wording.said(part.opened_by),
            closed_by=wording.said(part.closed_by),
            basis=part.basis,
            verified=part.verified,
        )
        for part in parts
    ]
