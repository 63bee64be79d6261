"""The pages: allowed, forbidden, invalid, done; and how many questions they ask."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gandan.kernel.actors import SYSTEM, Role
from gandan.kernel.localtime import at_local
from gandan.ledger.models import Event
from gandan.people.models import User
from gandan.places import actions, queries
from gandan.places.models import MobileDesk, Organisation, Seat
from tests import factories
from tests.places import NOW

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
DESK = "04.01273@2025-07-01/mc"
ENDED_DESK = "04.01267@2021-01-01/mc"
DISTRICT_DESK = "04.042@2021-01-01/mc"
COMMITTEE = "04.BCD-DCCS-DVK@2021-01-01"
UNIT = "01288@2025-07-01"


@pytest.fixture(autouse=True)
def _on_a_wednesday_morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def body(key: str) -> Organisation:
    found = queries.organisation_by_key(key)
    assert found is not None
    return found


def signed_in(role: Role, key: str) -> Client:
    factories.official(f"{role}-{key}", (role, body(key)), on=TODAY)
    client = Client()
    client.force_login(User.objects.get(username=f"{role}-{key}"))
    return client


@pytest.fixture
def admin() -> Client:
    """Administrator at the province's committee."""
    return signed_in(Role.ADMINISTRATOR, "04@2021-01-01")


@pytest.fixture
def commune_admin() -> Client:
    return signed_in(Role.ADMINISTRATOR, "04.01273@2025-07-01")


@pytest.fixture
def officer() -> Client:
    return signed_in(Role.COUNTER, DESK)


PUBLIC = [
    (reverse("places:desks"), "Trung tâm Phục vụ hành chính công phường Thục Phán"),
    (reverse("places:desks") + "?q=hop+giang", "Phường Hợp Giang"),
    (reverse("places:desks") + "?q=zzz", ""),
    (reverse("places:desk", args=[DESK]), "07:00–11:30, 13:30–17:00"),
    (reverse("places:desk", args=["04.TTPVHCC@2025-07-01"]), "tỉnh Cao Bằng"),
    (reverse("places:desk", args=[ENDED_DESK]), "phường Thục Phán"),
    (reverse("places:desk", args=[DISTRICT_DESK]), "Xã Lý Bôn"),
    (reverse("places:communes"), "Phường Hợp Giang"),
    (reverse("places:communes") + "?q=nuoc+hai", "Xã Hòa An"),
    (reverse("places:commune", args=[UNIT]), "Phường Duyệt Trung"),
    (reverse("places:commune", args=["01276@2021-01-01"]), "Phường Tân Giang"),
    (reverse("places:commune", args=["042@2021-01-01"]), "Xã Cốc Pàng"),
    (reverse("places:commune", args=["04@2021-01-01"]), "Xã Bảo Lâm"),
]


@pytest.mark.parametrize(("address", "shown"), PUBLIC)
@pytest.mark.parametrize("language", ["", "/en", "/fr"])
def test_a_public_page_opens_for_everybody(
    client: Client, language: str, address: str, shown: str
) -> None:
    page = client.get(language + address)
    assert page.status_code == 200
    assert shown in page.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/noi-tiep-nhan/04.01273@2025-07-01",  # a committee is no desk
        "/noi-tiep-nhan/04.99999@2025-07-01/mc",
        "/xa/99999@2025-07-01",
        "/xa/01267",  # its code was not used again
        "/xa/@",
    ],
)
def test_what_is_not_there_is_missing(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_bare_code_leads_to_todays_unit(client: Client) -> None:
    page = client.get("/xa/01273")
    assert page.status_code == 302
    assert page.headers["Location"] == "/xa/01273@2025-07-01"


def test_a_stray_character_in_a_search_finds_nothing(client: Client) -> None:
    page = client.get("/noi-tiep-nhan?q=\u00d0")
    assert page.status_code == 200


def test_the_desk_page_says_open_now_and_when_it_closes(client: Client) -> None:
    content = client.get(f"/en/noi-tiep-nhan/{DESK}").content.decode()
    assert "Open until 11:30" in content
    assert "These hours are the usual ones of State offices" in content
    with time_machine.travel(at_local(TODAY, time(12)), tick=False):
        content = client.get(f"/en/noi-tiep-nhan/{DESK}").content.decode()
    assert "Opens at 13:30" in content


def test_a_holiday_is_named_where_the_hours_would_be(client: Client) -> None:
    with time_machine.travel(at_local(date(2025, 9, 1), time(9)), tick=False):
        content = client.get(f"/en/noi-tiep-nhan/{DESK}").content.decode()
    assert "Closed today" in content
    assert "Quốc khánh" in content


def test_mobile_desks_are_announced(client: Client) -> None:
    actions.plan_mobile_desk(
        desk_id=body(DESK).pk,
        day=date(2025, 8, 8),
        opens=time(8),
        closes=time(10),
        place_id=body(DESK).place_id,
        location="Chợ Hợp Giang",
        by=SYSTEM,
        at=NOW,
    )
    for address in ("/noi-tiep-nhan", f"/noi-tiep-nhan/{DESK}"):
        assert "Chợ Hợp Giang" in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/noi-tiep-nhan", 3),
        ("/noi-tiep-nhan?q=xa", 3),
        ("/xa", 2),
        (f"/xa/{UNIT}", 2),
        (f"/noi-tiep-nhan/{DESK}", 3),
    ],
)
def test_a_list_asks_a_fixed_number_of_questions(
    client: Client, django_assert_max_num_queries: Any, address: str, most: int
) -> None:
    client.get(address)
    with django_assert_max_num_queries(most):
        client.get(address)


