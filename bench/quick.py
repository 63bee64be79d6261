"""What must feel instant: a slip, and `gandan due`."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.figures import Figure, at_most, median
from bench.house import House
from config.launch import postgres

RUNS = 15
_DUE = ["due", "--received", "2025-04-29T09:00", "--limit", "2 WORKING_DAY"]


def _wall(command: list[str]) -> float:
    taken = []
    for _n in range(RUNS):
        started = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        taken.append(time.perf_counter() - started)
    return median(taken[1:])


def run(house: House, rows: int, tell: Callable[[str], None]) -> list[Figure]:
    tell("a slip")
    slip = house.ask(postgres.DATABASE, "slip")
    tell("gandan due")
    gandan = Path(sys.executable).with_name("gandan")
    due = _wall([str(gandan), *_DUE, "--json"])
    return [
        at_most(
            "slip",
            slip["median"] * 1000,
            "ms",
            floor=15,
            baseline=slip["first"] * 1000,
            baseline_name="ms for the first of a process",
        ),
        at_most(
            "gandan_due",
            due,
            "s",
            floor=0.3,
            baseline=_wall([sys.executable, "-c", "pass"]),
            baseline_name="s for Python to do nothing",
        ),
    ]
