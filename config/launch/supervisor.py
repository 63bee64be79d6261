"""`gandan run`: database, web server, worker and follower under one parent.

Whatever ends by itself is started again, each time a little later; what the parent
started ends with it. Ctrl-C and TERM stop everything in order, the database last.
"""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import NoReturn

import psycopg

from config.launch import assets, children, homes, postgres, readiness, sharing
from config.launch.homes import CHECKOUT
from config.launch.refusals import LaunchRefused
from config.launch.sharing import Lease

_STOPPING = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_FIRST_PAUSE, _LONGEST_PAUSE = 0.5, 30.0
# A child that lived this long was well; its next end is a new story.
_WELL_AFTER = 60.0
_ENDS_BEFORE_GIVING_UP = 5


class _StopAsked(BaseException):
    """TERM, Ctrl-C or a closed terminal.

    Raised by the signal's handler to end whatever is being waited for. Python swallows
    an exception raised in a hook of its own (around a fork, say); the flag stays.
    """

    seen = False


@dataclass(slots=True)
class _Child:
    name: str
    command: list[str]
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    again_at: float = 0.0
    pause: float = _FIRST_PAUSE
    ends: int = 0

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.process = children.spawn(
                self.command,
                # Nobody is left to wait for a child that means to end tidily, and a
                # worker without its database does not end at all.
                on_parent_death=signal.SIGKILL,
                cwd=CHECKOUT,
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        self.started = time.monotonic()

    def watch(self) -> None:
        """Start again what has ended, unless it keeps ending."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.again_at:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        if now - self.started > _WELL_AFTER:
            self.pause, self.ends = _FIRST_PAUSE, 0
        self.ends += 1
        if self.ends >= _ENDS_BEFORE_GIVING_UP:
            raise LaunchRefused(f"the {self.name} keeps ending; {self.log} says why")
        _say(f"the {self.name} ended ({_in_words(status)}) and is started again")
        self.process = None
        self.again_at = now + self.pause
        self.pause = min(self.pause * 2, _LONGEST_PAUSE)

    def stop(self) -> None:
        if self.process is not None:
            children.stop(self.process, (signal.SIGTERM, 10.0))


@dataclass(slots=True)
class _Server:
    home: Path
    port: int
    demo: bool
    lease: Lease | None = None
    watched: list[_Child] = field(default_factory=list)
    demo_child: _Child | None = None

    def serve(self) -> NoReturn:
        _refuse_a_busy_port(self.port)
        try:
            if readiness.embedded():
                self.lease = sharing.acquire(self.home, title="gandan run", serves=True)
            readiness.bring_up_to_date(self.home)
            environment = readiness.environment(self.home)
            environment["PYTHONUNBUFFERED"] = "1"
            if self.demo:
                environment["GANDAN_DEMO"] = "1"
            assets.collect(self.home, environment)
            state = _demo_state(self.home)
            if state is not None and not self.demo:
                raise LaunchRefused(
                    "this database is the demo province's, where all records are "
                    "invented; serve it with gandan run --demo, or name another "
                    "GANDAN_HOME",
                    status=2,
                )
            build = self.demo and not state
            if build:
                _claim_for_the_demo(environment)
            # One after the other: the page is what somebody waits for.
            self._start("web server", _web(self.port), environment)
            self._wait_for_an_answer()
            print(f"http://localhost:{self.port}", flush=True)
            self._start("worker", _worker(), environment)
            self._start("follower", ["django", "figures_follow"], environment)
            if build:
                self._begin_demo(environment)
            while True:
                self._watch()
                time.sleep(0.1)
        finally:
            for by in _STOPPING:
                signal.signal(by, signal.SIG_IGN)
            self._stop()

    def _start(self, name: str, module: list[str], environment: dict[str, str]) -> None:
        child = self._child(name, module, environment)
        child.start()
        self.watched.append(child)

    def _child(
        self, name: str, module: list[str], environment: dict[str, str]
    ) -> _Child:
        log = self.home / "log" / f"{name.replace(' ', '-')}.log"
        postgres.turn_log(log)
        return _Child(name, [sys.executable, "-m", *module], environment, log)

    def _wait_for_an_answer(self) -> None:
        while not (status := _first_page(self.port)):
            self._watch()
            time.sleep(0.05)
        if status >= 500:
            _say(f"the first page fails; {self.watched[0].log} says why")

    def _begin_demo(self, environment: dict[str, str]) -> None:
        """Beside the pages, which answer meanwhile. The command knows what is there."""
        owner = environment | {"GANDAN_DB_ROLE": postgres.OWNER}
        self.demo_child = self._child("demo province", ["django", "demo"], owner)
        self.demo_child.start()

    def _watch(self) -> None:
        if _StopAsked.seen:
            raise _StopAsked
        self._watch_database()
        for child in self.watched:
            child.watch()
        demo = self.demo_child
        if demo is not None and demo.process is not None:
            status = demo.process.poll()
            if status is not None:
                self.demo_child = None
                if status != 0:
                    _say(f"the demo province is not complete; {demo.log} says why")

    def _watch_database(self) -> None:
        if self.lease is None:
            return
        if self.lease.server is None:
            if self.lease.is_abandoned():
                raise LaunchRefused("the command that ran the database has stopped it")
        elif self.lease.server.process.poll() is not None:
            _say("the database ended and is started again")
            self.lease.server = postgres.start(homes.lay_out(self.home))

    def _stop(self) -> None:
        everything = [*self.watched, *([self.demo_child] if self.demo_child else [])]
        for child in everything:  # all at once, then each with patience
            if child.process is not None and child.process.poll() is None:
                child.process.terminate()
        for child in everything:
            child.stop()
        if self.lease is not None:
            self.lease.release(wait=False)


def run(home: Path, *, port: int, demo: bool) -> int:
    """Serve until asked to stop."""
    _listen_for_signals()
    try:
        _Server(home, port, demo).serve()
    except _StopAsked:
        return 0


def _listen_for_signals() -> None:
    def ask(number: int, frame: FrameType | None) -> None:
        _StopAsked.seen = True
        raise _StopAsked

    for by in _STOPPING:
        # Under nohup a closed terminal means nothing, and must go on meaning nothing.
        if by != signal.SIGHUP or signal.getsignal(by) != signal.SIG_IGN:
            signal.signal(by, ask)


def _demo_state(home: Path) -> bool | None:
    """Whether the demo is built; none where the database is nobody's demo.

    Asked in SQL: a Django more would lengthen every start.
    """
    try:
        with psycopg.connect(readiness.owner_login(home)) as connection:
            found = connection.execute(
                "SELECT built_at IS NOT NULL FROM site_demo"
            ).fetchone()
    except psycopg.OperationalError as error:
        first = str(error).strip().partition("\n")[0]
        raise LaunchRefused(f"the database went away: {first}") from None
    return None if found is None else bool(found[0])


def _claim_for_the_demo(environment: dict[str, str]) -> None:
    """Before the first page: a database with anybody's records is never a demo."""
    status, said = children.run(
        [sys.executable, "-m", "django", "demo", "--mark"],
        env=environment | {"GANDAN_DB_ROLE": postgres.OWNER},
        cwd=CHECKOUT,
    )
    if status != 0:
        last = said.splitlines()[-1] if said else f"exit status {status}"
        raise LaunchRefused(last.removeprefix("CommandError: "))


def _web(port: int) -> list[str]:
    words = ["granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    words += ["--port", str(port), "--no-ws", "--http", "1"]
    words += ["--workers", str(min(2, os.cpu_count() or 1))]
    words += ["--blocking-threads", "2", "--respawn-failed-workers"]
    return [*words, "--workers-kill-timeout", "8", "config.launch.web:application"]


def _worker() -> list[str]:
    """The house's own worker command; before it exists, procrastinate's."""
    if any(CHECKOUT.glob("gandan/*/management/commands/work.py")):
        return ["django", "work"]
    return ["django", "procrastinate", "worker"]


def _refuse_a_busy_port(port: int) -> None:
    """Browsers try ::1 for localhost first, so a stranger there is in the way too."""
    busy = LaunchRefused(
        f"port {port} is in use; choose another: PORT={port + 1} gandan run", status=2
    )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise LaunchRefused(
                f"port {port} needs rights this user does not have; choose one above "
                "1023 with PORT",
                status=2,
            ) from None
        except OSError:
            raise busy from None
    try:
        socket.create_connection(("::1", port), timeout=1).close()
    except OSError:
        return
    raise busy


def _first_page(port: int) -> int:
    """Its HTTP status; 0 while nobody answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return 0
    finally:
        connection.close()


def _in_words(status: int) -> str:
    if status >= 0:
        return f"exit status {status}"
    return f"by {signal.Signals(-status).name}"


def _say(sentence: str) -> None:
    print(f"gandan: {sentence}", file=sys.stderr)
