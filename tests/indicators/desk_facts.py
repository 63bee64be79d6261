"""Fact rows of the desk for pages: ordinary ones, with what a test is about."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from gandan.dossiers.facts import DOSSIER, LEFT_OUT, VISIT
from gandan.figures.facts import FactTable, Kind, Row, day_number, half_of

PROCEDURE = "1.013978"
_EMPTY = {
    Kind.TEXT: "",
    Kind.INTEGER: 0,
    Kind.BOOLEAN: False,
    Kind.DAY: None,
    Kind.HALF: None,
}


def _on(name: str, day: date | None) -> dict[str, Any]:
    if day is None:
        return {}
    return {f"{name}_day": day_number(day), f"{name}_half": half_of(day)}


def row(received: date, ended: date | None = None, **more: Any) -> Row:
    blank: dict[str, Any] = {
        column.name: None if column.nullable else _EMPTY[column.kind]
        for column in DOSSIER.columns
    }
    body: dict[str, Any] = {
        "record": str(uuid.uuid4()),
        "unit": "X01",
        "first_unit": "X01",
        "receiver": "X01",
        "procedure": PROCEDURE,
        "channel": "counter",
    }
    if ended is not None:
        body |= {
            "outcome": "result",
            "days_all": (ended - received).days,
            "working_days": (ended - received).days,
        }
    return blank | body | _on("received", received) | _on("ended", ended) | more


def resolved(on: date, *, late: bool, days: int = 9, **more: Any) -> Row:
    judged = "late" if late else "on_time"
    names = ("judged_promise", "judged_extended", "judged_766", "judged_ledger")
    due = day_number(on - timedelta(days=3 if late else 0))
    given = dict.fromkeys(names, judged) | {"due_day": due, "overdue_from": due + 1}
    return row(on - timedelta(days=days), on, **(given | more))


def open_since(day: date, due: date, **more: Any) -> Row:
    number = day_number(due)
    return row(day, due_day=number, overdue_from=number + 1, **more)


def history(rows: Sequence[Row]) -> dict[FactTable, list[Row]]:
    return {DOSSIER: list(rows), LEFT_OUT: [], VISIT: []}
