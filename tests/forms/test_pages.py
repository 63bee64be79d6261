"""The pages of a form: each address allowed, forbidden, wrong and done."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from gandan.forms import loading
from gandan.forms.models import Draft
from gandan.ledger.models import Event
from tests.forms import journey_urls
from tests.forms.answering import TOKEN, Citizen, seen, sent
from tests.forms.cases import BIRTH, LAND

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.forms.journey_urls"),
    pytest.mark.usefixtures("the_morning"),
]
MARRIED = BIRTH["married parents, the mother asks"]
MANY = LAND["two owners, two parcels, many papers"]


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
