"""The bench's own cluster, its databases, and the web server on any of them."""

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from psycopg.sql import SQL, Identifier

from config.launch import (
    assets,
    children,
    postgres,
    prepare,
    readiness,
    serving,
    sharing,
)
from config.launch.homes import CHECKOUT
from config.launch.sharing import Lease

Login = psycopg.Connection[tuple[Any, ...]]


class BenchBroken(Exception):
    """The measurement itself went wrong; there is no figure. One sentence."""


@dataclass(frozen=True, slots=True)
class Site:
    """A database that is being served."""

    database: str
    port: int
    process: int


@dataclass(slots=True)
class House:
    home: Path
    lease: Lease
    # What the template's children answered when it was made: tokens, procedures.
    callers: dict[str, Any] = field(default_factory=dict)

    def environment(self, database: str, *, role: str = postgres.WEB) -> dict[str, str]:
        return readiness.environment(self.home, role=role) | {
            "GANDAN_DB_NAME": database,
            "PYTHONUNBUFFERED": "1",
        }

    def connect(self, database: str, *, role: str = postgres.OWNER) -> Login:
        login = postgres.conninfo(self.lease.socket, role=role, name=database)
        return psycopg.connect(login, autocommit=True)

    def has(self, database: str) -> bool:
        with self.connect(postgres.DATABASE) as login:
            asked = "SELECT 1 FROM pg_database WHERE datname = %s"
            return login.execute(asked, [database]).fetchone() is not None

    def copy(self, database: str, source: str = postgres.DATABASE) -> None:
        """A fresh copy under this name; nobody may be using the source."""
        with self._apart(source) as login:
            login.execute(_drop(database))
            login.execute(
                SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    Identifier(database), Identifier(source)
                )
            )

    def rename(self, database: str, to: str) -> None:
        with self._apart(database) as login:
            login.execute(
                SQL("ALTER DATABASE {} RENAME TO {}").format(
                    Identifier(database), Identifier(to)
                )
            )

    def drop(self, database: str) -> None:
        with self.connect(postgres.DATABASE) as login:
            login.execute(_drop(database))

    def _apart(self, database: str) -> Login:
        """A login beside `database`: nobody may be in a database that is copied."""
        login = postgres.conninfo(
            self.lease.socket, role=postgres.OWNER, name="postgres"
        )
        return psycopg.connect(login, autocommit=True)

    def ask(self, database: str, question: str, **given: Any) -> Any:
        """Run one of `bench.inside` on a database, in a process of its own."""
        child = subprocess.run(
            [sys.executable, "-m", "bench.inside", question],
            input=json.dumps(given),
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            env=self.environment(database),
            check=False,
        )
        if child.returncode != 0:
            raise BenchBroken(f"{question}: {_last_line(child.stderr)}")
        return json.loads(child.stdout.splitlines()[-1])

    def gandan(self, database: str, *words: str) -> tuple[float, int, str]:
        """A management command: seconds, peak memory in bytes, what it printed."""
        started = time.perf_counter()
        with (self.home / "log" / "command.log").open("wb") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "django", *words],
                stdout=subprocess.PIPE,
                stderr=log,
                cwd=CHECKOUT,
                env=self.environment(database),
            )
            assert child.stdout is not None
            said = child.stdout.read().decode()
            child.stdout.close()
            _pid, status, used = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - started
        if child.returncode != 0:
            log_text = (self.home / "log" / "command.log").read_text()
            raise BenchBroken(f"{words[0]}: {_last_line(log_text)}")
        return seconds, used.ru_maxrss * 1024, said

    @contextmanager
    def serve(self, database: str) -> Iterator[Site]:
        """As `gandan run` serves, on a free port."""
        port = _free_port()
        environment = self.environment(database)
        assets.collect(self.home, environment)
        with (self.home / "log" / "web-server.log").open("ab") as log:
            process = children.spawn(
                [sys.executable, "-m", *serving.command(port)],
                cwd=CHECKOUT,
                env=environment,
                stdout=log,
                stderr=log,
            )
        try:
            _wait_for(port, process)
            yield Site(database, port, process.pid)
        finally:
            children.stop(process, (signal.SIGTERM, 15.0))

    def cpu_seconds(self, site: Site) -> float:
        """Spent so far by this process, the web server and the database together.

        On a machine that others use too, it says what the wall clock cannot.
        """
        ticks = os.sysconf("SC_CLK_TCK")
        server = self.lease.server
        assert server is not None
        total = time.process_time()
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
            except OSError:  # ended meanwhile
                continue
            parent, group = int(fields[1]), int(fields[2])
            if site.process in (group, parent) or server.process.pid == parent:
                total += (int(fields[11]) + int(fields[12])) / ticks
        return total


@contextmanager
def opened(home: Path) -> Iterator[House]:
    """The cluster, with the template brought up to date and its callers known."""
    known = home / "bench.json"
    with sharing.cluster(home, title="the benchmarks") as lease:
        readiness.bring_up_to_date(home)
        house = House(home, lease)
        kept = json.loads(known.read_text()) if known.exists() else {}
        if kept.get("key") != prepare.key():
            kept = {
                "key": prepare.key(),
                "callers": house.ask(postgres.DATABASE, "callers"),
            }
            known.write_text(json.dumps(kept))
        house.callers = kept["callers"]
        yield house


def _drop(database: str) -> psycopg.sql.Composed:
    return SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(database))


def _last_line(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1] if lines else "it ended without a word"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    patience = time.monotonic() + 60
    while time.monotonic() < patience:
        if process.poll() is not None:
            raise BenchBroken("the web server ended before it answered")
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise BenchBroken("the web server does not answer")
