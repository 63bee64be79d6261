"""One table of moves: what is legal, who may, and what follows from it.

Sources: Decree 61/2018 arts 17–20 and Decree 118/2025 (`domain/01-one-stop.md` §1.3);
the ten national states of the synchronisation (`02-codes-and-sync.md` §2.4).
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from gandan.kernel.actors import Role


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    SENT_BACK = "sent_back"  # papers asked before reception: no clock runs yet
    REJECTED = "rejected"
    RECEIVED = "received"
    PROCESSING = "processing"
    SUPPLEMENT = "supplement"
    PAYMENT = "payment"
    WITHDRAWAL_ASKED = "withdrawal_asked"
    STOPPED = "stopped"
    REFUSED = "refused"
    DONE = "done"
    RETURNED = "returned"


# Never extended: our states map onto the ten national ones, many to one.
NATIONAL: dict[State, int] = {
    State.SUBMITTED: 1,
    State.RECEIVED: 2,
    State.REJECTED: 3,
    State.PROCESSING: 4,
    State.SENT_BACK: 5,
    State.SUPPLEMENT: 5,
    State.PAYMENT: 6,
    State.WITHDRAWAL_ASKED: 7,
    State.STOPPED: 8,
    State.REFUSED: 9,
    State.DONE: 9,
    State.RETURNED: 10,
}

# Nothing is owed to the applicant any more, apart from handing papers over.
ENDED = frozenset(
    {State.REJECTED, State.STOPPED, State.REFUSED, State.DONE, State.RETURNED}
)
# The legal clock has begun and no ending is recorded.
OPEN = frozenset(
    {
        State.RECEIVED,
        State.PROCESSING,
        State.SUPPLEMENT,
        State.PAYMENT,
        State.WITHDRAWAL_ASKED,
    }
)


class Verb(StrEnum):
    SUBMIT = "submit"
    RECEIVE = "receive"
    SERVE_AT_ONCE = "serve_at_once"
    SEND_BACK = "send_back"
    REJECT = "reject"
    TAKE_UP = "take_up"
    PASS_ON = "pass_on"
    ASK_OPINION = "ask_opinion"
    ANSWER_OPINION = "answer_opinion"
    CHASE = "chase"
    ASK_SUPPLEMENT = "ask_supplement"
    ASK_SUPPLEMENT_AGAIN = "ask_supplement_again"
    TAKE_PAPERS = "take_papers"
    OPEN_LEFT_OUT = "open_left_out"
    CLOSE_LEFT_OUT = "close_left_out"
    ASK_PAYMENT = "ask_payment"
    TAKE_PAYMENT = "take_payment"
    APOLOGISE = "apologise"
    REROUTE = "reroute"
    ASK_WITHDRAWAL = "ask_withdrawal"
    KEEP = "keep"
    GRANT_WITHDRAWAL = "grant_withdrawal"
    STOP = "stop"
    REFUSE = "refuse"
    DECIDE = "decide"
    HAND_OVER = "hand_over"


class By(StrEnum):
    """Who makes a move: an official's role, or one of two outside parties."""

    COUNTER = Role.COUNTER.value
    SPECIALIST = Role.SPECIALIST.value
    SIGNATORY = Role.SIGNATORY.value
    HEAD = Role.HEAD_ONE_STOP.value
    LEADER = Role.UNIT_LEADER.value
    APPLICANT = "applicant"


class Clock(StrEnum):
    """What a move does to the legal clock."""

    NONE = "none"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    LEAVE_OUT = "leave_out"
    EXTEND = "extend"
    END = "end"


class Record(StrEnum):
    """The public record a move writes (LEDGER §2, verbs → records)."""

    NONE = ""
    RECEIVED = "received"
    NEED = "need"
    GOT = "got"
    EXTEND = "extend"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Move:
    """`target` None: the state stays, or (for KEEP) returns to the one before."""

    sources: frozenset[State]
    target: State | None
    by: frozenset[By]
    clock: Clock = Clock.NONE
    form: int | None = None  # number among the seven forms of TT 03/2025
    record: Record = Record.NONE


def _move(
    sources: str,
    target: State | None,
    by: str,
    clock: Clock = Clock.NONE,
    form: int | None = None,
    record: Record = Record.NONE,
) -> Move:
    return Move(
        frozenset(State(s) for s in sources.split()),
        target,
        frozenset(By(b) for b in by.split()),
        clock,
        form,
        record,
    )


_DESK = "counter head_one_stop"
_BEFORE_DONE = "submitted sent_back received processing supplement payment"

