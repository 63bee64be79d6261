"""Public pages of figures: meaning, the province by ended months, downloads."""

import csv
import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO, StringIO
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from python_calamine import CalamineWorkbook

from gandan.figures.facts import FactTable, Row
from gandan.figures.models import Edition, Series
from gandan.indicators import queries
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.queries import parse_period
from gandan.indicators.web.boards.sentences import sentence
from gandan.kernel.localtime import ZONE
from tests.factories import at
from tests.indicators import desk_facts
from tests.indicators.stored import store

pytestmark = pytest.mark.django_db
NOW = at("2025-06-10")


@pytest.fixture(autouse=True)
def _standing_clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def words_of(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def history() -> dict[FactTable, list[Row]]:
    """April: 3 of 4 late; May: 1 of 2; June runs: one late already."""
    return desk_facts.history(
        [
            *(desk_facts.resolved(date(2025, 4, 10), late=True) for _ in range(3)),
            desk_facts.resolved(date(2025, 4, 11), late=False),
            desk_facts.resolved(date(2025, 5, 12), late=True),
            desk_facts.resolved(date(2025, 5, 12), late=False),
            desk_facts.resolved(date(2025, 6, 3), late=True),
        ]
    )


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_the_list_asks_every_question_in_three_languages(
    client: Client, language: str
) -> None:
    prefix = "" if language == "vi" else f"/{language}"
    said = words_of(client.get(f"{prefix}/so-lieu"))
    with translation.override(language):
        for definition in DEFINITIONS.values():
            # Escaped apostrophes of French are no matter here.
            assert str(definition.question).split("'")[0] in said


@pytest.mark.parametrize("code", list(DEFINITIONS))
def test_every_definition_has_its_page(client: Client, code: str) -> None:
    said = words_of(client.get(f"/en/so-lieu/chi-so/{code}"))
    assert "What it leaves out" in said
    assert f"{code} v{DEFINITIONS[code].version}" in said
    assert "SELECT" in said


def test_a_code_without_a_definition_is_missing(client: Client) -> None:
    for path in ("x.y", "x.y/tai-ve.csv", "dossiers.late/tai-ve.exe"):
        assert client.get(f"/so-lieu/chi-so/{path}").status_code == 404
    for year in ("2024", "2026", "xx", "²⁰²⁵"):
        path = f"/so-lieu/chi-so/dossiers.late?nam={year}"
        assert client.get(path).status_code == 404


def test_only_months_that_have_ended_are_public(client: Client) -> None:
    store(history())
    said = words_of(client.get("/en/so-lieu/chi-so/dossiers.late"))
    assert "4/2025 75.0% 3 / 4" in said
    assert "5/2025 50.0% 1 / 2" in said
    assert "6/2025" not in said
    assert "month 5/2025 50.0%" in said


def test_a_download_holds_both_counts_of_each_month(client: Client) -> None:
    store(history())
    address = "/so-lieu/chi-so/dossiers.late/tai-ve"
    answer = client.get(f"{address}.csv?nam=2025")
    assert 'filename="dossiers-late.csv"' in answer["Content-Disposition"]
    lines = list(csv.DictReader(StringIO(answer.content.decode())))
    by_month = {
        line["starts"]: (line["numerator"], line["denominator"], line["value"])
        for line in lines
    }
    assert by_month["2025-04-01"] == ("3", "4", "0.750000")
    assert by_month["2025-01-01"] == ("0", "0", "")
    assert list(by_month)[-1] == "2025-05-01"
    sheet = CalamineWorkbook.from_filelike(
        BytesIO(client.get(f"{address}.xlsx?nam=2025").content)
    ).get_sheet_by_index(0)
    rows = sheet.to_python()
    assert rows[0] == list(lines[0])
    assert rows[4][5:7] == [3, 4]


SENTENCES = {
    "vi": (
        "Giải quyết quá hạn, Tỉnh Cao Bằng, tháng 4/2025: 75,0% (3 trên 4). "
        "Tính từ hồ sơ, số liệu đến ngày 30/04/2025, "
        "định nghĩa dossiers.late v1: https://x/y"
    ),
    "en": (
        "Resolved late, Tỉnh Cao Bằng, month 4/2025: 75.0% (3 of 4). "
        "Computed from dossiers, records as of 30/04/2025, "
        "definition dossiers.late v1: https://x/y"
    ),
    "fr": (
        "Résolus en retard, Tỉnh Cao Bằng, mois 4/2025 : 75,0 % (3 sur 4). "
        "Calculé à partir des dossiers, données au 30/04/2025, "
        "définition dossiers.late v1 : https://x/y"
    ),
}


@pytest.mark.parametrize("language", list(SENTENCES))
def test_a_copied_sentence_names_unit_period_counts_day_and_definition(
    language: str,
) -> None:
    store(history())
    april = parse_period("2025-04")
    [found] = queries.figures(["dossiers.late"], period=april)
    with translation.override(language):
        said = sentence(
            DEFINITIONS["dossiers.late"],
            found,
            as_of=april.last_day,
            address="https://x/y",
        )
    assert said.replace("\u202f", " ").replace("\xa0", " ") == SENTENCES[language]


def test_a_sentence_says_what_is_open_standing_edition_and_empty() -> None:
    store(history())
    today = NOW.astimezone(ZONE).date()

    def said(code: str, label: str, **more: str) -> str:
        [found] = queries.figures([code], period=parse_period(label), as_of=today)
        with translation.override("en"):
            return sentence(DEFINITIONS[code], found, as_of=today, address="x", **more)

    assert "month 6/2025, not ended yet: 100.0% (1 of 1)" in said(
        "dossiers.late", "2025-06"
    )
    assert "at the end of 10/06/2025:" in said("dossiers.open", "2025-06")
    assert "edition 2 of 01/05/2025, definition" in said(
        "dossiers.late", "2025-04", edition="edition 2 of 01/05/2025"
    )
    assert "no value, for there is nothing to count" in said("dossiers.late", "2025-02")
    assert "(read from 4 dossiers)" in said("cost.days_all_median", "2025-04")


def test_a_page_asks_the_database_as_often_for_many_records_as_for_few(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    store(history())
    client.get("/so-lieu/chi-so/dossiers.late")
    with django_assert_max_num_queries(40):
        client.get("/so-lieu/chi-so/dossiers.late")
    with django_assert_max_num_queries(4):
        client.get("/so-lieu")


def _edition(series: Series, number: int, *, approved: bool) -> None:
    Edition.objects.create(
        series=series,
        number=number,
        as_of=date(2025, 5, number),
        xid=1,
        event=1,
        definitions={"dossiers.late": 1},
        reason="" if number == 1 else "corrected",
        drafted_at=NOW,
        drafted_by="one",
        approved_at=NOW if approved else None,
        approved_by="another" if approved else "",
    )


def test_a_figure_leads_to_its_newest_approved_edition_and_to_no_draft(
    client: Client,
) -> None:
    series = Series.objects.create(
        slug="late-by-unit",
        codes=["dossiers.late"],
        chart="as-was",
        threshold=5,
        starts=date(2025, 1, 1),
        ends=date(2025, 4, 1),
        period="2025-Q1",
    )
    _edition(series, 1, approved=True)
    _edition(series, 2, approved=True)
    _edition(series, 3, approved=False)
    said = words_of(client.get("/en/so-lieu/chi-so/dossiers.late"))
    assert "edition 2, records as of 02/05/2025" in said
    assert "edition 1" not in said
    assert "edition 3" not in said
    other = words_of(client.get("/en/so-lieu/chi-so/dossiers.received"))
    assert "approved editions" not in other


def test_the_headline_is_the_newest_month_with_something_to_say(
    client: Client,
) -> None:
    store(desk_facts.history([desk_facts.resolved(date(2025, 3, 4), late=True)]))
    said = words_of(client.get("/en/so-lieu/chi-so/dossiers.late"))
    assert "month 3/2025 100.0% 1 / 1" in said
