"""kill −9 while systems file and move dossiers: nothing acknowledged is lost.

Each story runs a real house. Senders keep what was answered with 200; whatever is
killed under them, they knock again with the same key until they are answered.
"""

import http.client
import itertools
import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest

from config.launch import homes, postgres
from tests.launch.watching import Running, gandan, running, wait_until

pytestmark = pytest.mark.full

_SENDERS = 3
_BEFORE, _AFTER = 12, 24  # acknowledged before the blow, and in the end
_PATIENCE = 90.0  # seconds
_BIRTH = {
    "procedure": "1.001193",
    "competent": "01273",
    "state": 2,
    "parties": [{"full_name": "Nông Thị Mẩy"}],
}


@dataclass
class Storm:
    """Senders that file at a desk, and take up and decide what they filed."""

    tokens: dict[str, str]
    port: int = 0
    over: bool = False
    answered: dict[str, str] = field(default_factory=dict)  # key → public id
    moved: int = 0
    broken: list[str] = field(default_factory=list)
    threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, port: int) -> None:
        self.port = port
        for sender in range(_SENDERS):
            thread = threading.Thread(target=self._blow, args=(sender,))
            self.threads.append(thread)
            thread.start()

    def _blow(self, sender: int) -> None:
        for number in itertools.count():
            if self.over:
                return
            key = f"sender-{sender}-dossier-{number}"
            made = self.file(key)
            if made is None:
                return
            with self._lock:
                self.answered[key] = made["public_id"]
            for verb, scope in (("take_up", "process"), ("decide", "sign")):
                self._once(f"/{made['public_id']}/{verb}", scope, {})

    def file(self, key: str) -> dict[str, Any] | None:
        """Knock with this key until there is an answer, or the storm is over."""
        while not self.over:
            status, answer = self._send("", "receive", _BIRTH, key)
            if status == 200:
                return answer
            if status not in (0, 500, 502, 503):
                self.broken.append(f"{status} {answer}")
                return None
            time.sleep(0.05)
        return None

    def _once(self, path: str, scope: str, body: dict[str, Any]) -> None:
        status, _answer = self._send(path, scope, body, "")
        if status == 200:
            with self._lock:
                self.moved += 1

    def _send(
        self, path: str, scope: str, body: dict[str, Any], key: str
    ) -> tuple[int, dict[str, Any]]:
        """Status 0 where nobody answered."""
        headers = {
            "Host": "localhost",
            "Content-Type": "application/json",
            "Authorization": f"Bearer {self.tokens[scope]}",
        }
        if key:
            headers["Idempotency-Key"] = key
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            address = f"/api/v1/dossiers{path}"
            connection.request("POST", address, json.dumps(body), headers)
            response = connection.getresponse()
            said = response.read()
            found: dict[str, Any] = json.loads(said) if said.startswith(b"{") else {}
            return response.status, found
        except (OSError, http.client.HTTPException):
            return 0, {}
        finally:
            connection.close()


@contextmanager
def storm(tokens: dict[str, str]) -> Iterator[Storm]:
    blowing = Storm(tokens)
    try:
        yield blowing
    finally:
        blowing.over = True
        for thread in blowing.threads:
            thread.join(40)


def tokens_of(home: Path) -> dict[str, str]:
    found = {}
    for scope in ("receive", "process", "sign"):
        words = ("01273", "--name", scope, "--scope", f"dossiers:{scope}")
        done = gandan(home, "api", "token", *words)
        assert done.returncode == 0, done.stderr
        found[scope] = done.stdout.split()[-1]
    return found


def ask(home: Path, question: str, *given: Any) -> list[tuple[Any, ...]]:
    socket = homes.lay_out(home).socket
    with psycopg.connect(postgres.conninfo(socket)) as connection:
        return connection.execute(question, given).fetchall()


def strike(served: Running, mark: str) -> None:
    os.kill(min(served.pids(mark)), signal.SIGKILL)


def check_nothing_is_lost(home: Path, blowing: Storm) -> None:
    assert blowing.broken == []
    rows = ask(
        home,
        "SELECT public_id::text FROM dossiers_dossier WHERE code IS NOT NULL",
    )
    kept = [row[0] for row in rows]
    assert len(kept) == len(set(kept))
    assert set(blowing.answered.values()) <= set(kept)
    # Each key one dossier, each dossier one key.
    assert len(set(blowing.answered.values())) == len(blowing.answered)
    keys = ask(home, "SELECT key, count(*) FROM dossiers_intake GROUP BY key")
    assert all(count == 1 for _key, count in keys)
    # Whole or absent: what is there has its event, its entry and its record.
    halves = ask(
        home,
        """
        SELECT d.public_id FROM dossiers_dossier d WHERE d.code IS NOT NULL AND NOT (
            EXISTS (SELECT FROM ledger_event e WHERE e.subject = d.public_id::text
                    AND e.kind = 'dossiers.received.v1')
            AND EXISTS (SELECT FROM ledger_record r WHERE r.dossier = d.ledger_id
                        AND r.seq = 0)
            AND EXISTS (SELECT FROM dossiers_intake i WHERE i.dossier_id = d.id)
        )
        """,
    )
    assert halves == []
    lonely = ask(
        home,
        "SELECT count(*) FROM ledger_event e WHERE kind = 'dossiers.received.v1' AND "
        "NOT EXISTS (SELECT FROM dossiers_dossier d "
        "WHERE d.public_id::text = e.subject)",
    )
    assert lonely == [(0,)]


def check_states_equal_the_records(home: Path) -> None:
    """Of a house that has stopped; commands start its database for themselves."""
    done = gandan(home, "figures", "follow", "--once")
    assert done.returncode == 0, done.stderr
    done = gandan(home, "recompute", "--check", "--json")
    assert done.returncode == 0, done.stderr + done.stdout
    proof = json.loads(done.stdout.splitlines()[-1])
    assert proof["differences"] == []
    assert proof["records"] > 0
    assert proof["cells"] > 0


@pytest.mark.parametrize(
    "mark", ["granian", "postgres -D", "figures_follow", "procrastinate worker"]
)
def test_what_was_acknowledged_is_there_once_whatever_child_is_killed(
    house: Path, mark: str
) -> None:
    tokens = tokens_of(house)
    with storm(tokens) as blowing, running(house) as served:
        wait_until(lambda: bool(served.pids(mark)))
        blowing.begin(served.port)
        wait_until(lambda: len(blowing.answered) >= _BEFORE, seconds=_PATIENCE)
        strike(served, mark)
        wait_until(lambda: len(blowing.answered) >= _AFTER, seconds=_PATIENCE)
        blowing.over = True
        # A key that was answered is answered the same again.
        key, public_id = next(iter(blowing.answered.items()))
        again = Storm(tokens, port=served.port)
        answer = again.file(key)
        assert answer is not None
        assert answer["public_id"] == public_id
        assert blowing.moved > 0
        check_nothing_is_lost(house, blowing)
        served.end(signal.SIGTERM)
    check_states_equal_the_records(house)


def test_what_was_acknowledged_is_there_after_the_parent_is_killed(
    house: Path,
) -> None:
    tokens = tokens_of(house)
    with storm(tokens) as blowing, running(house) as served:
        blowing.begin(served.port)
        wait_until(lambda: len(blowing.answered) >= _BEFORE, seconds=_PATIENCE)
        served.end(signal.SIGKILL)
        blowing.over = True
    with running(house) as again:
        check_nothing_is_lost(house, blowing)
        again.end(signal.SIGTERM)
    check_states_equal_the_records(house)
