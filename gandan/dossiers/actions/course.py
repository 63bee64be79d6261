"""What every verb does the same way: lock, judge, read the clock, save, tell."""

from datetime import date, datetime
from typing import Any

from gandan.dossiers import access
from gandan.dossiers.actions.owed import duties_of
from gandan.dossiers.bodies import with_bodies
from gandan.dossiers.events import Happened
from gandan.dossiers.models import Dossier, Pause
from gandan.dossiers.rules.moves import (
    MOVES,
    MoveRefused,
    Record,
    State,
    Verb,
    target_of,
)
from gandan.dossiers.rules.public import ENDING, Facts, private_fields, public_members
from gandan.duties import actions as duties
from gandan.kernel import clock
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.ledger import entries, journal
from gandan.places import queries as places

ROOM = "dossiers"


class DossierChanged(Exception):
    """Somebody moved the dossier after this form was opened."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__("the dossier has changed")
        self.dossier = dossier


def locked(dossier_id: int, verb: Verb) -> Dossier:
    """The row, held. A parked intake may have been dropped while we waited for it:
    MoveRefused("gone")."""
    try:
        return with_bodies(Dossier.objects.locked(dossier_id))
    except Dossier.DoesNotExist:
        raise MoveRefused(verb, State.DRAFT, "gone") from None


def moved(
    dossier_id: int, verb: Verb, by: Actor, *, version: int | None = None
) -> Dossier:
    """Lock first, judge second: two officers may press the same button.

    Raises MoveRefused, and DossierChanged when the form saw an older version.
    """
    dossier = locked(dossier_id, verb)
    if version is not None and dossier.version != version:
        raise DossierChanged(dossier)
    before = State(dossier.state_before) if dossier.state_before else None
    state = State(dossier.state)
    dossier.state = target_of(
        verb, state=state, by=access.parts_of(by, dossier), before=before
    ).value
    return dossier


def refuse_if(condition: bool, verb: Verb, dossier: Dossier, why: str) -> None:
    if condition:
        raise MoveRefused(verb, State(dossier.state), why)


def allowance_of(dossier: Dossier) -> clock.Allowance | None:
    if dossier.limit_quantity is None or not dossier.limit_unit:
        return None
    return clock.Allowance(dossier.limit_quantity, clock.Unit(dossier.limit_unit))


def read(dossier: Dossier, pauses: list[Pause] | None = None) -> clock.Reading | None:
    """The legal clock of a dossier, from its kept inputs; None for a text limit."""
    return None if allowance_of(dossier) is None else _reading(dossier, pauses)


def _reading(dossier: Dossier, pauses: list[Pause] | None) -> clock.Reading | None:
    """Also of a text limit: it has no due date, yet days that were left out."""
    if dossier.received_at is None:
        return None
    rows = list(dossier.pauses.all()) if pauses is None else pauses
    spans = [
        (row.kind, clock.Pause(row.starts_on, row.ends_on, row.kind, row.owner))
        for row in rows
        if row.stops
    ]
    return clock.read_clock(
        received=dossier.received_at,
        allowance=allowance_of(dossier),
        pauses=[span for kind, span in spans if kind == "supplement"],
        left_out=[span for kind, span in spans if kind != "supplement"],
        rules=clock.RULES[dossier.rules_id],
        calendar=places.work_calendar(dossier.competent),
        hours=hours_of(dossier),
    )


def hours_of(dossier: Dossier) -> clock.OfficeHours:
    assert dossier.received_at is not None
    desk = dossier.received_by or dossier.competent
    return places.office_hours(desk, local_day(dossier.received_at))


def refresh(dossier: Dossier, pauses: list[Pause] | None = None) -> None:
    """Read the clock again and keep the reading; an accepted new date still stands.

    A date that an officer set for a text limit is no reading, and stays.
    """
    reading = _reading(dossier, pauses)
    if reading is None:
        return
    dossier.day_zero = dossier.day_zero or reading.day_zero
    dossier.left_out_days = reading.left_out_days
    if reading.allowance is None:
        return
    dossier.provisional = reading.provisional
    dossier.due_at = reading.due_at
    dossier.due_on = reading.due
    if reading.due and dossier.extended_to and dossier.extended_to > reading.due:
        dossier.due_on, dossier.due_at = dossier.extended_to, None


def interrupt(dossier: Dossier, pause: Pause) -> None:
    """Open an interval, and read the clock again: `stops` says what the clock does.

    Opened after the due date an interval stops nothing. The date of an apology is no
    time to be used up: what opens between the two dates stops nothing either.
    """
    day = pause.starts_on
    pause.stops = dossier.due_on is None or day <= dossier.due_on
    pause.save()
    refresh(dossier)
    if allowance_of(dossier) is None:
        return
    if pause.stops and dossier.due_on is not None:
        pause.stops = False
        pause.save(update_fields=["stops"])
        refresh(dossier)


def due_if_resumed(dossier: Dossier, on: date) -> date | None:
    """The date there would be if whatever is still left out ended on this day."""
    rows = list(dossier.pauses.all())
    for row in rows:
        row.ends_on = row.ends_on or max(on, row.starts_on)
    reading = read(dossier, rows)
    if reading is None or reading.due is None:
        return dossier.due_on
    return max(reading.due, dossier.extended_to or reading.due)


def write_record(
    dossier: Dossier, verb: Verb, *, at: datetime, token: str = ""
) -> None:
    """The ledger's entry of this verb, if it has one; the dossier's lock is held."""
    if kind := MOVES[verb].record:
        append_record(dossier, kind, at=at, token=token)


def append_record(
    dossier: Dossier, kind: Record, *, at: datetime, **given: Any
) -> None:
    """Write one public record. Imported history gets none, ever."""
    if not dossier.imported:
        entries.append_many([line_of(dossier, kind, at=at, **given)])


def line_of(
    dossier: Dossier, kind: Record, *, at: datetime, **given: Any
) -> entries.Line:
    """The next public record of a dossier, not written yet."""
    day, due = local_day(at), dossier.due_on
    if kind is Record.GOT and due is None:
        # The papers are in, and a body outside still has it: the public clock, which
        # knows no time left out, goes on.
        due = due_if_resumed(dossier, day)
    facts = Facts(
        event=kind,
        day=dossier.day_zero if kind is Record.RECEIVED and dossier.day_zero else day,
        unit=dossier.first_competent.key,
        protected=dossier.confidentiality == access.PROTECTED,
        allowance=allowance_of(dossier),
        due=due,
        **given,
    )
    seq = dossier.ledger_seq
    dossier.ledger_seq = seq + 1
    return entries.Line(
        dossier=dossier.ledger_id,
        seq=seq,
        event=kind.value,
        day=facts.public_day,
        members=public_members(facts),
        private={"code": str(dossier.code)} | private_fields(facts),
    )


def write_closed(
    dossier: Dossier, outcome: str, *, at: datetime, token: str = ""
) -> None:
    append_record(
        dossier,
        Record.CLOSED,
        at=at,
        how=ENDING[outcome],
        token=token,
        with_token=bool(token),
    )


def settle(dossier: Dossier, fact: Happened, *, by: Actor, at: datetime) -> None:
    """Save the row, write the journal, set the duties: the last lines of a verb."""
    dossier.version += 1
    dossier.save_changes()
    journal.record(fact, by=by, at=at)
    duties.set_duties(
        room=ROOM, subject=str(dossier.public_id), owed=duties_of(dossier), at=at
    )


def happened(dossier: Dossier) -> tuple[str, str]:
    """The two members every fact begins with."""
    return str(dossier.public_id), dossier.competent.key
