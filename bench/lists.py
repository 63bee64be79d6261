"""Lists and search of an official at the large book and at a small one.

Open loop: a request leaves every tenth of a second whether or not the last came back,
and its time counts from when it should have left. The commune that is looked at has
the same open work in both books, so that the pages show as many rows.
"""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlencode

from bench.client import Client
from bench.figures import Figure, at_most, median, percentile
from bench.filling import COMMON, RARE
from bench.house import BenchBroken, House

FEW = 10_000
OFFICERS = 8
A_SECOND = 10
SECONDS = 40
_WARM = 3
_A_PAGE = 50
_CSRF = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')

Visit = Callable[["Officer"], Awaitable[None]]


@dataclass(slots=True)
class Officer:
    """One browser: a session, its form token, a kept connection."""

    client: Client
    session: str
    csrf_cookie: str = ""
    csrf: str = ""

    @property
    def headers(self) -> dict[str, str]:
        kept = f"sessionid={self.session}"
        if self.csrf_cookie:
            kept += f"; csrftoken={self.csrf_cookie}"
        return {"Cookie": kept}

    async def open(self, path: str) -> bytes:
        status, headers, body = await self.client.ask("GET", path, self.headers)
        if status != 200:
            raise BenchBroken(f"GET {path}: {status}")
        if found := re.search(r"csrftoken=([^;]+)", headers.get("set-cookie", "")):
            self.csrf_cookie = found[1]
        if token := _CSRF.search(body):
            self.csrf = token[1].decode()
        return body

    async def look_for(self, path: str, text: str) -> bytes:
        """As the form does: sent by POST, read after the redirect."""
        sent = urlencode({"q": text, "csrfmiddlewaretoken": self.csrf}).encode()
        headers = self.headers | {"Content-Type": "application/x-www-form-urlencoded"}
        status, _headers, _body = await self.client.ask("POST", path, headers, sent)
        if status != 302:
            raise BenchBroken(f"POST {path}: {status}")
        return await self.open(path)


def _visits(paths: dict[str, str]) -> dict[str, Visit]:
    search = paths["dossiers:search"]

    async def mine(officer: Officer) -> None:
        await officer.open(paths["duties:mine"])

    async def in_progress(officer: Officer) -> None:
        await officer.open(paths["dossiers:in_progress"])

    async def common(officer: Officer) -> None:
        found = await officer.look_for(search, COMMON)
        if found.count(b"/ho-so/") < _A_PAGE:
            raise BenchBroken("the common name is not common")

    async def rare(officer: Officer) -> None:
        found = await officer.look_for(search, RARE)
        if RARE.encode() not in found:
            raise BenchBroken("the rare name is not there")

    return {"inbox": mine, "in progress": in_progress, "common": common, "rare": rare}


async def _open_loop(
    port: int, sessions: list[str], paths: dict[str, str]
) -> dict[str, list[float]]:
    """Seconds from when each request was due to leave, by kind."""
    officers: asyncio.Queue[Officer] = asyncio.Queue()
    visits = _visits(paths)
    for session in sessions:
        officer = Officer(Client(port), session)
        await officer.open(paths["dossiers:search"])
        for _n in range(_WARM):
            for visit in visits.values():
                await visit(officer)
        officers.put_nowait(officer)
    taken: dict[str, list[float]] = defaultdict(list)

    async def go(kind: str, visit: Visit, due: float) -> None:
        officer = await officers.get()
        await visit(officer)
        taken[kind].append(time.perf_counter() - due)
        officers.put_nowait(officer)

    begins = time.perf_counter()
    kinds = list(visits.items())
    going = []
    for number in range(A_SECOND * SECONDS):
        due = begins + number / A_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        kind, visit = kinds[number % len(kinds)]
        going.append(asyncio.create_task(go(kind, visit, due)))
    await asyncio.gather(*going)
    while not officers.empty():
        await officers.get_nowait().client.close()
    return taken


def _times(house: House, database: str) -> dict[str, list[float]]:
    paths = house.ask(database, "addresses")
    sessions = house.ask(database, "official", many=OFFICERS)
    with house.serve(database) as site:
        return asyncio.run(_open_loop(site.port, sessions, paths))


def run(
    house: House, small: str, large: str, tell: Callable[[str], None]
) -> list[Figure]:
    tell("the small book")
    few = _times(house, small)
    tell("the large book")
    many = _times(house, large)
    found = []
    for kind in many:
        p95 = percentile(many[kind], 0.95) * 1000
        before = percentile(few[kind], 0.95) * 1000
        name = kind.replace(" ", "_")
        found.append(
            at_most(
                f"lists.{name}.p95",
                p95,
                "ms",
                floor=150,
                baseline=before,
                baseline_name=f"ms with {FEW:,} dossiers",
            )
        )
        found.append(
            at_most(
                f"lists.{name}.growth",
                median(many[kind]) / median(few[kind]),
                "×",
                floor=1.3,
                baseline=median(few[kind]) * 1000,
                baseline_name="ms, median of the small book",
                note=f"{median(many[kind]) * 1000:.1f} ms",
            )
        )
    found.append(
        at_most(
            "lists.rare_to_common",
            median(many["rare"]) / median(many["common"]),
            "×",
            floor=1.3,
            aim=1.0,
            baseline=median(many["common"]) * 1000,
            baseline_name="ms for the common name",
        )
    )
    counted = house.ask(large, "queries", common=COMMON, rare=RARE)
    few_counted = house.ask(small, "queries", common=COMMON, rare=RARE)
    for page, count in counted.items():
        found.append(
            at_most(
                f"lists.queries {page}",
                count,
                "queries",
                floor=8,
                baseline=few_counted[page],
                baseline_name="in the small book",
            )
        )
    return found
