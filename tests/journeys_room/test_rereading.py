"""A decree and an ended body, and what they do to open work."""

from dataclasses import replace
from datetime import date

import pytest

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.journeys import rereading, taking_over
from gandan.kernel.actors import SYSTEM, Role
from gandan.kernel.calendar import DayKind
from gandan.ledger.models import Event
from gandan.places import actions as places
from gandan.places import queries
from gandan.places.actions import DayIn
from tests.factories import at, committee, official, opening, processing, received
from tests.launch.watching import wait_until

pytestmark = pytest.mark.django_db

LAND = "1.013978"


def decree(*days: date) -> None:
    """The Prime Minister gives these days off, published late."""
    places.decree_calendar(
        days=[DayIn(day, DayKind.HOLIDAY, "Nghỉ theo quyết định") for day in days],
        basis="Quyết định 99/QĐ-TTg (thử)",
        published_at=at("2025-06-11"),
        by=SYSTEM,
        at=at("2025-06-11"),
    )
    queries.unpin()


def test_a_decree_moves_open_clocks_with_an_event_and_keeps_the_promise() -> None:
    dossier = processing(at("2025-06-10"), procedure=LAND, case="registration")
    before = dossier.due_on
    decree(date(2025, 6, 16))
    moved = rereading.reread_all(because="QĐ 99", at=at("2025-06-11"))
    dossier.refresh_from_db()
    assert moved == 1
    assert before is not None
    assert dossier.due_on is not None
    assert dossier.due_on > before
    assert dossier.promised_on == before
    event = Event.objects.get(kind="dossiers.clock_reread.v1")
    assert event.payload["before"] == before.isoformat()


def test_reading_twice_changes_nothing() -> None:
    processing(at("2025-06-10"), procedure=LAND, case="registration")
    decree(date(2025, 6, 16))
    assert rereading.reread_all(because="QĐ 99", at=at("2025-06-11")) == 1
    assert rereading.reread_all(because="QĐ 99", at=at("2025-06-11")) == 0


def test_a_clock_that_ends_before_the_new_day_off_stays() -> None:
    dossier = received(at("2025-06-10"))
    decree(date(2025, 6, 16))
    assert rereading.preview() == []
    dossier.refresh_from_db()
    assert dossier.due_on == date(2025, 6, 11)


@pytest.mark.django_db(transaction=True)
def test_the_journal_tells_the_follower_once() -> None:
    processing(at("2025-06-10"), procedure=LAND, case="registration")
    decree(date(2025, 6, 16))
    # A transaction open elsewhere in the cluster holds the follower back meanwhile.
    wait_until(lambda: rereading.follow_decrees(at=at("2025-06-11")) == 1)
    assert rereading.follow_decrees(at=at("2025-06-11")) == 0


def test_open_work_of_a_merged_commune_goes_to_its_successor() -> None:
    dossier = processing(at("2025-06-27"), procedure=LAND, case="registration")
    old = dossier.competent
    assert taking_over.assign_ended(at=at("2025-07-01")) == 1
    dossier.refresh_from_db()
    assert dossier.competent == committee(date(2025, 7, 1))
    assert dossier.competent != old
    assert dossier.first_competent == old
    assert dossier.officer is None


def test_open_work_of_a_district_waits_until_a_decision_names_who_has_it() -> None:
    on = date(2025, 6, 10)
    district = queries.agency_by("040", on)
    assert district is not None
    desk = queries.desk_of(district, on)
    base = opening(on, procedure=LAND, case="registration")
    counter = official("district", (Role.COUNTER, desk), on=on)  # type: ignore[arg-type]
    made = actions.open_and_receive(
        replace(base, competent=district, received_by=desk),
        by=counter,
        at=at("2025-06-27"),
    ).dossier
    assert taking_over.assign_ended(at=at("2025-07-01")) == 0
    (waiting,) = taking_over.to_be_assigned(at=at("2025-07-01"))
    assert (waiting.body, waiting.dossiers) == (district, 1)
    places.name_receiver(
        organisation_id=district.pk,
        receiver_id=committee(date(2025, 7, 1)).pk,
        field="",
        starts=date(2025, 7, 1),
        decision_number="12/QĐ-UBND",
        decided_on=date(2025, 6, 30),
        by=SYSTEM,
        at=at("2025-07-01"),
    )
    queries.unpin()
    assert taking_over.assign_ended(at=at("2025-07-01")) == 1
    assert Dossier.objects.get(pk=made.pk).competent == committee(date(2025, 7, 1))
