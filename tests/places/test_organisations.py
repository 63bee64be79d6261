"""Bodies, their desks, and who has their open work."""

from datetime import date

import pytest

from gandan.kernel.actors import SYSTEM
from gandan.kernel.localtime import at_local
from gandan.ledger.models import Event
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused
from gandan.places.models import Organisation
from gandan.places.rules import OrganisationKind, SeatRole, Sphere
from tests.places import NOW

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 30)
JULY = date(2025, 7, 1)


def body(key: str) -> Organisation:
    found = queries.organisation_by_key(key)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("words", "on", "key"),
    [
        ("01273", JUNE, "04.01273@2021-01-01"),  # Hợp Giang
        ("01273", JULY, "04.01273@2025-07-01"),  # Thục Phán
        ("040", JUNE, "04.040@2021-01-01"),
        ("040", JULY, None),
        ("04", JULY, "04@2021-01-01"),
        ("H14", JULY, "04@2021-01-01"),
        ("H14.X01273", JUNE, "04.01273@2021-01-01"),
        ("H14.X01273", JULY, "04.01273@2025-07-01"),
        ("04.01273@2021-01-01", JUNE, "04.01273@2021-01-01"),
        ("04.01273@2021-01-01", JULY, None),  # ended: nobody acts for it
        ("04.SO-NNMT@2025-03-01", date(2025, 2, 28), None),
        ("99999", JULY, None),
    ],
)
def test_an_agency_is_found_by_key_or_code_on_its_days(
    words: str, on: date, key: str | None
) -> None:
    found = queries.agency_by(words, on)
    assert (found.key if found else None) == key


@pytest.mark.parametrize(
    ("key", "on", "desk"),
    [
        ("04.01273@2025-07-01", JULY, "04.01273@2025-07-01/mc"),
        ("04.01273@2025-07-01/kt", JULY, "04.01273@2025-07-01/mc"),
        ("04.01273@2025-07-01/mc", JULY, "04.01273@2025-07-01/mc"),
        ("04.01273@2021-01-01", JUNE, "04.01273@2021-01-01/mc"),
        ("04.042@2021-01-01", JUNE, "04.042@2021-01-01/mc"),
        # A department has a desk until the province's centre opens.
        ("04.SO-NNMT@2025-03-01", JUNE, "04.SO-NNMT@2025-03-01/mc"),
        ("04.SO-NNMT@2025-03-01", JULY, "04.TTPVHCC@2025-07-01"),
        ("04@2021-01-01", JULY, "04.TTPVHCC@2025-07-01"),
        ("04.CN-VPDKDD-042@2021-01-01", JUNE, "04.042@2021-01-01/mc"),
        ("04.CN-VPDKDD-042@2021-01-01", JULY, "04.TTPVHCC@2025-07-01"),
    ],
)
def test_the_desk_that_receives_for_a_body(key: str, on: date, desk: str) -> None:
    found = queries.desk_of(body(key), on)
    assert found is not None
    assert found.key == desk


def test_one_desk_for_every_commune_and_one_for_the_province() -> None:
    desks = queries.desks(JULY)
    assert len(desks) == 57
    assert len({desk.place_id for desk in desks}) == 57


def test_wards_and_communes_have_their_own_economic_division() -> None:
    assert body("04.01273@2025-07-01/kt").name == (
        "Phòng Kinh tế, Hạ tầng và Đô thị phường Thục Phán"
    )
    assert body("04.01290@2025-07-01/kt").name == "Phòng Kinh tế xã Bảo Lâm"


def test_numbers_of_a_part_begin_with_the_code_of_its_committee() -> None:
    assert queries.agency_code(body("04.01273@2025-07-01/mc")) == "H14.X01273"
    assert queries.agency_code(body("04.TTPVHCC@2025-07-01")) == "H14.XTTHC"


def test_codes_below_the_province_are_marked_as_ours() -> None:
    ours = Organisation.objects.filter(agency_code__gt="").exclude(agency_code="H14")
    assert ours.count() > 200
    assert set(ours.values_list("agency_code_synthetic", flat=True)) == {True}
    assert all(".X" in code for code in ours.values_list("agency_code", flat=True))


