"""Published values come in whole or not at all, and say where they are from."""

import csv
import json
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from gandan.figures.models import PublishedValue, RankedUnit, Source
from gandan.figures.published import queries
from gandan.indicators.outside import reading, seeding

pytestmark = pytest.mark.django_db

GOOD = {
    "index": "par_index",
    "edition": "PAR INDEX 2025",
    "data_year": "2025",
    "chart": "34",
    "unit_code": "04",
    "value": "85.10",
    "scale_low": "0",
    "scale_high": "100",
    "rank": "30",
    "rank_of": "34",
    "source": "Quyết định công bố",
    "source_address": "https://example.vn/par",
    "published_on": "2026-04-06",
    "status": "official",
}


@pytest.fixture
def file_of(tmp_path: Path) -> Callable[..., Path]:
    def written(*lines: dict[str, str]) -> Path:
        path = tmp_path / "published.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, reading.COLUMNS, restval="")
            writer.writeheader()
            writer.writerows(lines)
        return path

    return written


def taken(path: Path) -> dict[str, Any]:
    out = StringIO()
    call_command("import_published", str(path), json=True, stdout=out)
    said: dict[str, Any] = json.loads(out.getvalue())
    return said


def test_a_file_can_be_imported_again(file_of: Callable[..., Path]) -> None:
    path = file_of(GOOD)

    assert taken(path) == {"added": 1, "unchanged": 0}
    assert taken(path) == {"added": 0, "unchanged": 1}

    row = PublishedValue.objects.get(edition="PAR INDEX 2025")
    assert (row.value, row.rank, row.rank_of) == (Decimal("85.10"), 30, 34)
    assert row.data_year == 2025
    assert row.published_on is not None
    assert row.published_on.year == 2026
    assert row.source.title == "Quyết định công bố"


def test_a_rank_may_stand_without_a_value(file_of: Callable[..., Path]) -> None:
    line = GOOD | {"value": "", "scale_low": "", "scale_high": ""}

    taken(file_of(line))

    assert PublishedValue.objects.get(edition="PAR INDEX 2025").value is None


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"value": "", "rank": "", "rank_of": ""}, "value", "a value or a rank"),
        ({"rank_of": ""}, "rank_of", "of how many"),
        ({"rank": "35"}, "rank", "35 is not one of 34"),
        ({"rank": "40", "rank_of": "63"}, "rank_of", "more than the 34 units"),
        ({"value": "101"}, "value", "is not between 0 and 100"),
        ({"scale_low": ""}, "scale_high", "two ends"),
        ({"scale_low": "100"}, "scale_high", "ends before it begins"),
        ({"value": "85,1"}, "value", "is not a number like"),
        ({"data_year": "85"}, "data_year", "must be a year"),
        ({"status": "probable"}, "status", "none of official"),
        ({"published_on": "2026-02-30"}, "published_on", "not in the calendar"),
        ({"unit_code": "99"}, "unit_code", "no unit '99' among the 34 units"),
        ({"source": ""}, "source", "is empty"),
        ({"source": "Ðơn vị"}, "source", "U+00D0"),
        ({"index": "PAR INDEX"}, "index", "not a code"),
    ],
)
def test_a_bad_line_is_named_and_nothing_is_kept(
    file_of: Callable[..., Path], change: dict[str, str], field: str, reason: str
) -> None:
    before = PublishedValue.objects.count(), Source.objects.count()
    other = GOOD | {"edition": "PAR INDEX 2026", "data_year": "2026"}
    with pytest.raises(CommandError) as refused:
        taken(file_of(other, GOOD | change))
    said = str(refused.value)
    assert f"published.csv, line 3, {field}: " in said
    assert reason in said
    assert said.endswith("nothing was imported")
    assert refused.value.returncode == 1
    assert (PublishedValue.objects.count(), Source.objects.count()) == before


def test_every_bad_line_has_its_sentence(file_of: Callable[..., Path]) -> None:
    path = file_of(GOOD | {"rank": "0"}, GOOD, GOOD | {"status": ""})
    with pytest.raises(CommandError) as refused:
        taken(path)
    lines = str(refused.value).splitlines()
    assert [line.split(":")[0] for line in lines[:-1]] == [
        "published.csv, line 2, rank",
        "published.csv, line 4, status",
    ]


