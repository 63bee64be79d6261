"""The first five minutes: six cards, seven parts, a date that moves."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.people import Company, Person


def open_card(person: Person, number: int) -> None:
    person.goes("/nam-phut")
    card = person.main.locator("section").nth(number - 1)
    with person.page.expect_navigation():
        card.locator("button").click()


def see_why_it_is_late(person: Person) -> None:
    person.sees("Trễ")
    person.presses(".gd-due summary")
    expect(person.main.locator("details[open]")).to_contain_text("ngày 1")
    person.presses("form[action$='/theo-doi/hoi'] button")
    person.is_told("Đã gửi")


def see_the_counter(person: Person) -> None:
    expect(person.page.locator("#scan")).to_be_focused()
    person.page.keyboard.press("F2")
    person.page.wait_for_url("**/quay/moi")


def see_time_that_does_not_count(person: Person) -> None:
    expect(person.main.locator("a[href$='/close_left_out']")).to_be_visible()
    person.presses(".gd-due summary")
    expect(person.main.locator("details[open]").first).to_contain_text(
        "Thông báo 15/TB-UBND"
    )


def see_who_was_sent_home(person: Person) -> None:
    assert person.main.get_by_role("row").count() > 1


def see_apologies_before_they_are_due(person: Person) -> None:
    ticks = person.main.locator("input[name=row]")
    assert ticks.count() >= 3
    person.writes(reason="Chờ kết quả đo đạc", days="5")
    person.presses("button[name=act][value=look].govuk-button")
    expect(person.main.locator("[name=reason]")).to_have_value("Chờ kết quả đo đạc")


def see_claims_and_records(person: Person) -> None:
    person.sees("hơn", "khoảng")
    told = person.main.inner_text()
    assert told.count("Ghi nhận ở đây") > 60
    assert "chưa ghi nhận" in told


WHAT_THE_CARDS_SAY = (
    see_why_it_is_late,
    see_the_counter,
    see_time_that_does_not_count,
    see_who_was_sent_home,
    see_apologies_before_they_are_due,
    see_claims_and_records,
)


def test_each_of_the_six_cards_shows_what_it_promises(company: Company) -> None:
    visitor = company.person()
    visitor.goes("/nam-phut")
    assert visitor.main.locator("section").count() == len(WHAT_THE_CARDS_SAY)
    for number, see in enumerate(WHAT_THE_CARDS_SAY, start=1):
        open_card(visitor, number)
        see(visitor)


PARTS = {
    "farmer": "/theo-doi/ho-so",
    "counter": "/quay",
    "land": "/viec-cua-toi",
    "head": "/quay",
    "chair": "/nam-dong",
    "province": "/tong-quan",
    "journalist": "/",
}


def test_every_part_begins_where_its_work_is(company: Company) -> None:
    visitor = company.person()
    visitor.goes("/")
    for part, first in PARTS.items():
        visitor.plays(part)
        expect(visitor.page).to_have_url(visitor.address + first)
        expect(visitor.bar.locator("[aria-pressed=true]")).to_have_attribute(
            "value", part
        )
    # The journalist is nobody: a page of work asks who is there.
    visitor.goes("/ho-so/tra-cuu")
    expect(visitor.page).to_have_url(re.compile("/tai-khoan/dang-nhap"))


def test_a_day_passes_tags_change_and_notices_leave(company: Company) -> None:
    specialist = company.officer("land")
    specialist.goes("/viec-cua-toi")
    row = specialist.main.get_by_role("row").filter(has_text="Hạn hôm nay").first
    code = row.locator(".gd-code").inner_text()
    specialist.lets_days_pass()
    specialist.is_told("Bây giờ là")
    row = specialist.main.get_by_role("row").filter(has_text=code)
    expect(row).to_contain_text("Trễ 1 ngày làm việc")

    specialist.bar.get_by_role("link", name="Hộp thư đi").click()
    letters = specialist.main.locator("a[href*='/hop-thu-di/']")
    assert letters.count() > 1
    # As its receiver gets it: a text without name, procedure or link.
    text = letters.filter(has_text="Tin nhắn").first
    text.click()
    specialist.sees("Gọi")
    specialist.sees_none_of("khai sinh", "sổ đỏ", "http")


@pytest.mark.parametrize(
    ("locale", "language", "heading"),
    [
        ("vi-VN", "vi", "Tìm thủ tục, theo dõi hồ sơ"),
        ("en-GB", "en", "Find a procedure, follow a dossier"),
        ("fr-FR", "fr", "Trouver une démarche, suivre un dossier"),
        ("de-DE", "vi", "Tìm thủ tục, theo dõi hồ sơ"),
    ],
)
def test_the_first_page_speaks_the_browsers_language_and_offers_three(
    company: Company, locale: str, language: str, heading: str
) -> None:
    reader = company.resident(locale=locale)
    reader.goes("/")
    expect(reader.page.locator("html")).to_have_attribute("lang", language)
    expect(reader.page.locator("h1")).to_have_text(heading)
    for code in {"vi", "en", "fr"} - {language}:
        expect(reader.page.locator(f"a[hreflang={code}]").first).to_be_visible()
    # A choice is kept: the bare address then opens in it.
    other = "fr" if language != "fr" else "en"
    reader.page.locator(f"a[hreflang={other}]").first.click()
    reader.goes("/")
    expect(reader.page.locator("html")).to_have_attribute("lang", other)
