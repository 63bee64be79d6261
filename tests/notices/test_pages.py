"""Pages: a desk sees its own calls; nobody but the demo's visitors reads messages."""

from copy import deepcopy
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects
from pytest_django.fixtures import Settings

from gandan.kernel.actors import Role
from gandan.notices import actions
from gandan.notices.models import Channel, Message, Outcome, State
from gandan.people.models import Mandate, User
from gandan.places.models import Organisation
from tests.notices.conftest import AT, Queue

CALLS, CARDS, OUTBOX = "/quay/goi-dien", "/quay/phieu-bao", "/hop-thu-di"


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(AT, tick=False):
        yield


def officer(client: Client, role: Role, organisation: Organisation) -> Client:
    user = User.objects.create(username=role.value, full_name=role.value, official=True)
    Mandate.objects.create(
        user=user, role=role, organisation=organisation, starts=date(2025, 7, 1)
    )
    client.force_login(user)
    return client


@pytest.fixture
def counter(client: Client, desk: Organisation) -> Client:
    return officer(client, Role.COUNTER, desk)


@pytest.fixture
def elsewhere(desk: Organisation) -> Organisation:
    return Organisation.objects.create(
        key="99.99999@2025-07-01/other",
        kind="one_stop_desk",
        name="Nơi khác",
        fold="noi khac",
        sort_key="noi khac",
        place=desk.place,
        source="test",
        starts=date(2025, 7, 1),
    )


@pytest.fixture
def demo(settings: Settings) -> None:
    """A demo as this room sees it: without the guard and the bar of a room above,
    whose addresses are there only when the process starts as a demo."""
    settings.DEMO = True
    settings.MIDDLEWARE = [m for m in settings.MIDDLEWARE if ".site." not in m]
    templates = deepcopy(settings.TEMPLATES)
    options = templates[0]["OPTIONS"]
    options["context_processors"] = [
        name for name in options["context_processors"] if ".site." not in name
    ]
    settings.TEMPLATES = templates


def test_a_call_shows_whom_the_number_and_one_sentence(
    counter: Client, queue: Queue
) -> None:
    queue(Channel.CALL)
    page = counter.get(CALLS)
    assertContains(page, "Hoàng Thị Ngọc Ánh")
    assertContains(page, 'href="tel:0912345678"')
    assertContains(page, "mời ông/bà mang giấy hẹn đến")
    assert page.headers["Cache-Control"] == "no-store"


def test_a_desk_sees_only_its_own_calls(
    counter: Client, queue: Queue, elsewhere: Organisation
) -> None:
    other = queue(Channel.CALL, organisation=elsewhere, person="Người Khác")
    assertNotContains(counter.get(CALLS), "Người Khác")
    answer = counter.post(f"{CALLS}/{other.public_id}", {"outcome": "reached"})
    assert answer.status_code == 404
    other.refresh_from_db()
    assert other.state == State.QUEUED


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.COUNTER, Role.HEAD_ONE_STOP}))
def test_other_roles_find_no_such_page(
    client: Client, desk: Organisation, role: Role
) -> None:
    visitor = officer(client, role, desk)
    for page in (CALLS, CARDS):
        assert visitor.get(page).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client: Client, desk: Organisation) -> None:
    for page in (CALLS, CARDS):
        assert client.get(page).status_code == 302


def test_pressing_an_outcome_ends_the_call(counter: Client, queue: Queue) -> None:
    call = queue(Channel.CALL)
    answer = counter.post(
        f"{CALLS}/{call.public_id}", {"outcome": "reached"}, follow=True
    )
    assertRedirects(answer, CALLS)
    assertContains(answer, "Đã ghi.")
    assertContains(answer, "Những người cần gọi hôm nay")
    call.refresh_from_db()
    assert (call.state, call.outcome) == (State.DONE, Outcome.REACHED)


def test_pressing_twice_says_that_it_was_done(counter: Client, queue: Queue) -> None:
    call = queue(Channel.CALL)
    counter.post(f"{CALLS}/{call.public_id}", {"outcome": "reached"})
    again = counter.post(
        f"{CALLS}/{call.public_id}", {"outcome": "no_answer"}, follow=True
    )
    assertContains(again, "Người khác vừa làm việc này rồi.")


def test_an_unknown_outcome_changes_nothing(counter: Client, queue: Queue) -> None:
    call = queue(Channel.CALL)
    answer = counter.post(f"{CALLS}/{call.public_id}", {"outcome": "x"}, follow=True)
    assertContains(answer, "Chọn kết quả cuộc gọi.")
    call.refresh_from_db()
    assert call.state == State.QUEUED


def test_cards_stand_by_village(counter: Client, queue: Queue) -> None:
    queue(Channel.CARD, village="Xóm Nà Chang", person="Nông Văn Páo")
    queue(Channel.CARD, village="Xóm Khuổi Pậu", person="Lý Mùi Nhậy")
    queue(Channel.CARD, village="Xóm Nà Chang", person="Hứa Thị Mỷ")
    page = counter.get(CARDS)
    assert page.content.decode().count("<h2>Xóm Nà Chang") == 1
    assertNotContains(page, "Làm sổ đỏ")
    card = Message.objects.get(person="Lý Mùi Nhậy")
    after = counter.post(f"{CALLS}/{card.public_id}", {"outcome": "visit"}, follow=True)
    assertRedirects(after, CARDS)
    assertNotContains(after, "Lý Mùi Nhậy")


