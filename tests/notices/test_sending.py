"""The outbox: queued with the act, sent once when all goes well, never lost."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from pytest_django.fixtures import Settings

from gandan.ledger.models import Event
from gandan.notices import actions, sending
from gandan.notices.models import Channel, Message, State
from tests.notices.conftest import AT, Queue
from tests.notices.sink import Sink

MINUTE = timedelta(minutes=1)


def test_a_letter_leaves_with_full_words_and_is_marked(
    queue: Queue, mail: Sink
) -> None:
    message = queue()

    assert sending.send_due(at=AT) == sending.Sent(sent=1)

    [letter] = mail.letters
    message.refresh_from_db()
    assert (message.state, message.attempts, message.done_at) == (State.SENT, 1, AT)
    assert letter["To"] == "anh@example.vn"
    assert letter["Message-ID"] == f"<{message.public_id}@example.vn>"
    text = letter.get_content()
    assert "Hoàng Thị Ngọc Ánh" in text
    assert "Làm sổ đỏ lần đầu" in text
    assert "H14.30-251029-0007" in text
    assert "0206 3 870 123" in text


def test_a_text_leaves_without_link_name_or_procedure(
    texts: Path, queue: Queue
) -> None:
    message = queue(Channel.SMS)

    sending.send_due(at=AT)

    [file] = texts.iterdir()
    assert file.name == f"{message.public_id}.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    to, body = file.read_text().split("\n\n", 1)
    assert to == "0912345678"
    assert body == "Hồ sơ …0007 có tin mới. Gọi 0206 3 870 123.\n"
    # One part of 70 characters: that is what a text with Vietnamese marks holds.
    assert len(body) <= 70


def test_without_a_gateway_no_text_is_queued(queue: Queue, settings: Settings) -> None:
    settings.GANDAN_SMS = ""
    with pytest.raises(AssertionError):
        queue(Channel.SMS)
    assert not Message.objects.exists()


def test_what_rolls_back_leaves_no_message(queue: Queue) -> None:
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert not Message.objects.exists()


def test_a_message_with_a_key_is_queued_once(queue: Queue) -> None:
    assert queue(key="received:1").pk == queue(key="received:1").pk
    assert Message.objects.count() == 1


def test_nothing_leaves_before_its_time(queue: Queue, mail: Sink) -> None:
    queue(not_before=AT + MINUTE)
    assert sending.send_due(at=AT) == sending.Sent()
    assert sending.send_due(at=AT + MINUTE) == sending.Sent(sent=1)


def test_an_address_that_is_none_does_not_stop_the_act(queue: Queue) -> None:
    message = queue(to_address="anh(at)example")
    assert (message.state, message.error) == (State.FAILED, "bad_address")


def test_other_personal_data_never_reach_the_outbox(queue: Queue) -> None:
    with pytest.raises(ValueError, match="identity"):
        queue(params={"identity": "004188012345"})


def test_a_server_that_does_not_answer_is_tried_again_and_then_given_up(
    queue: Queue, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens
    message = queue()
    at, waits = AT, []
    while True:
        done = sending.send_due(at=at)
        message.refresh_from_db()
        if message.state != State.QUEUED:
            break
        assert done == sending.Sent(later=1)
        assert sending.send_due(at=at) == sending.Sent()  # not twice in one moment
        assert message.next_try_at is not None
        waits.append(message.next_try_at - at)
        at = message.next_try_at

    assert [wait // MINUTE for wait in waits] == [5, 10, 20, 40, 80, 160, 320]
    assert (message.state, message.error) == (State.FAILED, "no_connection")
    event = Event.objects.get(kind="notices.message_given_up.v1")
    assert "anh" not in str(event.payload)


@pytest.mark.parametrize(
    ("answer", "state", "error"),
    [
        ("550 no such person", State.FAILED, "recipient_refused"),
        ("450 come back later", State.QUEUED, "recipient_later"),
    ],
)
def test_a_refused_recipient_holds_up_nobody_else(
    queue: Queue, mail: Sink, answer: str, state: State, error: str
) -> None:
    refused = queue(to_address="nobody@example.vn")
    queue(to_address="binh@example.vn")
    mail.refuse["nobody@example.vn"] = answer

    sending.send_due(at=AT)

    refused.refresh_from_db()
    assert (refused.state, refused.error) == (state, error)
    assert [letter["To"] for letter in mail.letters] == ["binh@example.vn"]


def test_a_refused_letter_is_given_up(queue: Queue, mail: Sink) -> None:
    mail.answer_data = "554 not this one"
    message = queue()
    assert sending.send_due(at=AT) == sending.Sent(failed=1)
    message.refresh_from_db()
    assert message.error == "content_refused"


def test_what_is_no_longer_true_is_withdrawn(queue: Queue, mail: Sink) -> None:
    queue()
    other = queue(subject="another")
    taken_back = actions.cancel(subject="9d3f8a52-0000-4000-8000-000000000007", at=AT)
    assert taken_back == 1
    assert sending.send_due(at=AT) == sending.Sent(sent=1)
    other.refresh_from_db()
    assert other.state == State.SENT


@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_outbox_without_doubling(
    queue: Queue, mail: Sink
) -> None:
    for n in range(20):
        queue(to_address=f"a{n}@example.vn")
    results: list[sending.Sent] = []

    def work() -> None:
        try:
            results.append(sending.send_due(at=AT))
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert sum(result.sent for result in results) == 20
    assert sorted(letter["To"] for letter in mail.letters) == sorted(
        f"a{n}@example.vn" for n in range(20)
    )


KILLED = """
import django
django.setup()
from datetime import datetime
from django.conf import settings
from gandan.notices import sending
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", {port}
sending.send_due(at=datetime.fromisoformat("{at}"))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_loses_nothing(queue: Queue, mail: Sink) -> None:
    """The letter it had just handed over may come twice, under one Message-ID."""
    messages = [queue(to_address=f"a{n}@example.vn") for n in range(3)]
    mail.go_on.clear()  # the server has the letter but has not said so
    worker = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", KILLED.format(port=mail.port, at=AT)],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "GANDAN_DB_NAME": str(connection.settings_dict["NAME"]),
            "GANDAN_SOCKET": str(connection.settings_dict["HOST"]),
            "GANDAN_DB_ROLE": str(connection.settings_dict["USER"]),
        },
        cwd=settings.BASE_DIR,
    )
    assert mail.accepted.wait(30)
    worker.send_signal(signal.SIGKILL)
    worker.wait(10)
    mail.go_on.set()

    # The other two leave at once; the claimed one when its claim has run out.
    assert sending.send_due(at=AT) == sending.Sent(sent=2)
    assert sending.send_due(at=AT + 4 * MINUTE) == sending.Sent()
    assert sending.send_due(at=AT + 5 * MINUTE) == sending.Sent(sent=1)

    assert {m.state for m in Message.objects.all()} == {State.SENT}
    ids = [letter["Message-ID"] for letter in mail.letters]
    assert set(ids) == {f"<{m.public_id}@example.vn>" for m in messages} | {
        i for i in ids if i.endswith("@localhost>")
    }
    assert len(ids) == 4