@pytest.mark.parametrize(
    ("key", "on", "receiver"),
    [
        ("04.01273@2021-01-01", JUNE, "04.01273@2021-01-01"),  # it still exists
        ("04.01273@2021-01-01", JULY, "04.01273@2025-07-01"),
        ("04.01276@2021-01-01", JULY, "04.01288@2025-07-01"),  # Tân Giang
        ("04.01276@2021-01-01/mc", JULY, "04.01288@2025-07-01/mc"),
        ("04.SO-TNMT@2021-01-01", JULY, "04.SO-NNMT@2025-03-01"),
        ("04.SO-TNMT@2021-01-01/mc", JUNE, "04.SO-NNMT@2025-03-01/mc"),
        ("04.SO-TNMT@2021-01-01/mc", JULY, "04.TTPVHCC@2025-07-01"),
        ("04.THUE@2021-01-01", JULY, "04.THUE@2025-07-01"),
        ("04.042@2021-01-01", JULY, None),  # a district: to be assigned
        ("04.042@2021-01-01/mc", JULY, None),
    ],
)
def test_open_work_goes_where_the_whole_body_went(
    key: str, on: date, receiver: str | None
) -> None:
    found = queries.receiver_of(body(key), on)
    assert (found.key if found else None) == receiver


def test_the_ten_district_committees_wait_for_a_decision() -> None:
    assert queries.to_be_assigned(JUNE) == []
    waiting = [row.organisation for row in queries.to_be_assigned(JULY)]
    assert {body.place.code for body in waiting} == {
        ["040", "042", "043", "045", "047", "048", "049", "051", "052", "053"][n]
        for n in range(10)
    }
    assert {body.kind for body in waiting} == {OrganisationKind.PEOPLE_COMMITTEE}


def name(field: str, receiver: str, starts: date = JULY, number: str = "12/QĐ") -> None:
    actions.name_receiver(
        organisation_id=body("04.042@2021-01-01").pk,
        receiver_id=body(receiver).pk,
        starts=starts,
        decision_number=number,
        decided_on=JULY,
        field=field,
        by=SYSTEM,
        at=NOW,
    )


def test_a_decision_sends_one_field_and_another_sends_the_rest() -> None:
    district = body("04.042@2021-01-01")
    name("Đất đai", "04.SO-NNMT@2025-03-01")
    assert queries.receiver_of(district, JULY) is None
    land = queries.receiver_of(district, JULY, "Đất đai")
    assert land == body("04.SO-NNMT@2025-03-01")
    (row,) = [
        row for row in queries.to_be_assigned(JULY) if row.organisation == district
    ]
    assert row.decided_fields == ("Đất đai",)

    name("", "04.01290@2025-07-01", number="13/QĐ")
    assert queries.receiver_of(district, JULY, "Hộ tịch") == body("04.01290@2025-07-01")
    assert queries.receiver_of(district, JULY, "Đất đai") == land
    assert district not in [row.organisation for row in queries.to_be_assigned(JULY)]
    desk = queries.receiver_of(body("04.042@2021-01-01/mc"), JULY)
    assert desk == body("04.01290@2025-07-01/mc")


def test_a_later_decision_stands_before_an_earlier_one() -> None:
    name("", "04.01290@2025-07-01")
    name("", "04.SO-NV@2025-03-01", starts=date(2025, 9, 1), number="20/QĐ")
    district = body("04.042@2021-01-01")
    assert queries.receiver_of(district, date(2025, 8, 31)) == body(
        "04.01290@2025-07-01"
    )
    assert queries.receiver_of(district, date(2025, 9, 1)) == body(
        "04.SO-NV@2025-03-01"
    )


def test_a_decision_writes_one_event() -> None:
    name("Đất đai", "04.SO-NNMT@2025-03-01")
    event = Event.objects.get(kind="places.receiver_named.v1")
    assert event.subject == "04.042@2021-01-01"
    assert event.payload == {
        "receiver": "04.SO-NNMT@2025-03-01",
        "field": "Đất đai",
        "decision": "12/QĐ",
    }


@pytest.mark.parametrize(
    ("receiver", "starts", "number", "reason"),
    [
        ("04.01290@2025-07-01", date(2025, 6, 1), "1/QĐ", "still_in_force"),
        ("04.043@2021-01-01", JULY, "1/QĐ", "not_in_force"),
        ("04.042@2021-01-01", JULY, "1/QĐ", "not_in_force"),
        ("04.TU@2021-01-01", JULY, "1/QĐ", "receiver_of_another_sphere"),
        ("04.01290@2025-07-01", JULY, "  ", "basis_is_empty"),
    ],
)
def test_a_receiver_is_refused(
    receiver: str, starts: date, number: str, reason: str
) -> None:
    with pytest.raises(ChangeRefused) as refused:
        name("", receiver, starts, number)
    assert refused.value.reason == reason


def test_two_receivers_of_one_field_on_one_day_are_refused() -> None:
    name("", "04.01290@2025-07-01")
    with pytest.raises(ChangeRefused) as refused:
        name("", "04.SO-NV@2025-03-01")
    assert refused.value.reason == "receiver_named_that_day"


