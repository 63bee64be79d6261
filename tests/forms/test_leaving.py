"""Leaving with a code and a secret, coming back, and what a guesser learns: nothing."""

import re
from html import unescape
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from gandan.forms.models import Draft
from gandan.people import attempts
from tests.forms.answering import TOKEN, Citizen, seen, sent
from tests.forms.cases import BIRTH

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.urls("tests.forms.journey_urls"),
    pytest.mark.usefixtures("the_morning"),
]
MARRIED = BIRTH["married parents, the mother asks"]


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


def test_a_browser_that_begins_without_end_is_asked_to_wait_and_keeps_what_it_has(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "MOST_BEGUN_BY_SESSION", 2)
    start = {"helped_by": ""}
    for _form in range(3):  # the first begins before there is a session
        sent(client, "/nop/khai-sinh/", start, 302)
    before = Draft.objects.count()
    page = sent(client, "/nop/khai-sinh/", start, 429)
    assert "Hãy đợi một giờ" in page
    assert Draft.objects.count() == before
    sent(Client(), "/nop/khai-sinh/", start, 302)  # another browser goes on


def test_everybody_behind_one_address_together_has_a_limit_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attempts, "MOST_BEGUN_BY_ADDRESS", 3)
    for _browser in range(3):
        sent(Client(), "/nop/khai-sinh/", {"helped_by": ""}, 302)
    sent(Client(), "/nop/khai-sinh/", {"helped_by": ""}, 429)
