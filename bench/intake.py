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
from bench.figures import Figure, at_least, at_most
from bench.house import BenchBroken, House
from bench.lifecycle import bearer, filings
from bench.replay import TABLES
from config.launch.homes import CHECKOUT

CONNECTIONS = 4  # two workers of two threads
WARM, SECONDS = 3.0, 10.0
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


def _single(house: House, database: str) -> float:
    bodies = filings(house.callers, seed=1)
    token = bearer(house.callers["portal"])

    async def send(client: Client) -> None:
        key = {"Idempotency-Key": secrets.token_hex(12)}
        await client.json("POST", "/api/v1/dossiers", token | key, next(bodies))

    with house.serve(database) as site:
        return asyncio.run(_rate(site.port, send, 1))[0]


def _batches(house: House, database: str) -> float:
    bodies = filings(house.callers, seed=2)
    token = bearer(house.callers["portal"])

    async def send(client: Client) -> None:
        items = [
            {"key": secrets.token_hex(12), "dossier": body}
            for body in itertools.islice(bodies, BATCH)
        ]
        sent = {"dossiers": items}
        found = await client.json("POST", "/api/v1/dossiers/batch", token, sent)
        if any(line["status"] != 200 for line in found["results"]):
            bad = next(line for line in found["results"] if line["status"] != 200)
            raise BenchBroken(f"batch: {bad['error']}")

    with house.serve(database) as site:
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
    tell("by the API, one at a time")
    single = _single(house, "bench_intake")
    tell("the same rows by raw inserts")
    replayed = dump(house, "bench_intake", file)
    raw_single = _raw(house, file, 1)
    raw_hundred = _raw(house, file, BATCH)
    tell("by the API, a hundred at a time")
    hundred = _batches(house, "bench_intake")
    tell("where the time goes")
    inside = house.ask(
        "bench_intake",
        "intake_parts",
        token=house.callers["portal"],
        bodies=list(itertools.islice(filings(house.callers, seed=3), _INSIDE)),
    )
    house.drop("bench_intake")
    file.unlink()
    note = f"{replayed:,} dossiers' rows replayed"
    return [
        at_least(
            "intake.single_to_raw",
            single / raw_single,
            "×",
            floor=0.05,
            aim=0.12,
            baseline=raw_single,
            baseline_name="/s by raw inserts",
            note=f"{single:.0f}/s by the API; {note}",
        ),
        at_least(
            "intake.batch_to_raw",
            hundred / raw_hundred,
            "×",
            floor=0.25,
            aim=0.40,
            baseline=raw_hundred,
            baseline_name="/s by raw inserts, a hundred a transaction",
            note=f"{hundred:.0f}/s by the API",
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
