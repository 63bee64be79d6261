"""Intake by the API beside raw inserts of the very rows it wrote.

The other side is the best anybody could do with the same rows: plain INSERTs by psycopg
over as many connections as the web server has threads, into a copy of the same
database on the same server, one transaction a dossier (or a hundred), no code between.
"""

import asyncio
import itertools
import pickle
import secrets
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.client import Client
from bench.figures import Figure, at_least, at_most, median, paired_ratio
from bench.house import BenchBroken, House, Site
from bench.lifecycle import bearer, filings
from bench.replay import TABLES
from config.launch.homes import CHECKOUT

CONNECTIONS = 4  # two workers of two threads
PAIRS = 5
WARM, SECONDS = 2.0, 6.0
BATCH = 100
REPLAYED = 4000
_INSIDE = 400


async def _rate(
    port: int, send: Callable[[Client], Any], each: int
) -> tuple[float, float]:
    """(dossiers a second, requests a second) with CONNECTIONS in flight."""
    begins = time.perf_counter() + WARM
    ends = begins + SECONDS
    answered: list[float] = []

    async def work() -> None:
        client = Client(port)
        while time.perf_counter() < ends:
            await send(client)
            answered.append(time.perf_counter())
        await client.close()

    await asyncio.gather(*(work() for _ in range(CONNECTIONS)))
    # From the last answer of the warm-up to the last one of all: whole requests only.
    answered.sort()
    first = next(n for n, at in enumerate(answered) if at >= begins)
    if first == 0 or len(answered) - first < 2:
        raise BenchBroken("too few answers to tell a rate")
    span = answered[-1] - answered[first - 1]
    requests = (len(answered) - first) / span
    return requests * each, requests


def _single(house: House, site: Site, seed: int) -> float:
    bodies = filings(house.callers, seed)
    token = bearer(house.callers["portal"])

    async def send(client: Client) -> None:
        key = {"Idempotency-Key": secrets.token_hex(12)}
        await client.json("POST", "/api/v1/dossiers", token | key, next(bodies))

    return asyncio.run(_rate(site.port, send, 1))[0]


def _batches(house: House, site: Site, seed: int) -> float:
    bodies = filings(house.callers, seed)
    token = bearer(house.callers["portal"])

    async def send(client: Client) -> None:
        items = [
            {"key": secrets.token_hex(12), "dossier": body}
            for body in itertools.islice(bodies, BATCH)
        ]
        sent = {"dossiers": items}
        found = await client.json("POST", "/api/v1/dossiers/batch", token, sent)
        for line in found["results"]:
            if line["status"] != 200:
                raise BenchBroken(f"batch: {line['error']}")

    return asyncio.run(_rate(site.port, send, BATCH))[0]


def dump(house: House, database: str, file: Path) -> int:
    """Every row the intakes wrote, dossier by dossier, as INSERT will be given it."""
    with house.connect(database) as login:
        by_table: dict[str, dict[str, list[dict[str, Any]]]] = {}
        for table, of in TABLES.items():
            cursor = login.execute(
                f"SELECT d.id, t.* FROM dossiers_dossier AS d JOIN {table} AS t ON {of}"
            )
            names = [column.name for column in cursor.description or ()][1:]
            rows = by_table.setdefault(table, {})
            for pk, *values in cursor:
                line = dict(zip(names, values, strict=True))
                rows.setdefault(pk, []).append(line)
    dossiers = [
        [(table, row) for table, rows in by_table.items() for row in rows.get(pk, [])]
        for pk in itertools.islice(by_table["dossiers_dossier"], REPLAYED)
    ]
    file.write_bytes(pickle.dumps(dossiers))
    return len(dossiers)


def _raw(house: House, file: Path, per_transaction: int) -> float:
    """Dossiers a second over CONNECTIONS processes, each with its share of the rows."""
    house.copy("bench_raw")
    command = [sys.executable, "-m", "bench.replay", str(file), str(per_transaction)]
    children = [
        subprocess.Popen(
            [*command, str(part), str(CONNECTIONS)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=CHECKOUT,
            env=house.environment("bench_raw"),
            text=True,
        )
        for part in range(CONNECTIONS)
    ]
    for child in children:
        assert child.stdout is not None
        if child.stdout.readline().strip() != "ready":
            raise BenchBroken("the raw inserts did not begin")
    ended, written = [], 0
    started = time.perf_counter()
    for child in children:
        assert child.stdin is not None
        child.stdin.write("go\n")
        child.stdin.flush()
    for child in children:
        said, _ = child.communicate()
        count, at = said.split()
        written += int(count)
        ended.append(float(at))
    house.drop("bench_raw")
    return written / (max(ended) - started)


def run(house: House, rows: int, tell: Callable[[str], None]) -> list[Figure]:
    house.copy("bench_intake")
    file = house.home / "intake.pickle"
    single: list[tuple[float, float]] = []  # raw, by the API
    hundred: list[tuple[float, float]] = []
    with house.serve("bench_intake") as site:
        tell("warm, and rows to replay")
        _single(house, site, seed=0)
        replayed = dump(house, "bench_intake", file)
        for turn in range(1, PAIRS + 1):
            tell(f"pair {turn} of {PAIRS}, one at a time")
            by_api = _single(house, site, seed=turn)
            single.append((_raw(house, file, 1), by_api))
            tell(f"pair {turn} of {PAIRS}, a hundred at a time")
            by_api = _batches(house, site, seed=100 + turn)
            hundred.append((_raw(house, file, BATCH), by_api))
    tell("where the time goes")
    inside = house.ask(
        "bench_intake",
        "intake_parts",
        token=house.callers["portal"],
        bodies=list(itertools.islice(filings(house.callers, seed=3), _INSIDE)),
    )
    house.drop("bench_intake")
    file.unlink()
    return [
        at_least(
            "intake.single_to_raw",
            paired_ratio(single),
            "×",
            floor=0.05,
            aim=0.12,
            baseline=median(raw for raw, _api in single),
            baseline_name="/s by raw inserts",
            note=f"{_pairs(single)}; rows of {replayed:,} dossiers",
        ),
        at_least(
            "intake.batch_to_raw",
            paired_ratio(hundred),
            "×",
            floor=0.25,
            aim=0.40,
            baseline=median(raw for raw, _api in hundred),
            baseline_name="/s by raw inserts, a hundred a transaction",
            note=_pairs(hundred),
        ),
        at_most(
            "intake.journal_and_entry",
            inside["share"],
            "of an intake",
            floor=0.15,
            baseline=inside["seconds_each"] * 1000,
            baseline_name="ms, one intake in its process",
        ),
        at_most(
            "intake.queries",
            inside["queries"],
            "queries",
            floor=15,
            baseline=13,
            baseline_name="rows it writes",
        ),
    ]


def _pairs(pairs: list[tuple[float, float]]) -> str:
    said = ", ".join(f"{raw:.0f}|{api:.0f}" for raw, api in pairs)
    return f"raw|API {said} /s"
