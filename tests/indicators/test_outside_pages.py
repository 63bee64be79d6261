"""Pages of outside indices and targets: sources, missing years, changed units."""

import csv
import re
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from python_calamine import CalamineWorkbook

from gandan.figures.models import PublishedValue, RankedUnit, Source, TargetValue
from gandan.figures.published import queries
from gandan.figures.published.rules import (
    Change,
    Direction,
    Footing,
    Verdict,
    changes,
    judge,
    quarter_of,
    quartiles,
)
from gandan.indicators.outside import drawing, reading, series
from gandan.indicators.outside.catalogue import INDICES

pytestmark = pytest.mark.django_db

BASE = "/en/so-lieu/chi-so-ngoai"


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def words_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


# --- rules ----------------------------------------------------------------------------

SCALE = (Decimal(8), Decimal(80))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Footing("63", SCALE), Footing("63", SCALE), ()),
        (Footing("63", SCALE), Footing("34", SCALE), (Change.UNITS,)),
        (Footing("63", (Decimal(6), Decimal(60))), Footing("63", SCALE), ("scale",)),
        # A rank alone has no scale: nothing to compare it with.
        (Footing("63", (None, None)), Footing("63", SCALE), ()),
    ],
)
def test_a_change_of_units_or_scale_ends_a_comparison(
    before: Footing, after: Footing, expected: tuple[str, ...]
) -> None:
    assert changes(before, after) == expected


def test_quartiles_are_values_that_were_published() -> None:
    found = quartiles([Decimal(n) for n in (9, 1, 3, 5, 7, 2, 4, 6, 8)])
    assert found is not None
    # Of nine: the third is the first that a quarter (2.25) does not pass.
    assert (found.first, found.middle, found.third) == tuple(map(Decimal, (3, 5, 7)))
    assert (found.lowest, found.highest) == (Decimal(1), Decimal(9))


def test_three_values_have_no_quartiles() -> None:
    assert quartiles([Decimal(1), Decimal(2), Decimal(3)]) is None


@pytest.mark.parametrize(
    ("rank", "of", "quarter"), [(1, 63, 1), (15, 63, 1), (16, 63, 2), (51, 61, 4)]
)
def test_quarters_are_counted_from_the_top(rank: int, of: int, quarter: int) -> None:
    assert quarter_of(rank, of) == quarter


UP, DOWN = Direction.UP, Direction.DOWN


@pytest.mark.parametrize(
    ("aim", "value", "direction", "strictly", "verdict"),
    [
        (None, "12", UP, False, Verdict.NO_AIM),
        ("54", None, UP, False, Verdict.NOT_MEASURED),
        ("54", "54", UP, False, Verdict.MET),
        ("54", "53", UP, False, Verdict.NOT_MET),
        ("98", "98", UP, True, Verdict.NOT_MET),  # «over 98 %»
        ("98", "98.01", UP, True, Verdict.MET),
        ("4", "3.9", DOWN, False, Verdict.MET),
        ("4", "4.1", DOWN, False, Verdict.NOT_MET),
    ],
)
def test_an_aim_is_met_not_met_or_not_measured(
    aim: str | None,
    value: str | None,
    direction: Direction,
    strictly: bool,
    verdict: Verdict,
) -> None:
    as_number = [None if text is None else Decimal(text) for text in (aim, value)]
    assert judge(*as_number, direction=direction, strictly=strictly) is verdict


# --- series ---------------------------------------------------------------------------


def test_papi_is_drawn_in_two_runs_because_its_scale_changed() -> None:
    found = series.runs(series.fields("papi"))
    assert [(run.starts, run.ends) for run in found] == [
        ("2011", "2017"),
        ("2018", "2024"),
    ]
    last = found[1].readings[-1]
    assert last.ours == Decimal("41.3325")
    assert last.quarters.count == 61


def test_the_month_that_still_runs_is_not_drawn() -> None:
    (run,) = series.runs(series.fields("index766"))
    assert [reading.label for reading in run.readings] == ["11/10", "15/10", "16/10"]
    assert [reading.ours for reading in run.readings] == [
        Decimal("84.70"),
        Decimal("84.76"),
        Decimal("84.83"),
    ]


@pytest.mark.parametrize(
    ("index", "names"),
    [
        ("papi", ["Cao Bằng", "Bắc Kạn", "Hà Giang", "Lạng Sơn", "Tuyên Quang"]),
        ("index766", ["Cao Bằng", "Lạng Sơn", "Thái Nguyên", "Tuyên Quang"]),
    ],
)
def test_neighbours_are_those_of_the_years_own_chart(
    index: str, names: list[str]
) -> None:
    found = series.neighbours(series.fields(index))
    assert found is not None
    assert [row.name for row in found.rows] == names


