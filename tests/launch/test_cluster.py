"""One cluster: who may log in, what survives, what the log says."""

import os
import signal
import subprocess
from pathlib import Path

import psycopg
import pytest

from config.launch import binaries, homes, postgres, sharing
from tests.launch.watching import processes_of, wait_until

ROLES = ["gandan_owner", "gandan_web", "gandan_seal"]


def _login(
    lease: sharing.Lease, role: str = "gandan_owner"
) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(postgres.conninfo(lease.socket, role=role), autocommit=True)


def _kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def test_three_roles_log_in_and_nobody_as_superuser(home: Path) -> None:
    with sharing.cluster(home) as lease:
        for role in ROLES:
            with _login(lease, role) as connection:
                row = connection.execute(
                    "SELECT current_user, rolsuper FROM pg_roles"
                    " WHERE rolname = current_user"
                ).fetchone()
            assert row == (role, False)
        with pytest.raises(psycopg.OperationalError, match="no pg_hba"):
            _login(lease, "postgres")


def test_no_port_is_opened(home: Path) -> None:
    with sharing.cluster(home) as lease, _login(lease) as connection:
        row = connection.execute("SHOW listen_addresses").fetchone()
        assert row == ("",)
        assert (lease.socket / ".s.PGSQL.5432").stat().st_mode & 0o077 == 0


@pytest.mark.full
def test_vietnamese_letters_change_case_without_icu(home: Path) -> None:
    with sharing.cluster(home) as lease, _login(lease) as connection:
        row = connection.execute(
            "SELECT lower('ĐẶNG THỊ Ướt'), upper('đặng thị ướt'), datcollate"
            " FROM pg_database WHERE datname = current_database()"
        ).fetchone()
    assert row == ("đặng thị ướt", "ĐẶNG THỊ ƯỚT", "C")


def test_data_survives_a_stop(home: Path) -> None:
    with sharing.cluster(home) as lease, _login(lease) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
    assert processes_of(home) == []
    with sharing.cluster(home) as lease, _login(lease) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


def test_after_kill_9_of_the_postmaster_the_next_start_recovers(home: Path) -> None:
    lease = sharing.acquire(home)
    assert lease.server is not None
    with _login(lease) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 1 AS n")
        _kill(lease.server.process.pid)
        lease.server.process.wait()
    assert (homes.lay_out(home).data / "postmaster.pid").exists()
    lease.release()
    with sharing.cluster(home) as again, _login(again) as connection:
        assert connection.execute("SELECT n FROM kept").fetchone() == (1,)


@pytest.mark.full
def test_a_stale_pid_file_that_names_a_living_stranger_is_no_obstacle(
    home: Path,
) -> None:
    lease = sharing.acquire(home)
    assert lease.server is not None
    _kill(lease.server.process.pid)
    lease.server.process.wait()
    lease.release()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        pid_file = homes.lay_out(home).data / "postmaster.pid"
        lines = pid_file.read_text().splitlines()
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        with sharing.cluster(home) as again, _login(again) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.full
def test_half_a_cluster_is_thrown_away_and_made_anew(home: Path) -> None:
    """Kill -9 during initdb leaves the unfinished folder, never a broken cluster."""
    unfinished = home / "postgres.new"
    unfinished.mkdir()
    (unfinished / "PG_VERSION").write_text("18\n")
    with sharing.cluster(home) as lease, _login(lease) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    assert not unfinished.exists()


def test_a_socket_path_too_long_moves_to_a_short_folder(home: Path) -> None:
    deep = home / ("a" * 60) / ("b" * 60)
    with sharing.cluster(deep) as lease, _login(lease) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
        assert len(str(lease.socket / ".s.PGSQL.5432")) <= 107
        assert deep not in lease.socket.parents
        assert homes.lay_out(deep).data.is_dir()
    lease.socket.rmdir()


def test_the_log_holds_no_statement_and_no_value(home: Path) -> None:
    """Errors, a crash of a backend while it works, and a deadlock's loser."""
    name = "Nguyễn Văn Bí Mật"
    with sharing.cluster(home) as lease:
        with _login(lease) as connection:
            connection.execute("CREATE TABLE person (name text PRIMARY KEY)")
            connection.execute("INSERT INTO person VALUES (%s)", [name])
            for statement in (
                f"INSERT INTO person VALUES ('{name}')",
                f"SELECT '{name}'::int",
                f"SELECT 1 FROM nowhere WHERE name = '{name}'",
            ):
                with pytest.raises(psycopg.Error):
                    connection.execute(statement)
        victim = _login(lease)
        pid = victim.info.backend_pid
        busy = subprocess.Popen(
            ["python3", "-c", f"import os,time; time.sleep(.3); os.kill({pid}, 9)"]
        )
        with pytest.raises(psycopg.OperationalError):
            victim.execute(f"SELECT pg_sleep(20), '{name}'")
        busy.wait()
        wait_until(lambda: postgres.answers(lease.socket))
    log = homes.lay_out(home).log.read_text()
    assert "terminated by signal 9" in log
    assert "Bí Mật" not in log
    assert "pg_sleep" not in log
    assert "person" not in log


@pytest.mark.full
def test_folders_above_the_home_keep_their_modes(home: Path) -> None:
    above = home / "above"
    above.mkdir(mode=0o711)
    above.chmod(0o711)
    with sharing.cluster(above / "home"):
        pass
    assert above.stat().st_mode & 0o777 == 0o711


@pytest.mark.full
def test_data_of_another_major_version_is_refused_in_a_sentence(home: Path) -> None:
    with sharing.cluster(home):
        pass
    (homes.lay_out(home).data / "PG_VERSION").write_text("14\n")
    try:
        with pytest.raises(Exception, match="is of PostgreSQL 14") as refusal:
            sharing.acquire(home)
        assert "\n" not in str(refusal.value)
    finally:
        version = binaries.MAJOR
        if own := os.environ.get("GANDAN_POSTGRES_BIN"):
            version = int(Path(own).parent.name)
        (homes.lay_out(home).data / "PG_VERSION").write_text(f"{version}\n")
