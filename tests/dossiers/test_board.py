"""Late by agency and field: integers, the viewer's own reach, never a person."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gandan.dossiers import access, actions, queries
from gandan.dossiers.models import Dossier
from gandan.kernel.actors import Actor, Role
from gandan.places import queries as places
from gandan.places.rules import OrganisationKind
from tests.dossiers.conftest import NOW, TODAY, holder_of, signed_in
from tests.dossiers.desk_pages import LAND, text_of
from tests.factories import (
    at,
    committee,
    counter,
    official,
    opening,
    processing,
    received,
    specialist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]

BOARD = "/tong-quan"


def steering() -> Actor:
    province = places.agency_by("04", TODAY)
    assert province is not None
    return official("steering", (Role.PROVINCE_STEERING, province), on=TODAY)


def leader(code: str = "01273") -> Actor:
    return official(
        f"leader-{code}", (Role.UNIT_LEADER, committee(TODAY, code)), on=TODAY
    )


def department() -> Dossier:
    """A dossier a department decides, late since long."""
    departments = places.of_kind(OrganisationKind.DEPARTMENT, TODAY)
    body = next(each for each in departments if "Tư pháp" in each.name)
    when = at("2026-03-02")
    receipt = actions.open_and_receive(
        opening(TODAY, competent=body), by=counter(TODAY), at=when
    )
    return receipt.dossier


def elsewhere() -> Dossier:
    receipt = actions.open_and_receive(
        opening(TODAY, code="01279"), by=counter(TODAY, "01279"), at=at("2026-03-20")
    )
    return receipt.dossier


@pytest.mark.parametrize("role", list(Role))
def test_the_board_is_for_steering_and_leaders(role: Role) -> None:
    client = signed_in(holder_of(role))
    seen = role in (Role.PROVINCE_STEERING, Role.UNIT_LEADER)
    assert client.get(BOARD).status_code == (200 if seen else 404)


def test_counts_are_the_rows_counted_by_hand() -> None:
    received(at("2026-03-20"))  # late
    received(at("2026-03-20"))  # late
    received(NOW)  # due tomorrow
    received(NOW, procedure=LAND, case="certificate")  # due in a month
    asked = processing(NOW)  # waits for papers: open, without a date
    actions.ask_supplement(
        dossier_id=asked.pk,
        wanted=[{"key": "a", "name": "Giấy chứng sinh", "why": ""}],
        by=specialist(TODAY),
        at=NOW,
    )
    loads = {load.field: load for load in queries.board(None, TODAY, TODAY)}
    soon = {
        load.field: load.soon
        for load in queries.board(None, TODAY, at("2026-04-03").date())
    }
    birth, land = loads["Hộ tịch"], loads["Đất đai"]
    assert (birth.open, birth.late) == (4, 2)
    assert (land.open, land.late) == (1, 0)
    assert soon == {"Hộ tịch": 1, "Đất đai": 0}
    assert birth.competent == committee(TODAY).pk


def test_departments_stand_before_communes_and_no_person_is_shown() -> None:
    department()
    received(at("2026-03-20"))
    page = text_of(signed_in(steering()).get(BOARD))
    assert page.index("Sở Tư pháp") < page.index("Ủy ban nhân dân phường Thục Phán")
    for hidden in ("Nông Thị Mẩy", "Xóm Nà Lũng", "H14."):
        assert hidden not in page


def test_steering_sees_the_province_and_opens_no_list() -> None:
    received(at("2026-03-20"))
    elsewhere()
    page = text_of(signed_in(steering()).get(BOARD))
    assert committee(TODAY).name in page
    assert committee(TODAY, "01279").name in page
    assert "/ho-so/dang-giai-quyet?" not in page


def test_a_leader_sees_the_own_body_and_opens_its_late_ones() -> None:
    late = received(at("2026-03-20"))
    elsewhere()
    client = signed_in(leader())
    page = text_of(client.get(BOARD))
    assert committee(TODAY, "01279").name not in page
    link = re.search(
        r'href="(/ho-so/dang-giai-quyet\?loc=tre&amp;linh-vuc=[^"]+)"', page
    )
    assert link is not None
    opened = text_of(client.get(link[1].replace("&amp;", "&")))
    assert str(late.code) in opened


def test_a_protected_field_is_not_named() -> None:
    dossier = received(at("2026-03-20"))
    Dossier.objects.filter(pk=dossier.pk).update(
        confidentiality=access.PROTECTED, field="Nuôi con nuôi"
    )
    page = text_of(signed_in(steering()).get(BOARD))
    assert "Nuôi con nuôi" not in page
    (load,) = queries.board(None, TODAY, TODAY)
    assert (load.field, load.late) == ("", 1)


def test_the_board_asks_one_question_however_much_is_open() -> None:
    client = signed_in(steering())

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(BOARD)
        return len(captured)

    received(NOW)
    asked()
    few = asked()
    for _n in range(5):
        received(at("2026-03-20"))
    assert asked() == few
    assert few <= 6
