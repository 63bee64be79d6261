"""Looking at a running house from outside: its processes, its page, its end."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.launch import homes


def processes_of(home: Path) -> list[str]:
    """Command lines of everything alive that belongs to this home."""
    return [line for _, line in processes(home)]


def processes(home: Path) -> list[tuple[int, str]]:
    marks = [str(home).encode(), homes.lay_out(home).tag.encode()]
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            line = (entry / "cmdline").read_bytes()
            environment = (entry / "environ").read_bytes()
        except PermissionError:
            environment = b""
        except (FileNotFoundError, ProcessLookupError):
            continue
        if line and any(mark in line or mark in environment for mark in marks):
            words = line.replace(b"\0", b" ").decode(errors="replace")
            found.append((int(entry.name), words))
    return found


def wait_until(true: Callable[[], bool], *, seconds: float = 20.0) -> None:
    patience = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < patience, "waited in vain"
        time.sleep(0.02)


def environment(home: Path, **more: str) -> dict[str, str]:
    """Ours, for another home; a DATABASE_URL of the outside would start no cluster."""
    kept = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    return kept | {"GANDAN_HOME": str(home)} | more


def gandan(home: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    return subprocess.run(
        [sys.executable, "-m", "config.launch.cli", *words],
        cwd=homes.CHECKOUT,
        env=environment(home, **more),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


@dataclass
class Running:
    home: Path
    port: int
    process: "subprocess.Popen[str]"

    def page(self) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/", headers={"Host": "localhost"})
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return 0
        finally:
            connection.close()

    def end(self, by: signal.Signals) -> int:
        self.process.send_signal(by)
        return self.process.wait(30)

    def pids(self, mark: str) -> list[int]:
        """Processes of this home whose command line holds the mark."""
        return [pid for pid, line in processes(self.home) if mark in line]


@contextmanager
def running(home: Path, *words: str, **more: str) -> Iterator[Running]:
    """`gandan run`, from its line with the address on."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "config.launch.cli", "run", *words],
        cwd=homes.CHECKOUT,
        env=environment(home, PORT=str(port), **more),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line == f"http://localhost:{port}\n"
        yield Running(home, port, process)
    finally:
        process.kill()
        process.wait()
        rest = process.stdout.read()
        process.stdout.close()
    assert rest == "", "exactly one line is printed"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
