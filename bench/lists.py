"""Lists and search of an official at the large book and at a small one.

Open loop: a request leaves every tenth of a second whether or not the last came back,
and its time counts from when it should have left. Growth is the median ratio of pairs:
the same visit to either book, one right after the other. The commune looked at has
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
from bench.figures import Figure, at_most, median, paired_ratio, percentile
from bench.filling import COMMON, RARE
from bench.house import BenchBroken, House

FEW = 10_000
OFFICERS = 8
A_SECOND = 10
SECONDS = 40
ROUNDS = 40
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


async def _officers(port: int, sessions: list[str], search: str) -> list[Officer]:
    """Each with a connection of its own and the token of its forms."""
    found = [Officer(Client(port), session) for session in sessions]
    for officer in found:
        await officer.open(search)
    return found


async def _open_loop(
    port: int, sessions: list[str], paths: dict[str, str]
) -> dict[str, list[float]]:
    """Seconds from when each request was due to leave, by kind."""
    free: asyncio.Queue[Officer] = asyncio.Queue()
    visits = _visits(paths)
    for officer in await _officers(port, sessions, paths["dossiers:search"]):
        for _n in range(_WARM):
            for visit in visits.values():
                await visit(officer)
        free.put_nowait(officer)
    taken: dict[str, list[float]] = defaultdict(list)

    async def go(kind: str, visit: Visit, due: float) -> None:
        officer = await free.get()
        await visit(officer)
        taken[kind].append(time.perf_counter() - due)
        free.put_nowait(officer)

    begins = time.perf_counter()
    kinds = list(visits.items())
    going = []
    for number in range(A_SECOND * SECONDS):
        due = begins + number / A_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        kind, visit = kinds[number % len(kinds)]
        going.append(asyncio.create_task(go(kind, visit, due)))
    await asyncio.gather(*going)
    while not free.empty():
        await free.get_nowait().client.close()
    return taken


async def _in_turn(
    ports: tuple[int, int], sessions: tuple[list[str], list[str]], paths: dict[str, str]
) -> dict[str, list[tuple[float, float]]]:
    """(small, large) seconds of one visit at a time, each pair within a moment."""
    search = paths["dossiers:search"]
    (small,) = await _officers(ports[0], sessions[0][:1], search)
    (large,) = await _officers(ports[1], sessions[1][:1], search)
    pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for number in range(_WARM + ROUNDS):
        for kind, visit in _visits(paths).items():
            taken = {}
            # Who goes first changes: it finds the cores as the other left them.
            order = (small, large) if number % 2 else (large, small)
            for officer in order:
                started = time.perf_counter()
                await visit(officer)
                taken[officer.client] = time.perf_counter() - started
            if number >= _WARM:
                pairs[kind].append((taken[small.client], taken[large.client]))
    for officer in (small, large):
        await officer.client.close()
    return pairs


def run(
    house: House, small: str, large: str, tell: Callable[[str], None]
) -> list[Figure]:
    paths = house.ask(large, "addresses")
    sessions = {
        book: house.ask(book, "official", many=OFFICERS) for book in (small, large)
    }
    loads = {}
    for book in (small, large):
        tell(f"{A_SECOND} requests a second on {book}")
        with house.serve(book) as site:
            loads[book] = asyncio.run(_open_loop(site.port, sessions[book], paths))
    few, many = loads[small], loads[large]
    tell("both books in turn")
    with house.serve(small) as one, house.serve(large) as other:
        ports = one.port, other.port
        both = sessions[small], sessions[large]
        pairs = asyncio.run(_in_turn(ports, both, paths))
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
        alone = median(large_time for _small, large_time in pairs[kind]) * 1000
        found.append(
            at_most(
                f"lists.{name}.growth",
                paired_ratio(pairs[kind]),
                "×",
                floor=1.3,
                baseline=median(small_time for small_time, _large in pairs[kind])
                * 1000,
                baseline_name=f"ms with {FEW:,} dossiers",
                note=f"{alone:.1f} ms; {ROUNDS} alternating pairs",
            )
        )
    common, rare = ([t for _s, t in pairs[kind]] for kind in ("common", "rare"))
    found.append(
        at_most(
            "lists.rare_to_common",
            median(rare) / median(common),
            "×",
            floor=1.3,
            aim=1.0,
            baseline=median(common) * 1000,
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