def test_a_correction_needs_an_edition_of_its_own(
    file_of: Callable[..., Path],
) -> None:
    taken(file_of(GOOD))
    with pytest.raises(CommandError, match=r"already says 85\.1"):
        taken(file_of(GOOD | {"value": "86"}))
    taken(file_of(GOOD | {"value": "86", "edition": "PAR INDEX 2025, đính chính"}))

    kept = PublishedValue.objects.filter(index="par_index", data_year=2025)
    assert {row.value for row in kept} == {Decimal("85.1"), Decimal(86)}


def test_two_lines_of_one_file_may_not_contradict_each_other(
    file_of: Callable[..., Path],
) -> None:
    with pytest.raises(CommandError, match="line 3, value"):
        taken(file_of(GOOD, GOOD | {"value": "86"}))


def test_a_column_that_is_not_known_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "published.csv"
    path.write_text(",".join((*reading.COLUMNS, "weight")) + "\n", encoding="utf-8")
    with pytest.raises(CommandError, match="line 1, weight: there is no such column"):
        taken(path)


def test_the_table_itself_refuses_a_rank_of_nothing() -> None:
    ours = RankedUnit.objects.get(chart="34", code="04")
    source = Source.objects.create(title="Thử")
    shape = {"index": "x", "edition": "x", "data_year": 2025, "status": "official"}
    with pytest.raises(IntegrityError, match="of_how_many"), transaction.atomic():
        PublishedValue.objects.create(unit=ours, source=source, rank=3, **shape)
    with pytest.raises(IntegrityError, match="says_something"), transaction.atomic():
        PublishedValue.objects.create(unit=ours, source=source, **shape)


# Read by hand from the published tables.
SEEDED = [
    ("papi", 2011, "32.5235", 61, 63),
    ("papi", 2014, "33.8334", 59, 61),
    ("papi", 2019, "44.8123", 15, 63),
    ("papi", 2021, "39.1912", 58, 60),
    ("papi", 2022, "38.8038", 61, 61),
    ("papi", 2024, "41.3325", 51, 61),
    ("pci", 2006, "46.63", 51, 63),
    ("pci", 2016, "52.99", 63, 63),
    ("pci", 2022, "59.58", 63, 63),
    ("dti", 2022, None, 61, 63),
    ("par_index", 2024, None, 63, 63),
    ("sipas", 2024, None, 57, 63),
]


@pytest.mark.parametrize(("index", "year", "value", "rank", "of"), SEEDED)
def test_the_seed_says_what_was_published(
    index: str, year: int, value: str | None, rank: int, of: int
) -> None:
    rows = [row for row in queries.ours(index) if row.data_year == year]
    found = [
        (row.rank, row.rank_of)
        for row in rows
        if (row.value is None) == (value is None)
        and (value is None or round(row.value, 2) == round(Decimal(value), 2))  # type: ignore[arg-type]
    ]
    assert found == [(rank, of)]


def test_the_press_and_the_table_of_papi_stand_side_by_side() -> None:
    rows = [row for row in queries.ours("papi") if row.data_year == 2024]
    assert {(row.status, row.rank, row.rank_of) for row in rows} == {
        ("official", 51, 61),
        ("claimed", 51, 63),
    }


def test_the_readings_of_decision_766_keep_their_day() -> None:
    rows = queries.ours("index766")
    assert [(str(r.as_of), r.period, r.rank, r.rank_of) for r in rows] == [
        ("2025-10-11", "2025-10", 31, 34),
        ("2025-10-11", "2025-ytd", 26, 34),
        ("2025-10-15", "2025-10", 27, 34),
        ("2025-10-15", "2025-ytd", 26, 34),
        ("2025-10-16", "2025-10", 33, 34),
        ("2025-10-16", "2025-ytd", 27, 34),
    ]


def test_a_province_without_data_has_no_row_and_no_zero() -> None:
    totals = PublishedValue.objects.filter(index="papi", dimension="", unit__chart="63")
    assert totals.filter(data_year=2021, status="official").count() == 60
    assert not PublishedValue.objects.filter(value=0, index="papi").exists()


def test_seeding_again_adds_nothing() -> None:
    count = PublishedValue.objects.count()
    assert seeding.seed().added == 0
    assert PublishedValue.objects.count() == count


def test_every_seeded_source_is_named_with_its_terms() -> None:
    used = Source.objects.filter(values__isnull=False).distinct()
    assert used.count() >= 6
    assert [source.title for source in used if not source.terms] == []