def test_a_neighbour_without_data_is_named_and_has_no_bar() -> None:
    gone = RankedUnit.objects.get(chart="63", name="Bắc Kạn")
    PublishedValue.objects.filter(unit=gone, index="papi", data_year=2024).delete()
    found = series.neighbours(series.fields("papi"))
    assert found is not None
    assert [row.value for row in found.rows if row.name == "Bắc Kạn"] == [None]
    bar = next(b for b in drawing.bar_chart(found, "desk").bars if b.name == "Bắc Kạn")
    assert bar.width is None


def test_the_line_breaks_where_our_province_has_no_value() -> None:
    PublishedValue.objects.filter(
        unit__code="04", index="papi", dimension="", data_year=2021
    ).delete()
    run = series.runs(series.fields("papi"))[1]
    assert [r.ours is None for r in run.readings] == [
        *(False, False, False, True, False, False, False)
    ]
    chart = drawing.quartile_chart(run, "desk")
    assert [line.count(",") for line in chart.lines] == [3, 3]


@pytest.mark.parametrize("size", sorted(drawing.SIZES))
@pytest.mark.parametrize("index", ["papi", "pci", "index766"])
def test_every_part_of_a_chart_is_inside_it(index: str, size: str) -> None:
    for run in series.runs(series.fields(index)):
        chart = drawing.quartile_chart(run, size)
        assert 4 <= len(chart.ticks) <= 9
        for column in chart.columns:
            assert 0 <= column.top <= column.half_top <= column.middle
            assert column.middle <= column.half_top + column.half_height
            assert column.top + column.height <= chart.baseline
            assert chart.left <= column.left
            assert column.right <= chart.right


def test_years_without_data_are_said_and_not_skipped() -> None:
    lines = series.over_the_years(queries.ours("pci"))
    empty = [line.year for line in lines if line.row is None]
    assert empty == [2017, 2018, 2019, 2020]
    assert not any(line.changed for line in lines)


def test_ranks_across_63_and_34_provinces_are_parted_by_a_warning(
    client: Client,
) -> None:
    PublishedValue.objects.create(
        index="par_index",
        edition="PAR INDEX 2025",
        data_year=2025,
        unit=RankedUnit.objects.get(chart="34", code="04"),
        rank=30,
        rank_of=34,
        source=Source.objects.create(title="Quyết định công bố"),
        status="official",
    )
    text = words_of(page(client, f"{BASE}/par-index"))
    assert "Ranks above and below cannot be compared" in text
    assert "rank 63 of 63" in text
    assert "rank 30 of 34" in text


def test_the_newest_reading_is_the_publishers_and_of_the_year_to_date() -> None:
    latest = queries.latest_of_ours()
    papi, portal = latest["papi"], latest["index766"]
    assert (papi.value, papi.rank, papi.rank_of) == (Decimal("41.3325"), 51, 61)
    assert (portal.period, portal.value) == ("2025-ytd", Decimal("84.83"))
    assert (latest["par_index"].value, latest["par_index"].rank) == (None, 63)


# --- pages ----------------------------------------------------------------------------


def test_the_list_names_each_index_with_its_source(client: Client) -> None:
    text = words_of(page(client, BASE))
    assert "rank 63 of 63" in text
    assert "rank 57 of 63" in text
    assert "no value in the source" in text
    assert "A rank of 63 and a rank of 34 cannot be compared" in text


@pytest.mark.parametrize("index", INDICES.values(), ids=lambda index: index.slug)
@pytest.mark.parametrize("language", ["", "/en", "/fr"])
def test_every_index_has_its_page_in_three_languages(
    client: Client, index: Any, language: str
) -> None:
    html = page(client, f"{language}/so-lieu/chi-so-ngoai/{index.slug}")
    assert "<script" not in html.split("<main")[1].split("</main>")[0]
    assert "style=" not in html
    charts, tables = html.count('<svg class="gd-line'), html.count("<details")
    assert charts == 2 * tables  # one for a desk, one for a phone


def test_the_page_of_papi_says_what_its_numbers_are(client: Client) -> None:
    text = words_of(page(client, f"{BASE}/papi"))
    assert "41.3325" in text
    assert "rank 51 of 61" in text
    assert "rank 51 of 63" in text  # the press, beside
    assert "as claimed by its source" in text
    assert "order of the values" in text
    assert "on another scale" in text
    assert "Participation at local levels" in text


def test_decimals_are_drawn_with_points_in_every_language(client: Client) -> None:
    html = page(client, "/so-lieu/chi-so-ngoai/papi")
    numbers = re.findall(r'\b(?:x|y|x1|x2|y1|y2|width|height)="([^"]*)"', html)
    assert len(numbers) > 200
    assert [n for n in numbers if not re.fullmatch(r"-?\d+(\.\d+)?", n)] == []


