"""The worker: killed in the middle, its job is queued again by the next one."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from django.conf import settings as house
from django.db import connection
from procrastinate.exceptions import AlreadyEnqueued

from gandan.notices import sending, tasks
from gandan.notices.models import Channel, State
from tests.notices.conftest import Queue

DJANGO = (sys.executable, "-W", "ignore", "-m", "django")


class Hanging:
    """A provider that takes the text and never answers."""

    def send(self, *, to: str, text: str, reference: str) -> None:
        Path(os.environ["HANGING"]).write_text(reference)
        time.sleep(60)


def worker(**environment: str) -> "subprocess.Popen[bytes]":
    database = connection.settings_dict
    return subprocess.Popen(
        [*DJANGO, "procrastinate", "worker", "--one-shot", "--concurrency", "1"],
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "GANDAN_DB_NAME": str(database["NAME"]),
            "GANDAN_SOCKET": str(database["HOST"]),
            "GANDAN_DB_ROLE": str(database["USER"]),
        }
        | environment,
        cwd=house.BASE_DIR,
        stderr=subprocess.DEVNULL,
    )


def status_of(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return str(cursor.fetchone()[0])


def forget_signs_of_life() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE procrastinate_workers"
            " SET last_heartbeat = now() - interval '1 hour'"
        )


def until(true: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not true():
        assert time.monotonic() < ends
        time.sleep(0.05)


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_begun_is_closed_and_taken_up_again(
    queue: Queue, texts: Path, tmp_path: Path
) -> None:
    message, taken = queue(Channel.SMS), tmp_path / "taken"
    begun = tasks.send.defer(timestamp=0)  # type: ignore[call-arg]
    first = worker(GANDAN_SMS="tests.notices.test_worker.Hanging", HANGING=str(taken))
    until(lambda: taken.exists() and taken.read_text() == str(message.public_id))
    first.send_signal(signal.SIGKILL)
    first.wait(10)
    assert status_of(begun) == "doing"

    # The worker's last sign of life lies back; another one looks for such jobs.
    forget_signs_of_life()
    with suppress(AlreadyEnqueued):  # the clock may have done it
        tasks.recover.defer(timestamp=0)  # type: ignore[call-arg]
    assert worker().wait(60) == 0
    assert status_of(begun) == "aborted"

    # A later wake hands over what the dead worker had claimed.
    message.refresh_from_db()
    if message.state == State.QUEUED:
        assert message.next_try_at is not None
        assert sending.send_due(at=message.next_try_at) == sending.Sent(sent=1)
    assert [file.stem for file in texts.iterdir()] == [str(message.public_id)]
