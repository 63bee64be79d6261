"""A birth, from the question «which procedure?» to the rating on the day after."""

from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.people import Company


def test_a_birth_is_registered_from_search_to_hand_over(company: Company) -> None:
    # At home: everyday words, no accents, no JavaScript.
    mother = company.resident()
    mother.goes("/")
    mother.page.locator("#search-q").fill("khai sinh")
    mother.page.keyboard.press("Enter")
    mother.main.get_by_role("link", name="Làm giấy khai sinh cho con").click()
    mother.sees("đăng ký khai sinh", desk.BIRTH)

    # At the counter: the card fills seven fields, and its old commune is today's.
    officer = company.officer("counter")
    desk.intake(officer, "khai sinh", desk.BIRTH)
    for name, value in {
        "owner-full_name": "Nông Thị Mẩy",
        "owner-identity_number": "004095001234",
        "owner-born": "15/08/1995",
        "owner-old_identity_number": "080123456",
    }.items():
        expect(officer.page.locator(f"[name={name}]")).to_have_value(value)
    expect(officer.page.locator("[name=owner-place] option:checked")).to_have_text(
        "Phường Thục Phán"
    )

    # The date to promise, and why it is that date.
    due = officer.page.locator(".gd-intake__right .gd-due")
    expect(due).to_contain_text("2026")
    due.locator("summary").click()
    expect(due.locator("details")).to_contain_text("ngày làm việc")

    slip = desk.receive(officer)
    assert "Nông Thị Mẩy" in slip.text
    assert "004095001234" not in slip.text
    officer.sees(slip.code)
    desk.open_dossier(officer, slip.code)
    assert officer.page.locator("h1").inner_text() == "Làm giấy khai sinh cho con"

    specialist = company.officer("land")
    specialist.goes("/viec-cua-toi")
    specialist.main.get_by_role("row").filter(has_text=slip.code).locator(
        "th a"
    ).click()
    desk.does(specialist, "take_up")
    desk.does(specialist, "pass_on", step="sign")

    chair = company.officer("chair")
    chair.goes("/viec-cua-toi")
    chair.main.get_by_role("row").filter(has_text=slip.code).locator("th a").click()
    desk.does(chair, "decide")

    desk.follow(mother, slip)
    mother.sees("Đã có kết quả")
    mother.sees_none_of("Nông Thị Mẩy", "Nà Lũng", "004095001234")

    officer.goes("/ho-so/tra-ket-qua")
    officer.main.get_by_role("row").filter(has_text=slip.code).locator("th a").click()
    desk.does(officer, "hand_over", means="counter")

    mother.page.reload()
    mother.sees("Đã trả")
    assert mother.main.get_by_role("link", name="Đánh giá").count() == 0

    # Nobody rates under the officer's eyes: from the next day on.
    officer.lets_days_pass()
    mother.page.reload()
    mother.presses("a[href*='/theo-doi/danh-gia']")
    mother.main.locator("[name=score]").first.check()
    mother.presses("form[method=post] button[type=submit]")
    mother.is_told("Cảm ơn")
    mother.sees_none_of("Đánh giá phục vụ")
