"""One import: read all, decide all, then write all or nothing."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from django.db import transaction

from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.procedures import actions, rules
from gandan.procedures.importing.merge import merged
from gandan.procedures.importing.source import Kind, Problem, Row, read_files
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.rules.draft import source_day

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Changed:
    code: str
    # The sections that differ from the version before: "limits", "fees", "name".
    sections: tuple[str, ...]


@dataclass(slots=True)
class Report:
    added: list[str] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)
    unchanged: int = 0
    refused: list[Problem] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "added": len(self.added),
            "changed": len(self.changed),
            "ended": len(self.ended),
            "unchanged": self.unchanged,
        }


@dataclass(frozen=True, slots=True)
class _Plan:
    publications: list[actions.Publication]
    # Open versions to close, by the day they end.
    ending: dict[date, list[str]]


class _Refused(Exception):
    """This row is well formed but must not be taken; the others are."""


def _quiet(_what: str, _done: int, _all: int) -> None:
    """Nobody watches."""


def import_files(
    paths: Sequence[Path],
    *,
    by: Actor,
    at: datetime,
    as_of: date | None = None,
    complete: bool = False,
    progress: Progress = _quiet,
) -> Report:
    """Bring the catalogue to what the files say; a second time changes nothing.

    `as_of` is the day of the source where its rows name none. `complete` says that
    the files are the whole catalogue: what they do not name has ended.
    """
    rows = read_files(paths)
    by_code: dict[str, dict[Kind, Row]] = {}
    for row in rows:
        by_code.setdefault(row.code, {})[row.kind] = row
    with transaction.atomic():
        actions.lock_catalogue()
        report = Report()
        plan = _plan(by_code, as_of or local_day(at), report, progress)
        if complete:
            _end_the_missing(by_code, as_of or local_day(at), plan, report)
        _write(plan, report, rows, by=by, at=at, progress=progress)
    return report


def _plan(
    by_code: Mapping[str, Mapping[Kind, Row]],
    as_of: date,
    report: Report,
    progress: Progress,
) -> _Plan:
    plan = _Plan([], {})
    held = _held(by_code)
    for number, (code, rows) in enumerate(sorted(by_code.items()), start=1):
        try:
            _decide(code, rows, held.get(code), as_of, plan, report)
        except (_Refused, rules.ContentRefused, rules.FactRefused) as refusal:
            row = next(iter(rows.values()))
            report.refused.append(
                Problem(row.file, row.line, "code", code, str(refusal))
            )
        if number % 250 == 0 or number == len(by_code):
            progress("compared", number, len(by_code))
    return plan


def _held(codes: Iterable[str]) -> dict[str, ProcedureVersion]:
    """The newest version of each code, open or ended."""
    rows = (
        ProcedureVersion.objects.filter(code__in=list(codes))
        .order_by("code", "-number")
        .distinct("code")
        .defer("fold", "words")
    )
    return {row.code: row for row in rows}


def _decide(
    code: str,
    rows: Mapping[Kind, Row],
    held: ProcedureVersion | None,
    as_of: date,
    plan: _Plan,
    report: Report,
) -> None:
    listed = _is_listed(rows)
    day = _day_of(rows, as_of)
    if held is not None and held.valid_to is None and listed is False:
        if held.valid_from > day:
            raise _Refused(f"ends on {day}, before the version we hold begins")
        plan.ending.setdefault(day, []).append(code)
        report.ended.append(code)
        return
    if held is not None and (
        {k: r.digest for k, r in rows.items()}.items() <= held.sources.items()
        or (held.valid_to is not None and listed is not True)
    ):
        report.unchanged += 1
        return
    if held is None and set(rows) == {"well_known"}:
        raise _Refused("is only named in a list; its catalogue row is not known")
    current = held.draft() if held else None
    draft = merged(current, rows)
    if held is not None and held.valid_to is None:
        if held.digest == draft.digest:
            report.unchanged += 1
            return
        _check_may_replace(held, day)
    rules.check(draft.content)
    rules.draft.check_draft(draft)
    plan.publications.append(
        actions.Publication(
            draft=draft,
            valid_from=day if held else actions.FIRST_DAY,
            valid_to=day if held is None and listed is False else None,
            sources=(held.sources if held else {})
            | {k: r.digest for k, r in rows.items()},
            reason="import",
        )
    )
    if current is None:
        report.added.append(code)
        if listed is False:
            report.ended.append(code)
    else:
        sections = dict.fromkeys(c.section for c in rules.changes(current, draft))
        report.changed.append(Changed(code, tuple(sections)))


def _check_may_replace(held: ProcedureVersion, day: date) -> None:
    if not held.national_only:
        raise _Refused("we hold a decision of the province; a person must join the two")
    if day < held.valid_from:
        raise _Refused(f"is older than the version in force since {held.valid_from}")


def _is_listed(rows: Mapping[Kind, Row]) -> bool | None:
    """What the catalogue row says of being in force; None where there is none."""
    row = rows.get("catalogue")
    if row is None or "in_catalogue" not in row.data:
        return None if row is None else True
    return bool(row.data["in_catalogue"] == "1")


def _day_of(rows: Mapping[Kind, Row], as_of: date) -> date:
    """The newest day that the rows give themselves."""
    days = [
        source_day(text)
        for row in rows.values()
        if (text := row.data.get("as_of") or row.month)
    ]
    return max(days, default=as_of)


def _end_the_missing(
    by_code: Mapping[str, object], day: date, plan: _Plan, report: Report
) -> None:
    missing = (
        ProcedureVersion.objects.open()
        .filter(sources__has_key="catalogue", valid_from__lte=day)
        .exclude(code__in=list(by_code))
        .values_list("code", flat=True)
    )
    codes = sorted(missing)
    if codes:
        plan.ending.setdefault(day, []).extend(codes)
        report.ended.extend(codes)


def _write(
    plan: _Plan,
    report: Report,
    rows: Sequence[Row],
    *,
    by: Actor,
    at: datetime,
    progress: Progress,
) -> None:
    written = 0

    def counted() -> Iterable[actions.Publication]:
        nonlocal written
        for publication in plan.publications:
            yield publication
            written += 1
            if written % 250 == 0 or written == len(plan.publications):
                progress("written", written, len(plan.publications))

    if plan.publications:
        actions.publish_many(publications=counted(), by=by, at=at)
    for day, codes in sorted(plan.ending.items()):
        actions.end_procedures(codes=codes, on=day, by=by, at=at)
    if plan.publications or plan.ending:
        read = hashlib.sha256("".join(row.digest for row in rows).encode())
        actions.record_import(
            digest=read.hexdigest(), counts=report.counts, by=by, at=at
        )
