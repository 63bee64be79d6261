"""Our own online filing: three forms, the commune that gets them, the receipt."""

import re
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from gandan.documents.models import StoredFile
from gandan.dossiers import secrets
from gandan.dossiers.models import Dossier
from gandan.forms.models import Draft
from gandan.ledger.models import Event
from gandan.notices.models import Message
from tests.dossiers.filing import (
    MARRIED,
    NOW,
    ON,
    at_check,
    brought,
    picture,
    send,
    text_of,
)
from tests.factories import COMMUNE_CODE, committee, desk
from tests.forms.cases import BIRTH, BUSINESS, LAND, place, without

pytestmark = pytest.mark.django_db

DAM_THUY = "Xã Đàm Thủy"


@pytest.fixture(autouse=True)
def _open(settings: Settings) -> None:
    settings.OWN_FILING = True
    settings.GANDAN_NOW = NOW


# --- on and off -------------------------------------------------------------------


@pytest.mark.parametrize(
    "address", ["/nop/", "/nop/khai-sinh/", "/en/nop/", "/fr/nop/"]
)
def test_where_it_is_off_there_is_no_filing(
    client: Client, settings: Settings, address: str
) -> None:
    assert client.get(address).status_code == 200
    settings.OWN_FILING = False
    assert client.get(address).status_code == 404


def test_where_it_is_off_no_page_links_to_it(
    client: Client, settings: Settings
) -> None:
    for address in ("/", "/thu-tuc", "/theo-doi"):
        settings.OWN_FILING = True
        assert 'href="/nop/' in text_of(client.get(address)), address
        settings.OWN_FILING = False
        assert 'href="/nop/' not in text_of(client.get(address)), address


def test_where_it_is_off_a_draft_cannot_be_sent_either(
    client: Client, settings: Settings
) -> None:
    check = at_check(client)
    settings.OWN_FILING = False
    assert client.post(check).status_code == 404
    assert client.get(check.replace("kiem-tra", "noi-nhan")).status_code == 404
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", "Thử nghiệm. Nộp hồ sơ chính thức qua Cổng Dịch vụ công quốc gia."),
        ("/en", "A trial. File officially through the National Public Service Portal."),
        ("/fr", "Essai. Déposez officiellement sur le Portail national"),
    ],
)
def test_the_demo_says_that_it_is_a_trial(
    client: Client, monkeypatch: pytest.MonkeyPatch, prefix: str, words: str
) -> None:
    for address in ("/nop/", "/nop/khai-sinh/"):
        assert words not in text_of(client.get(prefix + address))
    demo = SimpleNamespace(DEMO=True, OWN_FILING=True)
    monkeypatch.setattr("gandan.dossiers.web.public.filing.settings", demo)
    for address in ("/nop/", "/nop/khai-sinh/"):
        assert words in text_of(client.get(prefix + address))


def test_the_first_page_says_the_legal_time(client: Client) -> None:
    assert "1 ngày làm việc" in text_of(client.get("/nop/khai-sinh/"))
    land = text_of(client.get("/nop/so-do-lan-dau/"))
    for words in ("17 ngày làm việc", "20 ngày làm việc", "10 ngày làm việc"):
        assert words in land


# --- from answers to a dossier -----------------------------------------------------


def test_a_birth_goes_to_the_commune_where_the_parents_live(client: Client) -> None:
    check = at_check(client)
    page = text_of(client.get(check))
    assert "Ủy ban nhân dân xã Đàm Thủy" in page
    dossier = send(client, check)
    assert dossier.place is not None
    assert dossier.place.full_name == DAM_THUY
    assert (dossier.state, dossier.channel) == ("submitted", "online")
    assert dossier.competent == committee(ON, dossier.place.code)
    assert dossier.received_by == desk(ON, dossier.place.code)
    assert dossier.filing_number is not None
    assert dossier.code is None
    assert dossier.village == "xóm Nà Lũng"


