"""The counter's first page and its scanner; who may open what."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.kernel.actors import Role
from tests.dossiers.conftest import NOW, TODAY, signed_in
from tests.dossiers.desk_pages import (
    BIRTH,
    CARD,
    birth,
    text_of,
)
from tests.factories import (
    at,
    committee,
    counter,
    desk,
    official,
    opening,
    received,
    signatory,
    specialist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


PAGES = [
    *("/quay", "/quay/moi", "/quay/tra-ngay", "/quay/huong-dan"),
    *("/ho-so/da-huong-dan", "/ho-so/tra-ket-qua", "/ho-so/cho-tiep-nhan"),
    "/ho-so/tam-giu",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", list(Role))
def test_the_counter_is_for_its_own_roles_and_missing_to_all_others(
    path: str, role: Role
) -> None:
    home = (
        desk(TODAY) if role in (Role.COUNTER, Role.HEAD_ONE_STOP) else committee(TODAY)
    )
    client = signed_in(official(f"a-{role}", (role, home), on=TODAY))
    expected = 200 if role in (Role.COUNTER, Role.HEAD_ONE_STOP) else 404
    assert client.get(path).status_code == expected
    assert Client().get(path).status_code == 302  # to sign in


def test_another_desk_finds_no_intake_slip_or_visit_of_this_one(
    at_desk: Client,
) -> None:
    parked = actions.draft(opening(TODAY), by=counter(TODAY), at=NOW, parked=True)
    taken = received(NOW)
    visit = actions.guide_visit(
        desk=desk(TODAY),
        procedure=opening(TODAY).procedure,
        missing=[{"key": "a", "name": "Giấy chứng sinh"}],
        by=counter(TODAY),
        at=NOW,
    )
    stranger = signed_in(counter(TODAY, code="01279"))
    for path in (
        f"/quay/tam/{parked.public_id}",
        f"/quay/xong/{taken.public_id}",
        f"/quay/xong/{taken.public_id}/to-khai.pdf",
        f"/quay/moi?cung={taken.public_id}",
        f"/quay/huong-dan/{visit.public_id}",
        f"/quay/huong-dan/{visit.public_id}/phieu.pdf",
    ):
        assert stranger.get(path).status_code == 404, path
        if "to-khai" not in path:
            assert at_desk.get(path).status_code == 200, path
    assert stranger.post(f"/quay/tam/{parked.public_id}/bo").status_code == 404
    assert Dossier.objects.filter(pk=parked.pk).exists()


def test_a_scanned_card_fills_seven_fields_and_todays_commune(at_desk: Client) -> None:
    page = text_of(at_desk.post("/quay", {"scan": CARD}))
    for value in (
        *("Nông Thị Mẩy", "004095001234", "080123456", "15/08/1995", "10/05/2021"),
        "Xóm Nà Lũng, Hợp Giang, Cao Bằng, Cao Bằng",
    ):
        assert f'value="{value}"' in page, value
    assert '<option value="female" selected>' in page
    # Hợp Giang of 2025 is part of the ward Thục Phán today.
    assert '<option value="01273@2025-07-01" selected>' in page
    assert "Phường Hợp Giang" in page
    assert "|" not in page


def test_a_card_of_the_one_who_brings_it_fills_that_person(at_desk: Client) -> None:
    data = {"act": "look", "scan": CARD, "scan_for": "bringer"}
    page = text_of(at_desk.post("/quay/moi", data))
    assert 'name="bringer-full_name" value="Nông Thị Mẩy"' in page
    assert 'name="owner-full_name" value="Nông Thị Mẩy"' not in page


@pytest.mark.parametrize(
    "raw",
    [
        "004095001234|080123456|Nông Thị Mẩy|15081995|Nữ|Xóm Nà Lũng",
        CARD + "|8",
        "chữ gì đó",
        "00409500123|080123456|Nông Thị Mẩy|15081995|Nữ|Xóm Nà Lũng|10052021",
    ],
)
def test_other_counts_of_fields_fill_nothing_and_say_so(
    at_desk: Client, raw: str
) -> None:
    page = text_of(at_desk.post("/quay/moi", {"act": "look", "scan": raw}))
    assert "owner-full_name" in page
    assert "Nông Thị Mẩy" not in page
    assert "không điền gì" in page.lower()


def test_the_raw_string_is_nowhere_after_the_dossier_is_received(
    at_desk: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    at_desk.post("/quay", {"scan": CARD})
    at_desk.post("/quay/moi", {"act": "look", "scan": CARD} | birth(act="look"))
    taken = at_desk.post("/quay/moi", birth(scan=CARD))
    assert taken.status_code == 302
    assert "|" not in taken["Location"]
    assert "080123456|" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables"
            " WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s',
                ["%080123456|Nông%"],
            )
            assert cursor.fetchone()[0] == 0, table
    for session in Session.objects.all():
        assert "Nông" not in str(session.get_decoded())


def test_the_pages_address_never_carries_a_person(at_desk: Client) -> None:
    """A name typed at the counter leads to an address without it."""
    found = at_desk.post("/quay", {"scan": "Nông Thị Mẩy"})
    assert found["Location"] == "/ho-so/tra-cuu"
    for session in Session.objects.all():
        assert "nông" not in str(session.get_decoded()).lower()


def test_a_slip_scanned_at_the_counter_opens_its_dossier(at_desk: Client) -> None:
    receipt = actions.open_and_receive(opening(TODAY), by=counter(TODAY), at=NOW)
    dossier = receipt.dossier
    for typed in (
        f"http://localhost:8000/k/{receipt.capability}",
        f"http://localhost:8000/en/k/{receipt.capability}",
        dossier.code,
    ):
        found = at_desk.post("/quay", {"scan": typed})
        assert found["Location"] == f"/ho-so/{dossier.public_id}", typed


def test_what_this_person_has_here_already_is_shown_beside_the_card(
    at_desk: Client,
) -> None:
    mine = received(
        NOW,
        parties=(
            actions.PartyIn(
                role="owner", full_name="Nông Thị Mẩy", identity_number="004095001234"
            ),
        ),
    )
    page = text_of(at_desk.post("/quay", {"scan": CARD}))
    assert str(mine.code) in page


def test_the_counters_page_shows_what_waits_at_this_desk_today(at_desk: Client) -> None:
    parked = actions.draft(opening(TODAY), by=counter(TODAY), at=NOW, parked=True)
    online = actions.submit(opening(TODAY), by=specialist(TODAY), at=NOW).dossier
    ready = received(at("2026-03-30"))
    expected = received(at("2026-03-30", "10:00"))
    actions.take_up(
        dossier_id=ready.pk, by=specialist(TODAY), at=at("2026-03-30", "10:00")
    )
    actions.decide(
        dossier_id=ready.pk, by=signatory(TODAY), at=at("2026-03-30", "11:00")
    )
    elsewhere = received_elsewhere()
    page = text_of(at_desk.get("/quay"))
    assert f"/quay/tam/{parked.public_id}" in page
    assert f"/ho-so/{online.public_id}/receive" in page
    assert f"/ho-so/{ready.public_id}/hand_over" in page
    assert str(expected.code) in page
    assert str(elsewhere.code) not in page


def received_elsewhere() -> Dossier:
    receipt = actions.open_and_receive(
        opening(TODAY, code="01279"), by=counter(TODAY, "01279"), at=NOW
    )
    return receipt.dossier


def test_the_counters_page_asks_the_database_as_often_for_many_rows(
    at_desk: Client,
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert at_desk.get("/quay").status_code == 200
        return len(queries)

    def park(times: int) -> None:
        for _n in range(times):
            actions.draft(opening(TODAY), by=counter(TODAY), at=NOW, parked=True)
            actions.submit(opening(TODAY), by=specialist(TODAY), at=NOW)

    park(1)
    asked()
    few = asked()
    park(5)
    assert asked() == few
    assert few <= 12


@pytest.mark.parametrize("language", ["/en", "/fr"])
def test_the_counter_speaks_three_languages(at_desk: Client, language: str) -> None:
    page = text_of(at_desk.get(f"{language}/quay/moi?thu-tuc={BIRTH}"))
    words = {"/en": "Receive", "/fr": "Recevoir"}[language]
    assert words in page
