"""Rows of the desk's fact tables: a pure reading of today's tables and calendar.

One statement for any number of records, so that a history of a million and one press
of a button are read by the same text. What a day means is decided here, once: judged by
date; the due day itself is in time (rule 3 of the house).
"""

import json
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from django.db import connection

from gandan.dossiers.access import PROTECTED
from gandan.figures.facts import day_number, half_of
from gandan.kernel.calendar import WorkCalendar
from gandan.ledger.models import Record
from gandan.places import queries as places

FactRow: TypeAlias = tuple[str | int | bool | None, ...]
_BEFORE_RECEPTION = ("draft", "submitted", "sent_back", "rejected")

_DOSSIERS = """
SELECT d.public_id::text AS record, unit.key AS unit, first_unit.key AS first_unit,
    coalesce(receiver.key, '') AS receiver, d.procedure_code AS procedure, d.field,
    d.channel,
    d.helped_at_id IS NOT NULL OR EXISTS (
        SELECT FROM dossiers_party p WHERE p.dossier_id = d.id AND p.role = 'helper'
    ) AS assisted,
    d.confidentiality = %(protected)s AS protected,
    coalesce(d.day_zero, d.received_on) AS received_on, d.received_on AS came_on,
    d.ended_on, d.returned_on, d.outcome, d.promised_on, d.due_on,
    coalesce(
        (SELECT e.from_on FROM dossiers_extension e
         WHERE e.dossier_id = d.id ORDER BY e.number LIMIT 1),
        CASE WHEN d.extended_to IS NOT NULL THEN d.promised_on END,
        d.due_on
    ) AS due_before_apology,
    (SELECT min((s.asked_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)
     FROM dossiers_supplement s
     WHERE s.dossier_id = d.id AND NOT s.before_reception AND s.answered_at IS NULL
    ) AS still_asked_on,
    d.supplements, d.extensions, d.reroutings, d.left_out_days,
    (SELECT count(*) FROM dossiers_visit v WHERE v.closed_by_id = d.id) AS visits,
    (SELECT count(*) FROM dossiers_nudge n WHERE n.dossier_id = d.id) AS nudges,
    d.result_electronic, d.digitised, coalesce(d.fee_vnd, 0) AS fee_vnd, d.paid,
    (SELECT r.score FROM dossiers_rating r WHERE r.dossier_id = d.id) AS rating,
    d.imported, d.demo, d.ledger_id, d.ledger_seq
FROM (
    SELECT *, (received_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS received_on
    FROM dossiers_dossier
    WHERE {chosen} AND received_at IS NOT NULL AND code IS NOT NULL
      AND NOT state = ANY(%(before)s)
) d
JOIN places_organisation unit ON unit.id = d.competent_id
JOIN places_organisation first_unit ON first_unit.id = d.first_competent_id
LEFT JOIN places_organisation receiver ON receiver.id = d.received_by_id
"""
_LEFT_OUT = """
SELECT d.public_id::text, row_number() OVER (PARTITION BY d.id ORDER BY p.id),
    unit.key, d.procedure_code, p.kind,
    CASE WHEN p.kind = 'supplement' OR p.owner = '' THEN 'applicant' ELSE p.owner END,
    p.starts_on, p.ends_on, p.stops
FROM dossiers_pause p
JOIN dossiers_dossier d ON d.id = p.dossier_id
JOIN places_organisation unit ON unit.id = d.competent_id
WHERE {chosen} AND d.received_at IS NOT NULL AND d.code IS NOT NULL
  AND NOT d.state = ANY(%(before)s)
"""
_VISITS = """
SELECT v.public_id::text, coalesce(parent.key, desk.key), v.procedure_code, v.day,
    jsonb_array_length(v.missing), v.closed_by_id IS NOT NULL
FROM dossiers_visit v
JOIN places_organisation desk ON desk.id = v.desk_id
LEFT JOIN places_organisation parent ON parent.id = desk.parent_id
WHERE {chosen}
"""


class _Read(NamedTuple):
    """A row of `_DOSSIERS`, column by column."""

    record: str
    unit: str
    first_unit: str
    receiver: str
    procedure: str
    field: str
    channel: str
    assisted: bool
    protected: bool
    received_on: date
    came_on: date
    ended_on: date | None
    returned_on: date | None
    outcome: str
    promised_on: date | None
    due_on: date | None
    due_before_apology: date | None
    still_asked_on: date | None
    supplements: int
    extensions: int
    reroutings: int
    left_out_days: int
    visits: int
    nudges: int
    result_electronic: bool
    digitised: bool
    fee_vnd: int
    paid: str
    rating: int | None
    imported: bool
    demo: bool
    ledger_id: str
    ledger_seq: int


def dossier_rows(records: Collection[UUID]) -> list[FactRow]:
    """Rows of `facts.DOSSIER`, in its columns' order; a draft has none."""
    return _dossiers("public_id = ANY(%(chosen)s)", list(records))


def dossier_rows_by_id(ids: Collection[int]) -> list[FactRow]:
    """The same by row id, for a history that is read from one end to the other."""
    return _dossiers("id = ANY(%(chosen)s)", list(ids))