def test_fifty_bodies_ask_as_many_questions_as_one(
    officer: Client, django_assert_max_num_queries: Any
) -> None:
    for query in ("", "?q=ubnd", "?q=ủy ban nhân dân"):
        with django_assert_max_num_queries(8):
            officer.get("/danh-muc/don-vi" + query)


READ = [
    "/danh-muc/don-vi",
    "/danh-muc/don-vi?q=so+nong+nghiep",
    "/danh-muc/don-vi?loc=da-ket-thuc&trang=2",
    "/danh-muc/don-vi/chua-giao",
    "/danh-muc/don-vi/dia-ban",
    f"/danh-muc/don-vi/dia-ban/{UNIT}",
    "/danh-muc/don-vi/dia-ban/042@2021-01-01",
    f"/danh-muc/don-vi/co-quan/{DESK}",
    "/danh-muc/don-vi/co-quan/04.SO-TNMT@2021-01-01",
    "/danh-muc/don-vi/co-quan/04.042@2021-01-01",
    f"/danh-muc/don-vi/co-quan/{COMMITTEE}",
    "/danh-muc/lich",
    "/danh-muc/lich/2026",
    "/danh-muc/lich/2027",
]
CHANGE = [
    f"/danh-muc/don-vi/doi-ten/{DESK}",
    f"/danh-muc/don-vi/lien-he/{DESK}",
    f"/danh-muc/don-vi/gio-mo-cua/{DESK}",
    f"/danh-muc/don-vi/luu-dong/{DESK}",
    f"/danh-muc/don-vi/ghe/{COMMITTEE}",
    "/danh-muc/don-vi/noi-nhan-viec/04.042@2021-01-01",
    f"/danh-muc/don-vi/doi-ten-dia-ban/{UNIT}",
    "/danh-muc/don-vi/sap-nhap",
    "/danh-muc/lich/quyet-dinh",
]


@pytest.mark.parametrize("address", READ)
def test_officials_read_the_catalogue(
    client: Client, officer: Client, address: str
) -> None:
    assert officer.get(address).status_code == 200
    assert client.get(address).status_code == 302  # to the sign-in


@pytest.mark.parametrize("address", CHANGE)
def test_only_administrators_see_the_forms(
    client: Client, officer: Client, admin: Client, address: str
) -> None:
    assert admin.get(address).status_code == 200
    assert officer.get(address).status_code == 404
    assert client.get(address).status_code == 302


def test_an_administrator_of_a_commune_changes_the_own_office_alone(
    commune_admin: Client,
) -> None:
    own = {
        address for address in CHANGE if commune_admin.get(address).status_code == 200
    }
    assert own == {address for address in CHANGE if DESK in address}


@pytest.mark.parametrize("address", [*READ, *CHANGE])
@pytest.mark.parametrize("language", ["/en", "/fr"])
def test_every_page_speaks_three_languages(
    admin: Client, language: str, address: str
) -> None:
    assert admin.get(language + address).status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/danh-muc/lich/1999",
        "/danh-muc/don-vi/co-quan/04.99999@2025-07-01",
        "/danh-muc/don-vi/dia-ban/99999@2025-07-01",
        f"/danh-muc/don-vi/ghe/{DESK}",
        "/danh-muc/don-vi/het-ghe/999999",
    ],
)
def test_a_page_of_nothing_is_missing(admin: Client, address: str) -> None:
    assert admin.get(address).status_code == 404


