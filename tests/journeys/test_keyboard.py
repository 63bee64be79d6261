"""Hands on the keyboard only, and what a refused page does."""

import re

from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.people import Company, Person


def tab_to(person: Person, selector: str, *, most: int = 120) -> None:
    """Tab until the control has the focus: it can be reached without a mouse."""
    wanted = person.page.locator(selector).first
    for _ in range(most):
        if wanted.evaluate("e => e === document.activeElement"):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by the Tab key")


def test_an_intake_needs_no_mouse(company: Company) -> None:
    officer = company.officer("counter")
    officer.goes("/quay")
    keyboard = officer.page.keyboard
    keyboard.press("F2")
    officer.page.wait_for_url("**/quay/moi")
    # The cursor waits in the scanner's box; after the card, in the search.
    expect(officer.page.locator("#scan")).to_be_focused()
    keyboard.insert_text(desk.CARD)
    keyboard.press("Enter")
    expect(officer.page.locator("[name=owner-full_name]")).to_have_value("Nông Thị Mẩy")
    expect(officer.page.locator("#find")).to_be_focused()
    keyboard.type("khai sinh")
    found = f"button[name=choose][value='{desk.BIRTH}']"
    officer.page.locator(found).first.wait_for()
    tab_to(officer, found)
    keyboard.press("Enter")
    expect(officer.page.locator("input[name=procedure]")).to_have_value(desk.BIRTH)
    # The focus went to «all are there».
    expect(officer.page.locator("button[name=act][value=all]")).to_be_focused()
    keyboard.press("Enter")
    expect(officer.page.locator("button[name=act][value=all]")).to_have_count(0)
    keyboard.press("F9")
    officer.page.wait_for_url("**/quay/xong/**")
    expect(officer.page.locator("[data-key=F8]")).to_be_visible()
    keyboard.press("F2")
    officer.page.wait_for_url("**/quay/moi")


def test_the_list_of_duties_is_worked_with_four_keys(company: Company) -> None:
    specialist = company.officer("land")
    specialist.goes("/viec-cua-toi")
    rows = specialist.main.locator("[data-inbox] tbody tr")
    rows.nth(0).locator("th a").focus()
    keyboard = specialist.page.keyboard
    keyboard.press("j")
    expect(rows.nth(1).locator("th a")).to_be_focused()
    keyboard.press("k")
    expect(rows.nth(0).locator("th a")).to_be_focused()
    keyboard.press("Enter")
    expect(specialist.page).to_have_url(re.compile("/ho-so/[0-9a-f-]{36}"))


def test_a_refused_page_says_so_first(company: Company) -> None:
    """422, «Lỗi:» in the title, the focus on the summary, the answers kept."""
    resident = company.resident(javascript=True)
    resident.goes("/theo-doi")
    resident.writes(code="H14.X01273-260611-9999")
    with resident.page.expect_response("**/theo-doi") as sent:
        resident.presses("form[method=post] button[type=submit]")
    assert sent.value.status == 422
    expect(resident.page).to_have_title(re.compile("^Lỗi:"))
    summary = resident.page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(resident.main.locator("[name=code]")).to_have_value("H14.X01273-260611-9999")
    summary.locator("a").first.click()
    expect(resident.main.locator("[name=secret]")).to_be_focused()

    officer = company.officer("counter")
    officer.goes("/quay/moi")
    with officer.page.expect_response("**/quay/moi") as sent:
        officer.page.keyboard.press("F9")
    assert sent.value.status == 422
    expect(officer.page).to_have_title(re.compile("^Lỗi:"))
    expect(officer.page.locator(".govuk-error-summary")).to_be_focused()


def test_a_page_that_is_not_there_tells_the_way_back(company: Company) -> None:
    resident = company.resident()
    answer = resident.page.goto(resident.address + "/khong-co-trang-nay")
    assert answer is not None
    assert answer.status == 404
    expect(resident.page.locator("h1")).to_be_visible()
    resident.page.locator("a[href='/']").first.click()
    expect(resident.page.locator("#search-q")).to_be_visible()
