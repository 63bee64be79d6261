"""The table of moves, written a second time by hand from the procedure."""

from itertools import product

import pytest

from gandan.dossiers.rules.moves import (
    ENDED,
    MOVES,
    NATIONAL,
    By,
    MoveRefused,
    State,
    Verb,
    may_extend,
    open_moves,
    target_of,
)

# Written out by hand from Decree 61/2018 arts 17-20 and domain/01 §1.3, not from the
# code: verb, state, who → state after ("=" the same, "<" the one before).
DESK = ("counter", "head_one_stop")
ALLOWED: dict[tuple[str, str, str], str] = {}


def _allow(verb: str, states: str, who: tuple[str, ...] | str, after: str) -> None:
    people = (who,) if isinstance(who, str) else who
    for state, person in product(states.split(), people):
        ALLOWED[verb, state, person] = after


_allow("submit", "draft sent_back", ("applicant", *DESK), "submitted")
_allow("receive", "draft submitted", DESK, "received")
_allow("serve_at_once", "draft", DESK, "returned")
_allow("send_back", "submitted", DESK, "sent_back")
_allow("reject", "draft submitted sent_back", DESK, "rejected")
_allow("take_up", "received", "specialist", "processing")
_allow("pass_on", "processing", ("specialist", "signatory"), "=")
_allow("ask_opinion", "processing", "specialist", "=")
_allow("answer_opinion", "processing supplement payment", "specialist", "=")
_allow("chase", "processing payment", ("specialist", *DESK), "=")
_allow("ask_supplement", "received processing", "specialist", "supplement")
_allow("ask_supplement_again", "received processing", "signatory", "supplement")
_allow("take_papers", "supplement", DESK, "processing")
_allow("open_left_out", "processing", "specialist", "=")
_allow("close_left_out", "processing", "specialist", "=")
_allow("ask_payment", "processing", "specialist", "payment")
_allow("take_payment", "payment", ("specialist", *DESK), "processing")
_allow("apologise", "received processing", "signatory", "=")
_allow("reroute", "received processing", ("head_one_stop", "unit_leader"), "received")
_allow(
    "ask_withdrawal",
    "submitted sent_back received processing supplement payment",
    ("applicant", *DESK),
    "withdrawal_asked",
)
_allow("keep", "withdrawal_asked", ("applicant", *DESK), "<")
_allow(
    "grant_withdrawal", "withdrawal_asked", ("head_one_stop", "signatory"), "stopped"
)
_allow("stop", "received processing supplement payment", "signatory", "stopped")
_allow("refuse", "processing", "signatory", "refused")
_allow("decide", "processing", "signatory", "done")
_allow("hand_over", "done refused", DESK, "returned")


@pytest.mark.parametrize(("verb", "state", "by"), list(product(Verb, State, By)))
def test_only_the_written_moves_are_allowed(verb: Verb, state: State, by: By) -> None:
    expected = ALLOWED.get((verb, state, by))
    if expected is None:
        with pytest.raises(MoveRefused):
            target_of(verb, state=state, by={by}, before=State.PROCESSING)
        return
    after = {"=": state, "<": State.PROCESSING}.get(expected, expected)
    assert target_of(verb, state=state, by={by}, before=State.PROCESSING) == after


def test_nobody_moves_what_has_been_handed_over() -> None:
    assert open_moves(State.RETURNED, set(By)) == []


def test_every_state_but_a_draft_has_its_national_state() -> None:
    assert set(NATIONAL) == set(State) - {State.DRAFT}
    assert sorted(set(NATIONAL.values())) == list(range(1, 11))


def test_every_form_of_the_circular_that_a_move_prints_is_one_of_the_seven() -> None:
    printed = {move.form for move in MOVES.values() if move.form}
    assert printed == {1, 2, 3, 4, 5}  # 6 and 7 are the control slip and the register


def test_the_five_public_records_are_written_by_the_verbs_of_the_ledger() -> None:
    by_record: dict[str, set[str]] = {}
    for verb, move in MOVES.items():
        by_record.setdefault(move.record.value, set()).add(verb.value)
    assert by_record["received"] == {"receive", "serve_at_once"}
    assert by_record["need"] == {"ask_supplement", "ask_supplement_again"}
    assert by_record["got"] == {"take_papers"}
    assert by_record["extend"] == {"apologise"}
    assert by_record["closed"] == {"decide", "refuse", "grant_withdrawal", "stop"}


@pytest.mark.parametrize(
    ("extended", "before_due", "why"),
    [
        (0, True, ""),
        (0, False, "too_late_to_extend"),
        (1, True, "extended_already"),
        (1, False, "extended_already"),
    ],
)
def test_one_apology_and_only_before_the_due_day(
    extended: int, before_due: bool, why: str
) -> None:
    found = may_extend(extended=extended, allowed=1, today_is_before_due=before_due)
    assert found == why


def test_no_ended_dossier_runs_a_clock() -> None:
    assert all(state not in MOVES[Verb.ASK_SUPPLEMENT].sources for state in ENDED)
