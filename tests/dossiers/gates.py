"""Two officers at one moment: both have pressed before either is judged."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection, connections

Press = Callable[[], Any]

_WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@contextmanager
def another_connection() -> Iterator[psycopg.Connection[Any]]:
    """Beside Django's: it holds what the officers wait for."""
    settings = connection.get_connection_params()
    wanted = ("dbname", "user", "password", "host", "port")
    words = {name: settings[name] for name in wanted if settings.get(name)}
    with psycopg.connect(**words) as other:
        yield other


def pressed_together(hold: str, values: list[Any], *presses: Press) -> list[Any]:
    """Run the presses in threads while `hold` keeps what they need; then let them go.

    `hold` is one statement that takes the lock. What a press raised stands in its
    place in the answer.
    """

    def run(press: Press) -> Any:
        try:
            return press()
        finally:
            connections.close_all()

    with another_connection() as keeper, another_connection() as watcher:
        watcher.autocommit = True
        keeper.execute(hold, values)
        with ThreadPoolExecutor(len(presses)) as pool:
            running = [pool.submit(run, press) for press in presses]
            patience = time.monotonic() + 2.5
            while _waiting(watcher) < len(presses):
                if any(one.done() for one in running) or time.monotonic() > patience:
                    keeper.rollback()
                    answers = list(map(_outcome, running))
                    raise AssertionError(f"did not wait for the lock: {answers!r}")
                threading.Event().wait(0.005)
            keeper.rollback()
            return list(map(_outcome, running))


def _outcome(future: "Future[Any]") -> Any:
    return future.exception(timeout=20) or future.result()


def _waiting(watcher: psycopg.Connection[Any]) -> int:
    row = watcher.execute(_WAITING).fetchone()
    assert row is not None
    return int(row[0])


def on_the_row(dossier: Any) -> tuple[str, list[Any]]:
    """The dossier's own row, which every verb locks before it judges."""
    return "SELECT 1 FROM dossiers_dossier WHERE id = %s FOR UPDATE", [dossier.pk]
