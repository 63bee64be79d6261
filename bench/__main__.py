"""`python -m bench [--only NAME] [--rows N] [--home DIR] [--json FILE]`."""

import argparse
import json
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bench import figures, imports, intake, lifecycle, lists, pages, quick, states
from bench.figures import Figure, Verdict
from bench.filling import filled
from bench.house import BenchBroken, House, opened
from config.launch.refusals import LaunchRefused

ROWS = 1_000_000
_LOOK = {Verdict.AIM: "green", Verdict.FLOOR: "yellow", Verdict.MISSED: "bold red"}

Tell = Callable[[str], None]
Benchmark = Callable[[House, int, Tell], list[Figure]]


def _lifecycle(house: House, rows: int, tell: Tell) -> list[Figure]:
    return lifecycle.run(house, filled(house, rows, tell), rows, tell)


def _lists(house: House, rows: int, tell: Tell) -> list[Figure]:
    return lists.run(
        house, filled(house, lists.FEW, tell), filled(house, rows, tell), tell
    )


def _imports(house: House, rows: int, tell: Tell) -> list[Figure]:
    return imports.run(house, filled(house, rows, tell), tell)


def _states(house: House, rows: int, tell: Tell) -> list[Figure]:
    return states.run(house, filled(house, rows, tell), rows, tell)


BENCHMARKS: dict[str, Benchmark] = {
    "quick": quick.run,
    "pages": pages.run,
    "intake": intake.run,
    "lists": _lists,
    "lifecycle": _lifecycle,
    "import": _imports,
    "states": _states,
}


def main() -> int:
    parser = argparse.ArgumentParser("bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(BENCHMARKS), action="append")
    parser.add_argument("--rows", type=int, default=ROWS, help="size of the large book")
    parser.add_argument(
        "--home", type=Path, help="keep cluster and databases here for another run"
    )
    parser.add_argument("--json", type=Path, help="write the figures to this file")
    chosen = parser.parse_args()
    # A server of one's own is never a place for benchmarks.
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "GANDAN_DEMO"):
        os.environ.pop(name, None)
    console = Console(stderr=True)
    found: list[Figure] = []
    try:
        with _home(chosen.home) as home, opened(home) as house:
            for name in chosen.only or BENCHMARKS:
                with _progress(console, name) as tell:
                    found += BENCHMARKS[name](house, chosen.rows, tell)
    except (BenchBroken, LaunchRefused) as broken:
        console.print(f"bench: {broken}")
        return 1
    finally:
        if found:
            wide = None if sys.stdout.isatty() else 150
            Console(width=wide).print(table(found))
            if chosen.json:
                chosen.json.write_text(report(found, chosen.rows) + "\n")
    return 1 if figures.failed(found) else 0


@contextmanager
def _home(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="gandan-bench-") as name:
        yield Path(name)


@contextmanager
def _progress(console: Console, name: str) -> Iterator[Tell]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bars:
        task = bars.add_task(name)
        yield lambda words: bars.update(task, description=f"{name}: {words}")


def table(found: list[Figure]) -> Table:
    shown = Table("figure", "value", "floor", "aim", "baseline", "")
    for column in shown.columns[1:4]:
        column.justify = "right"
    for each in found:
        beside = each.baseline_name
        if each.baseline is not None:
            beside = f"{each.baseline:,.4g} {beside}"
        shown.add_row(
            each.name,
            f"[{_LOOK[each.verdict]}]{each.value:,.4g} {each.unit}[/]",
            f"{each.floor:,.4g}",
            f"{each.aim:,.4g}",
            beside,
            each.note,
        )
    return shown


def report(found: list[Figure], rows: int) -> str:
    machine: dict[str, Any] = {
        "cores": os.cpu_count(),
        "memory_gb": round(
            os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30
        ),
        "python": platform.python_version(),
        "system": platform.system(),
    }
    whole = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "rows": rows,
        "machine": machine,
        "figures": [figure.as_json() for figure in found],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2)


if __name__ == "__main__":
    sys.exit(main())
