"""Two administrators press the same button: one change, one refusal."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier

import pytest
from django.db import connection

from gandan.kernel.actors import SYSTEM
from gandan.kernel.calendar import DayKind
from gandan.ledger.models import Event
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused, DayIn, NewUnit
from gandan.places.rules import Kind, SeatRole
from tests.places import NOW

pytestmark = pytest.mark.django_db(transaction=True)

JULY = date(2025, 7, 1)


def pk(key: str) -> int:
    book = queries.directory()
    found = book.place_of_key.get(key) or book.organisation_of_key[key]
    return found.pk


def merge() -> None:
    actions.merge_places(
        source_ids=[pk("01273@2025-07-01"), pk("01279@2025-07-01")],
        target=NewUnit("01273", Kind.WARD, "Cao Bằng"),
        on=date(2026, 1, 1),
        basis="NQ 2",
        by=SYSTEM,
        at=NOW,
    )


def rename() -> None:
    actions.rename_place(
        place_id=pk("01288@2025-07-01"),
        on=date(2025, 8, 6),
        name="Sông Bằng",
        basis="NQ 1",
        by=SYSTEM,
        at=NOW,
    )


def decree() -> None:
    actions.decree_calendar(
        days=[DayIn(date(2026, 10, 5), DayKind.SWAPPED_OFF, "Nghỉ")],
        basis="TB 1",
        published_at=NOW,
        by=SYSTEM,
        at=NOW,
    )


def receiver() -> None:
    actions.name_receiver(
        organisation_id=pk("04.042@2021-01-01"),
        receiver_id=pk("04.01290@2025-07-01"),
        starts=JULY,
        decision_number="12/QĐ",
        decided_on=JULY,
        by=SYSTEM,
        at=NOW,
    )


def chair() -> None:
    actions.give_seat(
        committee_id=pk("04.BCD-DCCS-DVK@2021-01-01"),
        role=SeatRole.CHAIR,
        office="Phó Bí thư",
        starts=JULY,
        document="QĐ 1",
        by=SYSTEM,
        at=NOW,
    )


def mobile_day() -> None:
    actions.plan_mobile_desk(
        desk_id=pk("04.01273@2025-07-01/mc"),
        day=date(2025, 8, 8),
        opens=time(8),
        closes=time(10),
        place_id=pk("01273@2025-07-01"),
        location="Chợ",
        by=SYSTEM,
        at=NOW,
    )


@pytest.mark.parametrize(
    ("press", "kind"),
    [
        (merge, "places.units_merged.v1"),
        (rename, "places.unit_renamed.v1"),
        (decree, "places.calendar_decreed.v1"),
        (receiver, "places.receiver_named.v1"),
        (chair, "places.seat_given.v1"),
        (mobile_day, "places.mobile_desk_planned.v1"),
    ],
)
def test_two_presses_are_one_change(press: Callable[[], None], kind: str) -> None:
    together = Barrier(2)

    def one() -> str:
        try:
            together.wait(timeout=10)
            press()
        except ChangeRefused as refusal:
            return refusal.reason
        else:
            return "done"
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = [future.result() for future in [pool.submit(one), pool.submit(one)]]
    assert sorted(outcome == "done" for outcome in outcomes) == [False, True]
    assert Event.objects.filter(kind=kind).count() == 1
