"""A dossier's life by the API: create, assign, resolve, search, over HTTP.

The portal's token creates, the commune's own takes up, decides and looks for it, in
turn by code and by identity number.
"""

import asyncio
import itertools
import os
import secrets
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from bench.client import Client
from bench.figures import Figure, at_least, median, paired_ratio
from bench.house import BenchBroken, House, Site

PAIRS = 5
WORKERS = 8
WARM, SECONDS = 1.0, 6.0  # of each of the four windows of a pair
_FAMILY = ("Nông", "Hoàng", "Lý", "Triệu", "Bế", "Đàm", "Nguyễn", "Lục")
_GIVEN = ("Thị Mẩy", "Văn Páo", "A Sùng", "Mùi Nái", "Hồng Nhung", "Quốc Việt")


def filings(callers: dict[str, Any], seed: int) -> Iterator[dict[str, Any]]:
    """Bodies of POST /dossiers, over all communes in turn."""
    draw = Random(seed)
    for number in itertools.count():
        commune = callers["communes"][number % len(callers["communes"])]
        procedure = draw.choice(callers["procedures"])
        yield {
            "procedure": procedure["code"],
            "competent": commune["key"],
            "channel": "online",
            "state": 2,
            "village": "Xóm Nà Lũng",
            "parties": [
                {
                    "full_name": f"{draw.choice(_FAMILY)} {draw.choice(_GIVEN)}",
                    "identity_number": f"004{draw.randrange(10**9):09}",
                    "email": f"ho.so.{draw.randrange(10**6)}@example.vn",
                }
            ],
            "papers": procedure["papers"],
        }


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def _live(client: Client, callers: dict[str, Any], body: dict[str, Any]) -> None:
    commune = callers["by_key"][body["competent"]]
    portal = bearer(callers["portal"]) | {"Idempotency-Key": secrets.token_hex(12)}
    made = await client.json("POST", "/api/v1/dossiers", portal, body)
    here = f"/api/v1/dossiers/{made['public_id']}"
    own = bearer(commune["token"])
    await client.json("POST", f"{here}/take_up", own, {})
    await client.json("POST", f"{here}/decide", own, {})
    number = body["parties"][0]["identity_number"]
    by_code = int(number) % 2 == 0
    asked = f"code={made['code']}" if by_code else f"identity={number}"
    found = await client.json("GET", f"/api/v1/dossiers?{asked}", own)
    if made["public_id"] not in {row["public_id"] for row in found["dossiers"]}:
        raise BenchBroken(f"search by {asked.partition('=')[0]} did not find it")


@dataclass(frozen=True, slots=True)
class Rate:
    """Lives a second, and the processor time each took in all processes."""

    a_second: float
    cpu: float


async def _rate(
    house: House, site: Site, callers: dict[str, Any], warm: float, seconds: float
) -> Rate:
    """Closed loop with WORKERS in flight."""
    bodies = filings(callers, seed=int(time.time()))
    begins = time.perf_counter() + warm
    ends = begins + seconds
    lived, spent = 0, 0.0

    async def work() -> None:
        nonlocal lived
        client = Client(site.port)
        while time.perf_counter() < ends:
            await _live(client, callers, next(bodies))
            # Those that end inside the window: what was begun before it came in at
            # the one edge is what goes on past the other.
            lived += begins <= time.perf_counter() <= ends
        await client.close()

    async def spend() -> None:
        nonlocal spent
        await asyncio.sleep(begins - time.perf_counter())
        before = house.cpu_seconds(site)
        await asyncio.sleep(ends - time.perf_counter())
        spent = house.cpu_seconds(site) - before

    await asyncio.gather(spend(), *(work() for _ in range(WORKERS)))
    if not lived:
        raise BenchBroken("not one life ended in time")
    return Rate(lived / seconds, spent / lived)


def _pair(
    house: House, empty: Site, full: Site, known: dict[str, Any]
) -> tuple[Rate, Rate]:
    """Empty, full, full, empty: what drifts on the machine is in both halves alike."""
    found: dict[Site, list[Rate]] = {empty: [], full: []}
    for site in (empty, full, full, empty):
        window = asyncio.run(_rate(house, site, known, WARM, SECONDS))
        found[site].append(window)
    return _mean(found[empty]), _mean(found[full])


def _mean(windows: list[Rate]) -> Rate:
    return Rate(
        sum(window.a_second for window in windows) / len(windows),
        sum(window.cpu for window in windows) / len(windows),
    )


def run(
    house: House, large: str, rows: int, tell: Callable[[str], None]
) -> list[Figure]:
    by_key = {commune["key"]: commune for commune in house.callers["communes"]}
    known = house.callers | {"by_key": by_key}
    empty: list[Rate] = []
    full: list[Rate] = []
    house.copy("bench_empty")
    with house.serve("bench_empty") as one, house.serve(large) as other:
        for site in (one, other):
            asyncio.run(_rate(house, site, known, WARM, WARM))
        for pair in range(1, PAIRS + 1):
            tell(f"pair {pair} of {PAIRS}, empty and {rows:,} dossiers in turn")
            without, with_rows = _pair(house, one, other, known)
            empty.append(without)
            full.append(with_rows)
    house.drop("bench_empty")
    pairs = [(a.a_second, b.a_second) for a, b in zip(empty, full, strict=True)]
    said = ", ".join(f"{a:.0f}|{b:.0f}" for a, b in pairs)
    return [
        at_least(
            "lifecycle.empty",
            median(a for a, _b in pairs),
            "/s",
            floor=30,
            aim=60,
            baseline=37.0,
            baseline_name="a peer's published rate, empty, on 16 cores",
            note=f"pairs {said}; {_spent(empty)}",
        ),
        at_least(
            "lifecycle.large",
            median(b for _a, b in pairs),
            "/s",
            floor=30 * 0.9,
            aim=60 * 0.9,
            baseline=6.3,
            baseline_name="the peer's at a million",
            note=_spent(full),
        ),
        at_least(
            "lifecycle.large_to_empty",
            paired_ratio(pairs),
            "×",
            floor=0.9,
            aim=0.9,
            baseline=1.0,
            baseline_name="the empty database",
            note=f"median of {PAIRS} alternating pairs, {rows:,} dossiers",
        ),
    ]


def _spent(rates: list[Rate]) -> str:
    """What an idle machine would do: on a busy one the rate says less."""
    each = median(rate.cpu for rate in rates)
    cores = os.cpu_count() or 1
    return f"{each * 1000:.0f} ms of processor each, {cores / each:.0f}/s at most"
