"""Homes of their own for clusters that are made, killed and made again."""

import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.launch import homes, postgres
from tests.launch.watching import running


@pytest.fixture
def home() -> Iterator[Path]:
    """Short and open to others: pytest's own folders are closed to a system user."""
    path = Path(tempfile.mkdtemp(prefix="gd-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    leave_no_trace(path)


@pytest.fixture(scope="session")
def _house() -> Iterator[Path]:
    """A home with tables, base data and static files, made once to be copied."""
    path = Path(tempfile.mkdtemp(prefix="gd-", dir="/tmp"))
    path.chmod(0o755)
    with running(path) as house:
        assert house.end(signal.SIGTERM) == 0
    yield path
    leave_no_trace(path)


@pytest.fixture
def house(home: Path, _house: Path) -> Path:
    """A home in which everything has been set up before."""
    for name in ("postgres", "static", "static.key", "secrets"):
        subprocess.run(["cp", "-a", _house / name, home / name], check=True)
    return home


def leave_no_trace(path: Path) -> None:
    layout = homes.lay_out(path)
    postgres.end_leftovers(layout)
    shutil.rmtree(path, ignore_errors=True)
    for outside in (layout.shelf, layout.socket):
        if path not in outside.parents:
            shutil.rmtree(outside, ignore_errors=True)
