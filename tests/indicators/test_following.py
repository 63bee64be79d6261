"""The journal followed: no event lost, none twice, and states that equal the facts."""

import random
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused
from gandan.figures.facts import day_number, half_of
from gandan.figures.models import Delta, Follower, State
from gandan.indicators.models import DossierFact, LeftOutFact, VisitFact
from gandan.indicators.states.counting_anew import count_everything, know_measures
from gandan.indicators.states.following import Busy, alone, catch_up, fold, follow
from gandan.ledger.models import Event
from tests.dossiers.book import book, line, load
from tests.factories import (
    TUESDAY,
    at,
    counter,
    processing,
    received,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2025, 6, 10)
WANTED = [{"key": "map", "name": "Mảnh trích đo", "why": "chưa ký"}]
WARD = "04.01273@2025-01-01"
Cells = dict[tuple[str, str, str, int, int], int]


@pytest.fixture(autouse=True)
def _measures() -> None:
    know_measures()


def states() -> Cells:
    """States and deltas, added up."""
    cells: Cells = {}
    for model in (State, Delta):
        rows = model.objects.values_list(
            "measure__code", "unit", "procedure", "half", "key", "n"
        )
        for measure, unit, procedure, half, key, n in rows:
            cell = (measure, unit, procedure, half, key)
            cells[cell] = cells.get(cell, 0) + n
    return {key: n for key, n in cells.items() if n}


def counted_anew() -> Cells:
    found: Cells = {}

    class Enough(Exception):
        pass

    try:
        with transaction.atomic():
            count_everything()
            found = states()
            raise Enough
    except Enough:
        return found


def fact(dossier: Dossier) -> Any:
    return DossierFact._default_manager.get(record=str(dossier.public_id))


def total(code: str) -> int:
    return sum(n for key, n in states().items() if key[0] == code and key[2] == "")


def decided(dossier: Dossier, when: str) -> None:
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=at(when))


def test_one_act_is_one_count_however_often_it_is_looked_for() -> None:
    received(TUESDAY)
    for _turn in range(3):
        catch_up()
    assert total("received") == 1
    assert Follower.objects.get().event == Event.objects.latest("id").pk


def test_a_turn_reads_no_further_than_it_is_asked_and_goes_on_from_there() -> None:
    for _dossier in range(3):
        received(TUESDAY)
    turns = 0
    while follow(limit=1).events:
        turns += 1
    assert turns == Event.objects.count()
    assert total("received") == 3


def test_a_row_says_what_happened_by_the_days_of_the_law() -> None:
    dossier = processing(TUESDAY)
    decided(dossier, "2025-06-11")
    catch_up()
    row = fact(dossier)
    assert row.received_day == day_number(TUESDAY.date())
    assert row.received_half == half_of(TUESDAY.date())
    assert row.ended_day == day_number(date(2025, 6, 11))
    assert row.outcome == "result"
    assert row.unit.startswith("04.01273")
    assert (row.working_days, row.days_all) == (1, 1)


def test_a_supplement_is_an_interval_of_the_applicant_and_stops_the_promise() -> None:
    dossier = processing(TUESDAY, procedure="1.013978", case="registration")
    promised = fact_after_catching_up(dossier).promised_day
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=WANTED, by=specialist(ON), at=at("2025-06-12")
    )
    catch_up()
    interval: Any = LeftOutFact._default_manager.get(record=str(dossier.public_id))
    assert (interval.kind, interval.owner, interval.ended_day) == (
        "supplement",
        "applicant",
        None,
    )
    actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-17"))
    row = fact_after_catching_up(dossier)
    interval = LeftOutFact._default_manager.get()
    assert interval.days == 5
    assert row.supplements == 1
    assert row.promised_day == promised < row.due_day


def fact_after_catching_up(dossier: Dossier) -> Any:
    catch_up()
    return fact(dossier)


def test_what_a_record_counted_for_before_is_taken_back() -> None:
    dossier = processing(TUESDAY)
    catch_up()
    assert total("open_since") == 1
    decided(dossier, "2025-06-11")
    catch_up()
    assert total("open_since") == 0
    assert total("resolved") == 1
    assert states() == counted_anew()


def test_a_late_correction_moves_the_count_to_where_it_belongs() -> None:
    dossier = processing(TUESDAY)
    catch_up()
    Dossier.objects.filter(pk=dossier.pk).update(channel="online")
    again(dossier)
    assert total("received_online") == 1
    assert total("received_counter") == 0


def test_a_record_that_is_gone_counts_no_more() -> None:
    kept, gone = received(TUESDAY), received(TUESDAY)
    catch_up()
    gone.delete()  # as an archive would: no action deletes a received dossier today
    again(gone)
    assert total("received") == 1
    assert fact(kept)


