"""Lists of dossiers: who sees which rows, narrowed by links, paged by key."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.dossiers import actions, queries
from gandan.dossiers.models import Dossier
from gandan.dossiers.paging import Key, Order, page_of
from gandan.kernel.actors import Actor, Role
from tests.dossiers.conftest import NOW, TODAY, holder_of, signed_in
from tests.dossiers.desk_pages import LAND, text_of
from tests.factories import (
    at,
    committee,
    counter,
    desk,
    head,
    official,
    opening,
    processing,
    received,
    signatory,
    specialist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]

IN_PROGRESS = "/ho-so/dang-giai-quyet"
DESKS = {Role.COUNTER, Role.HEAD_ONE_STOP}
HANDLERS = DESKS | {Role.SPECIALIST, Role.SIGNATORY, Role.UNIT_LEADER}


def of(name: str, **changes: Any) -> dict[str, Any]:
    return {"parties": (actions.PartyIn(role="owner", full_name=name),), **changes}


def codes(page: str) -> list[str]:
    return re.findall(r"H14\.X\d+-\d+-\d+(?=</td)", page)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("path", "roles"),
    [
        (IN_PROGRESS, HANDLERS),
        ("/ho-so/tra-cuu", HANDLERS),
        ("/ho-so/tra-ket-qua", DESKS),
        ("/ho-so/cho-tiep-nhan", DESKS),
        ("/ho-so/tam-giu", DESKS),
    ],
)
def test_a_list_is_missing_for_roles_that_do_not_work_with_it(
    path: str, roles: set[Role], role: Role
) -> None:
    client = signed_in(holder_of(role))
    assert client.get(path).status_code == (200 if role in roles else 404)


@pytest.mark.parametrize(
    ("actor", "expected"),
    [
        (lambda: specialist(TODAY), True),
        (lambda: signatory(TODAY), True),
        (lambda: counter(TODAY), True),
        (lambda: counter(TODAY, "01279"), False),
        (lambda: specialist(TODAY, "01279"), False),
    ],
)
def test_open_dossiers_are_seen_by_their_own_offices_only(
    actor: Any, expected: bool
) -> None:
    dossier = received(NOW)
    page = text_of(signed_in(actor()).get(IN_PROGRESS))
    assert (str(dossier.code) in page) is expected
    assert ("Nông Thị Mẩy" in page) is expected


def test_the_least_time_left_stands_first_and_what_stands_still_last() -> None:
    land = received(at("2026-03-02"), procedure=LAND, case="certificate")
    fresh = received(NOW)
    asked = processing(at("2026-03-30"))
    actions.ask_supplement(
        dossier_id=asked.pk,
        wanted=[{"key": "a", "name": "Giấy chứng sinh", "why": ""}],
        by=specialist(TODAY),
        at=at("2026-03-30", "10:00"),
    )
    page = text_of(signed_in(specialist(TODAY)).get(IN_PROGRESS))
    assert codes(page) == [land.code, fresh.code, asked.code]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"late", "soon", "later", "waiting"}),
        ("?loc=tre", {"late"}),
        ("?loc=sap-den-han", {"soon"}),
        ("?loc=cho", {"waiting"}),
        ("?linh-vuc=Đất đai", {"later"}),
        ("?linh-vuc=Không có", set()),
        ("?don-vi=không-có", set()),
        ("?loc=vô-nghĩa", {"late", "soon", "later", "waiting"}),
    ],
)
def test_links_narrow_the_list(query: str, expected: set[str]) -> None:
    rows = {
        "late": received(at("2026-03-20")),
        "soon": received(NOW),
        "later": received(NOW, procedure=LAND, case="certificate"),
        "waiting": processing(NOW),
    }
    actions.ask_supplement(
        dossier_id=rows["waiting"].pk,
        wanted=[{"key": "a", "name": "Giấy chứng sinh", "why": ""}],
        by=specialist(TODAY),
        at=NOW,
    )
    page = text_of(signed_in(specialist(TODAY)).get(IN_PROGRESS + query))
    assert set(codes(page)) == {str(rows[name].code) for name in expected}


def test_the_next_action_is_the_viewers_own() -> None:
    dossier = received(NOW)
    for actor, verb in (
        (specialist(TODAY), "take_up"),
        (signatory(TODAY), ""),
        (counter(TODAY), ""),
    ):
        page = text_of(signed_in(actor).get(IN_PROGRESS))
        linked = f"/ho-so/{dossier.public_id}/take_up" in page
        assert linked is (verb == "take_up")


def test_a_desk_that_only_helped_sees_the_state_and_no_person() -> None:
    helper = desk(TODAY, "01279")
    dossier = received(NOW, helped_at=helper)
    page = text_of(signed_in(counter(TODAY, "01279")).get(IN_PROGRESS))
    assert str(dossier.code) in page
    assert "Nông Thị Mẩy" not in page
    assert "Xóm Nà Lũng" not in page


# --- paging ---------------------------------------------------------------------------


def test_pages_by_key_lose_and_repeat_nothing_in_either_direction() -> None:
    rows = [received(NOW - timedelta(days=n)) for n in range(6)]
    standing = processing(NOW)
    Dossier.objects.filter(pk=standing.pk).update(due_on=None)
    found, order = Dossier.objects.open(), Order("due_on")
    everything = [row.pk for row in page_of(found, order, size=50).rows]
    assert everything[-1] == standing.pk
    assert len(everything) == len(rows) + 1
    seen, after = [], None
    while True:
        page = page_of(found, order, after=after, size=2)
        seen += [row.pk for row in page.rows]
        if (after := page.after) is None:
            break
        last = page
    assert seen == everything
    back: list[int] = []
    before: Key | None = order.key_of(Dossier.objects.get(pk=everything[-1]))
    while before is not None:
        page = page_of(found, order, before=before, size=2)
        back = [row.pk for row in page.rows] + back
        before = page.before
    assert back == everything[:-1]
    assert last.before is not None


def test_newest_first_pages_turn_back_too() -> None:
    for n in range(5):
        received(NOW - timedelta(hours=n))
    order = Order("received_at", newest_first=True)
    found = Dossier.objects.all()
    everything = list(found.order_by("-received_at", "-pk"))
    second = page_of(found, order, after=order.key_of(everything[1]), size=2)
    assert list(second.rows) == everything[2:4]
    assert second.before is not None
    first = page_of(found, order, before=second.before, size=2)
    assert list(first.rows) == everything[:2]
    assert first.before is None


def test_fifty_rows_a_page_and_a_signed_link_to_the_next() -> None:
    for n in range(51):
        received(NOW + timedelta(seconds=n) - timedelta(hours=1))
    client = signed_in(specialist(TODAY))
    page = text_of(client.get(IN_PROGRESS))
    assert len(codes(page)) == 50
    link = re.search(r'href="(\?sau=[^"]+)" rel="next"', page)
    assert link is not None
    assert len(codes(text_of(client.get(IN_PROGRESS + link[1])))) == 1
    # A cursor that is not ours begins at the beginning.
    assert len(codes(text_of(client.get(IN_PROGRESS + "?sau=x")))) == 50


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (IN_PROGRESS, 8),
        ("/ho-so/tra-ket-qua", 7),
        ("/ho-so/cho-tiep-nhan", 7),
        ("/ho-so/tam-giu", 7),
    ],
)
def test_a_list_asks_as_often_for_many_rows_as_for_few(path: str, most: int) -> None:
    client = signed_in(
        official(
            "all",
            (Role.COUNTER, desk(TODAY)),
            (Role.SPECIALIST, committee(TODAY)),
            on=TODAY,
        )
    )

    def fill() -> None:
        received(NOW)
        done = processing(NOW)
        actions.decide(dossier_id=done.pk, by=signatory(TODAY), at=NOW)
        actions.draft(opening(TODAY), by=counter(TODAY), at=NOW, parked=True)
        actions.submit(opening(TODAY), by=specialist(TODAY), at=NOW)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    fill()
    asked()
    few = asked()
    for _n in range(4):
        fill()
    assert asked() == few
    assert few <= most


def test_counts_stop_at_the_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CAP", 3)
    for _n in range(5):
        received(NOW)
    page = text_of(signed_in(specialist(TODAY)).get(IN_PROGRESS))
    assert "(3+)" in page
    assert "(5)" not in page


# --- search ---------------------------------------------------------------------------


def looked_up(actor: Actor, text: str) -> str:
    client = signed_in(actor)
    response = client.post("/ho-so/tra-cuu", {"q": text})
    assert response["Location"] == "/ho-so/tra-cuu"
    return text_of(client.get("/ho-so/tra-cuu"))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Nông Thị Mẩy", True),
        ("nong may", True),
        ("mẩy", False),  # one word fits too many people
        ("004095001234", True),
        ("004 095 001 234", True),
        ("004095001235", False),
        (
            "004095001234|080123456|Nông Thị Mẩy|15081995|Nữ|Nà Lũng|10052021",
            True,
        ),
        ("", False),
        ("Ðàm", False),  # the Icelandic letter
    ],
)
def test_a_search_finds_by_number_and_by_two_words_of_a_name(
    text: str, found: bool
) -> None:
    owner = actions.PartyIn(
        role="owner", full_name="Nông Thị Mẩy", identity_number="004095001234"
    )
    dossier = received(NOW, parties=(owner,))
    assert (str(dossier.code) in codes(looked_up(counter(TODAY), text))) is found


def test_a_code_is_found_in_any_case() -> None:
    dossier = received(NOW)
    assert codes(looked_up(head(TODAY), str(dossier.code).lower())) == [dossier.code]


def test_a_stranger_finds_nothing_and_no_hint_that_there_is_something() -> None:
    dossier = received(NOW)
    stranger = specialist(TODAY, "01279")
    there = looked_up(stranger, str(dossier.code))
    nowhere = looked_up(stranger, "H14.X01273-260331-6999")
    assert not codes(there)
    without = re.sub(r'value="[^"]*"|name="csrf[^>]*', "", there)
    assert without == re.sub(r'value="[^"]*"|name="csrf[^>]*', "", nowhere)


def test_what_was_searched_for_stands_in_no_address_and_in_no_table() -> None:
    received(NOW)
    client = signed_in(counter(TODAY))
    client.post("/ho-so/tra-cuu", {"q": "Nông Thị Mẩy"})
    page = text_of(client.get("/ho-so/tra-cuu"))
    addresses = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert not [a for a in addresses if "may" in a.lower() or "M%E1" in a]
    for session in Session.objects.all():
        assert "Nông" not in str(session.get_decoded())
    assert client.get("/ho-so/tra-cuu?q=Nông Thị Mẩy").status_code == 200


def test_a_search_is_forgotten_after_half_an_hour(standing_clock: Any) -> None:
    dossier = received(NOW)
    client = signed_in(counter(TODAY))
    client.post("/ho-so/tra-cuu", {"q": "Nông Thị Mẩy"})
    standing_clock.move_to(NOW + timedelta(minutes=29))
    assert str(dossier.code) in text_of(client.get("/ho-so/tra-cuu"))
    standing_clock.move_to(NOW + timedelta(minutes=31))
    page = text_of(client.get("/ho-so/tra-cuu"))
    assert str(dossier.code) not in page
    assert "Nông" not in page


def test_another_officer_at_the_same_computer_sees_no_old_search() -> None:
    received(NOW)
    client = signed_in(counter(TODAY))
    client.post("/ho-so/tra-cuu", {"q": "Nông Thị Mẩy"})
    client.logout()
    other = signed_in(head(TODAY))
    assert "Nông" not in text_of(other.get("/ho-so/tra-cuu"))


def test_the_search_asks_eight_questions_at_most() -> None:
    for _n in range(5):
        received(NOW)
    client = signed_in(counter(TODAY))
    client.post("/ho-so/tra-cuu", {"q": "Nông Thị Mẩy"})
    client.get("/ho-so/tra-cuu")
    with CaptureQueriesContext(connection) as captured:
        client.get("/ho-so/tra-cuu")
    assert len(captured) <= 8


# --- what leaders ask -----------------------------------------------------------------


def test_a_leaders_lines_count_own_rows_only() -> None:
    late = received(at("2026-03-20"))
    soon = received(NOW)
    received(NOW, procedure=LAND, case="certificate")
    prepared = processing(NOW)
    actions.pass_on(
        dossier_id=prepared.pk,
        step="sign",
        role=Role.SIGNATORY,
        by=specialist(TODAY),
        at=NOW,
    )
    chair = signatory(TODAY)
    assert list(queries.to_sign(chair)) == [prepared]
    assert list(queries.late(chair, TODAY)) == [late]
    assert set(queries.late_within(chair, TODAY, 3)) == {soon, prepared}
    stranger = signatory(TODAY, "01279")
    assert not queries.to_sign(stranger).exists()
    assert not queries.late(stranger, TODAY).exists()
    assert not queries.late_within(stranger, TODAY, 3).exists()
    assert not queries.to_sign(specialist(TODAY)).exists()


@pytest.mark.parametrize("language", ["/en", "/fr"])
def test_lists_speak_three_languages(language: str, at_desk: Client) -> None:
    for path in (IN_PROGRESS, "/ho-so/tra-cuu", "/ho-so/tra-ket-qua"):
        assert at_desk.get(language + path).status_code == 200
