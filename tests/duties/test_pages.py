"""The pages of «Việc của tôi»."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from gandan.duties import actions
from gandan.duties.actions import Owed
from gandan.duties.web.wording import SAID
from gandan.kernel.actors import Actor, Role
from gandan.people.models import User
from tests.duties.test_queries import division
from tests.factories import at, committee, commune, desk, official

pytestmark = pytest.mark.django_db

NOW = at("2026-03-31")
TODAY = NOW.date()
TABS = ("mine", "waiting", "by_village", "done")


@pytest.fixture(autouse=True)
def _the_clock_stands() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def signed_in(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(pk=actor.user_id or 0)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def lan(db: None) -> Actor:
    return official("lan", (Role.SPECIALIST, division()), on=TODAY)


def owe(subject: str, **changes: Any) -> None:
    wanted: dict[str, Any] = {
        "kind": "process",
        "organisation": division().pk,
        "role": "specialist",
        "label": f"H14-{subject}",
        "detail": "Làm sổ đỏ lần đầu",
        "person": "Nông Thị Mẩy",
        "link": f"/ho-so/{subject}",
        "due_on": TODAY + timedelta(days=1),
        "place": commune(TODAY).pk,
        "village": "Xóm Nà Lũng",
    }
    owed = Owed(**wanted | changes)
    actions.set_duties(room="dossiers", subject=subject, owed=[owed], at=NOW)


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_every_tab_opens_empty_and_full_in_three_languages(
    lan: Actor, tab: str, prefix: str
) -> None:
    client = signed_in(lan)
    address = f"{prefix}{reverse(f'duties:{tab}')}"
    empty = client.get(address)
    assert empty.status_code == 200
    assert "gd-empty" in empty.content.decode()
    owe("1")
    owe("2", waiting_for="applicant", kind="await_papers")
    owe("3")
    actions.clear(room="dossiers", subject="3", at=NOW)
    assert "gd-empty" not in client.get(address).content.decode()


@pytest.mark.parametrize("tab", [*TABS, "five_lines"])
def test_strangers_sign_in_and_residents_see_nothing(tab: str) -> None:
    address = reverse(f"duties:{tab}")
    answer = Client().get(address)
    assert answer.headers["Location"].startswith(reverse("account_login"))
    resident = official("resident", on=TODAY)
    assert signed_in(resident).get(address).status_code == 404


def test_the_five_lines_are_for_leaders(lan: Actor) -> None:
    assert signed_in(lan).get(reverse("duties:five_lines")).status_code == 404
    chair = official("chair", (Role.SIGNATORY, committee(TODAY)), on=TODAY)
    owe("1", due_on=TODAY - timedelta(days=1))
    page = signed_in(chair).get(reverse("duties:five_lines"))
    assert page.context["late"][0] == "1"
    listed = signed_in(chair).get(page.context["late"][1])
    assert [row.code for row in listed.context["rows"]] == ["H14-1"]


@pytest.mark.parametrize(
    ("prefix", "tag", "step", "following"),
    [
        ("", "Còn 1 ngày làm việc", "Đang xử lý", "Xử lý"),
        ("/en", "1 working day left", "Being processed", "Process"),
        ("/fr", "1 jour ouvré", "En traitement", "Traiter"),
    ],
)
def test_a_row_says_time_left_what_for_whom_step_and_next(
    lan: Actor, prefix: str, tag: str, step: str, following: str
) -> None:
    owe("1")
    page = signed_in(lan).get(f"{prefix}/viec-cua-toi").content.decode()
    for words in (
        tag,
        "H14-1",
        "Làm sổ đỏ lần đầu",
        "Nông Thị Mẩy",
        "Xóm Nà Lũng",
        step,
        f'href="{prefix}/ho-so/1"',
        f">{following}</a>",
    ):
        assert words in page, words


def test_every_kind_the_rooms_owe_has_its_words(lan: Actor) -> None:
    kinds = {
        "receive",
        "take_up",
        "process",
        "sign",
        "await_body",
        "await_papers",
        "await_payment",
        "grant_withdrawal",
        "answer_nudge",
        "hand_over",
        "reform_score",
        "reform_explain",
    }
    assert set(SAID) == kinds
    owe("1", kind="something_new")
    page = signed_in(lan).get("/en/viec-cua-toi").content.decode()
    assert ">Open</a>" in page


def test_a_waiting_row_says_for_whom_since_when_and_their_limit(lan: Actor) -> None:
    owe(
        "1",
        kind="await_body",
        waiting_for="Thuế tỉnh Cao Bằng",
        waiting_since=TODAY - timedelta(days=4),
        waiting_until=TODAY - timedelta(days=1),
    )
    page = signed_in(lan).get("/en/viec-cua-toi/cho").content.decode()
    for words in ("Thuế tỉnh Cao Bằng", "since 27/03/2026", "30/03/2026", "past"):
        assert words in page


def test_filters_are_links_with_counts_and_keep_to_their_list(lan: Actor) -> None:
    owe("late", due_on=TODAY - timedelta(days=5))
    owe("soon")
    owe("far", due_on=TODAY + timedelta(days=40), kind="await_papers")
    client = signed_in(lan)
    page = client.get("/viec-cua-toi")
    shown = {link.name: link.count for link in page.context["filters"]}
    assert shown["Tất cả"] == "3"
    assert shown["Trễ hạn"] == "1"
    assert shown["Đến hạn trong 3 ngày làm việc"] == "1"
    for link in page.context["filters"]:
        listed = client.get(link.href)
        assert str(len(listed.context["rows"])) == link.count
        here = [f for f in listed.context["filters"] if f.current]
        assert [f.name for f in here] == [link.name]


def test_a_village_opens_its_rows(lan: Actor) -> None:
    owe("1")
    owe("2", village="Xóm Bản Giới")
    owe("3", place=None, village="")
    client = signed_in(lan)
    page = client.get(reverse("duties:by_village"))
    for row in page.context["rows"]:
        listed = client.get(row["href"])
        assert len(listed.context["rows"]) == 1, row
        assert row["name"] in listed.content.decode()


@pytest.mark.parametrize(
    "query",
    ["?sau=nonsense", "?truoc=WzFd:xx:yy", "?loc=khac", "?xa=99999&xom=x", "?viec=%00"],
)
def test_a_mistyped_address_still_opens_a_list(lan: Actor, query: str) -> None:
    owe("1")
    assert signed_in(lan).get(f"/viec-cua-toi{query}").status_code == 200


def test_pages_lead_on_and_back(lan: Actor) -> None:
    for number in range(60):
        owe(f"{number:02}")
    client = signed_in(lan)
    first = client.get("/viec-cua-toi")
    assert first.context["before"] == ""
    second = client.get("/viec-cua-toi" + first.context["after"])
    assert len(second.context["rows"]) == 10
    back = client.get("/viec-cua-toi" + second.context["before"])
    assert [r.code for r in back.context["rows"]] == [
        r.code for r in first.context["rows"]
    ]


def test_new_rows_carry_a_dot_after_the_visit_before(lan: Actor) -> None:
    client = signed_in(lan)
    owe("old")
    client.get("/viec-cua-toi")
    with time_machine.travel(NOW + timedelta(hours=1), tick=False):
        actions.set_duties(
            room="dossiers",
            subject="new",
            owed=[
                Owed("process", division().pk, "H14-new", "/ho-so/new", "specialist")
            ],
            at=NOW + timedelta(minutes=59),
        )
        rows = client.get("/viec-cua-toi").context["rows"]
    assert {row.code: row.is_new for row in rows} == {"H14-old": False, "H14-new": True}


def test_the_list_asks_a_fixed_number_of_questions(
    lan: Actor, django_assert_max_num_queries: Any
) -> None:
    client = signed_in(lan)
    for number in range(50):
        owe(f"{number}")
    client.get("/viec-cua-toi")
    with django_assert_max_num_queries(8):
        client.get("/viec-cua-toi")


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.SPECIALIST, "duties:mine"),
        (Role.SIGNATORY, "duties:five_lines"),
        (Role.UNIT_LEADER, "duties:five_lines"),
        (Role.ADMINISTRATOR, "people:users"),
    ],
)
def test_each_role_begins_where_its_day_begins(role: Role, address: str) -> None:
    actor = official("one", (role, committee(TODAY)), on=TODAY)
    answer = signed_in(actor).get(reverse("first_page"))
    assert answer.headers["Location"] == reverse(address)


def test_who_holds_no_mandate_today_reads_why_nothing_opens() -> None:
    nobody = official("nobody", on=TODAY)
    answer = signed_in(nobody).get(reverse("first_page"))
    assert answer.status_code == 403
    assert "chưa có nhiệm vụ" in answer.content.decode()


def test_the_office_and_the_officer_stand_in_the_header() -> None:
    actor = official(
        "lan", (Role.COUNTER, desk(TODAY)), on=TODAY, full_name="Hoàng Thị Lan"
    )
    page = signed_in(actor).get("/viec-cua-toi").content.decode()
    assert "Hoàng Thị Lan" in page
    assert desk(TODAY).name in page
    assert reverse("people:change_officer") in page
