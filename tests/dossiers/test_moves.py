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
from tests.dossiers.allowed import ALLOWED


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
