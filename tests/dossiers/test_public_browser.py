"""The resident's pages in a browser: small and large, three languages, no script."""

from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django import Settings

from gandan.dossiers import actions, secrets
from gandan.dossiers.models import Dossier
from gandan.people.actors import ANONYMOUS
from gandan.people.models import User
from tests.dossiers.filing import MARRIED, at_check
from tests.factories import (
    TUESDAY,
    at,
    counter,
    head,
    opening,
    processing,
    received,
    signatory,
    specialist,
)
from tests.ui import conftest as browsers
from tests.ui.conftest import OpenPage

browser, open_page = browsers.browser, browsers.open_page

pytestmark = pytest.mark.django_db
AXE = Path(settings.BASE_DIR, "node_modules", "axe-core", "axe.min.js")
ON = TUESDAY.date()
LAND = "1.013978"
LONG = {
    "key": "fine",
    "name": "Quyết định xử phạt vi phạm hành chính trong lĩnh vực đất đai; chứng từ "
    "nộp phạt của người sử dụng đất đối với trường hợp theo quy định tại khoản 3",
    "why": "",
}
SHORT = {"key": "a", "name": "Đơn", "why": "thiếu chữ ký"}
_now = [TUESDAY]


def now() -> Any:
    return _now[0]


@pytest.fixture(autouse=True)
def _clock(settings: Settings) -> Iterator[None]:
    settings.GANDAN_NOW = "tests.dossiers.test_public_browser.now"
    settings.OWN_FILING = True
    _now[0] = TUESDAY
    cache.clear()
    yield
    cache.clear()


class InThisContext(Client):
    """Playwright answers requests in a context of its own, where Django would open
    another connection, outside the test's transaction."""

    def __init__(self) -> None:
        super().__init__()
        connection.ensure_connection()
        self.context = copy_context()

    def generic(self, *args: Any, **kwargs: Any) -> Any:
        return self.context.run(super().generic, *args, **kwargs)


@pytest.fixture
def client(db: None) -> Client:
    return InThisContext()


def hold(client: Client, dossier: Dossier) -> None:
    client.get(f"/k/{secrets.capability(dossier.ledger_id)}")


def _follow(client: Client) -> str:
    return "/theo-doi"


def _follow_with_one_open(client: Client) -> str:
    hold(client, received())
    return "/theo-doi"


def _filed(client: Client) -> Dossier:
    answer = client.post(at_check(client, case=MARRIED))
    public_id = answer.headers["Location"].rpartition("ho-so=")[2]
    return Dossier.objects.get(public_id=public_id)


def _receipt(client: Client) -> str:
    return f"/theo-doi/bien-nhan?ho-so={_filed(client).public_id}"


def _in_progress(client: Client) -> str:
    dossier = processing(procedure=LAND, case="certificate")
    actions.pass_on(
        dossier_id=dossier.pk,
        step="measure",
        outside=True,
        due_on=at("2025-06-17").date(),
        by=specialist(ON),
        at=at("2025-06-11"),
    )
    hold(client, dossier)
    return "/theo-doi/ho-so"


def _waiting_for_papers(client: Client) -> str:
    dossier = processing(procedure=LAND, case="certificate")
    actions.ask_supplement(
        dossier_id=dossier.pk,
        wanted=[LONG, SHORT],
        by=specialist(ON),
        at=TUESDAY,
        bring_by=at("2025-06-20").date(),
    )
    hold(client, dossier)
    return "/theo-doi/ho-so"


def _late(client: Client) -> str:
    dossier = processing(procedure=LAND, case="certificate")
    actions.apologise(
        dossier_id=dossier.pk,
        reason="Chưa có kết quả đo đạc",
        new_due=at("2025-07-10").date(),
        by=signatory(ON),
        at=at("2025-06-20"),
    )
    _now[0] = at("2025-07-15")
    hold(client, dossier)
    client.post("/theo-doi/hoi", {"dossier": str(dossier.public_id)})
    _now[0] = at("2025-07-16")
    return "/theo-doi/ho-so"


def _result(client: Client) -> str:
    dossier = processing()
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=TUESDAY)
    hold(client, dossier)
    return "/theo-doi/ho-so"


def _handed_over(client: Client) -> str:
    dossier = processing()
    actions.decide(dossier_id=dossier.pk, by=signatory(ON), at=TUESDAY)
    actions.hand_over(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)
    _now[0] = at("2025-06-11")
    hold(client, dossier)
    return "/theo-doi/ho-so"


def _rate(client: Client) -> str:
    _handed_over(client)
    return "/theo-doi/danh-gia"


def _refused(client: Client) -> str:
    dossier = processing()
    reason = "Đã đăng ký khai sinh tại nơi khác."
    actions.refuse(dossier_id=dossier.pk, reason=reason, by=signatory(ON), at=TUESDAY)
    hold(client, dossier)
    return "/theo-doi/ho-so"


