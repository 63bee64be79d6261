"""The only code that writes a round and its sheets: lock, judge, save, tell."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import IO

from django.db import transaction

from gandan.documents import actions as documents
from gandan.documents.models import StoredFile
from gandan.indicators import events
from gandan.indicators.models import (
    ReformAdjustment,
    ReformMark,
    ReformRound,
    ReformSheet,
)
from gandan.indicators.reform import access, owed, queries, rules
from gandan.indicators.reform.rules import (
    Group,
    Method,
    ReformRefused,
    RoundState,
    Stage,
    Verb,
    Why,
)
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.kernel.text import clean
from gandan.ledger import journal

EVIDENCE, EXPLANATION = "reform_evidence", "reform_explanation"
RETENTION = "reform_index"


@dataclass(frozen=True, slots=True)
class Said:
    """What one side says about one item; None leaves points open."""

    points: Decimal | None = None
    note: str = ""
    asks: bool = False


# --- the round ------------------------------------------------------------------------


def _round(round_id: int, by: Actor, state: RoundState) -> ReformRound:
    found = ReformRound.objects.select_for_update().get(pk=round_id)
    if not access.is_province(by):
        raise ReformRefused(Why.NOT_YOURS)
    if found.state != state:
        raise ReformRefused(Why.NOT_NOW)
    return found


@transaction.atomic
def open_round(
    *,
    round_id: int,
    self_until: date,
    explain_until: date,
    bonus_cap: Decimal,
    penalty_cap: Decimal,
    by: Actor,
    at: datetime,
) -> ReformRound:
    """Freeze the tree and give every unit of the group its sheet."""
    found = _round(round_id, by, RoundState.DRAFT)
    on = local_day(at)
    if not on <= self_until < explain_until:
        raise ReformRefused(Why.BAD_DEADLINES)
    leaves = list(found.nodes.filter(most__isnull=False))
    if not leaves:
        raise ReformRefused(Why.EMPTY_TREE)
    units = queries.units_of(Group(found.group), on)
    if not units:
        raise ReformRefused(Why.NO_UNITS)
    found.state = RoundState.OPEN.value
    found.self_until, found.explain_until = self_until, explain_until
    found.bonus_cap, found.penalty_cap = bonus_cap, penalty_cap
    found.opened_at, found.opened_by = at, by.id
    found.save()
    sheets = ReformSheet.objects.bulk_create(
        ReformSheet(round=found, organisation=unit) for unit in units
    )
    ReformMark.objects.bulk_create(
        ReformMark(sheet=sheet, node=leaf) for sheet in sheets for leaf in leaves
    )
    owed.begin(sheets, at)
    event = events.ReformRoundOpened(
        subject=str(found.public_id),
        year=found.year,
        group=found.group,
        sheets=len(sheets),
        self_until=self_until,
        explain_until=explain_until,
    )
    journal.record(event, by=by, at=at)
    return found


@transaction.atomic
def close_round(*, round_id: int, by: Actor, at: datetime) -> ReformRound:
    """Write down every unit's result; from now on every unit reads every sheet."""
    found = _round(round_id, by, RoundState.OPEN)
    sheets = list(found.sheets.select_for_update().order_by("pk"))
    for sheet in sheets:
        result = queries.score_of(sheet)
        if sheet.stage != Stage.APPRAISED or result.par is None:
            raise ReformRefused(Why.UNFINISHED)
        sheet.appraised, sheet.survey = result.appraised, result.survey
        sheet.most, sheet.par = result.most, result.par
        sheet.version += 1
    ReformSheet.objects.bulk_update(
        sheets, ["appraised", "survey", "most", "par", "version"]
    )
    found.state = RoundState.CLOSED.value
    found.closed_at, found.closed_by = at, by.id
    found.save(update_fields=["state", "closed_at", "closed_by"])
    event = events.ReformRoundClosed(
        subject=str(found.public_id),
        year=found.year,
        group=found.group,
        sheets=len(sheets),
    )
    journal.record(event, by=by, at=at)
    return found


# --- one sheet ------------------------------------------------------------------------


def _sheet(
    sheet_id: int, verb: Verb, by: Actor, at: datetime, version: int | None = None
) -> ReformSheet:
    """Lock first, judge second. A passed deadline is written down on the way."""
    sheet = (
        ReformSheet.objects.select_for_update(of=("self",))
        .select_related("round", "organisation")
        .get(pk=sheet_id)
    )
    stage = access.stage_of(sheet, local_day(at))
    rules.check(
        verb,
        state=RoundState(sheet.round.state),
        stage=stage,
        is_theirs=access.holds(by, rules.RULES[verb].by, sheet),
    )
    if version is not None and version != sheet.version:
        raise ReformRefused(Why.CHANGED)
    sheet.stage = stage.value
    sheet.version += 1
    return sheet