def test_people_and_papers_arrive_as_they_were_told(client: Client) -> None:
    dossier = send(client, at_check(client))
    (mother,) = dossier.parties.all()
    assert (mother.role, mother.full_name) == ("owner", "Nông Thị Ánh")
    # A year alone is a birth; no house number is an address.
    assert (mother.born_on, mother.born_year) == (None, 1998)
    assert mother.address == "xóm Nà Lũng, xã Đàm Thủy, Cao Bằng"
    assert mother.telephone == "0912345678"
    papers = {paper.key: paper for paper in dossier.papers.all()}
    assert papers["paper_certificate"].electronic == 0
    assert dossier.answers["child_name"] == "Hoàng Gia Bảo An"
    assert (dossier.form_key, dossier.form_version) == ("birth", 1)


@pytest.mark.parametrize(
    ("born", "kept"),
    [
        ("1952", (None, 1952)),
        ("1952-03", (None, 1952)),
        ("1952-03-01", (date(1952, 3, 1), None)),
    ],
)
def test_a_birth_is_kept_as_far_as_it_is_known(
    client: Client, born: str, kept: tuple[Any, Any]
) -> None:
    case = without(MARRIED, requester_birth=born, mother_birth=born)
    dossier = send(client, at_check(client, case=case))
    owner = dossier.parties.get(role="owner")
    assert (owner.born_on, owner.born_year) == kept


def test_an_interpreter_is_a_party_with_the_language(client: Client) -> None:
    case = BIRTH["child without father"]
    dossier = send(client, at_check(client, case=case))
    interpreter = dossier.parties.get(role="interpreter")
    assert (interpreter.full_name, interpreter.spoken_language) == (
        "Sùng A Tủa",
        "tiếng Mông",
    )


@pytest.mark.parametrize(
    ("name", "case"),
    [
        ("a couple and their house", "certificate"),
        ("a household registers a bought field", "registration"),
        ("a community holds the notice", "after_notice"),
    ],
)
def test_what_is_asked_decides_the_case_of_a_land_dossier(
    client: Client, name: str, case: str
) -> None:
    dossier = send(client, at_check(client, "land", brought(LAND[name])))
    assert (dossier.procedure_code, dossier.case) == ("1.013978", case)
    assert dossier.place is not None
    parcel = LAND[name]["parcels"][0]["parcel_address"]
    assert dossier.place.full_name.lower() == parcel["commune"].lower()


def test_a_household_business_goes_where_it_has_its_seat(client: Client) -> None:
    case = brought(BUSINESS["a family, two places, an authorised person"])
    dossier = send(client, at_check(client, "household_business", case))
    assert dossier.place is not None
    assert dossier.place.full_name == "Phường Tân Giang"
    roles = {party.role: party.full_name for party in dossier.parties.all()}
    # Members of the household stand in the answers only.
    assert roles == {"owner": "Hoàng Thắm", "representative": "Sỹ"}


def test_files_move_from_the_draft_to_the_dossier(client: Client) -> None:
    check = at_check(client)
    page = check.replace("kiem-tra/", "trang/tep-chung-sinh/")
    answer = client.post(page, {"paper_certificate-new": picture()})
    assert answer.status_code == 302, text_of(answer)
    draft = Draft.objects.get()
    assert StoredFile.objects.get().subject == str(draft.public_id)
    dossier = send(client, check)
    file = StoredFile.objects.get()
    assert file.subject == str(dossier.public_id)
    assert file.retention_class == dossier.retention_class
    paper = dossier.papers.get(key="paper_certificate")
    assert (paper.electronic, paper.file_id) == (1, file.pk)
    draft.refresh_from_db()
    assert draft.answers == {}


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (SimpleUploadedFile("a.docx", b"PK\x03\x04x"), "Không nhận tệp Word, Excel"),
        (SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\nx"), "Không đọc được tệp này"),
        (SimpleUploadedFile("toi mat.png", b"x"), "dấu chỉ độ mật"),
    ],
)
def test_a_file_that_cannot_be_kept_says_why_in_one_sentence(
    client: Client, file: SimpleUploadedFile, words: str
) -> None:
    page = at_check(client).replace("kiem-tra/", "trang/tep-chung-sinh/")
    answer = client.post(page, {"paper_certificate-new": file})
    assert answer.status_code == 422
    shown = text_of(answer)
    assert "Lỗi:" in shown
    assert words.lower() in shown.lower()
    assert not StoredFile.objects.exists()


