"""What the database refuses, whoever writes."""

from collections.abc import Callable
from datetime import date, time
from decimal import Decimal
from typing import Any

import pytest
from django.db import DataError, IntegrityError, transaction

from gandan.places import queries
from gandan.places.models import (
    CalendarDay,
    DataVersion,
    OpeningHours,
    Organisation,
    Place,
    PlaceAttribute,
    PlaceName,
    Receiver,
    Seat,
    Succession,
)

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)


def unit(**changes: Any) -> Place:
    row: dict[str, Any] = {
        "key": "09999@2025-07-01",
        "code": "09999",
        "level": "commune",
        "kind": "commune",
        "name": "Thử",
        "full_name": "Xã Thử",
        "fold": "xa thu",
        "sort_key": "t",
        "parent": queries.place_by_key("04@2021-01-01"),
        "starts": JULY,
        "source": "test",
    }
    return Place.objects.create(**row | changes)


def committee(**changes: Any) -> Organisation:
    row: dict[str, Any] = {
        "key": "04.09999@2025-07-01",
        "kind": "people_committee",
        "name": "Ủy ban nhân dân xã Thử",
        "fold": "x",
        "sort_key": "x",
        "place": queries.place_by_key("04@2021-01-01"),
        "starts": JULY,
        "source": "test",
    }
    return Organisation.objects.create(**row | changes)


def _place(key: str = "01273@2025-07-01") -> Place:
    found = queries.place_by_key(key)
    assert found is not None
    return found


def _body() -> Organisation:
    found = queries.organisation_by_key("04.01273@2025-07-01")
    assert found is not None
    return found


def _attribute(**changes: Any) -> PlaceAttribute:
    row = {
        "place": _place(),
        "kind": "mountain",
        "starts": JULY,
        "legal_basis": "b",
        "source": "s",
    }
    return PlaceAttribute.objects.create(**row | changes)


def _seat(**changes: Any) -> Seat:
    row = {
        "committee": queries.organisation_by_key("04.BCD-DCCS-DVK@2021-01-01"),
        "role": "chair",
        "office": "Phó Bí thư",
        "starts": JULY,
        "document": "d",
    }
    return Seat.objects.create(**row | changes)


def _hours(**changes: Any) -> OpeningHours:
    row = {"weekday": 0, "opens": time(9), "closes": time(10), "starts": JULY}
    return OpeningHours.objects.create(**row | changes)


REFUSED: dict[str, Callable[[], object]] = {
    "place_key_key": lambda: (unit(), unit(code="09998")),
    "place_code_names_one_unit_a_day": lambda: unit(code="01273"),
    "place_ends_after_it_starts": lambda: unit(ends=JULY),
    "place_kind_is_of_its_level": lambda: unit(kind="district"),
    "place_has_a_parent_below_the_province": lambda: unit(parent=None),
    "place_lies_in_viet_nam": lambda: unit(lat=Decimal(48), lon=Decimal(2)),
    "place_has_an_area_above_zero": lambda: unit(area_km2=Decimal(0)),
    "place_full_name_is_nfc": lambda: unit(full_name="Xa\u0303 Thử"),
    "placename_is_one_a_day": lambda: PlaceName.objects.create(
        place=_place(),
        kind="ward",
        name="A",
        full_name="Phường A",
        fold="a",
        starts=date(2026, 1, 1),
    ),
    "placeattribute_has_one_value_a_day": lambda: (
        _attribute(),
        _attribute(starts=date(2026, 1, 1)),
    ),
    "placeattribute_has_a_known_kind": lambda: _attribute(kind="lovely"),
    "succession_of_a_whole_unit_is_one": lambda: Succession.objects.create(
        source=_place("01276@2021-01-01"),
        target=_place(),
        on=JULY,
        kind="merge",
        basis="b",
    ),
    "succession_has_a_target_unless_dissolved": lambda: Succession.objects.create(
        source=_place(), target=None, on=JULY, kind="merge", basis="b"
    ),
    "succession_goes_to_another_unit": lambda: Succession.objects.create(
        source=_place(), target=_place(), on=JULY, kind="merge", basis="b"
    ),
    "organisation_agency_code_is_held_by_one": lambda: committee(
        agency_code="H14.X01273"
    ),
    "organisation_agency_code_is_well_formed": lambda: committee(agency_code="h14 x"),
    "organisation_has_a_known_kind": lambda: committee(kind="club"),
    "receiver_is_another_organisation": lambda: Receiver.objects.create(
        organisation=_body(),
        receiver=_body(),
        starts=JULY,
        decision_number="1",
        decided_on=JULY,
    ),
    "seat_chairs_are_one_at_a_time": lambda: (_seat(), _seat(starts=date(2026, 1, 1))),
    "seat_is_given_by_a_document": lambda: _seat(document=""),
    "calendarday_is_decreed_once": lambda: CalendarDay.objects.create(
        day=date(2026, 9, 2), kind="holiday", name="Quốc khánh", legal_basis="b"
    ),
    "calendarday_has_a_known_kind": lambda: CalendarDay.objects.create(
        day=date(2026, 10, 2), kind="bored", name="x", legal_basis="b"
    ),
    "openinghours_do_not_overlap": lambda: _hours(),
    "openinghours_has_a_weekday": lambda: _hours(weekday=7),
    "openinghours_closes_after_it_opens": lambda: _hours(
        opens=time(20), closes=time(19)
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name: str) -> None:
    with pytest.raises((IntegrityError, DataError)) as refused, transaction.atomic():
        REFUSED[name]()
    assert name in str(refused.value) or "range lower bound" in str(refused.value)


def test_a_code_may_be_held_again_after_it_was_free() -> None:
    assert unit(code="01705").code == "01705"


def test_a_kind_may_hold_again_and_another_at_the_same_time() -> None:
    _attribute(ends=date(2026, 1, 1))
    _attribute(starts=date(2026, 1, 1))
    assert _attribute(kind="border").pk


@pytest.mark.parametrize(
    ("family", "change"),
    [
        ("places", lambda: unit()),
        ("places", lambda: committee()),
        ("places", lambda: Organisation.objects.filter(pk=-1).update(name="x")),
        ("calendar", lambda: _hours(weekday=6)),
        (
            "calendar",
            lambda: CalendarDay.objects.filter(day=date(2026, 9, 2)).delete(),
        ),
    ],
)
def test_every_statement_renews_the_token_of_its_family(
    family: str, change: Callable[[], object]
) -> None:
    def tokens() -> dict[str, object]:
        return dict(DataVersion.objects.values_list("name", "token"))

    before = tokens()
    change()
    after = tokens()
    assert {name for name in after if after[name] != before[name]} == {family}


def test_a_page_may_write_the_token(as_web: None) -> None:
    unit()
    assert queries.place_by_key("09999@2025-07-01") is not None
