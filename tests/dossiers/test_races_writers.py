"""Many writers at once: numbers are given once, and the ledger holds exactly what was
committed (LEDGER §11: 16 writers with rollbacks, entries = committed events)."""

import json
import random
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from django.db import connection, connections, transaction

from gandan.dossiers import actions
from gandan.dossiers.models import CodeCounter, Dossier
from gandan.dossiers.numbering import LAST_NUMBER, NumbersUsedUp
from gandan.dossiers.rules.moves import MoveRefused
from gandan.duties.models import Duty
from gandan.ledger.models import Entry, Event, Pending, Private, Record
from tests.factories import (
    TUESDAY,
    at,
    counter,
    desk,
    head,
    opening,
    processing,
    signatory,
    specialist,
)
from tests.launch.watching import wait_until

pytestmark = pytest.mark.django_db(transaction=True)

ON = date(2025, 6, 10)
WRITERS = 16


class ThrownAway(Exception):
    """The transaction of a writer is rolled back at its very end."""


def in_threads(jobs: list[Callable[[], Any]]) -> list[Any]:
    """All begin together; what one of them raised is raised here."""
    together = threading.Barrier(len(jobs))

    def run(job: Callable[[], Any]) -> Any:
        together.wait(timeout=20)
        try:
            return job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        return [
            future.result(timeout=120)
            for future in [*map(pool.submit, [run] * len(jobs), jobs)]
        ]


# --- numbers -------------------------------------------------------------------------


def test_desks_and_officers_that_receive_at_once_never_share_a_number() -> None:
    """Two desks, four officers each, ten dossiers an officer; some are rolled back."""
    commune, other = counter(ON), counter(ON, "01279")
    kept: list[str] = []

    def officer(code: str, number: int) -> Callable[[], None]:
        by = commune if code == "01273" else other

        def run() -> None:
            for turn in range(10):
                try:
                    with transaction.atomic():
                        receipt = actions.open_and_receive(
                            opening(ON, code=code), by=by, at=TUESDAY
                        )
                        if (turn + number) % 4 == 0:
                            raise ThrownAway
                    kept.append(str(receipt.dossier.code))
                except ThrownAway:
                    continue

        return run

    in_threads([officer(c, n) for c in ("01273", "01279") for n in range(4)])

    codes = list(Dossier.objects.values_list("code", flat=True))
    assert sorted(map(str, codes)) == sorted(kept)
    assert len(set(codes)) == len(codes) == 80 - 20
    numbers = [int(str(code)[-4:]) for code in codes]
    assert all(1 <= number <= LAST_NUMBER for number in numbers)


def _used_up(last: int) -> None:
    CodeCounter.objects.create(organisation=desk(ON), day=ON, last=last)


def test_the_last_number_of_a_day_is_6999_and_the_next_one_is_refused() -> None:
    """7000–9999 stay free for offline stations."""
    _used_up(LAST_NUMBER - 1)
    receipt = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
    assert str(receipt.dossier.code).endswith("-250610-6999")
    with pytest.raises(NumbersUsedUp):
        actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
    assert Dossier.objects.count() == 1
    assert CodeCounter.objects.get().last == LAST_NUMBER
    # The next day begins anew.
    tomorrow = at("2025-06-11")
    again = actions.open_and_receive(
        opening(date(2025, 6, 11)), by=counter(ON), at=tomorrow
    )
    assert str(again.dossier.code).endswith("-250611-0001")


def test_the_last_number_wanted_twice_at_once_is_given_once() -> None:
    _used_up(LAST_NUMBER - 1)
    by = counter(ON)

    def press() -> str:
        try:
            receipt = actions.open_and_receive(opening(ON), by=by, at=TUESDAY)
        except NumbersUsedUp:
            return "used up"
        return str(receipt.dossier.code)[-4:]

    assert sorted(in_threads([press, press])) == ["6999", "used up"]
    assert Dossier.objects.count() == 1


# --- the ledger -----------------------------------------------------------------------

