"""A resident on a telephone, without JavaScript and without an account."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.forms.cases import BIRTH
from tests.journeys import desk
from tests.journeys.people import Company, Person

ANSWERS: dict[str, Any] = BIRTH["married parents, the mother asks"] | {
    "paper_certificate": {"files": [], "bring": True},
    "child_birth": "2026-05-27",
}
LAST = re.compile(r"/kiem-tra/$")
DAY = ("year", "month", "day")


def answer_page(person: Person) -> None:
    """Fill in what the page asks, from the life above; then «Continue»."""
    boxes = person.main.locator("form [name]")
    for name in dict.fromkeys(
        str(box.get_attribute("name")) for box in boxes.all() if box.is_visible()
    ):
        _answer(person, name)
    person.sends("form[method=post] button[type=submit]:not([name])")


def _answer(person: Person, name: str) -> None:
    key, _dash, part = name.partition("-")
    if key not in ANSWERS:
        key, _line, part = name.rpartition("_")
    answer: Any = ANSWERS.get(key)
    if isinstance(answer, dict):
        answer = answer.get(part)
    elif part in DAY:
        typed = [*str(answer).split("-"), "", ""]
        answer = typed[DAY.index(part)]
    if answer in (None, [], ""):
        return
    found = person.main.locator(f"[name='{name}']")
    match found.first.get_attribute("type"):
        case "radio":
            if isinstance(answer, bool):
                answer = "yes" if answer else "no"
            found.and_(person.main.locator(f"[value='{answer}']")).check()
        case "checkbox":
            found.check()
        case "file":
            return
        case _:
            found.fill(str(answer))


def answer_everything(person: Person, *, most: int = 80) -> int:
    """Page after page, until the answers can be checked; how many there were."""
    for number in range(most):
        if LAST.search(person.page.url):
            return number
        if "/trang/" in person.page.url:
            before = person.page.url
            answer_page(person)
            assert person.page.url != before, person.main.inner_text()
            continue
        # The list of tasks: the first that is open and not done.
        tasks = person.main.locator(".gd-task", has=person.page.locator("a"))
        with person.page.expect_navigation():
            tasks.filter(has_not_text="Xong").first.locator("a").click()
    raise AssertionError("the form does not end")


def test_a_birth_is_filed_online_left_resumed_and_followed(company: Company) -> None:
    parent = company.resident()
    parent.goes("/thu-tuc?q=giay+khai+sinh")
    parent.main.get_by_role("link", name="Làm giấy khai sinh cho con").click()
    # My list of papers, from a few questions.
    parent.sends(f"a[href*='/thu-tuc/{desk.BIRTH}/giay-to']")
    before = parent.main.locator("#list li").count()
    for legend in parent.main.locator("fieldset").all():
        legend.locator("input[type=radio]").last.check()
    parent.sends("form button[type=submit]")
    after = parent.main.locator("#list > ol > li").count()
    assert 0 < after < before
    text = parent.page.request.get(
        parent.address
        + str(parent.main.locator("a[href*='giay-to.txt']").get_attribute("href"))
    )
    assert text.ok
    assert "khai sinh" in text.text()

    # File online: the page says that it is a trial.
    parent.goes("/nop/")
    parent.main.locator("a[href*='/nop/']", has_text="khai sinh").first.click()
    parent.presses("form[method=post] button[type=submit]")
    parent.page.wait_for_url(re.compile(r"/nop/[\w-]+/[0-9a-f-]{36}/$"))
    parent.main.locator("a[href*='/trang/']").first.click()
    answer_page(parent)
    answer_page(parent)
    parent.sends("button[name=save_exit]")
    code, secret = (one.inner_text() for one in parent.main.locator(".gd-code").all())

    # On another telephone: code and secret open it where it was left.
    other = company.resident()
    other.goes("/nop/tiep-tuc/")
    other.writes(code=code.lower(), secret=secret.replace("-", " "))
    other.presses("form[method=post] button[type=submit]")
    other.main.locator("a[href*='/trang/']").first.click()
    answer_everything(other)
    other.presses("form[method=post] button[type=submit]:not([name])")
    other.page.wait_for_url("**/theo-doi/bien-nhan**")
    number, key = (one.inner_text() for one in other.main.locator("dd.gd-code").all())
    picture = other.page.request.get(
        other.address
        + str(other.main.locator("a[href*='bien-nhan.png']").get_attribute("href"))
    )
    assert picture.headers["content-type"] == "image/png"
    assert len(picture.body()) <= 80_000

    # Followed from the first telephone, with what stands on the receipt.
    parent.goes("/theo-doi")
    parent.writes(code=number, secret=key)
    parent.presses("form[method=post] button[type=submit]")
    parent.sees("Đã nộp, chờ tiếp nhận")

    # Nothing of it stays on the device.
    parent.sends("form[action$='/theo-doi/xoa'] button")
    parent.goes("/theo-doi/ho-so")
    expect(parent.page).to_have_url(re.compile("/theo-doi$"))


def test_whoever_waits_for_a_late_dossier_asks_where_it_is(company: Company) -> None:
    farmer = company.resident()
    farmer.plays("farmer")
    farmer.page.wait_for_url("**/theo-doi/ho-so")
    farmer.sees("Trễ", "xin lỗi")
    farmer.presses("form[action$='/theo-doi/hoi'] button")
    farmer.is_told("Đã gửi")
    # Once a day; the head of the desk owes the answer, and gives it.
    expect(farmer.main.locator("form[action$='/theo-doi/hoi']")).to_have_count(0)
    code = farmer.main.locator(".gd-code").first.inner_text()
    head = company.officer("head")
    head.goes("/viec-cua-toi?viec=answer_nudge")
    head.main.get_by_role("row").filter(has_text=code).locator("th a").click()
    head.writes(answer="Chờ đo đạc lại thửa đất; trả kết quả thứ Sáu tuần này.")
    head.page.keyboard.press("F9")
    head.page.wait_for_url(re.compile(r"/ho-so/[0-9a-f-]{36}$"))
    farmer.page.reload()
    farmer.sees("trả kết quả thứ Sáu tuần này")
    head.goes("/viec-cua-toi?viec=answer_nudge")
    expect(head.main.get_by_role("row").filter(has_text=code)).to_have_count(0)


def test_a_wrong_secret_and_an_unknown_code_get_one_answer(company: Company) -> None:
    officer = company.officer("counter")
    desk.intake(officer, "khai sinh", desk.BIRTH)
    slip = desk.receive(officer)
    stranger = company.resident()
    answers = []
    for code in (slip.code, slip.code[:-4] + "6789"):
        stranger.goes("/theo-doi")
        stranger.writes(code=code, secret="AAAA-BBBB")
        with stranger.page.expect_response("**/theo-doi") as sent:
            stranger.presses("form[method=post] button[type=submit]")
        assert sent.value.status == 422
        answers.append(stranger.page.locator(".govuk-error-summary").inner_text())
    assert answers[0] == answers[1]
