"""The living style sheet in a browser: every component, both sheets, all languages."""

import gzip
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.ui.conftest import OpenPage

pytestmark = [pytest.mark.urls("tests.ui.urls"), pytest.mark.django_db]

SHEETS = ("/_ui/", "/_ui/work", "/_ui/theo-doi", "/_ui/question", "/_ui/question?wrong")
BUILD = Path(settings.BASE_DIR, "gandan/ui/static/ui/build")
MODULES = Path(settings.BASE_DIR, "node_modules")


@pytest.mark.parametrize("path", SHEETS)
@pytest.mark.parametrize("width", [320, 1366])
def test_axe_finds_nothing_and_nothing_sticks_out(
    open_page: OpenPage, path: str, width: int
) -> None:
    page = open_page(path, width=width)
    # Evaluated by the debugger, so the page's policy of no foreign script holds.
    page.evaluate((MODULES / "axe-core/axe.min.js").read_text())
    found = page.evaluate("() => axe.run(document)")
    assert len(found["passes"]) > 20
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["", "/en", "/fr"])
def test_no_language_makes_a_page_wider_than_a_phone(
    open_page: OpenPage, language: str
) -> None:
    for path in ("/_ui/", "/_ui/work"):
        page = open_page(language + path, width=320)
        assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_a_finger_presses_is_48_px_high(open_page: OpenPage) -> None:
    page = open_page("/_ui/", width=320)
    heights = page.evaluate(
        """() => [...document.querySelectorAll(
            'main .govuk-button, main .govuk-input, main .govuk-select,'
            + ' main .gd-choice, main summary, .gd-header a, .gd-map li a')]
            .filter(e => e.offsetHeight)
            .map(e => [e.offsetHeight, e.outerHTML.slice(0, 80)])"""
    )
    assert len(heights) > 40
    assert [pair for pair in heights if pair[0] < 48] == []


def test_what_an_officer_presses_is_32_px_high(open_page: OpenPage) -> None:
    page = open_page("/_ui/work")
    heights = page.evaluate(
        """() => [...document.querySelectorAll(
            '.govuk-button, .govuk-input, .gd-choice, .gd-work__nav a, .gd-tabs a,'
            + ' .gd-filters a, .gd-inbox__tick label')]
            .map(e => [e.offsetHeight, e.outerHTML.slice(0, 80)])"""
    )
    assert len(heights) > 30
    assert [pair for pair in heights if pair[0] < 32] == []


def test_a_page_for_weak_lines_fetches_no_typeface(open_page: OpenPage) -> None:
    for path, fonts in (("/_ui/theo-doi", 0), ("/_ui/question", 2)):
        page = open_page(path)
        page.evaluate("document.fonts.ready")
        fetched = page.evaluate(
            "performance.getEntriesByType('resource').map(e => e.name)"
        )
        assert len([name for name in fetched if name.endswith(".woff2")]) == fonts


def test_without_scripts_the_errors_are_still_focused(open_page: OpenPage) -> None:
    page = open_page("/_ui/question?wrong", scripts=False)
    assert page.title().startswith("Lỗi: ")
    assert page.locator("[data-error-summary]:focus").count() == 1
    page.get_by_role("link", name="Chưa trả lời mục này").click()
    assert page.locator("#id_where_0:focus").count() == 1


def test_the_inbox_is_walked_by_keys(open_page: OpenPage) -> None:
    page = open_page("/_ui/work")
    rows = page.locator("[data-inbox] tbody tr")
    rows.nth(0).locator("th a").focus()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert rows.nth(1).locator("th a:focus").count() == 1
    page.keyboard.press("x")
    assert rows.nth(1).locator("input").is_checked()
    assert not rows.nth(0).locator("input").is_checked()
    for _ in range(9):  # past the end it stays on the last row
        page.keyboard.press("j")
    assert rows.last.locator("th a:focus").count() == 1


def test_letters_typed_into_a_field_stay_letters(open_page: OpenPage) -> None:
    page = open_page("/_ui/work")
    field = page.locator("#id_n-person")
    field.focus()
    page.keyboard.type("jxk")
    assert field.input_value() == "jxk"
    assert page.locator("[data-inbox] input:checked").count() == 0


def test_a_function_key_presses_its_button(open_page: OpenPage) -> None:
    page = open_page("/_ui/work")
    page.evaluate(
        """() => {
            window.pressed = [];
            for (const one of document.querySelectorAll('[data-key]'))
                one.addEventListener('click', event => {
                    event.preventDefault();
                    window.pressed.push(one.dataset.key);
                });
        }"""
    )
    page.locator("#id_n-person").focus()  # F keys work while typing
    for key in ("F9", "F4", "F8", "F2"):
        page.keyboard.press(key)
    assert page.evaluate("window.pressed") == ["F9", "F4", "F8", "F2"]


def test_on_paper_the_reasons_are_open_and_nothing_is_there_to_press(
    open_page: OpenPage,
) -> None:
    page = open_page("/_ui/theo-doi", width=794)
    page.emulate_media(media="print")
    assert page.locator(".gd-print-only .gd-why").is_visible()
    assert page.locator(".gd-print-foot").inner_text().split() == [
        "H14.X0421-250429-0007",
        "10/06/2025",
    ]
    for gone in (".gd-header", ".gd-nav", ".gd-footer", "summary"):
        assert not page.locator(gone).first.is_visible()
    size = page.evaluate(
        "parseFloat(getComputedStyle(document.querySelector('.gd-why li')).fontSize)"
    )
    assert size * 72 / 96 == pytest.approx(11, abs=0.1)


@pytest.mark.parametrize("path", SHEETS)
def test_the_markup_is_valid_and_carries_no_style_or_script_of_its_own(
    client: Client, path: str, tmp_path: Path
) -> None:
    html = client.get(path).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
    page = tmp_path / "page.html"
    page.write_text(html)
    checked = subprocess.run(
        [
            MODULES / ".bin/html-validate",
            "--config",
            Path(settings.BASE_DIR, ".htmlvalidate.json"),
            page,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


@pytest.mark.parametrize("name", ["public.css", "work.css"])
def test_a_style_sheet_stays_within_its_budget(name: str) -> None:
    assert len(gzip.compress((BUILD / name).read_bytes())) <= 11_000


def test_the_typeface_stays_within_its_budget() -> None:
    fonts = list((BUILD / "fonts").glob("*.woff2"))
    assert len(fonts) == 2
    assert sum(font.stat().st_size for font in fonts) <= 35_000


def test_a_cold_follow_page_weighs_under_45_kb(client: Client) -> None:
    html = gzip.compress(client.get("/_ui/theo-doi").content)
    sheet = gzip.compress((BUILD / "public.css").read_bytes())
    assert len(html) + len(sheet) <= 45_000
