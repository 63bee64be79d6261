"""Guided visits: the complete list in hand, counted per desk, closed by a slip."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from gandan.dossiers import actions
from gandan.dossiers.models import Visit
from gandan.ledger.models import Event
from tests.dossiers.conftest import NOW, TODAY, signed_in
from tests.dossiers.desk_pages import BIRTH, text_of
from tests.factories import counter, desk, head, opening, received

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]

GUIDE = "/quay/huong-dan"


def guided(**changes: Any) -> Visit:
    values = {
        "desk": desk(TODAY),
        "procedure": opening(TODAY).procedure,
        "missing": [{"key": "birth_paper", "name": "Giấy chứng sinh"}],
        "by": counter(TODAY),
        "at": NOW,
    }
    return actions.guide_visit(**values | changes)  # type: ignore[arg-type]


def test_three_steps_lead_to_the_printed_list(at_desk: Client) -> None:
    found = text_of(at_desk.get(f"{GUIDE}?q=khai sinh"))
    assert f"{GUIDE}?thu-tuc={BIRTH}" in found
    page = text_of(at_desk.get(f"{GUIDE}?thu-tuc={BIRTH}"))
    assert 'value="birth_paper"' in page
    response = at_desk.post(
        GUIDE,
        {
            "procedure": BIRTH,
            "missing": ["birth_paper", "declaration"],
            "others": "Ảnh chụp mờ\n\n",
            "person": "",
        },
    )
    visit = Visit.objects.get()
    assert response["Location"] == f"{GUIDE}/{visit.public_id}"
    # In the order of the procedure's list, in the words people use.
    assert {p["name"] for p in visit.missing} == {
        "Giấy chứng sinh (bệnh viện, trạm y tế cấp)",
        "Tờ khai đăng ký khai sinh",
        "Ảnh chụp mờ",
    }
    assert (visit.desk, visit.person) == (desk(TODAY), "")


def test_the_printed_list_names_every_missing_paper(
    at_desk: Client, tmp_path: Any
) -> None:
    visit = guided(person="Nông Thị Mẩy")
    response = at_desk.get(f"{GUIDE}/{visit.public_id}/phieu.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    path = tmp_path / "list.pdf"
    path.write_bytes(response.content)
    text = " ".join(page.extract_text() for page in PdfReader(path).pages)
    assert "Giấy chứng sinh" in text
    assert "Nông Thị Mẩy" in text


@pytest.mark.parametrize(
    ("changes", "box"),
    [
        ({"missing": []}, "missing"),
        ({"person": "Nông 2"}, "person"),
        ({"telephone": "không"}, "telephone"),
        ({"missing": ["không-có"]}, "missing"),
    ],
)
def test_what_cannot_be_counted_is_named(
    at_desk: Client, changes: dict[str, Any], box: str
) -> None:
    data = {"procedure": BIRTH, "missing": ["birth_paper"]} | changes
    response = at_desk.post(GUIDE, data)
    assert response.status_code == 422
    assert f"#id_{box}" in text_of(response)
    assert not Visit.objects.exists()


def test_an_unknown_procedure_is_missing(at_desk: Client) -> None:
    assert at_desk.get(f"{GUIDE}?thu-tuc=9.999999").status_code == 404
    assert at_desk.post(GUIDE, {"procedure": "9.999999"}).status_code == 404


def test_the_list_of_a_desk_holds_its_own_visits_only(at_desk: Client) -> None:
    guided(person="Nông Thị Mẩy")
    other = guided(
        desk=desk(TODAY, "01279"), by=counter(TODAY, "01279"), person="Lý A Sùng"
    )
    page = text_of(at_desk.get("/ho-so/da-huong-dan"))
    assert "Nông Thị Mẩy" in page
    assert "Lý A Sùng" not in page
    assert at_desk.get(f"{GUIDE}/{other.public_id}").status_code == 404
    assert "Nông Thị Mẩy" in text_of(signed_in(head(TODAY)).get("/ho-so/da-huong-dan"))


def test_links_show_today_and_who_has_not_come_back(at_desk: Client) -> None:
    guided(person="Hôm Qua", at=NOW - timedelta(days=1))
    guided(person="Nông Thị Mẩy")
    received(NOW)  # the slip of Nông Thị Mẩy closes that visit
    today = text_of(at_desk.get("/ho-so/da-huong-dan?loc=hom-nay"))
    assert "Hôm Qua" not in today
    assert "Nông Thị Mẩy" in today
    waiting = text_of(at_desk.get("/ho-so/da-huong-dan?loc=chua-quay-lai"))
    assert "Hôm Qua" in waiting
    assert "Nông Thị Mẩy" not in waiting


def test_the_journal_counts_the_visit_and_names_nobody(at_desk: Client) -> None:
    data = {"procedure": BIRTH, "missing": ["birth_paper"], "person": "Nông Thị Mẩy"}
    at_desk.post(GUIDE, data)
    event = Event.objects.get(kind="dossiers.visit_guided.v1")
    assert event.payload == {"procedure": BIRTH, "papers": 1}
    assert "Nông" not in str(event.payload)


def test_visits_are_paged_by_key(at_desk: Client) -> None:
    for n in range(51):
        guided(at=NOW - timedelta(minutes=n))
    page = text_of(at_desk.get("/ho-so/da-huong-dan"))
    assert page.count("gd-inbox__what") == 50
    assert 'rel="next"' in page
