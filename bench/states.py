"""Figures: following the journal, reading states, and counting everything anew."""

import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from bench.figures import Figure, at_least, at_most, median
from bench.house import House
from gandan.dossiers.facts import DOSSIER
from gandan.figures.facts import Kind
from gandan.indicators.algebra import Count
from gandan.indicators.definitions import MEASURES
from gandan.indicators.emission import Dialect, groups, statement

CHANGES = 10_000
FACTS, PAIRS = 10_000_000, 3
MANY_TIMES = 10  # the same file, to read a hundred million rows


def run(
    house: House, book: str, rows: int, tell: Callable[[str], None]
) -> list[Figure]:
    tell("following the journal of the book")
    house.copy("bench_states", book)
    followed = house.ask("bench_states", "states_follow")
    tell(f"{CHANGES:,} records change")
    changed = house.ask("bench_states", "states_deltas", many=CHANGES)
    tell("reading a unit's states")
    viewed = house.ask("bench_states", "states_view", turns=40)
    house.drop("bench_states")
    pace = followed["changes"] / followed["seconds"]
    return [
        at_least(
            "states.deltas",
            CHANGES / changed["seconds"],
            "/s",
            floor=1000,
            aim=2000,
            baseline=pace,
            baseline_name="/s, a history followed in one batch",
            note=f"{changed['cells']:,} cells after {rows:,} dossiers",
        ),
        at_most(
            "states.view",
            viewed["ms"],
            "ms",
            floor=20,
            baseline=viewed["by_hand_ms"],
            baseline_name="ms, one query by hand",
            note=f"{viewed['figures']} figures of a quarter, a unit",
        ),
        *recompute(house.home, tell),
    ]


def recompute(folder: Path, tell: Callable[[str], None]) -> list[Figure]:
    file = folder / "facts.parquet"
    tell(f"writing {FACTS:,} facts")
    _write(file)
    tell("counting, ours and by hand in turn")
    ours, hand = [], []
    for _pair in range(PAIRS):
        hand.append(_seconds(_by_hand(), [file]))
        ours.append(_seconds(_emitted(), [file]))
    tell("a hundred million rows in a gibibyte")
    large = _seconds(_emitted(), [file] * MANY_TIMES, limit="1GiB")
    file.unlink()
    ratio = median(a / b for a, b in zip(ours, hand, strict=True))
    return [
        at_most(
            "recompute.to_hand",
            ratio,
            "×",
            floor=1.5,
            baseline=median(hand),
            baseline_name="s by hand",
            note=f"{median(ours):.2f} s for {FACTS:,} rows, {PAIRS} pairs",
        ),
        at_most(
            "recompute.hundred_million",
            large,
            "s",
            floor=60,
            baseline=median(ours) * MANY_TIMES,
            baseline_name="s, ten times the ten million",
            note="memory limited to 1 GiB, nothing on disk",
        ),
    ]


def _emitted() -> list[str]:
    several = [
        one
        for one in MEASURES.values()
        if one.table is DOSSIER and isinstance(one.aggregate, Count)
    ]
    return [
        statement(group, relation="dossier", dialect=Dialect.DUCKDB, by_procedure=False)
        for group in groups(several)
    ]


def _by_hand() -> list[str]:
    """Written without the algebra; the same counts, one pass for each date."""
    return [_RECEIVED, _ENDED]


_RECEIVED = """
SELECT unit, received_half, count(*) AS received,
    sum((channel = 'online')::int), sum((channel = 'counter')::int),
    sum((channel = 'post')::int), sum((channel = 'online' AND NOT assisted)::int),
    sum((channel = 'online' AND assisted)::int), sum(digitised::int),
    sum((nudges > 0)::int), sum((fee_vnd > 0 OR paid IN ('cash', 'online'))::int),
    sum((paid = 'online')::int)
FROM dossier WHERE received_half IS NOT NULL GROUP BY ALL
"""
_ENDED = """
WITH ended AS (
    SELECT *, outcome IN ('result', 'refused') AS answered FROM dossier
    WHERE ended_half IS NOT NULL
)
SELECT unit, ended_half, sum(answered::int),
    sum((answered AND judged_extended <> '')::int),
    sum((answered AND judged_extended = 'early')::int),
    sum((answered AND judged_extended = 'on_time')::int),
    sum((answered AND judged_extended = 'late')::int),
    sum((answered AND judged_extended = 'late' AND extensions = 0)::int),
    sum((answered AND judged_promise <> '')::int),
    sum((answered AND judged_promise IN ('early', 'on_time'))::int),
    sum((answered AND judged_extended IN ('early', 'on_time'))::int),
    sum((judged_766 <> '')::int), sum((judged_766 IN ('early', 'on_time'))::int),
    sum((judged_ledger <> '')::int), sum((judged_ledger IN ('early', 'on_time'))::int),
    sum((answered AND supplements >= 1)::int),
    sum((answered AND supplements >= 2)::int),
    sum((answered AND extensions >= 1)::int), sum((answered AND reroutings >= 1)::int),
    sum((outcome = 'result')::int),
    sum((outcome = 'result' AND result_electronic)::int), count(rating)
FROM ended GROUP BY ALL
"""


def _seconds(
    statements: list[str], files: list[Path], limit: str | None = None
) -> float:
    with duckdb.connect() as database:
        database.execute("SET threads = 2")
        if limit:
            database.execute(f"SET memory_limit = '{limit}'")
            database.execute("SET temp_directory = ''")
        listed = ", ".join(f"'{file}'" for file in files)
        database.execute(
            f"CREATE VIEW dossier AS SELECT * FROM read_parquet([{listed}])"
        )
        started = time.perf_counter()
        for text in statements:
            database.execute(text).fetchall()
        return time.perf_counter() - started


def _write(file: Path) -> None:
    """Rows as like a province's as dice make them: units, months, channels, ends."""
    made = {
        "unit": "'04.' || (i % 76)",
        "first_unit": "'04.' || (i % 76)",
        "receiver": "'04.' || (i % 56)",
        "procedure": "'1.' || (i * 7919 % 200)",
        "field": "'field ' || (i % 20)",
        "channel": "['online', 'online', 'counter', 'post'][1 + i % 4]",
        "received_day": "18628 + i % 1800",
        "received_half": "48504 + i % 118",
        "ended_day": "CASE WHEN i % 70 = 0 THEN NULL ELSE 18640 + i % 1800 END",
        "ended_half": "CASE WHEN i % 70 = 0 THEN NULL ELSE 48505 + i % 118 END",
        "outcome": "CASE WHEN i % 70 = 0 THEN '' WHEN i % 97 = 0 THEN 'refused' "
        "WHEN i % 101 = 0 THEN 'withdrawn' ELSE 'result' END",
        "rating": "CASE WHEN i % 12 = 0 THEN 1 + i % 5 END",
        "paid": "['', 'none', 'cash', 'online'][1 + i % 4]",
        "fee_vnd": "(i % 5) * 10000",
    }
    columns = []
    for column in DOSSIER.columns:
        text = made.get(column.name)
        if text is None:
            match column.kind:
                case Kind.BOOLEAN:
                    text = "i % 3 = 0"
                case Kind.TEXT:
                    words = "['early', 'on_time', 'late']"
                    text = f"{words}[1 + i % 3]"
                case _:
                    text = "i % 4"
        columns.append(f"{text} AS {column.name}")
    with duckdb.connect() as database:
        database.execute(
            f"COPY (SELECT {', '.join(columns)} FROM range({FACTS}) AS r(i)) "
            f"TO '{file}' (FORMAT parquet)"
        )