@pytest.mark.parametrize("slug", ["khong-co", "papi2"])
def test_an_unknown_index_is_missing(client: Client, slug: str) -> None:
    assert client.get(f"{BASE}/{slug}").status_code == 404


def test_the_page_reads_a_fixed_number_of_rows_of_questions(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    client.get(BASE)
    with django_assert_max_num_queries(8):
        client.get(f"{BASE}/papi")


def test_the_csv_can_be_imported_again_as_it_is(client: Client, tmp_path: Any) -> None:
    answer = client.get(f"{BASE}/papi/tai-ve.csv")
    rows = list(csv.DictReader(StringIO(answer.content.decode())))
    count = PublishedValue.objects.filter(index="papi").count()
    assert len(rows) == count
    assert {row["unit_name"] for row in rows if row["unit_code"] == "04"} == {
        "Cao Bằng"
    }
    path = tmp_path / "back.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, reading.COLUMNS, extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    said = StringIO()
    call_command("import_published", str(path), stdout=said)
    assert said.getvalue() == f"0 added, {count} unchanged\n"


def test_the_workbook_holds_the_same_rows_as_text(client: Client) -> None:
    answer = client.get(f"{BASE}/766/tai-ve.xlsx")
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 1 + PublishedValue.objects.filter(index="index766").count()
    assert rows[1][rows[0].index("unit_code")] == "24"


def test_no_imported_word_becomes_a_formula(client: Client) -> None:
    source = Source.objects.create(title="=1+1")
    unit = RankedUnit.objects.get(chart="34", code="04")
    PublishedValue.objects.create(
        index="dti",
        edition="x",
        data_year=2025,
        unit=unit,
        rank=1,
        rank_of=34,
        source=source,
        status="claimed",
    )
    text = client.get(f"{BASE}/dti/tai-ve.csv").content.decode()
    assert ",'=1+1," in text


# --- targets --------------------------------------------------------------------------


def test_twelve_of_eighteen_is_one_claim_and_names_nothing(client: Client) -> None:
    html = page(client, "/en/so-lieu/muc-tieu")
    section = words_of(
        html.split('id="congress-main-targets"')[1].split("</section>")[0]
    )
    assert "12 of 18" in section
    assert "one reported claim" in section
    assert "No aim stated" in section
    assert section.count("of 18") == 2  # the value, and the note that none is named


def test_the_reform_plan_is_not_measured_by_a_reading_on_the_way(
    client: Client,
) -> None:
    html = page(client, "/en/so-lieu/muc-tieu")
    section = words_of(html.split('id="reform-plan-2025"')[1].split("</section>")[0])
    assert "at least 54" in section
    assert "17 of 54 up to 15/06/2025 (on the way)" in section
    assert "Not measured" in section


def test_the_value_of_the_whole_year_judges(client: Client, tmp_path: Any) -> None:
    path = tmp_path / "targets.csv"
    from_seed = (
        "key,programme_vi,programme_en,programme_fr,quantity_vi,quantity_en,"
        "quantity_fr,unit,direction,is_claim,year,aim,strictly,value,out_of,as_of,"
        "whole_year,status,source,source_address,note_vi,note_en,note_fr\n"
    )
    path.write_text(
        from_seed
        + "houses,Kế hoạch,,,Nhà tạm,,,count,up,0,2025,100,0,,,,,,Kế hoạch,,,,\n"
        + "houses,Kế hoạch,,,Nhà tạm,,,count,up,0,2026,200,0,,,,,,Kế hoạch,,,,\n"
        + "houses,Kế hoạch,,,Nhà tạm,,,count,up,0,2025,,,120,,,1,official,BC,,,,\n"
        + "houses,Kế hoạch,,,Nhà tạm,,,count,up,0,2026,,,90,,,1,official,BC,,,,\n",
        encoding="utf-8",
    )
    call_command("import_targets", str(path), stdout=StringIO())
    html = page(client, "/en/so-lieu/muc-tieu")
    section = words_of(html.split('id="houses"')[1].split("</section>")[0])
    assert re.search(
        r"2025 at least 100 .* 120 .* Met 2026 at least 200 .* Not met", section
    )

    again = StringIO()
    call_command("import_targets", str(path), stdout=again)
    assert again.getvalue() == "0 added, 4 unchanged\n"
    changed = path.read_text(encoding="utf-8").replace(",120,", ",130,")
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(CommandError, match=r"line 4, value: this source already"):
        call_command("import_targets", str(path), stdout=StringIO())
    assert TargetValue.objects.get(target__key="houses", year=2025).value == 120