# Verbs by which the writers move shared dossiers, with the records each writes.
Move = tuple[str, Callable[[int, Any], Any], list[str]]
MOVES: list[Move] = [
    (
        "documents_asked",
        lambda pk, at: actions.ask_supplement(
            dossier_id=pk,
            wanted=[{"key": "map", "name": "Mảnh trích đo", "why": ""}],
            by=specialist(ON),
            at=at,
        ),
        ["need"],
    ),
    (
        "documents_taken",
        lambda pk, at: actions.take_papers(dossier_id=pk, by=counter(ON), at=at),
        ["got"],
    ),
    (
        "left_out_opened",
        lambda pk, at: actions.open_left_out(
            dossier_id=pk,
            kind="measuring",
            owner="Đo đạc",
            paper="CV 1",
            by=specialist(ON),
            at=at,
        ),
        [],
    ),
    (
        "left_out_closed",
        lambda pk, at: actions.close_left_out(
            dossier_id=pk, kind="measuring", paper="M 1", by=specialist(ON), at=at
        ),
        ["extend"],
    ),
    (
        "extended",
        lambda pk, at: actions.apologise(
            dossier_id=pk,
            reason="Đo chậm",
            new_due=date(2025, 9, 30),
            by=signatory(ON),
            at=at,
        ),
        ["extend"],
    ),
    (
        "withdrawal_asked",
        lambda pk, at: actions.ask_withdrawal(dossier_id=pk, by=counter(ON), at=at),
        [],
    ),
    ("kept", lambda pk, at: actions.keep(dossier_id=pk, by=counter(ON), at=at), []),
    (
        "ended",
        lambda pk, at: actions.grant_withdrawal(dossier_id=pk, by=head(ON), at=at),
        ["closed"],
    ),
    (
        "ended",
        lambda pk, at: actions.decide(dossier_id=pk, by=signatory(ON), at=at),
        ["closed"],
    ),
]


def test_sixteen_writers_with_rollbacks_leave_exactly_what_they_committed() -> None:
    for make in (counter, specialist, signatory, head):
        make(ON)
    shared = [
        processing(TUESDAY, procedure="1.013978", case="registration").pk
        for _number in range(6)
    ]
    started = Counter(received=len(shared), taken_up=len(shared))
    done: list[str] = []
    recorded: list[str] = ["received"] * len(shared)

    def writer(seed: int) -> Callable[[], None]:
        chance = random.Random(seed)

        def act() -> tuple[str, list[str]]:
            if chance.random() < 0.3:
                actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
                return "received", ["received"]
            kind, move, wrote = chance.choice(MOVES)
            move(chance.choice(shared), at("2025-06-11"))
            return kind, wrote

        def run() -> None:
            for _turn in range(25):
                try:
                    with transaction.atomic():
                        kind, wrote = act()
                        if chance.random() < 0.3:
                            raise ThrownAway
                except (ThrownAway, MoveRefused):
                    continue
                done.append(kind)
                recorded.extend(wrote)

        return run

    in_threads([writer(seed) for seed in range(WRITERS)])

    assert len(done) > WRITERS  # enough went through for the rest to mean something
    kinds = Counter(
        kind.removeprefix("dossiers.").removesuffix(".v1")
        for kind in Event.objects.filter(kind__startswith="dossiers.").values_list(
            "kind", flat=True
        )
    )
    assert kinds == started + Counter(done)
    assert [model.objects.count() for model in (Entry, Record, Private, Pending)] == [
        len(recorded)
    ] * 4
    found = Counter(
        json.loads(bytes(row))["event"]
        for row in Record.objects.values_list("record", flat=True)
    )
    assert found == Counter(recorded)

    for dossier in Dossier.objects.all():
        seqs = Record.objects.filter(dossier=dossier.ledger_id).order_by("seq")
        assert list(seqs.values_list("seq", flat=True)) == [*range(dossier.ledger_seq)]
        first = json.loads(bytes(seqs[0].record))
        assert first["event"] == "received"
        assert (
            Duty.objects.filter(
                subject=str(dossier.public_id), done_at__isnull=True
            ).count()
            <= 1
        )


def test_the_journal_read_below_the_oldest_open_transaction_misses_nothing() -> None:
    """Followers read `xid < pg_snapshot_xmin`: row ids commit out of order, and still
    what they have read once never grows behind them."""
    by = counter(ON)
    slow_wrote, go_on = threading.Event(), threading.Event()
    seen: list[set[int]] = []

    def follow() -> set[int]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT id FROM ledger_event WHERE kind LIKE 'dossiers.%'"
                " AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
            )
            return {row[0] for row in cursor}

    def slow() -> None:
        with transaction.atomic():
            actions.open_and_receive(opening(ON), by=by, at=TUESDAY)
            slow_wrote.set()
            assert go_on.wait(timeout=20)

    def quick() -> None:
        assert slow_wrote.wait(timeout=20)
        other = counter(ON, "01279")
        actions.open_and_receive(opening(ON, code="01279"), by=other, at=TUESDAY)
        seen.append(follow())
        go_on.set()

    in_threads([slow, quick])
    ids = set(
        Event.objects.filter(kind__startswith="dossiers").values_list("id", flat=True)
    )
    # The quick one has committed, yet it stands above the open transaction.
    assert seen == [set()]
    # A transaction open elsewhere in the cluster holds the follower back meanwhile.
    wait_until(lambda: follow() == ids)
    assert len(ids) == 2
