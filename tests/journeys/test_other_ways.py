"""Dossiers that end otherwise, and people who leave the desk without one."""

from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.people import Company


def test_a_refusal_gives_its_reason_and_is_handed_over(company: Company) -> None:
    officer = company.officer("counter")
    desk.intake(officer, "khai sinh", desk.BIRTH)
    slip = desk.receive(officer)
    specialist = company.officer("land")
    desk.open_dossier(specialist, slip.code)
    desk.does(specialist, "take_up")
    chair = company.officer("chair")
    desk.open_dossier(chair, slip.code)
    # Without a reason nothing is refused.
    chair.presses("a[href$='/refuse']")
    chair.presses("form[method=post] button[type=submit].govuk-button--warning")
    expect(chair.page.locator(".govuk-error-summary")).to_be_focused()
    chair.writes(reason="Trẻ đã được đăng ký khai sinh tại nơi khác")
    chair.presses("form[method=post] button[type=submit].govuk-button--warning")
    chair.page.wait_for_url(lambda url: not url.endswith("/refuse"))

    parent = company.resident()
    desk.follow(parent, slip)
    parent.sees("Trẻ đã được đăng ký khai sinh tại nơi khác")
    desk.open_dossier(officer, slip.code)
    desk.does(officer, "hand_over", means="counter")
    parent.page.reload()
    parent.sees("Đã trả")


def test_a_dossier_is_withdrawn_with_the_code_of_the_strip(company: Company) -> None:
    officer = company.officer("counter")
    desk.intake(officer, "so do", desk.LAND, case="registration")
    slip = desk.receive(officer)
    again = desk.Slip(
        officer.reads_pdf(
            str(officer.main.locator("a[data-key=F8]").get_attribute("href"))
        )
    )
    assert again.secret == slip.secret

    farmer = company.resident()
    desk.follow(farmer, slip)
    farmer.presses("a[href*='/theo-doi/rut']")
    farmer.writes(token="khong-phai-ma-nay-00000")
    farmer.presses("form[method=post] button[type=submit]")
    expect(farmer.page.locator(".govuk-error-summary")).to_be_visible()
    farmer.writes(token=slip.strip, reason="Đổi ý")
    farmer.presses("form[method=post] button[type=submit]")
    farmer.page.wait_for_url("**/theo-doi/ho-so**")
    farmer.sees("xin rút hồ sơ")

    head = company.officer("head")
    desk.open_dossier(head, slip.code)
    desk.does(head, "grant_withdrawal")
    assert "DỪNG GIẢI QUYẾT" in desk.printed(head).text.upper()
    farmer.page.reload()
    farmer.sees("Đã dừng")
    # Why somebody withdraws is theirs.
    farmer.sees_none_of("Đổi ý")


def test_a_slip_closes_the_guided_visit_before_it(company: Company) -> None:
    officer = company.officer("counter")
    officer.goes(f"/quay/huong-dan?thu-tuc={desk.BIRTH}")
    officer.main.locator("[name=missing]").nth(1).check()
    officer.writes(person="Nông Thị Mẩy", others="Giấy xác nhận của trạm y tế")
    officer.page.keyboard.press("F9")
    officer.page.wait_for_url("**/quay/huong-dan/*")
    listed = desk.printed(officer).text
    assert "Giấy xác nhận của trạm y tế" in listed

    head = company.officer("head")
    head.goes("/ho-so/da-huong-dan?loc=hom-nay")
    row = head.main.get_by_role("row").filter(has_text="Nông Thị Mẩy")
    expect(row).to_contain_text("Giấy xác nhận của trạm y tế")

    desk.intake(officer, "khai sinh", desk.BIRTH)
    desk.receive(officer)
    head.goes("/ho-so/da-huong-dan?loc=chua-quay-lai")
    assert head.main.get_by_role("row").filter(has_text="Nông Thị Mẩy").count() == 0


def test_a_parked_intake_is_taken_up_where_it_was_left(company: Company) -> None:
    officer = company.officer("counter")
    officer.goes("/quay/moi")
    desk.scan(officer)
    desk.choose(officer, "khai sinh", desk.BIRTH)
    officer.page.keyboard.press("F4")
    officer.page.wait_for_url("**/quay")
    parked = officer.main.get_by_role("listitem").filter(has_text="Nông Thị Mẩy")
    parked.locator("a[href*='/quay/tam/']").first.click()
    expect(officer.page.locator("[name=owner-full_name]")).to_have_value("Nông Thị Mẩy")
    officer.presses("button[name=act][value=all]")
    expect(officer.page.locator("button[name=act][value=all]")).to_have_count(0)
    slip = desk.receive(officer)
    officer.goes("/quay")
    expect(parked.locator("a[href*='/quay/tam/']")).to_have_count(0)
    desk.open_dossier(officer, slip.code)


def test_certified_copies_are_recorded_and_handed_over_at_once(
    company: Company,
) -> None:
    officer = company.officer("counter")
    officer.goes("/quay/tra-ngay")
    desk.scan(officer)
    officer.writes(copies="3", paper="Bằng tốt nghiệp", fee_vnd="6000")
    officer.page.keyboard.press("F9")
    officer.page.wait_for_url("**/quay/xong/**")
    # Papers of the same day need no slip, but may have one.
    slip = desk.printed(officer)
    assert "Bằng tốt nghiệp" in slip.text
    resident = company.resident()
    desk.follow(resident, slip)
    resident.sees("Đã trả")
    officer.page.keyboard.press("F9")
    officer.page.wait_for_url("**/quay/tra-ngay")
