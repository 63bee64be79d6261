"""Where a cluster keeps its data, its socket, its log and its locks.

Normally all of it is under GANDAN_HOME:

    postgres/   the data            run/        the socket
    log/        PostgreSQL, web     lock/       who owns the cluster, who uses it
                server, worker

Two things can stand in the way. Started by root, the database runs as `gandan`, and
that user may be unable to reach GANDAN_HOME; data and socket then live under
`/var/lib/gandan/<hash of GANDAN_HOME>`. And a socket's path holds at most 107 bytes;
a longer one moves to `/run/gandan/<hash>` (root), `$XDG_RUNTIME_DIR/gandan-<hash>` or
`/tmp/gandan-<user id>-<hash>`. Locks stay in GANDAN_HOME, where every command of this
home looks for them. No folder above ours ever changes its mode.
"""

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from config.launch import accounts
from config.launch.accounts import Account
from config.launch.refusals import LaunchRefused

CHECKOUT = Path(__file__).resolve().parent.parent.parent
_SOCKET_PATH_LIMIT = 107
_SOCKET_NAME = ".s.PGSQL.5432"


def home() -> Path:
    """GANDAN_HOME, or `var/` in the checkout."""
    return Path(os.environ.get("GANDAN_HOME") or CHECKOUT / "var").resolve()


@dataclass(frozen=True, slots=True)
class Layout:
    home: Path
    account: Account | None
    data: Path
    socket: Path
    shelf: Path

    @property
    def lock(self) -> Path:
        return self.home / "lock"

    @property
    def log(self) -> Path:
        return self.home / "log" / "postgres.log"

    @property
    def tag(self) -> str:
        """Stands in the command line of every process of this cluster."""
        return f"gandan-{_hash(self.data)}"


def lay_out(home: Path) -> Layout:
    """Decide the places and make the folders. Existing data stays where it is."""
    make_folder(home)
    for name in ("run", "log", "lock"):
        make_folder(home / name)
    own = home / "postgres"
    shelf = accounts.STATE / _hash(home)
    account = accounts.server_account(own)
    if account is None:
        return Layout(home, None, own, _socket(home, home / "run", None), shelf)
    reachable = account.reaches(home)
    if own.exists() and not reachable:
        raise LaunchRefused(
            f"the database in {own} belongs to {account.name!r}, who can no longer "
            "reach it: open the folders above it to that user, or move GANDAN_HOME"
        )
    if reachable and not (shelf / "postgres").exists():
        socket = _socket(home, home / "run", account)
        return Layout(home, account, own, socket, shelf)
    make_folder(accounts.STATE)
    make_folder(shelf)
    make_folder(shelf / "run")
    socket = _socket(home, shelf / "run", account)
    return Layout(home, account, shelf / "postgres", socket, shelf)


def make_folder(path: Path, *, mode: int = 0o755) -> None:
    """Make a folder of ours with this mode whatever the umask; leave an old one be."""
    if path.is_dir():
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.mkdir(exist_ok=True)
        path.chmod(mode)
    except OSError as error:
        raise LaunchRefused(
            f"cannot make the folder {path}: {error.strerror}"
        ) from None


def own(path: Path, account: Account | None) -> None:
    """Hand one folder or file of ours to the account."""
    if account is not None:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def _hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:16]


def _socket(home: Path, wanted: Path, account: Account | None) -> Path:
    if len(os.fsencode(wanted / _SOCKET_NAME)) <= _SOCKET_PATH_LIMIT:
        own(wanted, account)
        return wanted
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if account is not None:
        make_folder(Path("/run/gandan"))
        short = Path("/run/gandan") / _hash(home)
    elif runtime and len(runtime) < 60 and os.access(runtime, os.W_OK):
        short = Path(runtime) / f"gandan-{_hash(home)}"
    else:
        short = Path("/tmp") / f"gandan-{os.geteuid()}-{_hash(home)}"
    make_folder(short, mode=0o700)
    # /tmp is everybody's: a folder somebody else laid there is a trap.
    found = short.lstat()
    keepers = {os.geteuid()} | ({account.uid} if account else set())
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in keepers:
        raise LaunchRefused(f"{short} belongs to somebody else; remove it and retry")
    own(short, account)
    return short
