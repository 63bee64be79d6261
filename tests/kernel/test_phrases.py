"""A reading in words: what stands under every due date."""

from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from string import Formatter

import pytest

from gandan.kernel.clock import (
    RULES,
    Allowance,
    Pause,
    Reading,
    RuleVersion,
    parse_limit,
    read_clock,
)
from gandan.kernel.decreed import decreed_calendar
from gandan.kernel.localtime import ZONE
from gandan.kernel.messages import EN, MESSAGES, VI, Messages
from gandan.kernel.phrases import (
    allowance_in_words,
    day_in_words,
    due_in_words,
    explain,
    kind_in_words,
    messages,
    rules_in_words,
)

RESTART, EXTEND = RULES["nd61-2018"], RULES["extend-by-wait"]


def read(
    received: str,
    limit: str,
    *pauses: Pause,
    rules: RuleVersion = RESTART,
    left_out: tuple[Pause, ...] = (),
) -> Reading:
    return read_clock(
        received=datetime.fromisoformat(received).replace(tzinfo=ZONE),
        allowance=parse_limit(limit),
        pauses=pauses,
        rules=rules,
        calendar=decreed_calendar(),
        left_out=left_out,
    )


def test_days_are_grouped_as_the_interface_guide_shows() -> None:
    land = read("2025-04-29T09:00", "27 WORKING_DAY")

    assert explain(land, "vi", [(Decimal(10), "thêm cho xã miền núi")]) == [
        (
            "27 ngày làm việc, tính từ hôm sau ngày nhận (thứ Ba 29/04/2025), "
            "trong đó 10 ngày thêm cho xã miền núi → thứ Ba 10/06/2025"
        ),
        "30/04–02/05 không tính: nghỉ lễ, hoán đổi",
        "05–09/05: ngày 1–5",
        "12–16/05: ngày 6–10",
        "19–23/05: ngày 11–15",
        "26–30/05: ngày 16–20",
        "02–06/06: ngày 21–25",
        "09–10/06: ngày 26–27",
        (
            "Thứ Bảy, Chủ nhật không tính: 03–04/05, 10–11/05, 17–18/05, 24–25/05, "
            "31/05–01/06, 07–08/06"
        ),
    ]


def test_time_the_law_leaves_out_says_whose_it_is() -> None:
    posting = Pause(date(2025, 5, 12), date(2025, 5, 27), "posting", "xã Sơn Lộ")
    tax = Pause(date(2025, 6, 3), None, "tax", "tax_office")
    land = read("2025-04-29T09:00", "27 WORKING_DAY", left_out=(posting, tax))

    assert explain(land)[:3] == [
        "27 ngày làm việc, tính từ hôm sau ngày nhận (thứ Ba 29/04/2025)",
        "Tạm dừng từ thứ Ba 03/06/2025",
        "Còn 17 ngày làm việc, tính tiếp khi hết chờ",
    ]
    assert explain(land)[-3:] == [
        "12–26/05 không tính: niêm yết công khai (xã Sơn Lộ), 15 ngày",
        "Từ 03/06 không tính: cơ quan thuế xác định nghĩa vụ tài chính (cơ quan thuế)",
        "Tổng thời gian luật không tính: 15 ngày",
    ]
    assert "public posting (xã Sơn Lộ), 15 days" in explain(land, "en")[-3]
    assert "affichage public (xã Sơn Lộ), 15 jours" in explain(land, "fr")[-3]


def test_a_restart_is_told() -> None:
    pause = Pause(date(2025, 5, 6), date(2025, 5, 8))

    assert explain(read("2025-04-29T09:00", "2 WORKING_DAY", pause)) == [
        (
            "2 ngày làm việc, tính lại từ hôm sau ngày nhận đủ hồ sơ "
            "(thứ Năm 08/05/2025) → thứ Hai 12/05/2025"
        ),
        "30/04–02/05 không tính: nghỉ lễ, hoán đổi",
        "05/05 không tính nữa: tính lại từ đầu khi đủ hồ sơ",
        "08/05: nhận đủ hồ sơ, tính lại từ hôm sau",
        "09/05: ngày 1",
        "12/05: ngày 2",
        "Thứ Bảy, Chủ nhật không tính: 03–04/05, 10–11/05",
        "06–07/05 không tính: chờ bổ sung hồ sơ, 2 ngày",
    ]


def test_hours_are_told_with_their_moments() -> None:
    assert explain(read("2025-04-25T17:30", "0.75 WORKING_DAY")) == [
        (
            "0,75 ngày làm việc, tính từ 07:00 thứ Bảy 26/04/2025 "
            "→ 15:00 thứ Bảy 26/04/2025"
        ),
        "25/04: ngoài giờ làm việc, tính từ lúc mở cửa kế tiếp",
        "26/04: 07:00–11:30, 13:30–15:00",
    ]
    pause = Pause(date(2025, 3, 11), date(2025, 3, 13))
    assert explain(read("2025-03-10T15:00", "4 HOUR", pause), "en")[0] == (
        "4 office hours, anew from when the complete papers came "
        "(Thursday 13/03/2025) → 11:00 Thursday 13/03/2025"
    )