MOVES: dict[Verb, Move] = {
    Verb.SUBMIT: _move(
        "draft sent_back", State.SUBMITTED, "applicant counter head_one_stop"
    ),
    Verb.RECEIVE: _move(
        "draft submitted",
        State.RECEIVED,
        _DESK,
        Clock.START,
        form=1,
        record=Record.RECEIVED,
    ),
    # Same-day procedures need no slip unless asked, but must be recorded.
    Verb.SERVE_AT_ONCE: _move(
        "draft", State.RETURNED, _DESK, Clock.END, record=Record.RECEIVED
    ),
    Verb.SEND_BACK: _move("submitted", State.SENT_BACK, _DESK, form=2),
    Verb.REJECT: _move("draft submitted sent_back", State.REJECTED, _DESK, form=3),
    Verb.TAKE_UP: _move("received", State.PROCESSING, "specialist"),
    Verb.PASS_ON: _move("processing", None, "specialist signatory"),
    # Decree 61/2018 art. 19.5: asking for opinions stays inside the total time.
    Verb.ASK_OPINION: _move("processing", None, "specialist"),
    Verb.ANSWER_OPINION: _move("processing supplement payment", None, "specialist"),
    Verb.CHASE: _move("processing payment", None, "specialist counter head_one_stop"),
    Verb.ASK_SUPPLEMENT: _move(
        "received processing",
        State.SUPPLEMENT,
        "specialist",
        Clock.PAUSE,
        form=2,
        record=Record.NEED,
    ),
    # "Say once": a second list needs a signatory, and is counted.
    Verb.ASK_SUPPLEMENT_AGAIN: _move(
        "received processing",
        State.SUPPLEMENT,
        "signatory",
        Clock.PAUSE,
        form=2,
        record=Record.NEED,
    ),
    Verb.TAKE_PAPERS: _move(
        "supplement", State.PROCESSING, _DESK, Clock.RESUME, record=Record.GOT
    ),
    Verb.OPEN_LEFT_OUT: _move("processing", None, "specialist", Clock.LEAVE_OUT),
    Verb.CLOSE_LEFT_OUT: _move("processing", None, "specialist", Clock.LEAVE_OUT),
    Verb.ASK_PAYMENT: _move("processing", State.PAYMENT, "specialist", Clock.LEAVE_OUT),
    Verb.TAKE_PAYMENT: _move(
        "payment",
        State.PROCESSING,
        "counter head_one_stop specialist",
        Clock.LEAVE_OUT,
    ),
    Verb.APOLOGISE: _move(
        "received processing",
        None,
        "signatory",
        Clock.EXTEND,
        form=4,
        record=Record.EXTEND,
    ),
    # One dossier, wherever it is routed: never counted again.
    Verb.REROUTE: _move(
        "received processing", State.RECEIVED, "head_one_stop unit_leader"
    ),
    Verb.ASK_WITHDRAWAL: _move(
        _BEFORE_DONE, State.WITHDRAWAL_ASKED, "applicant counter head_one_stop"
    ),
    Verb.KEEP: _move("withdrawal_asked", None, "applicant counter head_one_stop"),
    Verb.GRANT_WITHDRAWAL: _move(
        "withdrawal_asked",
        State.STOPPED,
        "head_one_stop signatory",
        Clock.END,
        form=5,
        record=Record.CLOSED,
    ),
    Verb.STOP: _move(
        "received processing supplement payment",
        State.STOPPED,
        "signatory",
        Clock.END,
        form=5,
        record=Record.CLOSED,
    ),
    Verb.REFUSE: _move(
        "processing", State.REFUSED, "signatory", Clock.END, record=Record.CLOSED
    ),
    Verb.DECIDE: _move(
        "processing", State.DONE, "signatory", Clock.END, record=Record.CLOSED
    ),
    # Being overdue is no ground to withhold a result.
    Verb.HAND_OVER: _move("done refused", State.RETURNED, _DESK),
}


class MoveRefused(Exception):
    """The procedure does not allow this move now, or not by this person."""

    def __init__(self, verb: Verb, state: State, why: str = "") -> None:
        super().__init__(f"{verb} refused while {state}: {why or 'not in the table'}")
        self.verb, self.state, self.why = verb, state, why


def target_of(
    verb: Verb, *, state: State, by: Collection[By], before: State | None = None
) -> State:
    """The next state; `before` is where a dossier stood when withdrawal was asked.

    Raises MoveRefused.
    """
    move = MOVES[verb]
    if state not in move.sources:
        raise MoveRefused(verb, state, "state")
    if not move.by & set(by):
        raise MoveRefused(verb, state, "role")
    if verb is Verb.KEEP:
        if before is None:
            raise MoveRefused(verb, state, "state")
        return before
    return move.target or state


def open_moves(state: State, by: Collection[By]) -> list[Verb]:
    """The buttons this person sees on a dossier in this state."""
    return [
        verb
        for verb, move in MOVES.items()
        if state in move.sources and move.by & set(by)
    ]


def may_extend(*, extended: int, allowed: int, today_is_before_due: bool) -> str:
    """Why an apology with a new date is not allowed; empty when it is.

    At the latest one day before expiry, once by default (Decree 61/2018 art. 19.9).
    """
    if extended >= allowed:
        return "extended_already"
    if not today_is_before_due:
        return "too_late_to_extend"
    return ""