def test_the_desk_is_told_and_the_citizen_gets_a_message(client: Client) -> None:
    case = without(MARRIED, requester_email="anh@example.vn")
    dossier = send(client, at_check(client, case=case))
    message = Message.objects.get(subject=str(dossier.public_id))
    assert (message.template, message.channel) == ("submitted", "email")
    assert message.params["code"] == dossier.filing_number


def test_a_form_in_french_is_answered_in_french(client: Client) -> None:
    dossier = send(client, at_check(client, language="fr"))
    assert dossier.language == "fr"


# --- «Nộp cho xã nào?» --------------------------------------------------------------


def _elsewhere(**more: Any) -> dict[str, Any]:
    """Parents outside the province: no commune of ours can be told from answers."""
    far = {"detail": "", "commune": "phường Lê Lợi", "province": "Hải Phòng"}
    return without(
        MARRIED, requester_address=far, mother_address=far, father_address=far, **more
    )


def test_who_gets_it_is_asked_where_answers_do_not_tell(client: Client) -> None:
    check = at_check(client, case=_elsewhere())
    page = text_of(client.get(check))
    assert "Chọn nơi nhận hồ sơ" in page
    assert "Gửi hồ sơ</button>" not in page
    assert client.post(check).status_code == 422
    assert not Dossier.objects.exists()
    there = check.replace("kiem-tra", "noi-nhan")
    answer = client.post(there, {"commune": "đàm thuỷ"})
    assert answer.headers["Location"] == check
    assert "Ủy ban nhân dân xã Đàm Thủy" in text_of(client.get(check))
    dossier = send(client, check)
    assert dossier.place is not None
    assert dossier.place.full_name == DAM_THUY


def test_two_communes_in_the_answers_are_offered_by_whose_they_are(
    client: Client,
) -> None:
    case = without(MARRIED, father_address=place("", "xã Cô Ba"))
    check = at_check(client, case=case)
    assert client.post(check).status_code == 422
    there = check.replace("kiem-tra", "noi-nhan")
    page = text_of(client.get(there))
    for words in (DAM_THUY, "Xã Cô Ba", "nơi mẹ cư trú", "nơi cha cư trú"):
        assert words in page
    key = re.search(r'name="to" value="([^"]+)"[^>]*>\s*<span[^>]*>Xã Cô Ba', page)
    assert key is not None
    assert client.post(there, {"to": key[1]}).status_code == 302
    dossier = send(client, check)
    assert dossier.place is not None
    assert dossier.place.full_name == "Xã Cô Ba"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "Ghi tên xã hoặc phường"),
        ("Atlantis", "Không có xã nào của tỉnh mang tên này"),
        ("a", "Có nhiều xã phù hợp"),
        ("xã \u00d0àm Thủy", "Không dùng được ký tự"),
    ],
)
def test_a_commune_nobody_can_tell_is_asked_again(
    client: Client, typed: str, words: str
) -> None:
    there = at_check(client, case=_elsewhere()).replace("kiem-tra", "noi-nhan")
    answer = client.post(there, {"commune": typed})
    assert answer.status_code == 422
    assert words in text_of(answer)


def test_the_one_told_from_the_answers_can_be_changed(client: Client) -> None:
    check = at_check(client)
    client.post(check.replace("kiem-tra", "noi-nhan"), {"commune": "Cô Ba"})
    dossier = send(client, check)
    assert dossier.place is not None
    assert dossier.place.full_name == "Xã Cô Ba"


def test_a_commune_that_is_none_is_refused(client: Client) -> None:
    there = at_check(client, case=_elsewhere()).replace("kiem-tra", "noi-nhan")
    assert client.post(there, {"to": "04.nowhere@2025"}).status_code == 422


