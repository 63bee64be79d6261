"""The pages of a form: each address allowed, forbidden, wrong and done."""

import re
from html import unescape
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from gandan.forms import loading
from gandan.forms.models import Draft
from gandan.ledger.models import Event
from tests.forms import journey_urls
from tests.forms.answering import Citizen
from tests.forms.cases import BIRTH, LAND

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.forms.journey_urls"),
    pytest.mark.usefixtures("the_morning"),
]
MARRIED = BIRTH["married parents, the mother asks"]
MANY = LAND["two owners, two parcels, many papers"]
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


@pytest.fixture
def birth(client: Client) -> Citizen:
    citizen = Citizen(client, "birth")
    citizen.start()
    return citizen


@pytest.fixture
def land(client: Client) -> Citizen:
    citizen = Citizen(client, "land")
    citizen.start()
    citizen.have_filled(MANY)
    return citizen


def seen(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return unescape(answer.content.decode())


def sent(client: Client, address: str, boxes: dict[str, Any], status: int) -> str:
    answer = client.post(address, boxes)
    assert answer.status_code == status, answer.content.decode()
    return unescape(answer.content.decode())


def test_the_index_offers_the_three_forms(client: Client) -> None:
    page = seen(client, "/nop/")
    for title in ("Khai sinh cho con", "Làm sổ đỏ lần đầu", "Mở hộ kinh doanh"):
        assert title in page


@pytest.mark.parametrize(
    ("prefix", "words"),
    [
        ("", ["Khai sinh cho con", "Bố cục không chính thức", "Giấy chứng sinh"]),
        ("/en", ["Register a birth", "Unofficial layout", "Certificate of birth"]),
        (
            "/fr",
            ["Déclarer une naissance", "non officielle", "Certificat de naissance"],
        ),
    ],
)
def test_time_and_papers_are_stated_first(
    client: Client, prefix: str, words: list[str]
) -> None:
    page = seen(client, f"{prefix}/nop/khai-sinh/")
    for word in [*words, "15", "1 ngày làm việc", "1.001193"]:
        assert word in page


@pytest.mark.parametrize("helper", ["", "village_head", "digital_team", "interpreter"])
def test_help_is_recorded_as_help(client: Client, helper: str) -> None:
    citizen = Citizen(client, "birth")
    citizen.start(helped_by=helper)
    assert citizen.draft.helped_by == helper
    started = Event.objects.get(kind="forms.draft_started.v1")
    assert started.payload["helped_by"] == helper


def test_an_unknown_helper_is_refused(client: Client) -> None:
    page = sent(client, "/nop/khai-sinh/", {"helped_by": "spy"}, 422)
    assert "Lỗi:" in page
    assert not Draft.objects.exists()


@pytest.mark.parametrize(
    ("slug", "boxes", "words"),
    [
        ("truong-hop", {}, "Chọn một câu trả lời"),
        ("ten-tre", {"child_name": "An 2"}, "Ghi tên chỉ bằng chữ"),
        ("ten-tre", {"child_name": "\u00d0ức"}, "Viết chữ Đ của bàn phím tiếng Việt"),
        ("ngay-sinh", {"child_birth_day": "3"}, "Ghi đủ ngày, tháng, năm"),
        (
            "ngay-sinh",
            {
                "child_birth_day": "30",
                "child_birth_month": "4",
                "child_birth_year": "2025",
            },
            "Ngày này chưa tới",
        ),
        (
            "que-quan",
            {"home_town-detail": "xóm Nà Lũng"},
            "Ghi xã hoặc phường, và tỉnh",
        ),
        ("lien-he", {"requester_phone": "12"}, "Ghi số điện thoại 10 hoặc 11 số"),
        ("giay-to-nguoi-yeu-cau", {"requester_identity": "1"}, "Ghi 12 số của thẻ"),
    ],
)
def test_a_wrong_answer_says_how_to_mend_it_and_is_kept_on_the_page(
    birth: Citizen, slug: str, boxes: dict[str, str], words: str
) -> None:
    page = sent(birth.client, f"{birth.at}trang/{slug}/", boxes, 422)
    assert words in page
    title = re.search(r"<title>([^<]*)", page)
    assert title is not None
    assert title[1].startswith("Lỗi:")
    target = re.search(r'<li><a href="#([^"]+)">', page)
    assert target is not None
    assert f'id="{target[1]}"' in page
    for typed in boxes.values():
        assert typed in page
    assert birth.draft.answers == {}


def test_a_choice_no_page_offers_is_refused(birth: Citizen) -> None:
    boxes = {"situation": "orphan"}
    page = sent(birth.client, f"{birth.at}trang/truong-hop/", boxes, 422)
    assert "Chọn một câu trả lời" in page
    assert "orphan" not in page


def test_every_question_page_says_why_and_names_its_source(birth: Citizen) -> None:
    page = seen(birth.client, f"{birth.at}trang/ten-tre/")
    assert "Vì sao hỏi?" in page
    assert "Quy định: Luật Hộ tịch 60/2014/QH13, Điều 14 (chưa kiểm chứng)" in page
    page = seen(birth.client, f"{birth.at}trang/lien-he/")
    assert "Pháp luật không hỏi" in page


def test_the_question_is_the_heading_and_the_label(birth: Citizen) -> None:
    for slug in ("truong-hop", "ten-tre", "ngay-sinh", "que-quan", "lien-he"):
        page = seen(birth.client, f"{birth.at}trang/{slug}/")
        assert page.count("<h1") == 1


def test_a_page_not_asked_in_this_case_does_not_exist(birth: Citizen) -> None:
    birth.client.post(f"{birth.at}trang/truong-hop/", {"situation": "mother_only"})
    seen(birth.client, f"{birth.at}trang/ten-me/", 200)
    for slug in ("ten-cha", "ket-hon", "khong-co-trang-nay"):
        seen(birth.client, f"{birth.at}trang/{slug}/", 404)
        assert birth.client.post(f"{birth.at}trang/{slug}/", {}).status_code == 404


def test_the_way_back_leads_through_the_open_pages(birth: Citizen) -> None:
    birth.client.post(f"{birth.at}trang/truong-hop/", {"situation": "both"})
    page = seen(birth.client, f"{birth.at}trang/ten-tre/")
    assert f'class="gd-back" href="{birth.at}trang/truong-hop/"' in page
    page = seen(birth.client, f"{birth.at}trang/truong-hop/")
    assert f'class="gd-back" href="{birth.at}"' in page
    page = seen(birth.client, f"{birth.at}trang/ten-tre/?ve=kiem-tra")
    assert f'class="gd-back" href="{birth.at}kiem-tra/"' in page


def test_the_task_list_tells_how_far_each_part_is(birth: Citizen) -> None:
    page = seen(birth.client, birth.at)
    assert page.count("Chưa làm") == 3
    assert page.count("Chưa cần") == 4
    birth.have_filled({**MARRIED, "result_place": "desk"})
    page = seen(birth.client, birth.at)
    assert "Xong 6 trên 6 phần" in page
    assert f'href="{birth.at}kiem-tra/"' in page


# --- repeating groups ---------------------------------------------------------


def test_a_group_lists_its_items_and_opens_one_more(land: Citizen) -> None:
    page = seen(land.client, f"{land.at}trang/thua-dat/")
    assert "Thửa đất 1" in page
    assert "Thửa đất 2" in page
    assert f'href="{land.at}trang/thua-dat/3/1/"' in page
    assert "Thêm thửa đất" in page
    seen(land.client, f"{land.at}trang/thua-dat/3/1/", 200)
    for beyond in ("4/1", "0/1", "1/99", "3/9"):
        seen(land.client, f"{land.at}trang/thua-dat/{beyond}/", 404)
    seen(land.client, f"{land.at}trang/thua-dat/3/xoa/", 404)
    assert len(land.draft.answers["parcels"]) == 2


def test_an_unfinished_item_is_named_before_going_on(land: Citizen) -> None:
    boxes = {
        "row_version": land.draft.row_version,
        "parcel_address": "",
        "parcels-2-parcel_address-commune": "xã Đàm Thủy",
        "parcels-2-parcel_address-province": "Cao Bằng",
    }
    land.send(f"{land.at}trang/thua-dat/3/1/", boxes)
    page = sent(land.client, f"{land.at}trang/thua-dat/", {}, 422)
    assert "Thửa đất 3: Còn thiếu: Diện tích" in page
    assert "Chưa xong" in page


def test_an_empty_group_says_what_is_needed(client: Client) -> None:
    citizen = Citizen(client, "land")
    citizen.start()
    page = sent(client, f"{citizen.at}trang/thua-dat/", {}, 422)
    assert "Ghi ít nhất một thửa đất." in page


def test_an_item_is_taken_away_after_a_question(land: Citizen) -> None:
    address = f"{land.at}trang/thua-dat/1/xoa/"
    assert "Bỏ Thửa đất 1?" in seen(land.client, address)
    boxes = {"row_version": land.draft.row_version}
    land.send(address, boxes)
    assert [one["origin"] for one in land.draft.answers["parcels"]] == ["cleared"]


def test_an_item_changed_in_another_window_is_not_overwritten(land: Citizen) -> None:
    stale = {"row_version": land.draft.row_version - 1}
    page = sent(land.client, f"{land.at}trang/thua-dat/1/xoa/", stale, 422)
    assert "đã thay đổi ở cửa sổ khác" in page
    boxes = stale | {"parcels-0-land_use": "rice"}
    page = sent(land.client, f"{land.at}trang/thua-dat/1/3/", boxes, 422)
    assert "đã thay đổi ở cửa sổ khác" in page
    assert len(land.draft.answers["parcels"]) == 2


# --- papers -------------------------------------------------------------------


def test_a_file_of_a_wrong_kind_is_refused_in_words(land: Citizen) -> None:
    wrong = SimpleUploadedFile("a.exe", b"MZ", "application/octet-stream")
    address = f"{land.at}trang/tep-giay-to-dat/"
    before = land.draft.answers["paper_land"]
    page = sent(land.client, address, {"paper_land-new": wrong}, 422)
    assert "Chỉ nhận ảnh" in page
    assert land.draft.answers["paper_land"] == before


def test_a_file_is_taken_away_and_the_paper_promised_instead(land: Citizen) -> None:
    (kept,) = land.draft.answers["paper_land"]["files"]
    address = f"{land.at}trang/tep-giay-to-dat/"
    sent(land.client, address, {"paper_land-drop": kept}, 422)
    boxes = {"paper_land-drop": kept, "paper_land-bring": "on"}
    sent(land.client, address, boxes, 302)
    assert land.draft.answers["paper_land"] == {"files": [], "bring": True}


# --- leaving and coming back --------------------------------------------------


def told(page: str) -> tuple[str, str]:
    code, secret = re.findall(r'<dd class="gd-code">([^<]+)</dd>', page)
    return code, secret


def test_saving_and_leaving_tells_code_and_secret_once(birth: Citizen) -> None:
    boxes = {"situation": "foundling", "save_exit": "1"}
    page = sent(birth.client, f"{birth.at}trang/truong-hop/", boxes, 200)
    code, secret = told(page)
    assert birth.draft.answers == {"situation": "foundling"}
    seen(birth.client, birth.at, 404)  # this browser has let go of it
    sent(birth.client, "/nop/tiep-tuc/", {"code": code, "secret": secret.lower()}, 302)
    seen(birth.client, birth.at, 200)
    page = seen(birth.client, f"{birth.at}luu/")
    assert secret not in page
    page = sent(birth.client, f"{birth.at}luu/", {"leave": "1"}, 200)
    assert code in page
    assert secret not in page
    assert "Mã bí mật đã cấp vẫn dùng được" in page


def test_leaving_never_holds_anybody_on_a_wrong_answer(birth: Citizen) -> None:
    boxes = {
        "requester_phone": "12",
        "requester_email": "anh.nong@example.vn",
        "save_exit": "1",
    }
    sent(birth.client, f"{birth.at}trang/lien-he/", boxes, 200)
    assert birth.draft.answers == {"requester_email": "anh.nong@example.vn"}
    assert birth.draft.seen == []


def test_a_lost_secret_is_replaced_by_whoever_still_has_the_form_open(
    birth: Citizen,
) -> None:
    def resume(status: int, code: str, secret: str) -> None:
        boxes = {"code": code, "secret": secret}
        sent(birth.client, "/nop/tiep-tuc/", boxes, status)

    first = told(sent(birth.client, f"{birth.at}luu/", {"leave": "1"}, 200))
    resume(302, *first)
    second = told(sent(birth.client, f"{birth.at}luu/", {"renew": "1"}, 200))
    assert first[0] == second[0]
    resume(422, *first)
    resume(302, *second)


@pytest.fixture
def counted() -> Any:
    cache.clear()
    yield
    cache.clear()


def answer_to(client: Client, code: str, secret: str) -> tuple[int, str]:
    answer = client.post("/nop/tiep-tuc/", {"code": code, "secret": secret})
    page = TOKEN.sub("", answer.content.decode())
    for typed in (code, secret):
        page = page.replace(typed, "…")
    return answer.status_code, page


def test_every_refusal_looks_the_same(birth: Citizen, counted: None) -> None:
    code, secret = told(sent(birth.client, f"{birth.at}luu/", {"leave": "1"}, 200))
    stranger = Client()
    unknown = answer_to(stranger, "N-2222-3333", secret)
    assert unknown[0] == 422
    assert "không khớp nhau" in unescape(unknown[1])
    assert answer_to(stranger, code, "2222-2222") == unknown
    for _try in range(6):  # too many tries on this code
        assert answer_to(stranger, code, "3333-3333") == unknown
    assert answer_to(stranger, code, secret) == unknown  # even the right secret waits
    for _try in range(7):  # and as many on one that does not exist
        assert answer_to(stranger, "N-2222-3333", secret) == unknown


def test_a_sender_cannot_try_many_codes(birth: Citizen, counted: None) -> None:
    code, secret = told(sent(birth.client, f"{birth.at}luu/", {"leave": "1"}, 200))
    stranger = Client()
    letters = "23456789ABCDEFGHJKMNPQRS"
    for letter in letters:
        answer_to(stranger, f"N-2222-222{letter}", secret)
    status, _page = answer_to(stranger, code, secret)
    assert status == 422


def test_empty_boxes_are_asked_for_without_a_try(client: Client, counted: None) -> None:
    page = sent(client, "/nop/tiep-tuc/", {"code": "", "secret": ""}, 422)
    assert "Ghi mã đã được cấp" in page
    assert "Ghi mã bí mật đã được cấp" in page


def test_a_deleted_form_is_gone_for_its_own_browser_too(birth: Citizen) -> None:
    assert "Xóa tờ khai này?" in seen(birth.client, f"{birth.at}xoa/")
    sent(birth.client, f"{birth.at}xoa/", {}, 302)
    seen(birth.client, birth.at, 404)
    assert not Draft.objects.exists()


# --- forbidden looks like missing ---------------------------------------------

INSIDE = [
    "",
    "luu/",
    "xoa/",
    "kiem-tra/",
    "to-khai.pdf",
    "trang/thua-dat/",
    "trang/thua-dat/1/1/",
    "trang/thua-dat/1/xoa/",
]


@pytest.mark.parametrize("inside", INSIDE)
def test_a_stranger_sees_no_difference_from_a_form_that_does_not_exist(
    land: Citizen, inside: str
) -> None:
    nobody = land.at.replace(str(land.draft.public_id), str(UUID(int=4)))
    stranger = Client()
    for method in ("get", "post"):
        there = getattr(stranger, method)(f"{land.at}{inside}")
        missing = getattr(stranger, method)(f"{nobody}{inside}")
        assert there.status_code == missing.status_code == 404
        assert TOKEN.sub("", there.content.decode()).replace(
            land.at, nobody
        ) == TOKEN.sub("", missing.content.decode())


@pytest.mark.parametrize("inside", INSIDE)
def test_under_another_form_s_name_a_draft_does_not_exist(
    land: Citizen, inside: str
) -> None:
    seen(land.client, f"{land.at.replace('so-do-lan-dau', 'khai-sinh')}{inside}", 404)


def test_a_form_nobody_wrote_does_not_exist(client: Client) -> None:
    seen(client, "/nop/ho-chieu/", 404)


def test_where_own_filing_is_off_no_page_exists(client: Client) -> None:
    journey_urls.shut.append(True)
    for address in ("/nop/", "/nop/khai-sinh/", "/nop/tiep-tuc/"):
        seen(client, address, 404)


def test_thirty_days_later_the_form_does_not_exist(
    land: Citizen, settings: Settings
) -> None:
    settings.GANDAN_NOW = "tests.forms.journey_urls.a_month_later"
    seen(land.client, land.at, 404)


# --- checking and sending -----------------------------------------------------


def test_what_is_missing_is_listed_with_its_page(birth: Citizen) -> None:
    page = seen(birth.client, f"{birth.at}kiem-tra/")
    assert "Còn thiếu 17 câu trả lời" in page
    assert f'href="{birth.at}trang/ten-tre/?ve=kiem-tra"' in page
    assert "Gửi hồ sơ" not in page
    page = sent(birth.client, f"{birth.at}kiem-tra/", {}, 422)
    assert "Còn thiếu câu trả lời" in page


def test_mending_one_answer_leads_back_to_the_check(birth: Citizen) -> None:
    birth.have_filled(MARRIED)
    address = f"{birth.at}trang/ten-tre/?ve=kiem-tra"
    there = birth.send(address, {"child_name": "Hoàng An"})
    assert there == f"{birth.at}kiem-tra/"
    assert "Hoàng An" in seen(birth.client, there)
    # Another situation opens a page not answered yet: it comes first.
    address = f"{birth.at}trang/truong-hop/?ve=kiem-tra"
    there = birth.send(address, {"situation": "mother_only"})
    assert there == f"{birth.at}trang/nhan-con/?ve=kiem-tra"


def test_the_check_shows_answers_copies_papers_and_fee(birth: Citizen) -> None:
    birth.have_filled({**MARRIED, "wants_copies": True, "copies": 3})
    page = seen(birth.client, f"{birth.at}kiem-tra/")
    for word in (
        "Hoàng Gia Bảo An",
        "27/03/2025",
        "như đã khai ở trên",
        "1 tệp đính kèm",
        "8.000 đ mỗi bản sao",
        "Tôi cam đoan",
        "Gửi hồ sơ",
    ):
        assert word in page
    assert "Dân tộc" not in page


def test_a_second_press_shows_the_same_receipt(birth: Citizen) -> None:
    birth.have_filled(MARRIED)
    first = birth.send(f"{birth.at}kiem-tra/", {})
    assert birth.send(f"{birth.at}kiem-tra/", {}) == first
    assert len(journey_urls.sent) == 1
    (submission,) = journey_urls.sent
    assert submission.answers["child_name"] == "Hoàng Gia Bảo An"
    assert submission.parties[0].role == "owner"
    assert submission.at == journey_urls.AT
    for address in (birth.at, f"{birth.at}kiem-tra/"):
        assert birth.client.get(address).headers["Location"] == first
    seen(birth.client, f"{birth.at}trang/ten-tre/", 404)
    seen(birth.client, f"{birth.at}to-khai.pdf", 404)


def test_a_refusal_of_the_room_above_keeps_every_answer(birth: Citizen) -> None:
    birth.have_filled(MARRIED)
    before = birth.draft.answers
    journey_urls.closed.append("Hôm nay chưa nhận hồ sơ.")
    page = sent(birth.client, f"{birth.at}kiem-tra/", {}, 422)
    assert "Hôm nay chưa nhận hồ sơ." in page
    assert birth.draft.answers == before
    assert birth.draft.state == Draft.State.OPEN


def test_the_paper_has_a_name_that_says_nothing(land: Citizen) -> None:
    answer = land.client.get(f"{land.at}to-khai.pdf")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'inline; filename="to-khai.pdf"'
    assert answer.content.startswith(b"%PDF")


# --- every page ---------------------------------------------------------------


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_pages_are_light_without_script_and_not_kept_by_the_browser(
    land: Citizen, prefix: str
) -> None:
    outside = ["/nop/", "/nop/so-do-lan-dau/", "/nop/tiep-tuc/"]
    pages = [f"{land.at}trang/{page.slug}/" for page in land.course.open_pages()]
    inside = [f"{land.at}{one}" for one in INSIDE if not one.endswith("pdf")]
    for address in [*outside, *inside, *pages]:
        answer = land.client.get(f"{prefix}{address}")
        page = answer.content.decode()
        assert answer.status_code == 200, address
        assert answer.headers["Cache-Control"] == "no-store"
        assert "<script" not in page.replace("<script src=", "")
        assert " style=" not in page
        assert " on" + "click=" not in page
        assert len(answer.content) < 45_000
        assert page.count("<h1") == 1, address


def test_addresses_carry_no_answer(land: Citizen) -> None:
    for _section, one in loading.definition("land").pages():
        assert re.fullmatch(r"[a-z0-9-]+", one.slug)
    page = seen(land.client, f"{land.at}kiem-tra/")
    for address in re.findall(r'href="([^"]*)"', page):
        assert "004" not in address
        assert "Bế" not in address


def test_a_list_page_asks_the_database_little(
    land: Citizen, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(8):
        seen(land.client, f"{land.at}kiem-tra/")