# DESIGN rule 11: each kind of mandate is a right of its own.
@pytest.mark.parametrize(
    ("key", "sphere"),
    [
        ("04@2021-01-01", Sphere.STATE),
        ("04.01273@2025-07-01/mc", Sphere.STATE),
        ("04.TU@2021-01-01", Sphere.PARTY),
        ("04.TU-BTGDV@2025-03-01", Sphere.PARTY),
        ("04.01273@2025-07-01/du", Sphere.PARTY),
        ("04.HDND@2021-01-01", Sphere.COUNCIL),
        ("04.MTTQ@2021-01-01", Sphere.FRONT),
        ("04.HPN@2021-01-01", Sphere.FRONT),
        ("04.CA@2021-01-01", Sphere.ARMED_FORCES),
        ("04.BDBP@2021-01-01", Sphere.ARMED_FORCES),
        ("04.BUU-DIEN@2021-01-01", Sphere.OUTSIDE),
        ("04.BCD-DCCS-DVK@2021-01-01", Sphere.STEERING),
    ],
)
def test_organisations_are_more_than_agencies(key: str, sphere: Sphere) -> None:
    assert body(key).sphere is sphere


def test_every_kind_has_its_sphere() -> None:
    for kind in OrganisationKind:
        assert Organisation(kind=kind.value).sphere in Sphere


def test_the_provinces_committee_reaches_every_body_and_a_commune_its_own() -> None:
    assert queries.reach([body("04@2021-01-01").pk]) is None
    reach = queries.reach([body("04.01273@2025-07-01").pk])
    assert reach is not None
    assert {queries.directory().organisations[pk].key for pk in reach} == {
        "04.01273@2025-07-01" + part for part in ("", "/mc", "/vp", "/kt", "/vhxh")
    }
    assert queries.reach([]) == frozenset()


COMMITTEE = "04.BCD-DCCS-DVK@2021-01-01"


def test_the_committee_comes_without_seats_until_its_decision_is_loaded() -> None:
    assert queries.seats(body(COMMITTEE), JULY) == []


def seat(role: SeatRole, office: str, starts: date = JULY) -> int:
    return actions.give_seat(
        committee_id=body(COMMITTEE).pk,
        role=role,
        office=office,
        starts=starts,
        document="Quyết định 1-QĐ/TU",
        follows=[body("04.01273@2025-07-01").pk],
        by=SYSTEM,
        at=NOW,
    ).pk


def test_seats_are_held_by_offices_chair_first() -> None:
    seat(SeatRole.MEMBER, "Giám đốc Sở Nội vụ")
    seat(SeatRole.CHAIR, "Phó Bí thư Thường trực Tỉnh ủy")
    offices = [row.office for row in queries.seats(body(COMMITTEE), JULY)]
    assert offices == ["Phó Bí thư Thường trực Tỉnh ủy", "Giám đốc Sở Nội vụ"]
    assert [
        unit.key for unit in queries.seats(body(COMMITTEE), JULY)[0].follows.all()
    ] == ["04.01273@2025-07-01"]


def test_a_committee_has_one_chair_at_a_time() -> None:
    first = seat(SeatRole.CHAIR, "Phó Bí thư")
    with pytest.raises(ChangeRefused) as refused:
        seat(SeatRole.CHAIR, "Phó Chủ tịch", date(2025, 9, 1))
    assert refused.value.reason == "chair_is_taken"
    actions.end_seat(seat_id=first, on=date(2025, 9, 1), by=SYSTEM, at=NOW)
    seat(SeatRole.CHAIR, "Phó Chủ tịch", date(2025, 9, 1))
    on = [
        [row.office for row in queries.seats(body(COMMITTEE), day)]
        for day in (date(2025, 8, 31), date(2025, 9, 1))
    ]
    assert on == [["Phó Bí thư"], ["Phó Chủ tịch"]]


def test_a_change_is_seen_at_the_next_question_and_not_after_a_rollback() -> None:
    actions.set_contact(
        organisation_id=body("04.01273@2025-07-01/mc").pk,
        address="Số 1, phố Kim Đồng",
        telephone="0206 3 852 000",
        by=SYSTEM,
        at=at_local(JULY, NOW.time()),
    )
    assert body("04.01273@2025-07-01/mc").telephone == "0206 3 852 000"


def test_the_change_of_the_test_before_is_gone() -> None:
    """The token of a rolled-back change never comes back for another content."""
    assert body("04.01273@2025-07-01/mc").telephone == ""
