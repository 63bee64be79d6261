"""The demo province: only where it belongs, and every press of its bar."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.test import Client, override_settings
from django.urls import NoReverseMatch, reverse

import config.urls
from gandan.duties.models import Duty
from gandan.forms import actions as forms
from gandan.forms.loading import definition
from gandan.kernel.actors import SYSTEM, Role
from gandan.kernel.localtime import local, local_day
from gandan.ledger.models import Event
from gandan.notices import actions as notices
from gandan.notices.models import Channel
from gandan.people.actors import actor_of
from gandan.people.models import User
from gandan.site.demo import cards, clock, roles, state
from gandan.site.models import DemoCard, DemoState
from tests import factories

pytestmark = pytest.mark.django_db

# Tuesday 31 March 2026, nine in the morning.
NOW = factories.at("2026-03-31")


@pytest.fixture(autouse=True)
def _a_demo_process() -> Iterator[None]:
    demo = override_settings(
        DEMO=True,
        ROOT_URLCONF="tests.site.demo_urls",
        GANDAN_NOW="gandan.site.demo.clock.now",
    )
    with demo, time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def marked() -> DemoState:
    return state.mark(NOW)


@pytest.fixture
def here() -> Client:
    """A browser on this computer."""
    return Client(HTTP_HOST="localhost:8000")


# --- where it belongs -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"HTTP_HOST": "localhost:8000"}, 200),
        ({"HTTP_HOST": "127.0.0.1"}, 200),
        ({"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"}, 200),
        ({"HTTP_HOST": "testserver"}, 403),
        ({"HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "10.0.0.7"}, 403),
        ({"HTTP_HOST": "localhost", "REMOTE_ADDR": ""}, 403),
        # Somebody stands in between: then the peer's address says nothing.
        ({"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 403),
    ],
)
def test_it_answers_on_loopback_only(
    marked: DemoState, headers: dict[str, Any], status: int
) -> None:
    answer = Client(**headers).get("/tro-giup")
    assert answer.status_code == status


def test_a_database_without_the_mark_is_refused_until_it_is_marked(
    here: Client,
) -> None:
    refused = here.get("/")
    assert refused.status_code == 503
    assert refused.headers["Refresh"] == "2"
    assert "đang được tạo" in refused.content.decode()
    state.mark(NOW)
    assert here.get("/tro-giup").status_code == 200


def test_a_database_with_real_records_never_becomes_a_demo(here: Client) -> None:
    factories.received(NOW)
    assert "hồ sơ thật" in here.get("/").content.decode()
    with pytest.raises(state.DemoRefused):
        state.mark(NOW)


def _a_user() -> None:
    User.objects.create(username="lan", official=True)


def _a_draft() -> None:
    forms.start(definition=definition("birth"), language="vi", by=SYSTEM, at=NOW)


def _a_message() -> None:
    notices.queue(
        channel=Channel.EMAIL,
        template="received",
        subject=str(uuid4()),
        organisation=factories.desk(NOW.date()),
        params={},
        to_address="a@example.org",
        at=NOW,
    )


@pytest.mark.parametrize("work", [_a_user, _a_draft, _a_message])
def test_each_kind_of_record_alone_already_keeps_the_mark_away(
    work: Callable[[], None],
) -> None:
    work()
    with pytest.raises(state.DemoRefused):
        state.mark(NOW)


def test_there_is_one_mark_and_marking_twice_changes_nothing(
    marked: DemoState,
) -> None:
    assert state.mark(NOW + timedelta(days=3)).as_of == NOW
    assert DemoState.objects.count() == 1


ADDRESSES = ("/minh-hoa/dong-vai", "/minh-hoa/ngay", "/nam-phut")


@pytest.mark.parametrize("path", ADDRESSES)
def test_without_the_demo_none_of_its_addresses_resolves(path: str) -> None:
    real = {"DEMO": False, "ROOT_URLCONF": config.urls.__name__, "GANDAN_NOW": ""}
    with override_settings(**real):
        client = Client()
        assert client.get(path).status_code == 404
        assert client.post(path).status_code == 404
        with pytest.raises(NoReverseMatch):
            reverse("demo:become")
        assert "gd-demo" not in client.get("/tro-giup").content.decode()


def test_demo_accounts_have_no_password_to_sign_in_with(marked: DemoState) -> None:
    for user in roles.ensure_roles(NOW).values():
        assert not user.has_usable_password()
        assert user.demo


# --- parts ----------------------------------------------------------------------------


def test_the_accounts_of_the_parts_are_made_once(marked: DemoState) -> None:
    first = roles.ensure_roles(NOW)
    events = Event.objects.count()
    again = roles.ensure_roles(NOW)
    assert {k: u.pk for k, u in first.items()} == {k: u.pk for k, u in again.items()}
    assert Event.objects.count() == events

    day = NOW.date()
    body, desk = factories.committee(day), factories.desk(day)
    assert actor_of(first["counter"], day).has(Role.COUNTER, desk.pk)
    assert actor_of(first["head"], day).has(Role.HEAD_ONE_STOP, desk.pk)
    assert actor_of(first["chair"], day).has(Role.SIGNATORY, body.pk)
    assert actor_of(first["land"], day).has(Role.SPECIALIST, body.pk)
    assert actor_of(first["province"], day).roles == {Role.PROVINCE_STEERING}


@pytest.mark.parametrize("part", [p.key for p in roles.PARTS if p.username])
def test_one_click_plays_an_official(
    marked: DemoState, here: Client, part: str
) -> None:
    accounts = roles.ensure_roles(NOW)
    answer = here.post(reverse("demo:become"), {"part": part})
    assert answer.headers["Location"] == reverse("first_page")
    assert here.session["_auth_user_id"] == str(accounts[part].pk)
    event = Event.objects.filter(kind="people.signed_in.v1").latest("id")
    assert event.payload == {"way": "demo"}
    page = here.get(reverse("duties:mine")).content.decode()
    assert f'value="{part}" aria-pressed="true"' in page


def test_the_farmer_is_nobody_but_holds_her_own_dossier(
    marked: DemoState, here: Client
) -> None:
    roles.ensure_roles(NOW)
    dossier, other = factories.received(NOW), factories.received(NOW)
    state.finish(at=NOW + timedelta(hours=1), farmer_dossier=dossier.public_id)
    here.post(reverse("demo:become"), {"part": "counter"})

    answer = here.post(reverse("demo:become"), {"part": "farmer"}, follow=True)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert str(dossier.code) in text
    assert str(other.code) not in text
    assert "_auth_user_id" not in here.session


def test_the_journalist_leaves_everything_behind(
    marked: DemoState, here: Client
) -> None:
    roles.ensure_roles(NOW)
    dossier = factories.received(NOW)
    state.finish(at=NOW, farmer_dossier=dossier.public_id)
    here.post(reverse("demo:become"), {"part": "farmer"})
    answer = here.post(reverse("demo:become"), {"part": "journalist"})
    assert answer.headers["Location"] == reverse("home")
    followed = here.get(reverse("dossiers:followed"))
    assert str(dossier.code) not in followed.content.decode()


@pytest.mark.parametrize(
    "data",
    [{"part": "administrator"}, {"part": ""}, {}, {"part": "lan"}],
)
def test_nobody_else_can_be_played(
    marked: DemoState, here: Client, data: dict[str, str]
) -> None:
    User.objects.create(username="lan", official=True)
    assert here.post(reverse("demo:become"), data).status_code == 404


def test_an_account_that_is_not_the_demos_is_not_entered_by_its_name(
    marked: DemoState, here: Client
) -> None:
    User.objects.create(username=roles.BY_KEY["counter"].username, official=True)
    assert here.post(reverse("demo:become"), {"part": "counter"}).status_code == 404
    assert "_auth_user_id" not in here.session


def test_playing_needs_a_press_with_the_pages_own_token(marked: DemoState) -> None:
    roles.ensure_roles(NOW)
    strict = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    assert strict.get(reverse("demo:become")).status_code == 405
    assert strict.post(reverse("demo:become"), {"part": "chair"}).status_code == 403


# --- the date -------------------------------------------------------------------------


def test_the_clock_ticks_until_five_and_then_stands(marked: DemoState) -> None:
    assert clock.now() == NOW
    with time_machine.travel(NOW + timedelta(hours=3), tick=False):
        assert clock.now() == NOW + timedelta(hours=3)
    with time_machine.travel(NOW + timedelta(days=400), tick=False):
        assert local(clock.now()).isoformat() == "2026-03-31T17:00:00+07:00"
        assert clock.next_morning(clock.now()) == factories.at("2026-04-01", "08:00")


def test_a_day_on_makes_late_what_was_due(marked: DemoState, here: Client) -> None:
    dossier = factories.received(NOW)  # one working day: due on 1 April
    assert dossier.due_on == date(2026, 4, 1)
    back = reverse("help")
    here.post(reverse("demo:move"), {"to": "day", "next": back})
    assert local_day(clock.now()) == date(2026, 4, 1)
    assert not Event.objects.filter(kind="dossiers.overdue.v1").exists()

    answer = here.post(reverse("demo:move"), {"to": "day", "next": back}, follow=True)
    assert local_day(clock.now()) == date(2026, 4, 2)
    event = Event.objects.get(kind="dossiers.overdue.v1")
    assert event.subject == str(dossier.public_id)
    assert local(event.occurred_at).isoformat() == "2026-04-02T00:00:00+07:00"
    assert "Mới trễ hạn: 1." in answer.content.decode()


def test_the_next_due_date_is_that_of_the_next_open_duty(
    marked: DemoState, here: Client
) -> None:
    factories.received(factories.at("2026-03-31", "10:00"))
    due = Duty.objects.get(done_at__isnull=True).due_on
    here.post(reverse("demo:move"), {"to": "due"})
    assert local_day(clock.now()) == due
    here.post(reverse("demo:move"), {"to": "due"})
    assert local_day(clock.now()) == due  # nothing else is open


@pytest.mark.parametrize(
    "to",
    [NOW, NOW - timedelta(days=1), NOW + timedelta(days=121)],
)
def test_the_date_moves_forward_and_not_out_of_sight(
    marked: DemoState, to: datetime
) -> None:
    with pytest.raises(clock.ClockRefused):
        clock.move_to(to)


def test_each_night_is_swept_in_order_and_the_end_once_more(
    marked: DemoState, monkeypatch: pytest.MonkeyPatch
) -> None:
    moments: list[str] = []

    def note(at: datetime) -> int:
        moments.append(f"{local(at):%d %H:%M}")
        return 1

    monkeypatch.setattr(clock, "SWEEPS", (clock.Sweep("noted", note),))
    done = clock.move_to(factories.at("2026-04-02", "08:00"))
    assert moments == ["01 00:05", "02 00:05", "02 08:00"]
    assert done == {"noted": 3}


def test_a_database_without_the_mark_has_no_demo_date() -> None:
    with pytest.raises(state.DemoRefused):
        clock.now()


# --- the cards ------------------------------------------------------------------------


def card(number: int, **changes: Any) -> cards.Card:
    wanted: dict[str, Any] = {
        "key": f"card-{number}",
        "title": {
            "vi": f"Thẻ {number}",
            "en": f"Card {number}",
            "fr": f"Carte {number}",
        },
        "notice": {"vi": "Chú ý hạn.", "en": "See the date.", "fr": "Voyez la date."},
        "role": "chair",
        "url": "/viec-cua-toi",
    }
    return cards.Card(**wanted | changes)


@pytest.mark.parametrize(
    ("prefix", "title", "lands"),
    [
        ("", "Thẻ 3", "/viec-cua-toi"),
        ("/en", "Card 3", "/en/viec-cua-toi"),
        ("/fr", "Carte 3", "/fr/viec-cua-toi"),
    ],
)
def test_a_card_opens_its_record_as_its_part_in_the_readers_language(
    marked: DemoState, here: Client, prefix: str, title: str, lands: str
) -> None:
    accounts = roles.ensure_roles(NOW)
    cards.lay_out(card(number) for number in range(1, 7))
    page = here.get(f"{prefix}/nam-phut").content.decode()
    assert title in page
    assert page.count('name="next" value="/viec-cua-toi"') == 6
    data = {"part": "chair", "next": "/viec-cua-toi"}
    answer = here.post(f"{prefix}/minh-hoa/dong-vai", data)
    assert answer.headers["Location"] == lands
    assert here.session["_auth_user_id"] == str(accounts["chair"].pk)


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org"])
def test_the_bar_leads_nowhere_else(
    marked: DemoState, here: Client, elsewhere: str
) -> None:
    roles.ensure_roles(NOW)
    answer = here.post(reverse("demo:become"), {"part": "chair", "next": elsewhere})
    assert answer.headers["Location"] == reverse("first_page")
    answer = here.post(reverse("demo:move"), {"to": "day", "next": elsewhere})
    assert answer.headers["Location"] == reverse("home")


@pytest.mark.parametrize(
    "changes",
    [
        {"role": "nobody"},
        {"url": "https://example.org/"},
        {"url": "//example.org"},
        {"title": {"vi": "Thẻ"}},
        {"notice": {"vi": "Thẻ", "en": "Card", "fr": ""}},
    ],
)
def test_a_card_that_leads_nowhere_or_says_nothing_is_refused(
    marked: DemoState, changes: dict[str, Any]
) -> None:
    cards.lay_out([card(1)])
    with pytest.raises(cards.CardRefused):
        cards.lay_out([card(2), card(3, **changes)])
    assert [c.key for c in DemoCard.objects.all()] == ["card-1"]


def test_laying_out_again_leaves_only_the_new_cards(marked: DemoState) -> None:
    cards.lay_out(card(number) for number in range(1, 7))
    cards.lay_out(card(number) for number in (9, 8))
    assert [c.key for c in DemoCard.objects.all()] == ["card-9", "card-8"]


def test_the_bar_is_on_citizens_and_officials_pages(
    marked: DemoState, here: Client
) -> None:
    roles.ensure_roles(NOW)
    for path in ("/tro-giup", "/thu-tuc", "/tai-khoan/dang-nhap", f"/ho-so/{uuid4()}"):
        assert "gd-demo" in here.get(path, follow=True).content.decode(), path
    here.post(reverse("demo:become"), {"part": "chair"})
    assert "gd-demo" in here.get(reverse("duties:five_lines")).content.decode()
