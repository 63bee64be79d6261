"""Child processes that never outlive their parent.

Each child is the leader of its own process group (Ctrl-C at the terminal reaches only
the parent, which then stops its children in order) and asks the kernel for a signal
when the parent dies, kill -9 included.
"""

import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, TypeAlias

from config.launch.accounts import Account

Sink: TypeAlias = int | IO[bytes] | None
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent(parent: int, by: signal.Signals) -> None:
    """Ask for `by` when the parent ends; leave at once if it already has."""
    _libc.prctl(_PR_SET_PDEATHSIG, by.value, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)


def spawn(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    on_parent_death: signal.Signals = signal.SIGTERM,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    stdin: Sink = subprocess.DEVNULL,
    stdout: Sink = None,
    stderr: Sink = None,
) -> subprocess.Popen[bytes]:
    """Start a child, as another account where one is given.

    The kernel drops the death signal when a process changes its user; `preexec_fn`
    runs after that change, so the request stands.
    """
    parent = os.getpid()
    return subprocess.Popen(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        process_group=0,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        preexec_fn=lambda: die_with_parent(parent, on_parent_death),
    )


def run(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path = Path("/"),
    text: str = "",
) -> tuple[int, str]:
    """Run a child to its end; its exit status and what it said."""
    child = spawn(
        command,
        account=account,
        on_parent_death=signal.SIGKILL,
        cwd=cwd,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    try:
        said, _ = child.communicate(text.encode())
    except BaseException:
        stop(child)
        raise
    return child.returncode, said.decode(errors="replace").strip()


def stop(child: subprocess.Popen[bytes], *steps: tuple[signal.Signals, float]) -> None:
    """Send each signal and wait its seconds, until the child is gone."""
    for by, seconds in (*steps, (signal.SIGKILL, 10.0)):
        if child.poll() is not None:
            return
        child.send_signal(by)
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