def again(dossier: Dossier) -> None:
    """One more event of the same record."""
    last = Event.objects.filter(subject=str(dossier.public_id)).latest("id")
    Event.objects.create(
        kind=last.kind,
        subject=last.subject,
        organisation=last.organisation,
        payload=last.payload,
        by_kind="system",
        occurred_at=last.occurred_at,
    )
    catch_up()


def test_an_imported_history_is_followed_as_one_batch(tmp_path: Path) -> None:
    load(
        book(
            tmp_path,
            line(1),
            line(2, ended_on="2025-03-20", returned_on="2025-03-20"),
            line(3, ended_on="", outcome="", returned_on="", channel="online"),
            line(4, pauses="2025-03-12..2025-03-14"),
        )
    )
    catch_up()
    assert total("received") == 4
    assert total("received_online") == 1
    assert total("resolved") == 3
    assert LeftOutFact._default_manager.count() == 1
    assert states() == counted_anew()


def test_imported_nonsense_is_counted_as_it_stands(tmp_path: Path) -> None:
    load(book(tmp_path, line(1, ended_on="2025-03-01", returned_on="")))
    catch_up()
    row: Any = DossierFact._default_manager.get()
    assert row.days_all == -9
    assert row.judged_extended == "early"
    assert states() == counted_anew()


def test_an_event_of_an_open_transaction_is_not_passed_by() -> None:
    """The writer that began first commits last: ids are no order."""
    received(TUESDAY)  # and its officer has an account
    catch_up()
    begun, finish = threading.Event(), threading.Event()

    def slow() -> None:
        try:
            with transaction.atomic():
                received(at("2025-06-11"))  # of another day: numbers lock by day
                begun.set()
                finish.wait(20)
        finally:
            connection.close()

    writer = threading.Thread(target=slow)
    writer.start()
    assert begun.wait(20)
    received(at("2025-06-10", "09:30"))
    while follow().events:
        pass
    seen = total("received")
    finish.set()
    writer.join()
    catch_up()
    assert seen == 1  # the third lies above the second, which is still open
    assert total("received") == 3


def test_two_followers_never_read_the_same_turn() -> None:
    received(TUESDAY)
    held, leave = threading.Event(), threading.Event()

    def other() -> None:
        try:
            with alone():
                held.set()
                leave.wait(20)
        finally:
            connection.close()

    thread = threading.Thread(target=other)
    thread.start()
    assert held.wait(20)
    with pytest.raises(Busy):
        follow()
    leave.set()
    thread.join()
    catch_up()
    assert total("received") == 1


def test_folding_changes_no_sum_and_leaves_no_delta() -> None:
    received(TUESDAY)
    follow()
    before = states()
    assert Delta.objects.exists()
    fold()
    assert states() == before
    assert not Delta.objects.exists()


def test_a_turn_that_breaks_leaves_everything_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    received(TUESDAY)

    def broken(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("the power is gone")

    monkeypatch.setattr(Follower, "save", broken)
    with pytest.raises(RuntimeError):
        follow()
    monkeypatch.undo()
    assert not DossierFact._default_manager.exists()
    assert states() == {}
    catch_up()
    assert total("received") == 1


def test_a_guided_visit_counts_and_the_slip_that_closes_it_is_seen() -> None:
    from tests.dossiers.test_visits import guided  # the desk's own story

    guided()
    catch_up()
    assert VisitFact._default_manager.count() == 1
    assert total("guided_visits") == 1


Act = Callable[[Dossier], object]


def _acts(day: str) -> list[Act]:
    return [
        lambda d: actions.take_up(dossier_id=d.pk, by=specialist(ON), at=at(day)),
        lambda d: actions.ask_supplement(
            dossier_id=d.pk, wanted=WANTED, by=specialist(ON), at=at(day)
        ),
        lambda d: actions.take_papers(dossier_id=d.pk, by=counter(ON), at=at(day)),
        lambda d: actions.decide(dossier_id=d.pk, by=signatory(ON), at=at(day)),
        lambda d: actions.refuse(
            dossier_id=d.pk, reason="Thiếu căn cứ", by=signatory(ON), at=at(day)
        ),
        lambda d: actions.hand_over(dossier_id=d.pk, by=counter(ON), at=at(day)),
    ]


@pytest.mark.parametrize("seed", range(3))
def test_whatever_happens_in_whatever_order_states_equal_the_facts(seed: int) -> None:
    chance = random.Random(seed)
    dossiers = [
        received(TUESDAY, procedure="1.013978", case="registration") for _ in range(6)
    ]
    done = 0
    for step in range(40):
        act = chance.choice(_acts(f"2025-06-{11 + step // 3:02}"))
        try:
            with transaction.atomic():
                act(chance.choice(dossiers))
            done += 1
        except (MoveRefused, actions.DossierChanged):
            continue
        if chance.random() < 0.3:
            follow(limit=chance.randint(1, 5))
        if chance.random() < 0.2:
            fold()
    catch_up()
    assert done > 5
    assert states() == counted_anew()