@pytest.mark.parametrize("address", CHANGE)
def test_an_empty_form_is_refused_with_422(admin: Client, address: str) -> None:
    data = {"days-TOTAL_FORMS": "0", "days-INITIAL_FORMS": "0"}
    page = admin.post(address, data)
    # Address and telephone may both be emptied.
    assert page.status_code == (302 if "lien-he" in address else 422)


def test_an_undecreed_year_is_marked_provisional(admin: Client) -> None:
    assert "Provisional" in admin.get("/en/danh-muc/lich/2027").content.decode()
    assert "Provisional" not in admin.get("/en/danh-muc/lich/2026").content.decode()


def test_the_calendar_page_counts_the_working_days_of_the_year(admin: Client) -> None:
    """249 in 2026, as the notice's own sum says (data/README)."""
    content = admin.get("/en/danh-muc/lich/2026").content.decode()
    assert "Working days: 249" in content


def decree(**changes: str) -> dict[str, str]:
    return {
        "basis": "Thông báo 9/TB-BNV",
        "published_on": "01/08/2025",
        "scope": "",
        "year": "",
        "withdraw": "",
        "verified": "on",
        "days-TOTAL_FORMS": "2",
        "days-INITIAL_FORMS": "0",
        "days-0-day": "15/08/2025",
        "days-0-kind": "swapped_off",
        "days-0-half": "",
        "days-0-name": "Nghỉ hoán đổi",
        "days-1-day": "",
        "step": "preview",
    } | changes


def test_a_decree_is_shown_first_and_then_recorded(admin: Client) -> None:
    page = admin.post("/en/danh-muc/lich/quyet-dinh", decree())
    assert page.status_code == 200
    content = page.content.decode()
    assert "Swapped day off: Nghỉ hoán đổi" in content
    assert queries.work_calendar().is_working_day(date(2025, 8, 15))

    page = admin.post("/danh-muc/lich/quyet-dinh", decree(step="record"))
    assert page.status_code == 302
    assert not queries.work_calendar().is_working_day(date(2025, 8, 15))
    assert Event.objects.filter(kind="places.calendar_decreed.v1").count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"days-0-day": "16/08/2025"},  # a Saturday needs no day off
        {"days-0-day": "31/02/2025"},
        {"days-0-name": ""},
        {"withdraw": "32/01/2026"},
        {"withdraw": "15/09/2025"},
        {"days-0-kind": "party"},
        {"basis": ""},
        {"year": "1990"},
    ],
)
def test_a_bad_decree_keeps_what_was_typed(
    admin: Client, changes: dict[str, str]
) -> None:
    page = admin.post("/danh-muc/lich/quyet-dinh", decree(step="record", **changes))
    assert page.status_code == 422
    assert "Thông báo 9/TB-BNV" in page.content.decode() or not changes.get(
        "basis", "x"
    )
    assert not Event.objects.filter(kind="places.calendar_decreed.v1").exists()


def test_a_unit_is_renamed_after_its_preview(admin: Client) -> None:
    address = f"/en/danh-muc/don-vi/doi-ten-dia-ban/{UNIT}"
    data = {"name": "Sông Bằng", "kind": "ward", "on": "07/08/2025", "basis": "NQ 1"}
    page = admin.post(address, data | {"step": "preview"})
    assert "Đảng ủy phường Sông Bằng" in page.content.decode()
    assert queries.full_name_on(
        queries.directory().place_of_key[UNIT], date(2025, 8, 7)
    ) == ("Phường Tân Giang")
    assert admin.post(address, data | {"step": "record"}).status_code == 302
    assert queries.full_name_on(
        queries.directory().place_of_key[UNIT], date(2025, 8, 7)
    ) == ("Phường Sông Bằng")


