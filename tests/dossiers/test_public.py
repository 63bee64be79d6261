"""The follow page: what I must do now, why the date, and what its applicant may do."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from gandan.documents.models import StoredFile
from gandan.dossiers import actions, secrets, usual
from gandan.dossiers.models import Dossier, Nudge, Rating
from gandan.dossiers.web import holding
from gandan.people.actors import ANONYMOUS
from tests.dossiers.filing import picture, text_of
from tests.factories import (
    TUESDAY,
    at,
    counter,
    opening,
    processing,
    received,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db
LAND = "1.013978"
ON = TUESDAY.date()
WANTED = [
    {"key": "birth_paper", "name": "Giấy chứng sinh", "why": "ảnh mờ, chụp lại"},
    {"key": "other-1", "name": "Giấy cam đoan", "why": ""},
]
_now = [TUESDAY]


def now() -> Any:
    return _now[0]


@pytest.fixture(autouse=True)
def _clock(settings: Settings) -> None:
    settings.GANDAN_NOW = "tests.dossiers.test_public.now"
    _now[0] = TUESDAY


def on(day: str) -> None:
    """The page is read on this day."""
    _now[0] = at(day)


def hold(client: Client, dossier: Dossier) -> None:
    """With the code and the secret of the slip."""
    given = {
        "code": str(dossier.code or dossier.filing_number),
        "secret": secrets.follow_secret(dossier.ledger_id),
    }
    answer = client.post("/theo-doi", given)
    assert answer.headers.get("Location") == "/theo-doi/ho-so", text_of(answer)


def card(client: Client, dossier: Dossier, prefix: str = "") -> str:
    hold(client, dossier)
    answer = client.get(f"{prefix}/theo-doi/ho-so")
    assert answer.status_code == 200
    return text_of(answer)


def filed() -> Dossier:
    return actions.submit(opening(ON), by=ANONYMOUS, at=TUESDAY).dossier


def sent_back() -> Dossier:
    dossier = filed()
    return actions.send_back(
        dossier_id=dossier.pk, wanted=WANTED, by=counter(ON), at=at("2025-06-11")
    )


def ended(verb: str, **more: Any) -> Dossier:
    dossier = processing()
    act = getattr(actions, verb)
    act(dossier_id=dossier.pk, by=signatory(ON), at=at("2025-06-11"), **more)
    dossier.refresh_from_db()
    return dossier


# --- now, in every state -------------------------------------------------------------


def test_filed_and_waiting_there_is_nothing_to_do(client: Client) -> None:
    page = card(client, filed())
    assert "Hôm nay chưa cần làm gì. Quầy đang kiểm tra giấy tờ." in page
    assert "Đã nộp, chờ tiếp nhận" in page


def test_sent_back_the_papers_can_be_added_from_home(client: Client) -> None:
    page = card(client, sent_back())
    for words in ("Bổ sung hồ sơ tại đây", "Giấy chứng sinh", "Giấy cam đoan"):
        assert words in page
    assert "/theo-doi/bo-sung" in page


def test_received_and_in_time_there_is_nothing_to_do(client: Client) -> None:
    page = card(client, received())
    assert "Hôm nay chưa cần làm gì" in page
    for words in ("Hạn trả", "thứ Tư 11/06/2025", "Còn 1 ngày làm việc"):
        assert words in page
    # Why this date: the count, from the day after reception.
    assert "1 ngày làm việc" in page
    assert "Vì sao ngày này?" in page


def test_papers_to_bring_say_where_and_by_when(client: Client) -> None:
    dossier = processing(procedure=LAND, case="registration")
    actions.ask_supplement(
        dossier_id=dossier.pk,
        wanted=WANTED,
        by=specialist(ON),
        at=at("2025-06-11"),
        bring_by=at("2025-06-20").date(),
    )
    page = card(client, dossier)
    for words in (
        "Mang các giấy tờ này đến",
        "Trước thứ Sáu 20/06/2025",
        "Giấy chứng sinh",
        "Tạm dừng, chờ ông/bà",
    ):
        assert words in page


def test_late_says_so_and_offers_what_helps(client: Client) -> None:
    dossier = processing()
    on("2025-06-16")
    page = card(client, dossier)
    for words in (
        "Chúng tôi trễ hạn và xin lỗi",
        "Trễ 3 ngày làm việc",
        "Hỏi hồ sơ của tôi đến đâu",
        "Trưởng Bộ phận một cửa",
        "0206",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("verb", "more", "words"),
    [
        ("decide", {}, "để nhận kết quả"),
        ("refuse", {"reason": "Trùng hồ sơ đã đăng ký"}, "để nhận văn bản trả lời"),
        ("stop", {"reason": "Không còn đối tượng"}, "Hồ sơ đã dừng"),
    ],
)
def test_an_ended_dossier_says_where_to_go(
    client: Client, verb: str, more: dict[str, str], words: str
) -> None:
    page = card(client, ended(verb, **more))
    assert words in page
    assert more.get("reason", "") in page
    assert "Trễ" not in page


def test_not_accepted_says_why(client: Client) -> None:
    dossier = filed()
    actions.reject(
        dossier_id=dossier.pk,
        reason="Thuộc thẩm quyền của xã khác",
        by=counter(ON),
        at=at("2025-06-11"),
    )
    page = card(client, dossier)
    assert "Hồ sơ không được tiếp nhận" in page
    assert "Thuộc thẩm quyền của xã khác" in page
    assert "thứ Tư 11/06/2025" in page


def test_the_printed_promise_stands_beside_a_new_date_with_its_apology(
    client: Client,
) -> None:
    dossier = processing(procedure=LAND, case="registration")
    promised = dossier.due_on
    assert promised is not None
    actions.apologise(
        dossier_id=dossier.pk,
        reason="Chưa có kết quả đo đạc",
        new_due=at("2025-07-10").date(),
        by=signatory(ON),
        at=at("2025-06-20"),
    )
    page = card(client, dossier)
    for words in (
        f"{promised:%d/%m/%Y}",
        "10/07/2025",
        "Ngày in trên giấy hẹn",
        "Chưa có kết quả đo đạc",
    ):
        assert words in page


# --- the way and the usual date -------------------------------------------------------


def test_the_way_names_each_step_and_who_has_it(client: Client) -> None:
    dossier = processing(procedure=LAND, case="registration")
    actions.pass_on(
        dossier_id=dossier.pk,
        step="measure",
        outside=True,
        due_on=at("2025-06-17").date(),
        by=specialist(ON),
        at=at("2025-06-11"),
    )
    page = card(client, dossier)
    for words in (
        "Đã tiếp nhận",
        "Kiểm tra hiện trạng, nguồn gốc, quy hoạch",
        "specialist-01273",  # the officer who has had it
        "Trích đo bản đồ địa chính",
        "Đơn vị đo đạc",
        "Hạn riêng: thứ Ba 17/06/2025",
        "Chủ tịch Ủy ban nhân dân cấp xã ký",
        "Trả kết quả",
    ):
        assert words in page, words
    english = card(client, dossier, "/en")
    assert "Cadastral survey" in english
    assert "The surveyor" in english


def _history(days: list[int], **more: Any) -> None:
    """So many dossiers of the last year, each through after so many days."""
    for number, many in enumerate(days):
        dossier = received(at("2025-03-03"), village=f"Xóm {number}")
        ends = at("2025-03-03") + timedelta(days=many)
        values = {"outcome": "result", "state": "done", "ended_at": ends}
        Dossier.objects.filter(pk=dossier.pk).update(
            **values | {"ended_on": ends.date()} | more
        )


def test_the_usual_date_is_the_median_and_nine_in_ten_of_all_days() -> None:
    cache.clear()
    # By hand: ten people, the fifth after 5 days, the ninth after 9.
    _history([3, 1, 2, 10, 4, 5, 40, 7, 9, 8])
    found = usual.usual_days("1.001193", ON)
    assert found == usual.Usual(median=5, nine_in_ten=10, count=10)


@pytest.mark.parametrize(
    "more",
    [
        {"outcome": "withdrawn"},
        {"outcome": "stopped"},
        {"ended_on": ON},  # today is not over
        {"ended_on": ON.replace(year=2024, day=9)},  # more than a year ago
    ],
)
def test_who_got_no_answer_in_the_last_year_is_left_out(more: dict[str, Any]) -> None:
    cache.clear()
    _history([5] * 10, **more, imported=True)
    assert usual.read_all(ON) == {}


def test_fewer_than_ten_say_nothing(client: Client) -> None:
    cache.clear()
    _history([5] * 9)
    assert usual.usual_days("1.001193", ON) is None
    assert "Thường nhận sau" not in card(client, received())


def test_the_page_says_the_usual_date_beside_the_legal_one(client: Client) -> None:
    cache.clear()
    _history([5] * 9 + [21])
    page = card(client, received())
    assert "Thường nhận sau 5 ngày; 9/10 người trong 5 ngày" in page


def test_the_usual_date_is_read_once_a_day(django_assert_num_queries: Any) -> None:
    cache.clear()
    _history([5] * 10)
    assert usual.usual_days("1.001193", ON) is not None
    # The day's reading stands in the database's cache: one question for every page.
    with django_assert_num_queries(1):
        assert usual.usual_days("1.001193", ON) is not None
    # The demo's date moves on: the next day is read anew.
    _history([9] * 10)
    assert usual.usual_days("1.001193", ON) == usual.Usual(5, 5, 10)
    assert usual.usual_days("1.001193", ON + timedelta(days=1)) == usual.Usual(5, 9, 20)


# --- nudge, withdraw, keep ------------------------------------------------------------


def test_a_nudge_is_counted_once_a_day(client: Client) -> None:
    dossier = processing()
    on("2025-06-16")
    hold(client, dossier)
    for _ in range(2):
        answer = client.post("/theo-doi/hoi", {"dossier": str(dossier.public_id)})
        assert answer.status_code == 302
    assert Nudge.objects.count() == 1
    page = card(client, dossier)
    assert "Hôm nay ông/bà đã hỏi" in page
    on("2025-06-17")
    client.post("/theo-doi/hoi", {"dossier": str(dossier.public_id)})
    assert Nudge.objects.count() == 2


def test_before_it_is_late_there_is_no_nudge(client: Client) -> None:
    dossier = received()
    assert "Hỏi hồ sơ của tôi đến đâu" not in card(client, dossier)
    client.post("/theo-doi/hoi", {"dossier": str(dossier.public_id)})
    assert not Nudge.objects.exists()


def test_withdrawing_with_the_strips_token_and_keeping_after_all(
    client: Client,
) -> None:
    receipt = actions.open_and_receive(opening(ON), by=counter(ON), at=TUESDAY)
    dossier = receipt.dossier
    hold(client, dossier)
    there, what = "/theo-doi/rut", {"dossier": str(dossier.public_id)}
    wrong = client.post(there, what | {"token": "A" * 22})
    assert wrong.status_code == 422
    assert "Đây không phải mã trên phần cắt rời." in text_of(wrong)
    assert "Lỗi:" in text_of(wrong)
    right = client.post(
        there, what | {"token": receipt.token, "reason": "Đã chuyển đi"}
    )
    assert right.status_code == 302
    dossier.refresh_from_db()
    assert (dossier.state, dossier.withdrawal_token) == (
        "withdrawal_asked",
        receipt.token,
    )
    page = card(client, dossier)
    assert "Không rút nữa, giữ hồ sơ" in page
    assert "Đã chuyển đi" not in page
    client.post("/theo-doi/giu", what)
    dossier.refresh_from_db()
    assert (dossier.state, dossier.withdrawal_token) == ("received", "")


def test_before_reception_there_is_no_strip_to_ask_for(client: Client) -> None:
    dossier = filed()
    hold(client, dossier)
    page = text_of(client.get(f"/theo-doi/rut?ho-so={dossier.public_id}"))
    assert "phần cắt rời" not in page
    assert client.post("/theo-doi/rut", {}).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == "withdrawal_asked"


def test_what_is_over_is_not_withdrawn(client: Client) -> None:
    dossier = ended("decide")
    hold(client, dossier)
    answer = client.get("/theo-doi/rut")
    assert answer.headers["Location"].startswith("/theo-doi/ho-so")


# --- completing from home -------------------------------------------------------------


def complete(client: Client, dossier: Dossier, **boxes: Any) -> Any:
    sent = {"dossier": str(dossier.public_id)}
    return client.post(
        "/theo-doi/bo-sung", sent | {k.replace("_", "-"): v for k, v in boxes.items()}
    )


def test_a_filing_that_was_sent_back_is_completed_from_home(client: Client) -> None:
    dossier = sent_back()
    on("2025-06-12")
    hold(client, dossier)
    page = text_of(client.get("/theo-doi/bo-sung"))
    for words in ("Giấy chứng sinh", "ảnh mờ, chụp lại", "Giấy cam đoan", "0206"):
        assert words in page
    answer = complete(
        client, dossier, files_0=[picture("a.png"), picture("b.png")], bring_1="on"
    )
    assert answer.status_code == 302, text_of(answer)
    dossier.refresh_from_db()
    assert dossier.state == "submitted"
    files = StoredFile.objects.filter(subject=str(dossier.public_id))
    assert files.count() == 2
    papers = {p.key: p.electronic for p in dossier.papers.all()}
    assert papers == {"birth_paper+1": 2, "other-1+1": 0}
    assert "Ông/bà đã gửi giấy tờ" in card(client, dossier)


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({}, "Thêm tệp, hoặc đánh dấu sẽ mang đến: Giấy chứng sinh"),
        ({"bring_0": "on"}, "Thêm tệp, hoặc đánh dấu sẽ mang đến: Giấy cam đoan"),
        ({"bring_0": "on", "bring_1": "on"}, "Chưa có gì để gửi"),
        (
            {
                "files_0": SimpleUploadedFile("a.docx", b"PK\x03\x04x"),
                "bring_1": "on",
            },
            "Không nhận tệp Word, Excel",
        ),
    ],
)
def test_an_answer_that_is_not_whole_says_how_to_mend_it(
    client: Client, boxes: dict[str, Any], words: str
) -> None:
    dossier = sent_back()
    hold(client, dossier)
    answer = complete(client, dossier, **boxes)
    assert answer.status_code == 422
    page = text_of(answer)
    assert words in page
    assert "Lỗi:" in page
    dossier.refresh_from_db()
    assert dossier.state == "sent_back"
    assert not StoredFile.objects.exists()


def test_one_refused_file_keeps_none_of_them(client: Client) -> None:
    dossier = sent_back()
    hold(client, dossier)
    broken = SimpleUploadedFile("b.png", b"\x89PNG\r\n\x1a\nx")
    answer = complete(client, dossier, files_0=picture(), files_1=broken)
    assert answer.status_code == 422
    assert not StoredFile.objects.exists()


def test_what_was_not_sent_back_is_not_completed(client: Client) -> None:
    dossier = filed()
    hold(client, dossier)
    assert client.get("/theo-doi/bo-sung").status_code == 302
    assert complete(client, dossier, files_0=picture()).status_code == 302
    assert not StoredFile.objects.exists()


# --- rating ---------------------------------------------------------------------------


def handed_over() -> Dossier:
    dossier = ended("decide")
    return actions.hand_over(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-12"))


@pytest.mark.parametrize(
    ("day", "offered"),
    [
        ("2025-06-12", False),  # the day of hand-over itself
        ("2025-06-13", True),
        ("2025-09-10", True),  # ninety days
        ("2025-09-11", False),
    ],
)
def test_rating_is_offered_from_the_day_after_hand_over(
    client: Client, day: str, offered: bool
) -> None:
    dossier = handed_over()
    on(day)
    assert ("Đánh giá việc phục vụ" in card(client, dossier)) is offered
    answer = client.post("/theo-doi/danh-gia", {"score": "5"})
    assert answer.status_code == 302
    assert Rating.objects.exists() is offered


def test_a_rating_is_given_once_and_has_its_own_error(client: Client) -> None:
    dossier = handed_over()
    on("2025-06-13")
    hold(client, dossier)
    empty = client.post("/theo-doi/danh-gia", {})
    assert empty.status_code == 422
    assert "Chọn một trong năm câu trả lời" in text_of(empty)
    for _ in range(2):
        client.post("/theo-doi/danh-gia", {"score": "2"})
    rating = Rating.objects.get()
    assert (rating.score, rating.means) == (2, "page")
    assert "Đánh giá việc phục vụ" not in card(client, dossier)


# --- holding ------------------------------------------------------------------------


def test_several_dossiers_are_kept_apart(client: Client) -> None:
    first, second = received(), received(procedure=LAND, case="registration")
    hold(client, first)
    hold(client, second)
    assert str(second.code) in text_of(client.get("/theo-doi/ho-so"))
    page = text_of(client.get(f"/theo-doi/ho-so?ho-so={first.public_id}"))
    assert str(first.code) in page
    listed = text_of(client.get("/theo-doi"))
    for dossier in (first, second):
        assert dossier.short_code in listed


def test_the_session_ends_by_the_clock_on_the_wall(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The demo's date may move: a day forward closes nothing, a day back keeps nothing
    open for longer."""
    start = 1_000_000.0
    clock = [start]
    monkeypatch.setattr("gandan.dossiers.web.holding.time.time", lambda: clock[0])
    dossier = received()
    hold(client, dossier)
    on("2025-06-13")
    assert client.get("/theo-doi/ho-so").status_code == 200
    on("2025-06-01")
    clock[0] = start + holding.IDLE + 1
    assert client.get("/theo-doi/ho-so").headers["Location"] == "/theo-doi"
    for address in ("/theo-doi/rut", "/theo-doi/bo-sung", "/theo-doi/danh-gia"):
        assert client.get(address).status_code == 404
    assert client.post("/theo-doi/hoi").status_code == 404


