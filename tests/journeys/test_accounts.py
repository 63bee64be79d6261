"""A new officer: an account, a first password, a shared computer."""

import re

from playwright.sync_api import expect

from tests.journeys import facts
from tests.journeys.house import House
from tests.journeys.people import Company, Person

PASSWORD = "một hai ba bốn núi"


def signs_in(officer: Person, username: str, password: str) -> None:
    officer.goes("/tai-khoan/dang-nhap")
    officer.writes(login=username, password=password)
    officer.sends("form[method=post] button.govuk-button[type=submit]")


def open_account(administrator: Person, username: str, name: str) -> str:
    """At the ward's desk; the first password is shown once."""
    administrator.goes("/danh-muc/nguoi-dung/moi")
    administrator.writes(username=username, full_name=name, decision="12/QĐ-UBND")
    administrator.main.locator("[name=role]").select_option("counter")
    administrator.main.locator("[name=organisation]").select_option(facts.DESK)
    administrator.sends("form[method=post] button.govuk-button[type=submit]")
    return administrator.main.locator(".gd-code").first.inner_text()


def test_an_officer_gets_an_account_and_a_colleague_sits_down(
    company: Company, house: House
) -> None:
    facts.read(house)  # among them an administrator
    administrator = company.officer("province")
    first = open_account(administrator, "be-van-moi", "Bế Văn Mới")
    second = open_account(administrator, "ly-thi-hai", "Lý Thị Hai")

    # The first password opens nothing but its own change.
    officer = company.person()
    for username, password in (("be-van-moi", first), ("ly-thi-hai", second)):
        signs_in(officer, username, password)
        expect(officer.page).to_have_url(re.compile("/tai-khoan/doi-mat-khau"))
        officer.goes("/quay")
        expect(officer.page).to_have_url(re.compile("/tai-khoan/doi-mat-khau"))
        boxes = officer.main.locator("input[type=password]")
        boxes.nth(0).fill(password)
        for number in range(1, boxes.count()):
            boxes.nth(number).fill(PASSWORD)
        officer.sends("form[method=post] button.govuk-button[type=submit]")
        officer.goes("/quay")
        expect(officer.page.locator("#scan")).to_be_focused()
        officer.page.locator(".gd-bar form button").click()
        officer.page.wait_for_url(lambda url: "/quay" not in url)
    signs_in(officer, "ly-thi-hai", PASSWORD)

    # A colleague sits down at the same computer: a name, a password, the same desk.
    officer.goes("/doi-can-bo")
    officer.main.get_by_label("Bế Văn Mới").check()
    officer.writes(password=PASSWORD)
    officer.sends("form[method=post] button.govuk-button[type=submit]")
    expect(officer.page.locator(".gd-bar")).to_contain_text("Bế Văn Mới")
    officer.goes("/quay")
    expect(officer.page.locator("#scan")).to_be_focused()

    # A wrong password says so, and no more.
    stranger = company.person()
    stranger.goes("/tai-khoan/dang-nhap")
    stranger.writes(login="be-van-moi", password="không phải mật khẩu")
    stranger.sends("form[method=post] button.govuk-button[type=submit]")
    expect(stranger.page.locator(".govuk-error-summary")).to_be_visible()
