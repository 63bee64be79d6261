"""A first land certificate, with all that may stop its clock or move its date."""

from datetime import date, timedelta

from playwright.sync_api import expect

from tests.journeys import desk
from tests.journeys.people import Company, Person


def due(person: Person) -> date:
    return date.fromisoformat(
        str(person.main.locator(".gd-due__day").first.get_attribute("datetime"))
    )


def next_monday(after: date) -> date:
    """No holiday stands between June and September 2026."""
    return after + timedelta(days=7 - after.weekday())


def test_the_clock_of_a_land_dossier_stops_restarts_and_is_moved_once(
    company: Company,
) -> None:
    officer = company.officer("counter")
    desk.intake(officer, "so do", desk.LAND, case="registration")
    slip = desk.receive(officer)
    farmer = company.resident()
    desk.follow(farmer, slip)
    promised = due(farmer)

    # Everything that is missing is asked for at once; the clock stands still.
    specialist = company.officer("land")
    desk.open_dossier(specialist, slip.code)
    desk.does(specialist, "take_up")
    specialist.presses("a[href$='/ask_supplement']")
    asked = specialist.main.locator("[name=papers]").nth(1)
    asked.check()
    specialist.writes(others="Bản vẽ bị mờ góc đông", bring_by="26/06/2026")
    specialist.presses("form[method=post] button[data-key=F9]")
    specialist.page.wait_for_url("**/in/supplement")
    letter = desk.printed(specialist).text
    assert "Bản vẽ bị mờ góc đông" in letter
    assert "tính lại từ đầu" in letter
    desk.open_dossier(specialist, slip.code)
    assert specialist.main.locator("a[href*='/ask_supplement']").count() == 0

    farmer.page.reload()
    farmer.sees("Chờ ông/bà", "Bản vẽ bị mờ góc đông", "26/06/2026")
    farmer.sees("Tạm dừng")

    # The papers come on Monday: the count begins again.
    officer.lets_days_pass(4)
    desk.open_dossier(officer, slip.code)
    desk.does(officer, "take_papers")
    farmer.page.reload()
    farmer.sees("Đang giải quyết", "Đủ giấy tờ")
    restarted = due(farmer)
    assert restarted > promised

    # Public posting is time the law leaves out, from a paper to a paper.
    desk.open_dossier(specialist, slip.code)
    desk.does(
        specialist,
        "open_left_out",
        kind="public_posting",
        paper="Thông báo 15/TB-UBND ngày 15/06/2026",
    )
    specialist.lets_days_pass(2)
    desk.open_dossier(specialist, slip.code)
    desk.does(
        specialist,
        "close_left_out",
        kind="public_posting",
        paper="Biên bản 16/BB-UBND ngày 17/06/2026",
    )
    specialist.sees("niêm yết công khai", "Tổng thời gian luật không tính")
    left_out = due(specialist)
    assert left_out > restarted

    # An apology moves the date, once.
    chair = company.officer("chair")
    desk.open_dossier(chair, slip.code)
    moved = next_monday(left_out + timedelta(days=3))
    desk.does(
        chair,
        "apologise",
        reason="Chờ kết quả đo đạc lại ngoài thực địa",
        new_due=f"{moved:%d/%m/%Y}",
    )
    assert "Chờ kết quả đo đạc lại" in desk.printed(chair).text
    desk.open_dossier(chair, slip.code)
    assert chair.main.locator("a[href$='/apologise']").count() == 0
    farmer.page.reload()
    farmer.sees("Xin lỗi", "Chờ kết quả đo đạc lại")
    assert due(farmer) == moved
    farmer.presses(".gd-due summary")
    expect(farmer.main.locator("details").first).to_contain_text("Nghị định")

    desk.does(chair, "decide")
    desk.open_dossier(officer, slip.code)
    desk.does(officer, "hand_over", means="counter")
    farmer.page.reload()
    farmer.sees("Đã trả")
    farmer.sees_none_of("Nông Thị Mẩy", "Nà Lũng")
