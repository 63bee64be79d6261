"""The whole house killed, stopped and disturbed. Each start is a real `gandan run`."""

import os
import resource
import shutil
import signal
from pathlib import Path

import psycopg
import pytest

from config.launch import accounts, binaries, homes, postgres, sharing
from tests.launch.conftest import leave_no_trace
from tests.launch.watching import (
    free_port,
    gandan,
    processes_of,
    running,
    wait_until,
)

pytestmark = pytest.mark.full


def _count(home: Path) -> int:
    socket = homes.lay_out(home).socket
    with psycopg.connect(postgres.conninfo(socket)) as connection:
        row = connection.execute("SELECT count(*) FROM django_session").fetchone()
        assert row is not None
        return int(row[0])


def _worked() -> float:
    """Seconds of work by ended children: a start of at most 8 s, but measured so that
    a busy machine does not fail it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _write(home: Path) -> None:
    socket = homes.lay_out(home).socket
    with psycopg.connect(postgres.conninfo(socket)) as connection:
        connection.execute(
            "INSERT INTO django_session VALUES (gen_random_uuid(), '', now())"
        )


@pytest.mark.parametrize("by", [signal.SIGTERM, signal.SIGINT])
def test_a_stop_leaves_no_process_and_the_second_start_keeps_the_data(
    house: Path, by: signal.Signals
) -> None:
    with running(house) as first:
        assert first.page() != 0
        _write(house)
        assert first.end(by) == 0
        assert processes_of(house) == []
    before = _worked()
    with running(house) as second:
        assert _count(house) == 1
        second.end(signal.SIGTERM)
    assert _worked() - before <= 8


def test_after_kill_9_of_the_parent_everything_dies_and_the_next_start_recovers(
    house: Path,
) -> None:
    with running(house) as first:
        _write(house)
        first.end(signal.SIGKILL)
        wait_until(lambda: processes_of(house) == [])
    before = _worked()
    with running(house) as second:
        assert _count(house) == 1
        second.end(signal.SIGTERM)
    assert _worked() - before <= 8


def test_a_start_right_after_kill_9_does_not_meet_the_old_cluster(house: Path) -> None:
    with running(house) as first:
        _write(house)
        first.process.kill()
        with running(house) as second:
            assert _count(house) == 1
            second.end(signal.SIGTERM)
    assert processes_of(house) == []


@pytest.mark.parametrize(
    "mark",
    [
        "postgres -D",
        "granian",
        "procrastinate worker|django work",
        "figures_follow",
        "io worker",
    ],
)
def test_a_child_that_dies_is_started_again(house: Path, mark: str) -> None:
    with running(house) as served:
        marks = mark.split("|")

        def alive() -> set[int]:
            return {pid for part in marks for pid in served.pids(part)}

        wait_until(lambda: bool(alive()))
        before = alive()
        os.kill(min(before), signal.SIGKILL)
        socket = homes.lay_out(house).socket
        wait_until(lambda: bool(alive() - before) and postgres.answers(socket))
        wait_until(lambda: served.page() not in (0, 500))
        assert served.process.poll() is None
        assert _count(house) == 0
        assert served.end(signal.SIGTERM) == 0
    assert processes_of(house) == []


def test_the_demo_is_served_while_it_is_built_and_a_killed_build_begins_again(
    house: Path,
) -> None:
    with running(house, "--demo") as first:
        assert first.page() == 200
        first.end(signal.SIGKILL)
    with running(house, "--demo") as second:
        assert second.page() == 200
        assert second.end(signal.SIGTERM) == 0
    assert processes_of(house) == []


def test_a_database_somebody_works_in_is_never_served_as_the_demo(house: Path) -> None:
    script = (
        "from gandan.people.models import User; User.objects.create(username='desk')"
    )
    done = gandan(house, "shell", "--no-imports", "-c", script)
    assert done.returncode == 0, done.stderr
    refused = gandan(house, "run", "--demo", PORT=str(free_port()))
    assert refused.returncode == 1
    assert "the demo province needs a database of its own" in refused.stderr
    assert refused.stdout == ""
    assert processes_of(house) == []


def test_a_command_beside_the_server_uses_its_cluster(house: Path) -> None:
    with running(house) as served:
        done = gandan(house, "seed", "base")
        assert done.returncode == 0, done.stderr
        assert served.page() != 0
        assert served.end(signal.SIGTERM) == 0
    assert processes_of(house) == []


def test_a_command_on_an_empty_home_makes_everything_and_stops_it(home: Path) -> None:
    done = gandan(home, "seed", "base")
    assert done.returncode == 0, done.stderr
    assert processes_of(home) == []
    before = _worked()
    assert gandan(home, "seed", "base").returncode == 0
    assert _worked() - before <= 8


def test_a_server_of_ones_own_is_used_and_no_cluster_is_made(
    home: Path,
) -> None:
    """Our launcher plays the foreign server, in a home of its own."""
    with sharing.cluster(home / "theirs") as lease:
        owner = f"postgresql://gandan_owner@/gandan?host={lease.socket}"
        web = owner.replace("gandan_owner", "gandan_web")
        ours = home / "ours"
        logins = {"DATABASE_URL": web, "DATABASE_OWNER_URL": owner}
        done = gandan(ours, "seed", "base", **logins)
        assert done.returncode == 0, done.stderr
        with running(ours, **logins) as house:
            assert house.page() != 0
            assert house.end(signal.SIGTERM) == 0
        assert not (ours / "postgres").exists()
        assert processes_of(ours) == []
        assert postgres.answers(lease.socket), "a server of one's own is not stopped"


def test_a_home_the_system_user_cannot_reach_keeps_its_data_in_var_lib(
    tmp_path: Path,
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root's cluster runs as another user")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    home = closed / "home"
    layout = homes.lay_out(home)
    try:
        assert layout.data.is_relative_to(accounts.STATE)
        with running(home) as house:
            _write(home)
            house.end(signal.SIGKILL)
        with running(home) as house:
            assert _count(home) == 1
            assert house.end(signal.SIGTERM) == 0
        assert closed.stat().st_mode & 0o777 == 0o700
        # Reachable later on: the data stays where it is.
        assert homes.lay_out(home).data == layout.data
    finally:
        leave_no_trace(home)


def test_a_wheel_the_system_user_cannot_reach_is_copied(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if os.geteuid() != 0:
        pytest.skip("only root's cluster runs as another user")
    programs = binaries._installed()
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    package = programs.parent.parent
    shutil.copytree(programs.parent, hidden / package.name / programs.parent.name)
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, hidden / libraries.name)
    monkeypatch.setattr(
        binaries,
        "_installed",
        lambda: hidden / package.name / programs.parent.name / "bin",
    )
    layout = homes.lay_out(home)
    server = postgres.start(layout)
    try:
        command = Path(f"/proc/{server.process.pid}/cmdline").read_bytes()
        assert command.startswith(str(accounts.STATE).encode())
        assert layout.data.is_relative_to(home)
        assert postgres.answers(layout.socket)
    finally:
        server.stop()
    assert hidden.stat().st_mode & 0o777 == 0o700


def test_an_ordinary_user_runs_the_cluster_as_himself(home: Path) -> None:
    """Root takes over a home of an ordinary user without changing whose it is."""
    if os.geteuid() != 0:
        pytest.skip("needs two users; root plays both")
    theirs = home / "theirs"
    theirs.mkdir()
    own = theirs / "postgres"
    own.mkdir(mode=0o700)
    nobody = 65534
    os.chown(own, nobody, nobody)
    layout = homes.lay_out(theirs)
    assert layout.account is not None
    assert layout.account.uid == nobody


def test_a_demo_is_never_served_as_if_it_were_real(house: Path) -> None:
    assert gandan(house, "demo", "--mark").returncode == 0
    refused = gandan(house, "run", PORT=str(free_port()))
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "the demo province's" in refused.stderr
    assert processes_of(house) == []
