"""The embedded cluster: made once, started and stopped as our own child.

Peer login over a socket only; no TCP listener. Three roles: `gandan_owner` owns the
schema, `gandan_web` serves pages, `gandan_seal` seals the ledger. Which OS users may
log in as them is written into pg_ident.conf at every start. Nobody logs in as the
superuser: the roles are made once, in single-user mode.
"""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg

from config.launch import accounts, binaries, children, homes
from config.launch.homes import Layout
from config.launch.refusals import LaunchRefused

DATABASE = "gandan"
OWNER, WEB, SEAL = "gandan_owner", "gandan_web", "gandan_seal"
ROLES = (OWNER, WEB, SEAL)

# One statement a line: single-user mode ends a statement at the newline.
_ROLES_AND_DATABASE = f"""\
CREATE ROLE {OWNER} LOGIN CREATEDB
CREATE ROLE {WEB} LOGIN
CREATE ROLE {SEAL} LOGIN
GRANT {WEB}, {SEAL}, pg_monitor, pg_checkpoint, pg_signal_backend TO {OWNER}
CREATE DATABASE {DATABASE} OWNER {OWNER}
REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC
GRANT CONNECT, TEMPORARY ON DATABASE {DATABASE} TO {WEB}, {SEAL}
"""

# The log names what failed, never who it concerned. Errors of single statements stay
# out altogether ("log" is above "error"): their first line can quote a value.
_SETTINGS = {
    "listen_addresses": "",
    "port": "5432",
    "unix_socket_permissions": "0700",
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_statement": "none",
    "log_duration": "off",
    "log_min_duration_statement": "-1",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
    "log_autovacuum_min_duration": "-1",
    "log_line_prefix": "%m [%p] ",
    "log_timezone": "UTC",
    "timezone": "UTC",
    "max_connections": "80",
    "max_wal_size": "2GB",
    "random_page_cost": "1.1",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "jit": "off",
}
# For tests: nothing here survives a power cut, and nothing has to.
UNSAFE_AND_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "shared_buffers": "128MB",
}


@dataclass(slots=True)
class Server:
    layout: Layout
    process: subprocess.Popen[bytes]

    def stop(self) -> None:
        """Fast shutdown: open transactions roll back, the data is written."""
        children.stop(self.process, (signal.SIGINT, 60.0), (signal.SIGQUIT, 10.0))


def start(layout: Layout, *, settings: dict[str, str] | None = None) -> Server:
    """Make the cluster if it is not there, clear what a crash left, start, wait.

    The caller holds the home's owner lock, so any process of this cluster found
    alive has lost its parent.
    """
    programs = binaries.usable_by(layout.account, layout.shelf)
    end_leftovers(layout)
    if not (layout.data / "PG_VERSION").exists():
        _create(layout, programs)
    _check_version(layout, programs)
    _write_logins(layout)
    turn_log(layout.log)
    chosen = _SETTINGS | {"shared_buffers": _shared_buffers()} | (settings or {})
    command: list[str | Path] = [programs / "postgres", "-D", layout.data]
    for name, value in chosen.items():
        command += ["-c", f"{name}={value}"]
    command += ["-c", f"unix_socket_directories={layout.socket}"]
    command += ["-c", f"cluster_name={layout.tag}"]
    with layout.log.open("ab") as log:
        process = children.spawn(
            command,
            account=layout.account,
            on_parent_death=signal.SIGINT,
            cwd=Path("/"),
            env=_environment(),
            stdout=log,
            stderr=log,
        )
    server = Server(layout, process)
    try:
        _wait_until_ready(server)
    except BaseException:
        server.stop()
        raise
    return server


def conninfo(socket: Path | str, *, role: str = WEB, name: str = DATABASE) -> str:
    """Every part is given, so that no PG… variable of the shell gets a word in."""
    return psycopg.conninfo.make_conninfo(
        host=str(socket), port=5432, user=role, dbname=name
    )


def answers(socket: Path) -> bool:
    """Does a server take logins at this socket?"""
    try:
        psycopg.connect(conninfo(socket, role=OWNER), connect_timeout=5).close()
    except psycopg.OperationalError:
        return False
    return True


def _create(layout: Layout, programs: Path) -> None:
    """initdb beside the final place, then one rename: never half a cluster."""
    unfinished = layout.data.with_name(layout.data.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=0o700)
    homes.own(unfinished, layout.account)
    options = ["--username=postgres", "--auth-local=peer", "--auth-host=reject"]
    options += ["--encoding=UTF8", "--locale=C", "--no-instructions"]
    if _major(programs) >= 17:
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    else:
        options += ["--lc-ctype=C.UTF-8", "--lc-collate=C"]
    _must(
        layout,
        [programs / "initdb", "-D", unfinished, *options],
        doing="create the database cluster",
    )
    single: list[str | Path] = [programs / "postgres", "--single", "-D", unfinished]
    single += ["-c", "exit_on_error=on", "-c", "log_min_messages=error", "postgres"]
    _must(layout, single, text=_ROLES_AND_DATABASE, doing="create the database roles")
    unfinished.rename(layout.data)


