"""Checking the answers, mending one, sending them once."""

import pytest

from gandan.forms.models import Draft
from tests.forms import journey_urls
from tests.forms.answering import Citizen, seen, sent
from tests.forms.cases import BIRTH

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.forms.journey_urls"),
    pytest.mark.usefixtures("the_morning"),
]
MARRIED = BIRTH["married parents, the mother asks"]


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
