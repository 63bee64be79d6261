"""A whole life of a dossier whose people can be recognised anywhere: their names,
numbers and homes stand in its own tables, and in no journal, record or log."""

import json
import logging
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.test import Client

from config.launch import homes
from gandan.dossiers import actions
from gandan.dossiers.models import Dossier, Party
from gandan.kernel.text import fold
from gandan.ledger.models import Event, Private, Record
from tests.dossiers.conftest import signed_in
from tests.factories import (
    applicant,
    at,
    committee,
    counter,
    head,
    opening,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db

ON = date(2025, 6, 10)
LAND = "1.013978"
NAME, SPOUSE = "Đàm Thị Ngọc Huyền Vi", "Lục Văn Thạch Quyển"
NEEDLES = (
    *(NAME, SPOUSE, "Ngọc Huyền Vi", "Thạch Quyển"),
    *("004199123457", "004199765432", "080765432"),
    *("0987654321", "0987 654 321"),
    *("huyenvi@example.vn", "Nà Khuổi Xa", "số 77, tổ 5"),
    *("thửa 4711", "tờ bản đồ 23"),
)
# What officers write in a free text; it belongs to the dossier and stays there.
TALK = (
    f"Bà {NAME} (004199123457, 0987 654 321), {SPOUSE}, Nà Khuổi Xa, số 77, tổ 5, "
    "thửa 4711, tờ bản đồ 23, huyenvi@example.vn"
)
PEOPLE = (
    actions.PartyIn(
        role="owner",
        full_name=NAME,
        born_year=1961,
        identity_number="004199123457",
        old_identity_number="080765432",
        telephone="0987654321",
        email="huyenvi@example.vn",
        address="số 77, tổ 5",
        village="Nà Khuổi Xa",
    ),
    actions.PartyIn(role="spouse", full_name=SPOUSE, identity_number="004199765432"),
)


def found_in(text: str) -> list[str]:
    """The needles in a text, with or without their marks."""
    plain = fold(text)
    return [n for n in NEEDLES if n in text or fold(n) in plain]


def life() -> Dossier:
    """Every verb that takes words, each with words that name the people."""
    filing = opening(
        ON,
        procedure=LAND,
        case="registration",
        parties=PEOPLE,
        village="Nà Khuổi Xa",
        answers={"owner": NAME, "land": "thửa 4711, tờ bản đồ 23"},
        papers=(actions.PaperIn(key="map", name=f"Giấy của {NAME}", originals=1),),
    )
    receipt = actions.submit(filing, by=applicant(Dossier()), at=at("2025-06-09"))
    pk = receipt.dossier.pk
    wanted = [{"key": "map", "name": f"Mảnh của {NAME}", "why": TALK}]
    desk, clerk, chief = counter(ON), specialist(ON), signatory(ON)
    act: Any = actions
    act.send_back(dossier_id=pk, wanted=wanted, by=desk, at=at("2025-06-09"))
    act.resubmit(
        dossier_id=pk,
        papers=(actions.PaperIn(key="map", name=TALK, electronic=1),),
        by=applicant(receipt.dossier),
        at=at("2025-06-09", "15:00"),
    )
    act.receive(dossier_id=pk, by=desk, at=at("2025-06-10"))
    act.take_up(dossier_id=pk, by=clerk, at=at("2025-06-10"))
    opinion = act.ask_opinion(
        dossier_id=pk,
        of=committee(ON, "01279"),
        question=TALK,
        answer_by=date(2025, 6, 20),
        by=clerk,
        at=at("2025-06-10"),
    )
    act.answer_opinion(
        dossier_id=pk, opinion_id=opinion.pk, answer=TALK, by=clerk, at=at("2025-06-10")
    )
    act.pass_on(
        dossier_id=pk, step="measure", note=TALK[:300], by=clerk, at=at("2025-06-11")
    )
    act.chase(
        dossier_id=pk,
        whom=SPOUSE,
        means="call",
        note=TALK[:300],
        by=clerk,
        at=at("2025-06-11"),
    )
    act.open_left_out(
        dossier_id=pk,
        kind="public_posting",
        owner=NAME,
        paper=TALK[:190],
        by=clerk,
        at=at("2025-06-11"),
    )
    act.close_left_out(
        dossier_id=pk,
        kind="public_posting",
        paper=TALK[:190],
        by=clerk,
        at=at("2025-06-20"),
    )
    act.ask_supplement(dossier_id=pk, wanted=wanted, by=clerk, at=at("2025-06-20"))
    act.take_papers(dossier_id=pk, by=desk, at=at("2025-06-23"))
    act.apologise(
        dossier_id=pk,
        reason=TALK,
        new_due=date(2025, 8, 29),
        by=chief,
        at=at("2025-06-24"),
    )
    act.ask_withdrawal(dossier_id=pk, reason=TALK, by=desk, at=at("2025-06-24"))
    act.keep(dossier_id=pk, by=desk, at=at("2025-06-24"))
    act.reroute(
        dossier_id=pk,
        to=committee(ON, "01279"),
        reason=TALK,
        by=head(ON),
        at=at("2025-06-25"),
    )
    act.take_up(dossier_id=pk, by=specialist(ON, "01279"), at=at("2025-06-25"))
    act.refuse(
        dossier_id=pk, reason=TALK, by=signatory(ON, "01279"), at=at("2025-06-26")
    )
    act.hand_over(dossier_id=pk, by=desk, at=at("2025-06-26"))
    act.guide_visit(
        desk=filing.received_by,
        procedure=filing.procedure,
        missing=wanted,
        person=NAME,
        telephone="0987654321",
        village="Nà Khuổi Xa",
        by=desk,
        at=at("2025-06-26"),
    )
    return Dossier.objects.get(pk=pk)


@pytest.fixture
def every_log(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


def test_the_needles_can_be_found_where_they_belong() -> None:
    """The test can fail: the dossier's own tables hold every one of them."""
    dossier = life()
    row = Dossier.objects.filter(pk=dossier.pk).values()[0]
    parties = list(Party.objects.filter(dossier=dossier).values())
    asked = list(dossier.supplement_requests.values())
    telephone = "0987 654 321"
    assert set(found_in(f"{row} {parties} {asked} {telephone}")) == set(NEEDLES)


def test_journal_and_ledger_name_nobody(every_log: pytest.LogCaptureFixture) -> None:
    dossier = life()
    events = list(Event.objects.filter(kind__startswith="dossiers.").values())
    assert len(events) == 21  # every verb of the life above
    assert found_in(json.dumps(events, default=str, ensure_ascii=False)) == []
    texts = [
        bytes(row).decode() for row in Record.objects.values_list("record", flat=True)
    ]
    assert len(texts) == 6
    assert found_in(" ".join(texts)) == []
    # Private fields are erasable, and still hold the file number and exact values only.
    fields = list(Private.objects.values_list("fields", flat=True))
    assert {name for row in fields for name in row} == {
        "code",
        "day",
        "how",
        "limit",
        "unit",
    }
    assert found_in(json.dumps(fields, ensure_ascii=False)) == []
    assert str(dossier.code) not in " ".join(texts)
    assert found_in(every_log.text) == []


def test_pages_api_and_errors_log_nobody(
    every_log: pytest.LogCaptureFixture, client: Client
) -> None:
    """Read, searched and refused by pages and API; nothing of it reaches a log."""
    dossier = life()
    official = signed_in(counter(ON))
    address = f"/ho-so/{dossier.public_id}"
    assert official.get(address).status_code == 200
    official.get("/ho-so/tra-cuu", {"q": NAME})
    official.post("/ho-so/tra-cuu", {"q": NAME})
    official.post("/quay/moi", {"act": "receive", "owner-full_name": NAME})
    official.post(f"{address}/stop", {"reason": TALK, "version": "1"})
    client.get(address)
    client.post(
        "/api/v1/dossiers",
        json.dumps({"parties": [{"full_name": NAME}], "village": "Nà Khuổi Xa"}),
        content_type="application/json",
        HTTP_AUTHORIZATION="Bearer none",
    )
    client.post("/theo-doi", {"code": str(dossier.code), "secret": NAME})
    assert every_log.records  # refusals are logged, by address alone
    assert found_in(every_log.text) == []


def server_log() -> Path:
    """Of the cluster these tests run on."""
    home = os.environ.get("GANDAN_TEST_HOME")
    layout = homes.lay_out(Path(home) if home else homes.CHECKOUT / "var" / "test")
    if "DATABASE_URL" in os.environ or not layout.log.is_file():
        pytest.skip("another server keeps its own log")
    return layout.log


def test_the_databases_own_log_names_nobody_either() -> None:
    """Statements that fail with a person's data in them: a duplicate, a bad value."""
    dossier = life()
    party = Party.objects.get(dossier=dossier, role="owner")
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Party.objects.create(
            dossier=dossier, role="owner", ordinal=0, full_name=party.full_name
        )
    assert "party_stands_once" in str(refused.value)
    with (
        pytest.raises(DataError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT %s::int", [NAME])
    assert found_in(server_log().read_text("utf-8", errors="replace")) == []
