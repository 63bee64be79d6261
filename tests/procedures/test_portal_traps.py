"""Each trap of the portal and of the crawl, one by one, with a real record's shape."""

from decimal import Decimal
from typing import Any

import pytest

from gandan.kernel.clock import Unit
from gandan.procedures.importing import portal

WD, DAY = Unit.WORKING_DAY, Unit.DAY


def record(**parts: Any) -> dict[str, Any]:
    return {
        "code": "1.000001",
        "source": "portal-api",
        "channels": [],
        "documents": [],
        "results": [],
        "legal_basis": [],
        **parts,
    }


def way(channel: str, quantity: Any, unit: str, told: str = "", **fee: Any) -> Any:
    fees = [{"amount": None, "currency": None, "note": "", "portal_text": "", **fee}]
    return {
        "channel": channel,
        "time_qty": quantity,
        "time_unit": unit,
        "note": told,
        "fees": fees if fee else [],
    }


def case(code: str, quantity: int, unit: str = "working_day", name: str = "") -> Any:
    return {"case": code, "name": name, "qty": quantity, "unit": unit}


def said(limits: Any) -> list[tuple[str, str, Decimal | None, Unit | None, bool]]:
    return [(x.case, x.channel, x.quantity, x.unit, x.verified) for x in limits]


def test_the_unit_other_hides_the_limit_of_the_cases() -> None:
    """Birth registration: 1 "other", both cases one working day."""
    cases, limits = portal.times(
        record(
            channels=[way("online", 1, "other"), way("in_person", 1, "other")],
            case_times=[case("1.001193.02", 1), case("1.001193.01", 1)],
        )
    )
    assert cases == ()
    assert said(limits) == [("", "", Decimal(1), WD, True)]


def test_limits_under_channels_of_a_flattened_page_are_unnamed_cases() -> None:
    """First land registration: 17, 20, 27 are no channels."""
    cases, limits = portal.times(
        record(
            source="portal-text",
            channels=[
                way("online", 17, "working_day"),
                way("post", 20, "working_day"),
                way("in_person", 27, "working_day"),
            ],
        )
    )
    assert [(c.key, c.name, c.verified) for c in cases] == [
        ("stated_1", "", False),
        ("stated_2", "", False),
        ("stated_3", "", False),
    ]
    assert {(x.case, x.channel, x.quantity) for x in limits} == {
        ("stated_1", "", Decimal(17)),
        ("stated_2", "", Decimal(20)),
        ("stated_3", "", Decimal(27)),
    }


NAMED = [
    way("online", 1, "working_day", "Nộp trực tuyến: 01 ngày làm việc"),
    way("in_person", 3, "working_day", "Nộp trực tiếp: 03 ngày làm việc"),
]


def test_a_channel_has_its_own_limit_only_where_its_note_names_it() -> None:
    cases, limits = portal.times(record(channels=NAMED))
    assert cases == ()
    assert said(limits) == [
        ("", "online", Decimal(1), WD, True),
        ("", "counter", Decimal(3), WD, True),
    ]


@pytest.mark.parametrize(
    ("source", "channels"),
    [
        ("portal-text", NAMED),  # a flattened page is not believed
        ("portal-api", [way("online", 1, "day"), way("post", 3, "day")]),  # no note
        (  # one note names both channels
            "portal-api",
            [
                way("online", 1, "day", "trực tuyến hoặc bưu chính"),
                way("post", 3, "day", "qua bưu chính"),
            ],
        ),
        (  # one channel twice: the rows are cases
            "portal-api",
            [
                way("in_person", 15, "day", "công trình, nộp trực tiếp"),
                way("in_person", 10, "day", "nhà ở, nộp trực tiếp"),
            ],
        ),
    ],
)
def test_any_other_difference_between_channels_is_a_case(
    source: str, channels: list[Any]
) -> None:
    cases, limits = portal.times(record(source=source, channels=channels))
    assert len(cases) == 2
    assert {x.channel for x in limits} == {""}
    assert not any(x.verified for x in limits)


def test_a_published_time_that_the_cases_contradict_is_not_verified() -> None:
    """Building permit: 10 working days on the page, 20 days in its cases."""
    _cases, limits = portal.times(
        record(
            channels=[way("online", 10, "working_day")],
            case_times=[case("1.013225.01", 20, "day"), case("1.013225.01", 20, "day")],
        )
    )
    assert said(limits) == [("", "", Decimal(10), WD, False)]


def test_cases_that_share_one_name_are_told_apart_by_code_and_stay_unverified() -> None:
    """Death registration: three cases, one name, three limits."""
    cases, limits = portal.times(
        record(
            channels=[way("online", 1, "other")],
            case_times=[
                case("1.000656.01", 5, name="Thủ tục đăng ký khai tử"),
                case("1.000656.02", 1, "day", name="Thủ tục đăng ký khai tử"),
            ],
        )
    )
    assert [(c.key, c.name) for c in cases] == [
        ("1.000656.01", ""),
        ("1.000656.02", ""),
    ]
    assert said(limits) == [
        ("1.000656.01", "", Decimal(5), WD, False),
        ("1.000656.02", "", Decimal(1), DAY, False),
    ]


@pytest.mark.parametrize("unit", ["unspecified", "other", None, "fortnight"])
def test_a_quantity_without_a_unit_is_no_limit(unit: str | None) -> None:
    assert portal.times(record(channels=[way("online", 1500, unit or "")])) == ((), ())


def test_the_note_of_a_fee_is_no_limit() -> None:
    note = "Đ(- Mức lệ phí cụ thể do Hội đồng nhân dân tỉnh quyết định trong 10 ngày)"
    assert portal.times(record(channels=[way("online", None, "", note)])) == ((), ())