def test_the_list_of_calls_takes_the_same_queries_for_one_and_for_forty(
    counter: Client, queue: Queue
) -> None:
    counts = []
    for calls in (1, 39):
        for _ in range(calls):
            queue(Channel.CALL)
        counter.get(CALLS)  # what is kept per process is read once
        with CaptureQueriesContext(connection) as queries:
            counter.get(CALLS)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_outside_the_demo_an_administrator_reads_no_content(
    client: Client, desk: Organisation, queue: Queue
) -> None:
    failed = queue(to_address="nobody(at)example")
    queue(Channel.CALL)
    page = officer(client, Role.ADMINISTRATOR, desk).get(OUTBOX)
    assertContains(page, "Đây không phải địa chỉ thư điện tử")
    for secret in ("nobody", "0912345678", "Hoàng", "Làm sổ đỏ", "0007"):
        assertNotContains(page, secret)
    assert client.get(f"{OUTBOX}/{failed.public_id}").status_code == 404


def test_an_administrator_reads_of_the_offices_looked_after(
    client: Client, desk: Organisation, elsewhere: Organisation, queue: Queue
) -> None:
    queue(Channel.CALL)
    assertNotContains(
        officer(client, Role.ADMINISTRATOR, elsewhere).get(OUTBOX), desk.name
    )


def test_outside_the_demo_nobody_else_finds_the_outbox(
    client: Client, desk: Organisation
) -> None:
    assert client.get(OUTBOX).status_code == 404
    assert officer(client, Role.COUNTER, desk).get(OUTBOX).status_code == 404


@pytest.mark.parametrize(
    ("channel", "shown"),
    [
        (Channel.EMAIL, "Kính gửi ông/bà Hoàng Thị Ngọc Ánh"),
        (Channel.SMS, "Hồ sơ …0007 có tin mới. Gọi 0206 3 870 123."),
        (Channel.CALL, "mời ông/bà mang giấy hẹn"),
        (Channel.CARD, "Xóm Nà Chang"),
    ],
)
def test_in_the_demo_each_message_reads_as_its_receiver_gets_it(
    client: Client,
    queue: Queue,
    demo: None,
    texts: object,
    channel: Channel,
    shown: str,
) -> None:
    message = queue(channel)
    assertContains(client.get(OUTBOX), str(message.public_id))
    assertContains(client.get(f"{OUTBOX}/{message.public_id}"), shown)


def test_the_outbox_pages_by_key_both_ways(
    client: Client, queue: Queue, demo: None
) -> None:
    ids = [queue().pk for _ in range(120)]
    first = client.get(OUTBOX)
    assertContains(first, f'href="?cu-hon={ids[70]}"')
    assertNotContains(first, 'href="?moi-hon=')
    second = client.get(f"{OUTBOX}?cu-hon={ids[70]}")
    assertContains(second, f'href="?cu-hon={ids[20]}"')
    assertContains(second, f'href="?moi-hon={ids[69]}"')
    third = client.get(f"{OUTBOX}?cu-hon={ids[20]}")
    assertNotContains(third, 'href="?cu-hon=')
    back = client.get(f"{OUTBOX}?moi-hon={ids[19]}")
    assertContains(back, f'href="?moi-hon={ids[69]}"')


@pytest.mark.parametrize("query", ["cu-hon=x", "cu-hon=", "kenh=fax", "moi-hon=²"])
def test_a_mistyped_address_shows_the_whole_outbox(
    client: Client, queue: Queue, demo: None, query: str
) -> None:
    message = queue()
    assertContains(client.get(f"{OUTBOX}?{query}"), str(message.public_id))


def test_filters_show_one_channel_or_what_did_not_arrive(
    client: Client, queue: Queue, demo: None
) -> None:
    call, failed = queue(Channel.CALL), queue(to_address="x")
    assertContains(client.get(f"{OUTBOX}?kenh=goi"), str(call.public_id))
    assertNotContains(client.get(f"{OUTBOX}?kenh=goi"), str(failed.public_id))
    assertContains(client.get(f"{OUTBOX}?chua-gui-duoc"), str(failed.public_id))
    assertNotContains(client.get(f"{OUTBOX}?chua-gui-duoc"), str(call.public_id))


@pytest.mark.parametrize("prefix", ["", "/en", "/fr"])
def test_pages_speak_three_languages(
    client: Client, queue: Queue, desk: Organisation, demo: None, prefix: str
) -> None:
    queue(Channel.CALL)
    head = officer(client, Role.HEAD_ONE_STOP, desk)
    words = {
        "": ("Cuộc gọi cần làm", "Hộp thư đi"),
        "/en": ("Calls to make", "Outbox"),
        "/fr": ("Appels à passer", "Boîte d'envoi"),
    }[prefix]
    assertContains(head.get(prefix + CALLS), words[0])
    page = head.get(prefix + OUTBOX).content.decode().replace("&#x27;", "'")
    assert words[1] in page


def test_the_task_empties_the_outbox(queue: Queue, texts: object) -> None:
    from gandan.notices import tasks

    queue(Channel.SMS)
    tasks.send(timestamp=0)
    assert Message.objects.get().state == State.SENT


def test_a_withdrawn_call_leaves_the_list(counter: Client, queue: Queue) -> None:
    call = queue(Channel.CALL)
    actions.cancel(subject=call.subject, at=AT)
    assertContains(counter.get(CALLS), "Những người cần gọi hôm nay")