def _must(
    layout: Layout, command: list[str | Path], *, doing: str, text: str = ""
) -> None:
    status, said = children.run(
        command, account=layout.account, env=_environment(), text=text
    )
    if status != 0:
        last = said.splitlines()[-1] if said else f"exit status {status}"
        raise LaunchRefused(f"could not {doing} in {layout.data.parent}: {last}")


def _check_version(layout: Layout, programs: Path) -> None:
    made_by = int((layout.data / "PG_VERSION").read_text())
    if made_by != _major(programs):
        raise LaunchRefused(
            f"the data in {layout.data} is of PostgreSQL {made_by}, the programs are "
            f"of {_major(programs)}: restore a backup into a new GANDAN_HOME"
        )


def _major(programs: Path) -> int:
    said = subprocess.run(
        [programs / "postgres", "--version"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return int(said.split()[2].partition(".")[0])


def _write_logins(layout: Layout) -> None:
    """Peer login for the person at the terminal and for the cluster's own user.

    Written by that user: root never opens a file for writing in a folder that
    somebody else can fill with links.
    """
    names = {accounts.my_name()}
    if layout.account is not None:
        names.add(layout.account.name)
    ident = [f'gandan "{name}" {role}' for name in sorted(names) for role in ROLES]
    hba = [f"local all {role} peer map=gandan" for role in ROLES]
    for file, lines in (("pg_ident.conf", ident), ("pg_hba.conf", hba)):
        _must(
            layout,
            ["/bin/sh", "-c", 'cat > "$1"', "sh", str(layout.data / file)],
            text="\n".join(lines) + "\n",
            doing=f"write {file}",
        )


def _wait_until_ready(server: Server) -> None:
    """As long as it lives: replaying a long journal after a crash takes its time."""
    asked = time.monotonic()
    told = False
    while True:
        try:
            psycopg.connect(conninfo(server.layout.socket, role=OWNER)).close()
        except psycopg.OperationalError as error:
            if server.process.poll() is not None:
                raise LaunchRefused(
                    "the database did not start: " + _last_line(server.layout.log)
                ) from None
            if "starting up" not in str(error) and time.monotonic() - asked > 60:
                raise LaunchRefused(
                    f"the database does not answer: {str(error).splitlines()[0]}"
                ) from None
        else:
            return
        if not told and time.monotonic() - asked > 3:
            told = True
            print("gandan: the database is recovering, please wait…", file=sys.stderr)
        time.sleep(0.02)


def end_leftovers(layout: Layout) -> None:
    """After kill -9 of a parent or of the postmaster: end what still runs, then
    remove the files that name dead processes.

    Removing postmaster.pid while a backend lives would let two servers write the same
    files; it is removed only once no process of this cluster is left. Left in place,
    it can stop the next start when its number belongs to another process by then.
    """
    for by, seconds in (
        (signal.SIGINT, 60.0),
        (signal.SIGQUIT, 5.0),
        (signal.SIGKILL, 10.0),
    ):
        for pid in _processes(layout.tag):
            try:
                os.kill(pid, by)
            except ProcessLookupError:
                continue
        patience = time.monotonic() + seconds
        while any(_processes(layout.tag)) and time.monotonic() < patience:
            time.sleep(0.02)
    if left := list(_processes(layout.tag)):
        raise LaunchRefused(f"an old database process does not end: {left[0]}")
    for stale in (
        layout.data / "postmaster.pid",
        *layout.socket.glob(".s.PGSQL.5432*"),
    ):
        stale.unlink(missing_ok=True)


def _processes(tag: str) -> Iterator[int]:
    """Postmaster and backends both carry the cluster's name in their command line."""
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            line = (entry / "cmdline").read_bytes()
        except OSError:  # ended meanwhile
            continue
        program = line.partition(b"\0")[0]
        is_postgres = program.startswith(b"postgres:") or program.endswith(b"/postgres")
        if is_postgres and tag.encode() in line:
            yield int(entry.name)


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name[:2] != "PG"}
    return kept | {"LC_ALL": "C"}


def _shared_buffers() -> str:
    """An eighth of the memory we may use, between 128 MB and 1 GB."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    limit = Path("/sys/fs/cgroup/memory.max")  # a container's share
    if limit.is_file() and (share := limit.read_text().strip()).isdigit():
        memory = min(memory, int(share))
    return f"{min(1024, max(128, memory // 8 // 2**20))}MB"


def turn_log(path: Path) -> None:
    """One old log is kept; a start is the moment to turn."""
    if path.exists() and path.stat().st_size > 5_000_000:
        path.replace(path.with_suffix(".old.log"))


def _last_line(path: Path) -> str:
    lines = path.read_text(errors="replace").strip().splitlines()
    return f"{lines[-1]} (see {path})" if lines else f"see {path}"