def left_out_rows(records: Collection[UUID]) -> list[FactRow]:
    """Rows of `facts.LEFT_OUT`."""
    return _intervals("d.public_id = ANY(%(chosen)s)", list(records))


def left_out_rows_by_id(ids: Collection[int]) -> list[FactRow]:
    return _intervals("d.id = ANY(%(chosen)s)", list(ids))


def visit_rows(records: Collection[UUID]) -> list[FactRow]:
    """Rows of `facts.VISIT`."""
    read = _ask(_VISITS, "v.public_id = ANY(%(chosen)s)", list(records))
    return [
        (record, unit, procedure, *_dated(day), missing, closed)
        for record, unit, procedure, day, missing, closed in read
    ]


def _ask(statement: str, chosen: str, several: list[Any]) -> list[tuple[Any, ...]]:
    given: dict[str, Any] = {
        "chosen": several,
        "protected": PROTECTED,
        "before": list(_BEFORE_RECEPTION),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement.format(chosen=chosen), given)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows


def _dossiers(chosen: str, several: list[Any]) -> list[FactRow]:
    read = [_Read(*row) for row in _ask(_DOSSIERS, chosen, several)]
    ledger = _public_records([one.ledger_id for one in read if one.ledger_seq])
    calendar = places.work_calendar()
    return [_dossier(one, ledger.get(one.ledger_id, ()), calendar) for one in read]


def _intervals(chosen: str, several: list[Any]) -> list[FactRow]:
    return [
        (
            *(record, ordinal, unit, procedure, kind, owner),
            *(*_dated(starts), *_dated(ends)),
            None if ends is None else (ends - starts).days,
            stops,
        )
        for record, ordinal, unit, procedure, kind, owner, starts, ends, stops in _ask(
            _LEFT_OUT, chosen, several
        )
    ]


def _dossier(
    one: _Read, ledger: Sequence[dict[str, Any]], calendar: WorkCalendar
) -> FactRow:
    overdue_from = None
    if one.due_on is not None:
        after = day_number(one.due_on) + 1
        overdue_from = max(after, day_number(one.received_on))
    working = days_all = None
    if one.ended_on is not None:
        working = calendar.working_days_between(one.received_on, one.ended_on)
        days_all = (one.ended_on - one.came_on).days
    return (
        *(one.record, one.unit, one.first_unit, one.receiver, one.procedure),
        *(one.field, one.channel, one.assisted, one.protected),
        *(*_dated(one.received_on), *_dated(one.ended_on), *_dated(one.returned_on)),
        one.outcome,
        *(_number(one.promised_on), _number(one.due_on), overdue_from),
        _judged(one.promised_on, one.ended_on),
        _judged(one.due_on, one.ended_on),
        _judged_766(one),
        _judged_ledger(ledger),
        *(working, days_all, one.left_out_days),
        *(one.supplements, one.extensions, one.reroutings, one.visits, one.nudges),
        *(one.result_electronic, one.digitised, one.fee_vnd, one.paid, one.rating),
        *(one.imported, one.demo),
    )


def _number(day: date | None) -> int | None:
    return None if day is None else day_number(day)


def _dated(day: date | None) -> tuple[int | None, int | None]:
    return (None, None) if day is None else (day_number(day), half_of(day))


def _judged(due: date | None, ended: date | None) -> str:
    if due is None or ended is None:
        return ""
    if ended < due:
        return "early"
    return "on_time" if ended == due else "late"


def _judged_766(one: _Read) -> str:
    """Decision 766, 2.1: a second request is late; what still waits for papers ended at
    the first request; an apology moves nothing (the decision names none)."""
    if one.ended_on is None:
        return ""
    if one.supplements > 1:
        return "late"
    ended = one.ended_on
    if one.still_asked_on is not None:
        ended = min(ended, one.still_asked_on)
    due = one.due_before_apology or one.promised_on
    return _judged(due, ended)


def _public_records(dossiers: Sequence[str]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    rows = Record.objects.filter(dossier__in=dossiers).order_by("dossier", "seq")
    for dossier, record in rows.values_list("dossier", "record"):
        found[dossier].append(json.loads(bytes(record)))
    return found


def _judged_ledger(records: Sequence[dict[str, Any]]) -> str:
    """`ontime/v1` (LEDGER §10), as far as it can be read before windows are sealed.

    `on_time`, `late`, or `void` for a closing that proves nothing; empty while open,
    withdrawn with its token, or without entries (imported history has none).
    """
    due = stopped = token = ""
    for record in records:
        day = record["day"]
        match record["event"]:
            case "received":
                due, token = record.get("due", ""), record.get("token", "")
            case "need" if not stopped and day <= due:
                stopped = day
            case "got" if stopped:
                due, stopped = record["due"], ""
            case "closed" if due:
                return _closed(record, due, stopped, token)
    return ""


def _closed(record: dict[str, Any], due: str, stopped: str, token: str) -> str:
    match record["how"]:
        case "result":
            return "on_time" if record["day"] <= due else "late"
        case "refused":
            return "on_time" if (stopped or record["day"]) <= due else "late"
        case "withdrawn" if token and record.get("token"):
            return ""
        case _:
            return "void"
