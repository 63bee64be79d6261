"""What a dossier owes to whom in its present state: its rows of «Việc của tôi»."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import State
from gandan.duties.actions import Owed
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day

APPLICANT = "applicant"


def duties_of(dossier: Dossier) -> list[Owed]:
    """One row for the office that must act; ended and handed over, none."""
    state = State(dossier.state)
    if state not in _WRITERS:
        return []
    return [_WRITERS[state](dossier)]


def _row(
    dossier: Dossier,
    kind: str,
    organisation: int | None,
    role: Role | str,
    **more: object,
) -> Owed:
    return Owed(
        kind=kind,
        organisation=organisation or dossier.competent_id,
        role=str(role),
        label=dossier.code or dossier.filing_number or "",
        detail=(dossier.procedure.everyday_name or dossier.procedure.name)[:200],
        person=dossier.owner_name,
        place=dossier.place_id,
        village=dossier.village,
        due_on=dossier.due_on,
        link=f"/ho-so/{dossier.public_id}",
        **more,  # type: ignore[arg-type]
    )


def _receive(dossier: Dossier) -> Owed:
    return _row(dossier, "receive", dossier.received_by_id, Role.COUNTER)


def _take_up(dossier: Dossier) -> Owed:
    return _row(dossier, "take_up", dossier.office_id, Role.SPECIALIST)


def _step(dossier: Dossier) -> Owed:
    run = dossier.runs.filter(ended_at__isnull=True).order_by("-ordinal").first()
    pause = dossier.pauses.filter(ends_on__isnull=True).order_by("-id").first()
    if run is None:
        return _row(
            dossier,
            "process",
            dossier.office_id,
            Role.SPECIALIST,
            user=dossier.officer_id,
        )
    if run.outside or pause is not None:
        body = pause.owner if pause is not None else run.name
        since = pause.starts_on if pause is not None else local_day(run.started_at)
        until = pause.limit_on if pause is not None else run.due_on
        return _row(
            dossier,
            "await_body",
            dossier.office_id,
            Role.SPECIALIST,
            user=dossier.officer_id,
            waiting_for=body[:120] or run.name[:120],
            waiting_since=since,
            waiting_until=until,
        )
    role = Role.SIGNATORY if run.role == Role.SIGNATORY else Role.SPECIALIST
    kind = "sign" if role is Role.SIGNATORY else "process"
    user = dossier.officer_id if role is Role.SPECIALIST else None
    return _row(dossier, kind, run.office_id, role, user=user)


def _await(kind: str) -> Callable[[Dossier], Owed]:
    def row(dossier: Dossier) -> Owed:
        pause = dossier.pauses.filter(ends_on__isnull=True).order_by("-id").first()
        return _row(
            dossier,
            kind,
            dossier.office_id,
            Role.SPECIALIST,
            user=dossier.officer_id,
            waiting_for=APPLICANT,
            waiting_since=pause.starts_on if pause else None,
            waiting_until=pause.limit_on if pause else None,
        )

    return row


def answer(dossier: Dossier, *, asked_on: date) -> Owed:
    """A question of whoever waits: the head of the desk answers it the same day."""
    desk = dossier.received_by_id
    row = _row(dossier, "answer_nudge", desk, Role.HEAD_ONE_STOP)
    return replace(row, due_on=asked_on, link=f"{row.link}/tra-loi")


def _withdrawal(dossier: Dossier) -> Owed:
    return _row(dossier, "grant_withdrawal", dossier.received_by_id, Role.HEAD_ONE_STOP)


def _hand_over(dossier: Dossier) -> Owed:
    """The clock ended with the decision: a result that waits is not late."""
    row = _row(dossier, "hand_over", dossier.received_by_id, Role.COUNTER)
    return replace(row, due_on=None)


_WRITERS: dict[State, Callable[[Dossier], Owed]] = {
    State.SUBMITTED: _receive,
    State.RECEIVED: _take_up,
    State.PROCESSING: _step,
    State.SUPPLEMENT: _await("await_papers"),
    State.PAYMENT: _await("await_payment"),
    State.WITHDRAWAL_ASKED: _withdrawal,
    State.DONE: _hand_over,
    State.REFUSED: _hand_over,
}