def _marks(
    sheet: ReformSheet, codes: Iterable[str], method: Method
) -> dict[str, ReformMark]:
    marks = {mark.node.code: mark for mark in queries.marks_of(sheet)}
    for code in codes:
        if code not in marks or marks[code].node.method != method:
            raise ReformRefused(Why.UNKNOWN_ITEM, code)
    return marks


def _checked(said: Said, mark: ReformMark) -> Said:
    rules.check_points(said.points, mark.node.most or rules.NOTHING, mark.node.code)
    return Said(said.points, clean(said.note), said.asks)


@transaction.atomic
def score(
    *,
    sheet_id: int,
    said: Mapping[str, Said],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> ReformSheet:
    """The unit's own points and notes, until the deadline or until it hands in."""
    sheet = _sheet(sheet_id, Verb.SCORE, by, at, version)
    marks = _marks(sheet, said, Method.APPRAISAL)
    for code, one in said.items():
        checked = _checked(one, marks[code])
        marks[code].self_points, marks[code].self_note = checked.points, checked.note
    _save(sheet, marks, ["self_points", "self_note"])
    event = events.ReformSheetScored(
        subject=str(sheet.public_id),
        organisation=sheet.organisation.key,
        items=len(said),
    )
    journal.record(event, by=by, at=at)
    return sheet


@transaction.atomic
def appraise(
    *,
    sheet_id: int,
    said: Mapping[str, Said],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> ReformSheet:
    """The first round: points, a note, and whether an explanation is asked for."""
    sheet = _sheet(sheet_id, Verb.APPRAISE, by, at, version)
    marks = _marks(sheet, said, Method.APPRAISAL)
    for code, one in said.items():
        checked, mark = _checked(one, marks[code]), marks[code]
        if checked.asks and not checked.note:
            raise ReformRefused(Why.NO_REASON, code)
        mark.first_points, mark.first_note = checked.points, checked.note
        mark.asks = checked.asks
    _save(sheet, marks, ["first_points", "first_note", "asks"])
    owed.renew(sheet, at)
    _tell_appraised(sheet, 1, len(said), by, at)
    return sheet


@transaction.atomic
def explain(
    *,
    sheet_id: int,
    said: Mapping[str, str],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> ReformSheet:
    """The unit answers what it was asked, and nothing else."""
    sheet = _sheet(sheet_id, Verb.EXPLAIN, by, at, version)
    marks = _marks(sheet, said, Method.APPRAISAL)
    for code, text in said.items():
        if not marks[code].asks:
            raise ReformRefused(Why.NOT_ASKED, code)
        marks[code].explanation = clean(text)
    _save(sheet, marks, ["explanation"])
    event = events.ReformSheetExplained(
        subject=str(sheet.public_id),
        organisation=sheet.organisation.key,
        items=len(said),
    )
    journal.record(event, by=by, at=at)
    return sheet


@transaction.atomic
def appraise_again(
    *,
    sheet_id: int,
    said: Mapping[str, Said],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> ReformSheet:
    """The second round, of what was asked: the last word on these items."""
    sheet = _sheet(sheet_id, Verb.APPRAISE_AGAIN, by, at, version)
    marks = _marks(sheet, said, Method.APPRAISAL)
    for code, one in said.items():
        checked, mark = _checked(one, marks[code]), marks[code]
        if not mark.asks:
            raise ReformRefused(Why.NOT_ASKED, code)
        mark.second_points, mark.second_note = checked.points, checked.note
    _save(sheet, marks, ["second_points", "second_note"])
    owed.renew(sheet, at)
    _tell_appraised(sheet, 2, len(said), by, at)
    return sheet


@transaction.atomic
def survey(
    *,
    sheet_id: int,
    points: Mapping[str, Decimal | None],
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> ReformSheet:
    """Points of the survey, last; no unit sees them before the round is closed."""
    sheet = _sheet(sheet_id, Verb.SURVEY, by, at, version)
    marks = _marks(sheet, points, Method.SURVEY)
    for code, one in points.items():
        marks[code].survey_points = _checked(Said(one), marks[code]).points
    _save(sheet, marks, ["survey_points"])
    event = events.ReformSheetSurveyed(
        subject=str(sheet.public_id),
        organisation=sheet.organisation.key,
        items=len(points),
    )
    journal.record(event, by=by, at=at)
    return sheet


def _save(
    sheet: ReformSheet, marks: Mapping[str, ReformMark], fields: list[str]
) -> None:
    ReformMark.objects.bulk_update(marks.values(), fields)
    sheet.save(update_fields=["stage", "version"])


def _tell_appraised(
    sheet: ReformSheet, turn: int, items: int, by: Actor, at: datetime
) -> None:
    event = events.ReformSheetAppraised(
        subject=str(sheet.public_id),
        organisation=sheet.organisation.key,
        turn=turn,
        items=items,
    )
    journal.record(event, by=by, at=at)


# What ends, by which verb, and the stage that follows.
_ENDS = {
    Verb.HAND_IN: Stage.FIRST,
    Verb.END_FIRST: Stage.EXPLAINING,
    Verb.END_EXPLAINING: Stage.SECOND,
    Verb.END_SECOND: Stage.APPRAISED,
}


@transaction.atomic
def end_stage(
    *, sheet_id: int, verb: Verb, by: Actor, at: datetime, version: int | None = None
) -> ReformSheet:
    """Hand in, end a round of appraisal, or lock the explanations: all or not yet.

    Without a question there is nothing to explain: the first round is then the last.
    """
    sheet = _sheet(sheet_id, verb, by, at, version)
    marks = [
        mark for mark in queries.marks_of(sheet) if mark.node.method == Method.APPRAISAL
    ]
    for mark in marks:
        if _is_open(verb, mark):
            raise ReformRefused(Why.UNFINISHED, mark.node.code)
    before, after = sheet.stage, _ENDS[verb]
    if verb is Verb.END_FIRST and not any(mark.asks for mark in marks):
        after = Stage.APPRAISED
    sheet.stage = after.value
    if verb is Verb.HAND_IN:
        sheet.handed_in_at, sheet.handed_in_by = at, by.id
    sheet.save(update_fields=["stage", "version", "handed_in_at", "handed_in_by"])
    owed.renew(sheet, at)
    event = events.ReformStageEnded(
        subject=str(sheet.public_id),
        organisation=sheet.organisation.key,
        stage=before,
        then=sheet.stage,
    )
    journal.record(event, by=by, at=at)
    return sheet


def _is_open(verb: Verb, mark: ReformMark) -> bool:
    """Is something of this item still missing for the stage to end?"""
    match verb:
        case Verb.HAND_IN:
            return mark.self_points is None
        case Verb.END_FIRST:
            return mark.first_points is None
        case Verb.END_EXPLAINING:
            return mark.asks and not mark.explanation
        case _:
            return mark.asks and mark.second_points is None


@transaction.atomic
def adjust(
    *,
    sheet_id: int,
    points: Decimal,
    reason: str,
    by: Actor,
    at: datetime,
    version: int | None = None,
) -> ReformAdjustment:
    """A bonus above zero, a penalty below; the caps of the round hold in the sum."""
    sheet = _sheet(sheet_id, Verb.ADJUST, by, at, version)
    reason = clean(reason)
    if not reason or not points:
        raise ReformRefused(Why.NO_REASON)
    made = ReformAdjustment.objects.create(
        sheet=sheet, points=points, reason=reason, made_at=at, made_by=by.id
    )
    sheet.save(update_fields=["stage", "version"])
    event = events.ReformSheetAdjusted(
        subject=str(sheet.public_id),
        organisation=sheet.organisation.key,
        is_bonus=points > 0,
    )
    journal.record(event, by=by, at=at)
    return made


@transaction.atomic
def attach(
    *,
    sheet_id: int,
    code: str,
    content: IO[bytes],
    name: str,
    by: Actor,
    at: datetime,
) -> StoredFile:
    """A file for one item: evidence while the unit scores, later for an explanation.

    Raises ReformRefused, or FileRefused of the documents.
    """
    on = local_day(at)
    stage = access.stage_of(
        ReformSheet.objects.select_related("round").get(pk=sheet_id), on
    )
    is_explaining = stage is Stage.EXPLAINING
    verb = Verb.EXPLAIN if is_explaining else Verb.SCORE
    sheet = _sheet(sheet_id, verb, by, at)
    mark = _marks(sheet, [code], Method.APPRAISAL)[code]
    if is_explaining and not mark.asks:
        raise ReformRefused(Why.NOT_ASKED, code)
    return documents.store_upload(
        content=content,
        name=name,
        subject=str(mark.public_id),
        kind=EXPLANATION if is_explaining else EVIDENCE,
        retention_class=RETENTION,
        by=by,
        at=at,
    )
