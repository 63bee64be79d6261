"""An intake on one page: received, refused in words, filled in, filed together."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from gandan.dossiers.models import Dossier
from gandan.forms.loading import definition
from gandan.forms.web.counter import counter_form
from tests.dossiers.conftest import TODAY
from tests.dossiers.desk_pages import ALL_THERE, BIRTH, LAND, birth, text_of
from tests.factories import (
    at,
    committee,
    desk,
)
from tests.forms.answering import typed
from tests.forms.cases import BIRTH as CASES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]


def test_a_complete_intake_is_received_with_its_people_and_papers(
    at_desk: Client,
) -> None:
    data = birth(
        **{
            "owner-identity_number": "004 095 001 234",
            "owner-born": "1995",
            "owner-telephone": "0912 345 678",
            "owner-place": "01273@2025-07-01",
            "p-declaration-originals": "2",
            "bringer-full_name": "Lý A Sùng",
            "interpreter-full_name": "Sùng",
            "interpreter-spoken_language": "Mông",
            "owner-fingerprint": "on",
            "witness-full_name": "Y Bion Niê",
            "fee_vnd": "8.000",
            "paid": "cash",
            "helped_at": desk(TODAY, "01279").key,
        }
    )
    response = at_desk.post("/quay/moi", data)
    dossier = Dossier.objects.get()
    assert response["Location"] == f"/quay/xong/{dossier.public_id}"
    assert (dossier.state, dossier.due_on) == ("received", date(2026, 4, 1))
    assert (dossier.fee_vnd, dossier.paid) == (8000, "cash")
    assert dossier.received_by == desk(TODAY)
    assert dossier.competent == committee(TODAY)
    assert dossier.helped_at == desk(TODAY, "01279")
    people = {p.role: p for p in dossier.parties.all()}
    assert set(people) == {"owner", "bringer", "interpreter", "witness"}
    owner = people["owner"]
    assert owner.identity_number == "004095001234"
    assert (owner.born_on, owner.born_year) == (None, 1995)
    assert owner.telephone == "0912345678"
    assert owner.fingerprint
    papers = {p.key: (p.originals, p.copies) for p in dossier.papers.all()}
    assert papers["declaration"] == (2, 0)
    assert papers["identity_document"] == (0, 0)  # shown, not handed in


def test_a_second_press_shows_the_same_slip(at_desk: Client) -> None:
    data = birth()
    first = at_desk.post("/quay/moi", data)
    second = at_desk.post("/quay/moi", data)
    assert first["Location"] == second["Location"]
    assert Dossier.objects.count() == 1


def test_a_page_sent_before_and_changed_since_is_refused_in_words(
    at_desk: Client,
) -> None:
    data = birth()
    at_desk.post("/quay/moi", data)
    changed = at_desk.post("/quay/moi", data | {"owner-full_name": "Lý A Sùng"})
    assert changed.status_code == 422
    assert 'value="Lý A Sùng"' in text_of(changed)
    assert Dossier.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "box"),
    [
        ({"owner-full_name": ""}, "owner-full_name"),
        ({"owner-full_name": "a b c d e f g"}, "owner-full_name"),
        ({"owner-full_name": "Nông Thị 2"}, "owner-full_name"),
        ({"owner-identity_number": "12345"}, "owner-identity_number"),
        ({"owner-born": "31/02/1990"}, "owner-born"),
        ({"owner-telephone": "không"}, "owner-telephone"),
        ({"owner-fingerprint": "on"}, "witness-full_name"),
        ({"representative-full_name": "Lý A Sùng"}, "representative-paper"),
        ({"interpreter-full_name": "Sùng"}, "interpreter-spoken_language"),
        ({"bringer-telephone": "0912345678"}, "bringer-full_name"),
        ({"p-declaration-have": ""}, "p-declaration-have"),
        ({"fee_vnd": "nhiều"}, "fee_vnd"),
        ({"slip_no": "17"}, "slip_day"),
        ({"slip_no": "17", "slip_day": "31/03/2026", "slip_time": "9:30"}, "slip_day"),
        ({"procedure": LAND}, "case"),
        ({"procedure": LAND, "case": "after_notice"}, "due_on"),
    ],
)
def test_what_cannot_be_received_is_named_at_its_box_and_kept(
    at_desk: Client, changes: dict[str, str], box: str
) -> None:
    response = at_desk.post("/quay/moi", birth(**changes))
    page = text_of(response)
    assert response.status_code == 422
    assert f'href="#id_{box}"' in page
    assert f'id="id_{box}"' in page
    assert "Lỗi:" in page
    assert Dossier.objects.count() == 0
    for name, value in changes.items():
        if value and value != "on":
            assert value in page, name


def test_no_procedure_is_refused_and_the_person_kept(at_desk: Client) -> None:
    response = at_desk.post("/quay/moi", birth(procedure=""))
    assert response.status_code == 422
    assert 'value="Nông Thị Mẩy"' in text_of(response)


def test_a_paper_that_is_not_needed_here_does_not_stop_the_reception(
    at_desk: Client,
) -> None:
    data = birth(**{"p-residence_proof-have": "", "p-residence_proof-skip": "on"})
    assert at_desk.post("/quay/moi", data).status_code == 302
    kept = {p.key for p in Dossier.objects.get().papers.all()}
    assert "residence_proof" not in kept


def test_any_desk_receives_for_any_other(at_desk: Client) -> None:
    at_desk.post("/quay/moi", birth(competent=committee(TODAY, "01279").key))
    dossier = Dossier.objects.get()
    assert (dossier.received_by, dossier.competent) == (
        desk(TODAY),
        committee(TODAY, "01279"),
    )


def test_the_commune_of_the_owner_proposes_the_competent_body(at_desk: Client) -> None:
    at_desk.post("/quay/moi", birth(**{"owner-place": "01279@2025-07-01"}))
    assert Dossier.objects.get().competent == committee(TODAY, "01279")


def test_the_date_and_its_reasons_stand_on_the_page_before_anything_is_saved(
    at_desk: Client,
) -> None:
    data = {"act": "look", "procedure": LAND, "case": "certificate"}
    page = text_of(at_desk.post("/quay/moi", data))
    assert "29/04/2026" in page  # 20 working days; 27 April is a substitute day off
    assert "20 ngày làm việc" in page
    assert Dossier.objects.count() == 0


def test_a_limit_in_words_takes_the_officers_date_and_reason(at_desk: Client) -> None:
    data = birth(procedure=LAND, case="after_notice", due_on="20/04/2026")
    data |= {
        "p-application-have": "on",
        "p-registration_notice-have": "on",
        "due_why": "Theo lịch làm việc của tổ cấp giấy",
    }
    assert at_desk.post("/quay/moi", data).status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.due_on == date(2026, 4, 20)
    assert dossier.set_by_hand_why == "Theo lịch làm việc của tổ cấp giấy"


def test_a_numbered_paper_slip_is_entered_later_with_its_legal_time_once(
    at_desk: Client,
) -> None:
    slip = {"slip_no": "17", "slip_day": "27/03/2026", "slip_time": "14:30"}
    assert at_desk.post("/quay/moi", birth(**slip)).status_code == 302
    dossier = Dossier.objects.get()
    assert dossier.received_at == at("2026-03-27", "14:30")
    assert (dossier.code or "").endswith("-260327-0001")
    assert dossier.due_on == date(2026, 3, 30)
    again = at_desk.post("/quay/moi", birth(**slip))
    assert again.status_code == 422
    assert str(dossier.code) in text_of(again)
    other = at_desk.post("/quay/moi", birth(**slip | {"slip_no": "18"}))
    assert other.status_code == 302


def test_all_are_there_ticks_only_what_is_needed(at_desk: Client) -> None:
    data = birth(act="all")
    for name in ALL_THERE:
        data.pop(name)
    page = text_of(at_desk.post("/quay/moi", data))
    for key in ("declaration", "birth_paper", "identity_document"):
        assert f'name="p-{key}-have" checked' in page
    assert "p-abandoned_record-have" not in page


def test_everyday_words_find_a_procedure_and_a_code_chooses_it(at_desk: Client) -> None:
    page = text_of(at_desk.post("/quay/moi", {"act": "look", "find": "lam so do"}))
    assert f'name="choose" value="{LAND}"' in page
    page = text_of(at_desk.post("/quay/moi", {"act": "look", "find": LAND}))
    assert f'name="procedure" value="{LAND}"' in page
    page = text_of(at_desk.post("/quay/moi", {"choose": BIRTH, "find": "x"}))
    assert f'name="procedure" value="{BIRTH}"' in page
    page = text_of(at_desk.post("/quay/moi/tim", {"find": "khai sinh"}))
    assert f'value="{BIRTH}"' in page
    assert "<html" not in page


def test_choosing_another_procedure_keeps_the_person(at_desk: Client) -> None:
    page = text_of(at_desk.post("/quay/moi", birth(act="change")))
    assert 'value="Nông Thị Mẩy"' in page
    assert 'id="find"' in page


def filled(case: str) -> dict[str, Any]:
    """The boxes of the counter's form for one of the forms' own cases."""
    answers = CASES[case]
    screen = counter_form(definition("birth"), initial=answers, on=TODAY)
    boxes: dict[str, Any] = {"form-asked": screen.paths, "form_here": "on"}
    for one in screen.asked:
        boxes |= typed(one, one.answer, "vi", "form-", counter=True)
    return boxes


def test_the_form_filled_in_here_is_stored_and_printed(at_desk: Client) -> None:
    data = birth(**filled("child without father"))
    response = at_desk.post("/quay/moi", data)
    assert response.status_code == 302, re.findall(
        "<li>.*#id.*</li>", text_of(response)
    )
    dossier = Dossier.objects.get()
    assert (dossier.form_key, dossier.form_version) == (
        "birth",
        definition("birth").version,
    )
    assert dossier.answers["child_name"] == CASES["child without father"]["child_name"]
    assert "/to-khai.pdf" in text_of(at_desk.get(response["Location"]))
    pdf = at_desk.get(f"/quay/xong/{dossier.public_id}/to-khai.pdf")
    assert pdf["Content-Type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")


def test_an_open_question_of_the_form_is_named_and_every_answer_kept(
    at_desk: Client,
) -> None:
    data = birth(**filled("child without father")) | {"form-child_name": ""}
    response = at_desk.post("/quay/moi", data)
    page = text_of(response)
    assert response.status_code == 422
    assert 'href="#id_form-child_name"' in page
    assert "Sùng A Tủa" in page
    assert not Dossier.objects.exists()


def test_what_the_card_said_is_not_asked_again_in_the_form(at_desk: Client) -> None:
    data = birth(
        act="look",
        form_here="on",
        **{"owner-identity_number": "004095001234", "owner-born": "15/08/1995"},
    )
    page = text_of(at_desk.post("/quay/moi", data))
    assert 'name="form-requester_name" value="Nông Thị Mẩy"' in page
    assert 'name="form-requester_identity" value="004095001234"' in page


def test_a_parked_form_keeps_its_answers(at_desk: Client) -> None:
    at_desk.post("/quay/moi", birth(act="park", **filled("child without father")))
    draft = Dossier.objects.get()
    page = text_of(at_desk.get(f"/quay/tam/{draft.public_id}"))
    assert "Sùng A Tủa" in page


def test_another_dossier_of_the_same_person_is_filed_together(at_desk: Client) -> None:
    at_desk.post("/quay/moi", birth(**{"owner-identity_number": "004095001234"}))
    first = Dossier.objects.get()
    page = text_of(at_desk.get(f"/quay/moi?cung={first.public_id}"))
    assert 'value="004095001234"' in page
    assert 'name="procedure"' not in page
    at_desk.post("/quay/moi", birth(together=str(first.public_id)))
    first.refresh_from_db()
    second = Dossier.objects.exclude(pk=first.pk).get()
    assert first.bundle is not None
    assert first.bundle == second.bundle
    shown = text_of(at_desk.get(f"/quay/xong/{second.public_id}"))
    assert str(first.code) in shown


def test_the_slip_page_prints_once_with_the_strip_and_offers_values_to_copy(
    at_desk: Client,
) -> None:
    data = birth(**{"owner-identity_number": "004095001234"})
    page = text_of(at_desk.get(at_desk.post("/quay/moi", data)["Location"]))
    dossier = Dossier.objects.get()
    assert f"/ho-so/{dossier.public_id}/in/receipt.pdf" in page
    order = ["MaHoSo", "MaTTHC", "ChuHoSo", "SoDinhDanh", "NgayTiepNhan", "NgayHenTra"]
    places = [page.index(f"<code>{name}</code>") for name in order]
    assert places == sorted(places)
    assert 'value="004095001234" readonly' in page
    pdf = at_desk.get(f"/ho-so/{dossier.public_id}/in/receipt.pdf")
    assert pdf.status_code == 200
    assert pdf.content.startswith(b"%PDF")
