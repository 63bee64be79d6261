"""Homes of their own for clusters that are made, killed and made again."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from config.launch import homes, postgres


@pytest.fixture
def home() -> Iterator[Path]:
    """Short and open to others: pytest's own folders are closed to a system user."""
    path = Path(tempfile.mkdtemp(prefix="gd-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    leave_no_trace(path)


def leave_no_trace(path: Path) -> None:
    layout = homes.lay_out(path)
    postgres.end_leftovers(layout)
    shutil.rmtree(path, ignore_errors=True)
    for outside in (layout.shelf, layout.socket):
        if path not in outside.parents:
            shutil.rmtree(outside, ignore_errors=True)
