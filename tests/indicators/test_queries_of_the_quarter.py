"""The demo's first quarter of 2025 as of 31 March: the published numbers, and for each
exactly those records, told from the history file itself."""

import csv
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import connection

from gandan.dossiers.facts import TABLES
from gandan.dossiers.importing.loading import import_file
from gandan.figures.facts import FactTable, Row
from gandan.indicators import counting, queries
from gandan.indicators.charts_of_units import chart_of
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.queries import AS_IS, AS_WAS, parse_period
from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import catch_up
from gandan.kernel.actors import SYSTEM
from gandan.kernel.localtime import ZONE
from gandan.places import queries as places
from gandan.site.demo import history
from tests.indicators import second_reading

AS_OF = history.AS_OF
QUARTER = parse_period("2025-Q1")
Line = dict[str, str]


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _received(line: Line) -> bool:
    return _day(line["received_at"]) <= AS_OF


def _online(line: Line) -> bool:
    return _received(line) and line["channel"] == "online"


def _late(line: Line) -> bool:
    ended = _day(line["ended_on"])
    return ended <= AS_OF and ended > _day(line["due_on"])


def _past_due(line: Line) -> bool:
    return _day(line["ended_on"]) > AS_OF and _day(line["due_on"]) < AS_OF


PUBLISHED: list[tuple[str, int, Callable[[Line], bool]]] = [
    ("dossiers.received", 34_530, _received),
    ("dossiers.received_online", 24_558, _online),
    ("dossiers.late", 523, _late),
    ("dossiers.past_due", 471, _past_due),
]


@pytest.mark.full
@pytest.mark.django_db(transaction=True)
def test_the_quarter_gives_the_published_numbers_and_their_records(
    tmp_path: Path,
) -> None:
    path = tmp_path / "q1-2025-synthetic.csv"
    with places.pinned():
        history.write(path)
        at = datetime(2026, 11, 20, 9, tzinfo=ZONE)
        assert import_file(path, by=SYSTEM, at=at, demo=True).accepted == 34_530
    with path.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    know_measures()
    catch_up()
    codes = [code for code, _number, _of in PUBLISHED]
    found = {
        figure.code: figure
        for figure in queries.figures(
            [*codes, "dossiers.resolved", "dossiers.open"], period=QUARTER, as_of=AS_OF
        )
    }
    for code, number, belongs in PUBLISHED:
        assert found[code].numerator == number
        expected = {line["code"] for line in lines if belongs(line)}
        assert _codes_behind(code) == expected
        assert len(expected) == number
    assert found["dossiers.resolved"].numerator == 32_665
    assert found["dossiers.open"].numerator == 1_865
    assert found["dossiers.past_due"].denominator == 1_865
    _expect_every_unit_a_second_way()


def _expect_every_unit_a_second_way() -> None:
    """All definitions, of each agency as it was and of each commune as it is."""
    facts = _stored_facts()
    codes = list(DEFINITIONS)
    seen = 0
    for chart, by in ((AS_WAS, "agency"), (AS_IS, "place")):
        rows: dict[str, dict[FactTable, list[Row]]] = {}
        row_of = chart_of(chart).agency if by == "agency" else chart_of(chart).place
        for table, several in facts.items():
            for fact in several:
                row = row_of(str(fact["unit"]))
                rows.setdefault(row, {t: [] for t in TABLES})[table].append(fact)
        for figure in queries.figures(
            codes, period=QUARTER, by=by, chart=chart, as_of=AS_OF
        ):
            expected = second_reading.numbers(
                DEFINITIONS[figure.code], rows[figure.place], QUARTER, AS_OF
            )
            assert (figure.numerator, figure.denominator, figure.value) == expected, (
                figure.code,
                figure.place,
            )
            seen += 1
    # 161 communes and 10 districts as they were; 56 and the same 10 as they are.
    assert seen == (161 + 10 + 56 + 10) * len(codes)


def _stored_facts() -> dict[FactTable, list[Row]]:
    found: dict[FactTable, list[Row]] = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(
                f"SELECT {', '.join(table.names)} FROM {counting.relation(table)}"
            )
            found[table] = [
                dict(zip(table.names, row, strict=True)) for row in cursor.fetchall()
            ]
    return found


def _codes_behind(code: str) -> set[str]:
    """The numbers of all dossiers that the figure leads to, page by page."""
    ids: list[str] = []
    after: str | None = None
    while True:
        page = queries.record_ids(
            code,
            period=QUARTER,
            as_of=AS_OF,
            after=after,
            limit=5_000,
            protected=True,
        )
        ids += [record.id for record in page.records]
        after = page.next
        if after is None:
            break
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM dossiers_dossier WHERE public_id = ANY(%s::uuid[])",
            [ids],
        )
        codes = {row[0] for row in cursor.fetchall()}
    assert len(codes) == len(ids)
    return codes