def test_nobody_chooses_for_a_draft_of_somebody_else(client: Client) -> None:
    there = at_check(client).replace("kiem-tra", "noi-nhan")
    assert Client().get(there).status_code == 404
    assert Client().post(there, {"commune": "Cô Ba"}).status_code == 404


# --- the receipt -------------------------------------------------------------------


def test_the_receipt_says_number_secret_what_happens_next_and_the_telephone(
    client: Client,
) -> None:
    dossier = send(client, at_check(client))
    answer = client.get(f"/theo-doi/bien-nhan?ho-so={dossier.public_id}")
    page = text_of(answer)
    for words in (
        dossier.filing_number,
        secrets.follow_secret(dossier.ledger_id),
        "Việc tiếp theo",
        "0206",
        "Lưu ảnh",
        "In",
        "Xóa khỏi máy này",
        "Giấy chứng sinh",  # to be brought
    ):
        assert str(words) in page
    assert answer.headers["Cache-Control"].find("no-store") >= 0
    # Rating never before hand-over.
    assert "Đánh giá" not in page


def test_a_second_press_shows_the_same_receipt(client: Client) -> None:
    check = at_check(client)
    first = client.post(check).headers["Location"]
    assert client.post(check).headers["Location"] == first
    assert client.get(check).headers["Location"] == first
    assert Dossier.objects.count() == 1
    assert Event.objects.filter(kind="dossiers.submitted.v1").count() == 1


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_the_picture_is_small_enough_for_a_weak_line(
    client: Client, prefix: str
) -> None:
    dossier = send(client, at_check(client))
    answer = client.get(f"{prefix}/theo-doi/bien-nhan.png?ho-so={dossier.public_id}")
    assert answer.headers["Content-Type"] == "image/png"
    assert answer.content.startswith(b"\x89PNG")
    assert len(answer.content) <= 80_000
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Ánh" not in answer.headers["Content-Disposition"]


def test_removed_from_the_device_nothing_leads_back_to_it(client: Client) -> None:
    check = at_check(client)
    dossier = send(client, check)
    client.post("/theo-doi/xoa")
    receipt = client.get(f"/theo-doi/bien-nhan?ho-so={dossier.public_id}")
    assert receipt.headers["Location"] == "/theo-doi"
    assert client.get(check).status_code == 404
    assert client.post(check).status_code == 404
    assert str(dossier.public_id) not in str(dict(client.session))


def test_who_opened_it_by_its_number_gets_the_card_not_the_secret(
    client: Client,
) -> None:
    dossier = send(client, at_check(client))
    other = Client()
    given = {
        "code": str(dossier.filing_number),
        "secret": secrets.follow_secret(dossier.ledger_id),
    }
    assert other.post("/theo-doi", given).headers["Location"] == "/theo-doi/ho-so"
    answer = other.get(f"/theo-doi/bien-nhan?ho-so={dossier.public_id}")
    assert answer.headers["Location"].startswith("/theo-doi/ho-so")
    answer = other.get(f"/theo-doi/bien-nhan.png?ho-so={dossier.public_id}")
    assert answer.status_code == 302


def test_after_reception_number_and_code_open_the_same_dossier(client: Client) -> None:
    from gandan.dossiers import actions
    from tests.factories import counter

    dossier = send(client, at_check(client))
    assert dossier.place is not None
    assert dossier.submitted_at is not None
    by = counter(ON, dossier.place.code)
    received = actions.receive(dossier_id=dossier.pk, by=by, at=dossier.submitted_at)
    secret = secrets.follow_secret(dossier.ledger_id)
    for number in (received.dossier.code, dossier.filing_number):
        answer = Client().post("/theo-doi", {"code": str(number), "secret": secret})
        assert answer.status_code == 302


def test_a_commune_code_of_the_factories_is_not_the_one_of_the_cases() -> None:
    assert committee(ON, COMMUNE_CODE).place.full_name != DAM_THUY