def test_reading_on_keeps_it_open_but_not_for_ever(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1_000_000.0]
    monkeypatch.setattr("gandan.dossiers.web.holding.time.time", lambda: clock[0])
    hold(client, received())
    pages = 0
    while client.get("/theo-doi/ho-so").status_code == 200:
        clock[0] += holding.IDLE - 60
        pages += 1
    assert pages == holding.LASTS // (holding.IDLE - 60) + 1


def test_removing_it_from_the_device_leaves_nothing(client: Client) -> None:
    dossier = received()
    hold(client, dossier)
    assert client.post("/theo-doi/xoa").headers["Location"] == "/theo-doi"
    assert str(dossier.public_id) not in str(dict(client.session))
    assert client.get("/theo-doi/ho-so").headers["Location"] == "/theo-doi"


def test_a_planted_session_is_left_behind_when_a_dossier_opens(client: Client) -> None:
    client.post("/theo-doi/xoa")  # a session begins
    before = client.session.session_key
    hold(client, received())
    assert client.session.session_key != before


def test_the_follow_page_asks_few_questions_of_the_database(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    dossier = processing(procedure=LAND, case="registration")
    hold(client, dossier)
    client.get("/theo-doi/ho-so")
    with django_assert_max_num_queries(20):
        client.get("/theo-doi/ho-so")