def test_a_worked_saturday_and_a_part_of_a_day_are_told() -> None:
    lines = explain(read("2025-04-24T09:00", "2.5 WORKING_DAY"))

    assert "26/04: ngày 2 (làm bù)" in lines
    assert "28/04: ngày 3" in lines
    assert lines[0].startswith("2,5 ngày làm việc")


def test_a_move_off_a_rest_day_is_told() -> None:
    lines = explain(read("2026-04-24T09:00", "2 DAY"))

    assert lines[1:] == [
        "25–26/04: ngày 1–2",
        "27/04 không tính: nghỉ bù",
        "28/04: hạn rơi vào ngày nghỉ, chuyển sang ngày làm việc kế tiếp",
    ]


def test_a_provisional_date_says_so_and_another_year_is_written_out() -> None:
    reading = read("2026-12-30T09:00", "3 WORKING_DAY", rules=EXTEND)
    lines = explain(reading)

    assert "01/01/2027 không tính: nghỉ lễ" in lines
    assert "04/01/2027: ngày 2" not in lines
    assert "31/12: ngày 1" in lines
    assert "04–05/01/2027: ngày 2–3" in lines
    assert lines[-1] == VI.provisional
    assert due_in_words(reading) == ("Hạn trả kết quả (dự kiến): thứ Ba 05/01/2027")


def test_the_answer_alone() -> None:
    due = read("2025-04-29T09:00", "2 WORKING_DAY")
    stopped = read("2025-04-29T09:00", "2 WORKING_DAY", Pause(date(2025, 5, 5)))
    in_words = read("2025-04-29T09:00", "text")

    assert due_in_words(due) == "Hạn trả kết quả: thứ Ba 06/05/2025"
    assert due_in_words(due, "en") == "Due date: Tuesday 06/05/2025"
    assert due_in_words(due, "fr") == "Échéance : mardi 06/05/2025"
    assert due_in_words(stopped) == "Tạm dừng từ thứ Hai 05/05/2025"
    assert due_in_words(in_words, "en") == EN.set_by_officer
    assert explain(in_words, "en") == [EN.set_by_officer]


def test_an_unverified_rule_is_marked() -> None:
    assert rules_in_words(RULES["nd118-2025"]).endswith("(chưa kiểm chứng)")
    assert rules_in_words(RULES["nd61-2018"]) == (
        "Quy định áp dụng: nd61-2018, Nghị định 61/2018/NĐ-CP, Điều 19"
    )


@pytest.mark.parametrize(
    ("limit", "vi", "en", "fr"),
    [
        ("1 DAY", "1 ngày", "1 day", "1 jour"),
        (
            "7.5 WORKING_DAY",
            "7,5 ngày làm việc",
            "7.5 working days",
            "7,5 jours ouvrés",
        ),
        ("2 MONTH", "2 tháng", "2 months", "2 mois"),
        ("4 HOUR", "4 giờ làm việc", "4 office hours", "4 heures de bureau"),
    ],
)
def test_an_allowance_in_three_languages(limit: str, vi: str, en: str, fr: str) -> None:
    allowance = Allowance.parse(limit)

    assert allowance_in_words(allowance, "vi") == vi
    assert allowance_in_words(allowance, "en") == en
    assert allowance_in_words(allowance, "fr") == fr


def test_a_date_bears_its_weekday() -> None:
    assert day_in_words(date(2025, 6, 10)) == "thứ Ba 10/06/2025"
    assert day_in_words(date(2025, 6, 8)) == "Chủ nhật 08/06/2025"
    assert day_in_words(date(2025, 6, 10), "fr") == "mardi 10/06/2025"


def test_an_unknown_kind_is_named_in_general() -> None:
    assert kind_in_words("measuring") == "đo đạc"
    assert kind_in_words("astrology", "en") == "time the law leaves out"


def test_a_language_with_a_region_reads_its_table_and_an_unknown_one_vietnamese() -> (
    None
):
    assert messages("en-gb") is MESSAGES["en"]
    assert messages("tay") is MESSAGES["vi"]


def _templates(table: Messages) -> dict[str, set[str]]:
    """The blanks of every sentence, by where it stands."""
    blanks: dict[str, set[str]] = {}
    for field in fields(table):
        value = getattr(table, field.name)
        texts = (
            value.items()
            if isinstance(value, dict)
            else enumerate([value] if isinstance(value, str) else value)
        )
        for key, text in texts:
            for number, one in enumerate([text] if isinstance(text, str) else text):
                assert one, (field.name, key)
                found = {name for _, name, _, _ in Formatter().parse(one) if name}
                blanks[f"{field.name}.{key}.{number}"] = found
    return blanks


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_language_has_every_sentence_with_the_same_blanks(lang: str) -> None:
    assert _templates(MESSAGES[lang]) == _templates(VI)
