"""Two commands of one home at once."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from config.launch import homes, postgres, sharing
from tests.launch.watching import environment, processes_of, wait_until

_JOIN = """
import sys, pathlib
from config.launch import homes, postgres, sharing
with sharing.cluster(homes.home(), title="the other") as lease:
    print("owner" if lease.server else "guest", flush=True)
    sys.stdin.readline()
    print("answers" if postgres.answers(lease.socket) else "silent", flush=True)
"""


def _another(home: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", _JOIN],
        cwd=homes.CHECKOUT,
        env=environment(home),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


def test_the_second_command_joins_and_the_first_stops_the_cluster(home: Path) -> None:
    with sharing.cluster(home) as lease:
        said, _ = _another(home).communicate("\n", timeout=30)
        assert said.split() == ["guest", "answers"]
        assert postgres.answers(lease.socket)
    assert processes_of(home) == []


def test_an_owner_that_is_done_waits_for_its_guests(home: Path) -> None:
    lease = sharing.acquire(home)
    other = _another(home)
    assert other.stdin is not None
    assert other.stdout is not None
    assert other.stdout.readline() == "guest\n"
    leaving = threading.Thread(target=lease.release)
    leaving.start()
    time.sleep(0.3)
    assert leaving.is_alive()
    other.stdin.write("\n")
    other.stdin.flush()
    assert other.stdout.readline() == "answers\n"
    other.communicate(timeout=30)
    leaving.join(30)
    assert not leaving.is_alive()
    assert processes_of(home) == []


@pytest.mark.full
def test_who_comes_while_the_owner_leaves_starts_the_cluster_anew(home: Path) -> None:
    lease = sharing.acquire(home)
    guest = _another(home)
    assert guest.stdout is not None
    assert guest.stdout.readline() == "guest\n"
    leaving = threading.Thread(target=lease.release)
    leaving.start()
    wait_until(lambda: not (home / "lock" / "state.json").exists())
    late = _another(home)
    guest.communicate("\n", timeout=30)
    leaving.join(30)
    said, _ = late.communicate("\n", timeout=30)
    assert said.split() == ["owner", "answers"]


@pytest.mark.full
def test_many_first_commands_at_once_make_one_cluster(home: Path) -> None:
    others = [_another(home) for _ in range(4)]
    said = []
    for other in others:
        assert other.stdout is not None
        said.append(other.stdout.readline().strip())
    assert sorted(said) == ["guest", "guest", "guest", "owner"]
    for other in others:
        assert other.stdin is not None
        other.stdin.write("\n")
        other.stdin.flush()
    for other in others:
        assert other.communicate(timeout=30)[0] == "answers\n"
    assert processes_of(home) == []


@pytest.mark.full
def test_kill_9_of_the_owner_ends_the_cluster_and_the_next_start_recovers(
    home: Path,
) -> None:
    owner = _another(home)
    assert owner.stdout is not None
    assert owner.stdout.readline() == "owner\n"
    owner.kill()
    owner.communicate()
    with sharing.cluster(home) as lease:
        assert lease.server is not None
        assert postgres.answers(lease.socket)
    assert processes_of(home) == []