def _withdraw(client: Client) -> str:
    hold(client, received())
    return "/theo-doi/rut"


def _withdrawal_asked(client: Client) -> str:
    dossier = received()
    actions.ask_withdrawal(dossier_id=dossier.pk, by=counter(ON), at=TUESDAY)
    hold(client, dossier)
    return "/theo-doi/ho-so"


def _sent_back(client: Client) -> str:
    dossier = actions.submit(opening(ON), by=ANONYMOUS, at=TUESDAY).dossier
    actions.send_back(
        dossier_id=dossier.pk, wanted=[LONG, SHORT], by=counter(ON), at=TUESDAY
    )
    hold(client, dossier)
    return "/theo-doi/ho-so"


def _complete(client: Client) -> str:
    _sent_back(client)
    return "/theo-doi/bo-sung"


def _addressee(client: Client) -> str:
    case = MARRIED | {
        "father_address": {"detail": "", "commune": "xã Cô Ba", "province": "Cao Bằng"}
    }
    return at_check(client, case=case).replace("kiem-tra", "noi-nhan")


def _check(client: Client) -> str:
    return at_check(client)


PAGES: dict[str, Callable[[Client], str]] = {
    "follow": _follow,
    "follow, one open": _follow_with_one_open,
    "receipt": _receipt,
    "in progress": _in_progress,
    "waiting for papers": _waiting_for_papers,
    "late": _late,
    "result": _result,
    "handed over": _handed_over,
    "rate": _rate,
    "refused": _refused,
    "withdraw": _withdraw,
    "withdrawal asked": _withdrawal_asked,
    "sent back": _sent_back,
    "complete": _complete,
    "addressee": _addressee,
    "check": _check,
    "index": lambda client: "/nop/",
    "start": lambda client: "/nop/khai-sinh/",
}
# Pages that refuse, shown again with what is wrong.
REFUSED: dict[str, Callable[[Client], str]] = {
    "follow": _follow,
    "rate": _rate,
    "complete": _complete,
    "addressee": _addressee,
}


def _passes_axe(page: Page) -> None:
    # Evaluated by the debugger, so the page's policy of no foreign script holds.
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run(document)")
    assert len(found["passes"]) > 15
    assert [(v["id"], v["nodes"][0]["html"]) for v in found["violations"]] == []


def _fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_on_a_phone(
    open_page: OpenPage, client: Client, name: str
) -> None:
    page = open_page(PAGES[name](client), width=320)
    _passes_axe(page)
    _fits(page, 320)


@pytest.mark.parametrize("name", REFUSED)
def test_a_refused_form_is_clean_and_led_to_its_first_error(
    open_page: OpenPage, client: Client, name: str
) -> None:
    page = open_page(REFUSED[name](client), width=320)
    page.click("main form:last-of-type button.govuk-button:not(.gd-button--quiet)")
    assert page.title().startswith("Lỗi:")
    _passes_axe(page)
    _fits(page, 320)


@pytest.mark.full
@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
@pytest.mark.parametrize("width", [320, 1366])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_in_any_language_at_any_width(
    open_page: OpenPage, client: Client, name: str, width: int, prefix: str
) -> None:
    page = open_page(prefix + PAGES[name](client), width=width)
    _passes_axe(page)
    _fits(page, width)


@pytest.mark.parametrize("width", [320, 1366])
def test_the_heads_page_of_ratings_is_clean_empty_and_full(
    open_page: OpenPage, client: Client, width: int
) -> None:
    head(ON)
    client.force_login(User.objects.get(username="head-01273"))
    page = open_page("/quay/danh-gia", width=width)
    _passes_axe(page)
    _fits(page, width)
    client.post("/quay/danh-gia", {"means": "box", "box-score-5": "12"})
    _now[0] = at("2025-07-01")
    page = open_page("/quay/danh-gia", width=width)
    assert "06/2025" in page.inner_text("table")
    _passes_axe(page)
    _fits(page, width)


def test_following_and_asking_need_no_script(
    open_page: OpenPage, browser: Browser
) -> None:
    dossier = processing()
    _now[0] = at("2025-06-16")
    page = open_page("/theo-doi", width=320, scripts=False)
    page.fill("[name=code]", str(dossier.code))
    page.fill("[name=secret]", secrets.follow_secret(dossier.ledger_id))
    page.click("text=Xem hồ sơ của tôi")
    assert "Chúng tôi trễ hạn" in page.inner_text("h1")
    page.click("text=Hỏi hồ sơ của tôi đến đâu")
    assert "Trưởng Bộ phận một cửa đã nhận câu hỏi" in page.inner_text("main")
    assert dossier.nudges.count() == 1
