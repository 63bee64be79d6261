"""What happens at a desk in many stories: an intake, a verb, a slip."""

import re
from dataclasses import dataclass

from playwright.sync_api import expect

from tests.journeys.people import Person

BIRTH, LAND, COPY = "1.001193", "1.013978", "2.000815"
# As a scanner types it: number, old number, name, born, sex, residence, issued on. The
# residence is a commune of before July 2025.
CARD = (
    "004095001234|080123456|Nông Thị Mẩy|15081995|Nữ|"
    "Xóm Nà Lũng, Hợp Giang, Cao Bằng, Cao Bằng|10052021"
)
_CODE = re.compile(r"H14\.X[0-9A-Z]+-\d{6}-\d{4}")
_SECRET = re.compile(r"/theo-doi: ([0-9A-Z]{4}-[0-9A-Z]{4})")
_STRIP = re.compile(r"Mã rút hồ sơ[^:]*: ([\w-]{22})\b")


@dataclass(frozen=True, slots=True)
class Slip:
    """What a resident reads on the paper in the hand."""

    text: str

    @property
    def code(self) -> str:
        return _found(_CODE, self.text)

    @property
    def secret(self) -> str:
        return _found(_SECRET, self.text)

    @property
    def strip(self) -> str:
        """The code of the tear-off strip, on the first print only."""
        return _found(_STRIP, self.text)


def _found(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    assert found, f"{pattern.pattern} is not in:\n{text}"
    return found.group(found.re.groups)


def scan(officer: Person, card: str = CARD) -> None:
    """The scanner types into the box where the cursor stands, and ends the line."""
    box = officer.page.locator("#scan")
    box.focus()
    officer.page.keyboard.insert_text(card)
    officer.page.keyboard.press("Enter")
    expect(box).to_have_value("")
    officer.settles()


def choose(officer: Person, words: str, code: str) -> None:
    """Everyday words, and the row that appears below while one types."""
    officer.page.locator("#find").press_sequentially(words)
    officer.page.locator(f"button[name=choose][value='{code}']").first.click()
    expect(officer.page.locator("input[name=procedure]")).to_have_value(code)
    officer.settles()


def intake(officer: Person, words: str, code: str, *, case: str = "") -> None:
    """F2, card, procedure, papers: as far as the date to promise."""
    officer.goes("/quay")
    officer.page.keyboard.press("F2")
    officer.page.wait_for_url("**/quay/moi")
    scan(officer)
    choose(officer, words, code)
    if case:
        with officer.page.expect_response("**/quay/moi"):
            officer.page.locator("[name=case]").select_option(case)
        officer.settles()
    officer.presses("button[name=act][value=all]")
    expect(officer.page.locator("button[name=act][value=all]")).to_have_count(0)


def receive(officer: Person) -> Slip:
    """F9, then the slip as F8 prints it."""
    officer.page.keyboard.press("F9")
    officer.page.wait_for_url("**/quay/xong/**")
    return printed(officer)


def printed(officer: Person) -> Slip:
    href = officer.main.locator("a[data-key=F8]").get_attribute("href")
    return Slip(officer.reads_pdf(str(href)))


def open_dossier(officer: Person, code: str) -> None:
    """By its code, in the counter's box or the search."""
    officer.goes("/ho-so/tra-cuu")
    officer.page.locator("main input[type=text], main input[type=search]").first.fill(
        code
    )
    officer.page.keyboard.press("Enter")
    officer.main.get_by_text(code).first.wait_for()
    if "/ho-so/tra-cuu" in officer.page.url:
        row = officer.main.locator("tr", has_text=code)
        row.locator("th a").click()
    officer.page.wait_for_url(re.compile(r"/ho-so/[0-9a-f-]{36}$"))


def does(officer: Person, verb: str, **values: str) -> None:
    """One verb of the dossier on the page: open its form, fill it in, send it."""
    officer.presses(f"a[href$='/{verb}']")
    officer.page.wait_for_url(f"**/{verb}")
    for name, value in values.items():
        field = officer.main.locator(f"[name={name}]").first
        kind = field.get_attribute("type") or ""
        if kind in ("radio", "checkbox"):
            officer.main.locator(f"[name={name}][value='{value}']").check()
        elif field.evaluate("e => e.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    officer.main.locator("form[method=post] button[type=submit]").last.click()
    expect(officer.page).not_to_have_url(re.compile(f"/{verb}$"))


def follow(resident: Person, slip: Slip) -> None:
    resident.goes("/theo-doi")
    resident.writes(code=slip.code, secret=slip.secret)
    resident.presses("form:has([name=secret]) button[type=submit]")
    resident.page.wait_for_url("**/theo-doi/ho-so**")