def test_units_are_merged_after_their_preview(admin: Client) -> None:
    data = {
        "sources": ["01273@2025-07-01", "01279@2025-07-01"],
        "target": "",
        "new_kind": "ward",
        "new_code": "01273",
        "new_name": "Cao Bằng",
        "on": "01/01/2026",
        "basis": "NQ 2",
    }
    page = admin.post("/danh-muc/don-vi/sap-nhap", data | {"step": "preview"})
    assert page.status_code == 200
    assert "01273@2026-01-01" in page.content.decode()
    assert len(queries.communes(date(2026, 1, 1))) == 56
    page = admin.post("/danh-muc/don-vi/sap-nhap", data | {"step": "record"})
    assert page.status_code == 302
    assert len(queries.communes(date(2026, 1, 1))) == 55


def test_a_refused_merge_says_why(admin: Client) -> None:
    data = {
        "sources": ["01273@2025-07-01"],
        "target": "01273@2025-07-01",
        "on": "01/01/2026",
        "basis": "NQ 2",
        "step": "record",
    }
    page = admin.post("/en/danh-muc/don-vi/sap-nhap", data)
    assert page.status_code == 422
    assert "Choose the unit they go to" in page.content.decode()


def test_a_body_is_renamed_and_its_contact_and_hours_recorded(admin: Client) -> None:
    def post(verb: str, **data: str) -> int:
        return admin.post(f"/danh-muc/don-vi/{verb}/{DESK}", data).status_code

    assert post("doi-ten", name="Trung tâm A", on="06/08/2025", basis="QĐ 1") == 302
    assert post("lien-he", address="Số 1 Kim Đồng", telephone="0206 3 852 000") == 302
    assert (
        post("gio-mo-cua", starts="07/08/2025", basis="QĐ 2", friday="8:00 - 11h30")
        == 302
    )
    desk = body(DESK)
    assert (desk.name, desk.telephone) == ("Trung tâm A", "0206 3 852 000")
    assert queries.reception_spans(desk, date(2025, 8, 8)) == ((time(8), time(11, 30)),)
    assert post("gio-mo-cua", starts="09/08/2025", basis="QĐ 3", monday="late") == 422
    assert post("gio-mo-cua", starts="09/08/2025", basis="Q", monday="9-8") == 422


def test_a_day_in_a_village_is_announced_and_cancelled(admin: Client) -> None:
    data = {"day": "08/08/2025", "opens": "8h", "closes": "10:30", "location": "Chợ"}
    address = f"/danh-muc/don-vi/luu-dong/{DESK}"
    assert admin.post(address, data).status_code == 302
    assert admin.post(address, data).status_code == 422
    assert admin.post(address, data | {"opens": "soon"}).status_code == 422
    sitting = MobileDesk.objects.get()
    cancel = f"/danh-muc/don-vi/huy-luu-dong/{sitting.pk}"
    assert admin.get(cancel).status_code == 405
    assert admin.post(cancel).status_code == 302
    assert admin.post(cancel).status_code == 404
    assert not MobileDesk.objects.exists()


def test_a_receiver_is_named_on_the_page(admin: Client) -> None:
    data = {
        "receiver": "04.01290@2025-07-01",
        "starts": "01/07/2025",
        "decision_number": "12/QĐ-UBND",
        "decided_on": "25/06/2025",
    }
    address = "/danh-muc/don-vi/noi-nhan-viec/04.042@2021-01-01"
    assert admin.post(address, data).status_code == 302
    assert admin.post(address, data).status_code == 422
    assert len(queries.to_be_assigned(TODAY)) == 9
    shown = admin.get("/danh-muc/don-vi/co-quan/04.042@2021-01-01").content.decode()
    assert "12/QĐ-UBND" in shown


def test_a_seat_is_given_and_ended_on_the_page(admin: Client) -> None:
    data = {
        "role": "chair",
        "office": "Phó Bí thư Tỉnh ủy",
        "starts": "01/08/2025",
        "document": "QĐ 1",
        "follows": ["04.01273@2025-07-01"],
    }
    address = f"/danh-muc/don-vi/ghe/{COMMITTEE}"
    assert admin.post(address, data).status_code == 302
    assert admin.post(address, data).status_code == 422
    seat = Seat.objects.get()
    end = f"/danh-muc/don-vi/het-ghe/{seat.pk}"
    assert admin.get(end).status_code == 200
    assert admin.post(end, {"on": "01/08/2025"}).status_code == 422
    assert admin.post(end, {"on": "01/09/2025"}).status_code == 302


def test_the_wait_for_a_receiver_is_counted_on_the_list(officer: Client) -> None:
    content = officer.get("/en/danh-muc/don-vi").content.decode()
    assert "To be assigned" in content
    assert "(10)" in content
