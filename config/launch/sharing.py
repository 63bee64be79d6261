"""One cluster for every command of a home: started by the first, stopped by it too.

`owner` is held by the command that started the cluster, for as long as it runs. Every
other command holds a share of `users`. Both are kernel locks: kill -9 releases them.
An owner that has done its work waits for the others before it stops the cluster; who
arrives while it waits, waits for the owner's end and then starts the cluster itself.
"""

import errno
import fcntl
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.launch import homes, postgres
from config.launch.postgres import Server
from config.launch.refusals import LaunchRefused


@dataclass(slots=True)
class Lease:
    """What a command holds while it uses the cluster."""

    home: Path
    socket: Path
    owner: int
    users: int
    server: Server | None  # None: another command owns the cluster

    def release(self, *, wait: bool = True) -> None:
        """Let go. The owner stops the cluster; unless told not to, after the others."""
        try:
            if self.server is not None:
                _state_file(self.home).unlink(missing_ok=True)
                if wait:
                    self._wait_for_the_others()
        finally:
            if self.server is not None:
                self.server.stop()
            os.close(self.users)
            os.close(self.owner)

    def is_abandoned(self) -> bool:
        """Has the owner ended? Then what we joined is gone, or about to go."""
        if self.server is not None or not _take(self.owner, fcntl.LOCK_SH):
            return False
        fcntl.flock(self.owner, fcntl.LOCK_UN)
        return True

    def _wait_for_the_others(self) -> None:
        if not _take(self.users, fcntl.LOCK_EX):
            _tell("done; the database stops when the other commands have ended")
            fcntl.flock(self.users, fcntl.LOCK_EX)


def acquire(
    home: Path,
    *,
    settings: dict[str, str] | None = None,
    title: str = "a command",
    serves: bool = False,
) -> Lease:
    """Join the running cluster, or start it and own it.

    A server (`serves`) joins only another server: it would outlive the command that
    happens to own the cluster, so it waits for that command's end.
    """
    layout = homes.lay_out(home)
    owner, users = _open(layout.lock / "owner"), _open(layout.lock / "users")
    asked, told = time.monotonic(), False
    try:
        while True:
            if _take(owner, fcntl.LOCK_EX):
                _state_file(home).unlink(missing_ok=True)
                # Read again: the home's first start may just have chosen the places.
                layout = homes.lay_out(home)
                server = postgres.start(layout, settings=settings)
                _write_state(home, layout.socket, title, serves=serves)
                return Lease(home, layout.socket, owner, users, server)
            state = _state(home)
            if state is not None and (state["serves"] or not serves):
                socket = Path(state["socket"])
                if (
                    _take(users, fcntl.LOCK_SH)
                    and _state(home) == state
                    and postgres.answers(socket)
                ):
                    return Lease(home, socket, owner, users, None)
                fcntl.flock(users, fcntl.LOCK_UN)
            if not told and time.monotonic() - asked > 2:
                told = True
                whom = state["title"] if state else "another command"
                _tell(f"waiting for {whom}, which started the database, to end")
            time.sleep(0.05)
    except BaseException:
        os.close(users)
        os.close(owner)
        raise


@contextmanager
def cluster(
    home: Path, *, settings: dict[str, str] | None = None, title: str = "a command"
) -> Iterator[Lease]:
    """The cluster for the length of a command. Ctrl-C does not wait for anybody."""
    lease = acquire(home, settings=settings, title=title)
    wait = True
    try:
        yield lease
    except KeyboardInterrupt:
        wait = False
        raise
    finally:
        lease.release(wait=wait)


def _open(path: Path) -> int:
    try:
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except PermissionError:
        raise LaunchRefused(
            f"{path} belongs to another user: run gandan as the user who began here"
        ) from None


def _take(descriptor: int, kind: int) -> bool:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in {errno.EWOULDBLOCK, errno.EAGAIN}:
            return False
        raise
    return True


def _state_file(home: Path) -> Path:
    return home / "lock" / "state.json"


def _state(home: Path) -> dict[str, Any] | None:
    try:
        state: dict[str, Any] = json.loads(_state_file(home).read_text())
    except FileNotFoundError:
        return None
    return state


def _write_state(home: Path, socket: Path, title: str, *, serves: bool) -> None:
    """Written aside and renamed: a reader sees all of it or nothing."""
    state = {
        "pid": os.getpid(),
        "title": title,
        "serves": serves,
        "socket": str(socket),
    }
    unfinished = _state_file(home).with_suffix(".new")
    unfinished.write_text(json.dumps(state))
    unfinished.replace(_state_file(home))


def _tell(sentence: str) -> None:
    print(f"gandan: {sentence}", file=sys.stderr)