def test_a_note_that_tells_a_time_is_kept_in_its_words() -> None:
    note = "- 03 ngày làm việc kể từ ngày nhận được hồ sơ đầy đủ"
    _cases, (limit,) = portal.times(record(channels=[way("online", None, "", note)]))
    assert (limit.quantity, limit.text, limit.verified) == (None, note, False)


HUNDRED = {"portal_text": "100,000 VN", "amount": 100000, "currency": "VN"}
SEVEN_DAYS = {"portal_text": "07 ngày", "amount": 7, "currency": "ngày"}
FIFTY = {"portal_text": "50 VN", "amount": 50, "currency": "VN"}
DOLLARS = {"portal_text": "10 USD", "amount": 10, "currency": "USD", "note": "/bản"}


@pytest.mark.parametrize(
    ("line", "stated", "amount", "text"),
    [
        ({"portal_text": "Miễn phí", "amount": 0}, "not_stated", None, ""),
        ({"portal_text": "SERVICE_FEE", "amount": None}, "not_stated", None, ""),
        (
            {"portal_text": "FEE", "amount": 0},
            "not_stated",
            None,
            "",
        ),
        ({"portal_text": "Không có thông tin"}, "not_stated", None, ""),
        (
            {"portal_text": "Miễn phí", "note": "HĐND tỉnh quy định"},
            "text",
            None,
            "HĐND tỉnh quy định",
        ),
        (
            {"portal_text": "FEE", "amount": 8000, "currency": "VND"},
            "amount",
            8000,
            "",
        ),
        (HUNDRED, "amount", 100000, ""),
        # A time of the neighbouring column, taken for money.
        (SEVEN_DAYS, "not_stated", None, ""),
        # 50, or 50.000? The portal's words stay.
        (FIFTY, "text", None, "(Cổng ghi: 50 VN)"),
        (DOLLARS, "text", None, "/bản (Cổng ghi: 10 USD)"),
    ],
)
def test_zero_on_the_portal_is_never_free(
    line: dict[str, Any], stated: str, amount: int | None, text: str
) -> None:
    (fee,) = portal.fees(record(channels=[way("online", 1, "day", **line)]))
    assert (fee.stated, fee.amount, fee.text) == (stated, amount, text)


def test_a_fee_said_alike_of_every_channel_is_said_once() -> None:
    told = [
        way("online", 1, "day", portal_text="SERVICE_FEE", note="Miễn lệ phí."),
        way("post", 1, "day", portal_text="SERVICE_FEE", note="(Miễn lệ phí.)"),
    ]
    (fee,) = portal.fees(record(channels=told))
    assert (fee.channel, fee.text, fee.kind) == ("", "Miễn lệ phí.", "charge")


def item(name: str, original: int = 1, copy: int = 0) -> dict[str, Any]:
    return {"name": name, "original": original, "copy": copy, "forms": []}


def group(title: str, *items: dict[str, Any]) -> dict[str, Any]:
    return {"group": title, "items": list(items)}


def test_what_nobody_can_hand_in_is_a_note() -> None:
    papers, notes = portal.papers(
        record(
            documents=[
                group(
                    "* Giấy tờ phải nộp:", item("- Tờ khai;"), item("Ghi thêm", 0, 0)
                ),
                group("* Lưu ý:", item("Người tiếp nhận có trách nhiệm…", 1, 0)),
            ]
        )
    )
    assert [p.name for p in papers] == ["Tờ khai"]
    assert notes == ("Ghi thêm", "Người tiếp nhận có trách nhiệm…")


def test_papers_to_show_are_not_handed_in() -> None:
    ((paper,), _notes) = portal.papers(
        record(documents=[group("* Giấy tờ phải xuất trình:", item("Hộ chiếu"))])
    )
    assert paper.act == "show"


@pytest.mark.parametrize(
    ("given", "name", "damaged"),
    [
        ("ăn bản đề nghị", "Văn bản đề nghị", False),
        ("ấy chứng nhận đăng ký", "Giấy chứng nhận đăng ký", False),
        ("ết định công nhận", "Quyết định công nhận", False),
        ("a) Đơn đề nghị;", "Đơn đề nghị", False),
        ("(iv) Bản sao", "Bản sao", False),
        ("- Tờ khai", "Tờ khai", False),
        ("văn bản chỉ định", "văn bản chỉ định", False),
        ("có chứng thực) (khoản 2)", "có chứng thực) (khoản 2)", True),
        ("ường hợp khác", "ường hợp khác", True),
    ],
)
def test_lost_letters_are_restored_only_where_one_reading_exists(
    given: str, name: str, damaged: bool
) -> None:
    assert portal.mend(given) == (name, damaged)


def test_a_form_number_glued_to_the_count_marks_the_paper_damaged() -> None:
    """«Mẫu số 18» and «1 bản chính» became 181 originals."""
    ((paper,), _notes) = portal.papers(
        record(documents=[group("", item("Đơn đăng ký biến động theo Mẫu số", 181, 1))])
    )
    assert (paper.original, paper.copies, paper.damaged) == (1, 1, True)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Tham vấn (cấp xã) (1.010736)", "Tham vấn (cấp xã)"),
        ("THỦ TỤC ĐĂNG KÝ (CẤP XÃ)", "Thủ tục đăng ký (cấp xã)"),
    ],
)
def test_official_names_lose_their_own_code_and_capitals(name: str, shown: str) -> None:
    assert portal.title(name, "1.010736") == shown
