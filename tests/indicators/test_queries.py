"""Figures from stored states and facts, against a second reading in plain Python."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gandan.dossiers.facts import DOSSIER, TABLES
from gandan.figures.facts import FactTable, Row, day_number
from gandan.indicators import queries
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.queries import AS_IS, PROVINCE, Figure, Record, parse_period
from tests.indicators import facts_at_random as random_facts
from tests.indicators import second_reading
from tests.indicators.facts_at_random import Cell
from tests.indicators.second_reading import History
from tests.indicators.stored import forget_states, store

pytestmark = pytest.mark.django_db

# Two communes that became one on 1 July 2025, that one, a district, a department.
HOA, KHAC = "04.01321@2021-01-01", "04.01333@2021-01-01"
MERGED = "04.01321@2025-07-01"
DISTRICT, DEPARTMENT = "04.043@2021-01-01", "04.SO-CT@2021-01-01"
UNITS = (HOA, KHAC, MERGED, DISTRICT, DEPARTMENT)
PLACES = {
    HOA: "01321@2021-01-01",
    KHAC: "01333@2021-01-01",
    MERGED: "01321@2025-07-01",
    DISTRICT: "043@2021-01-01",
    DEPARTMENT: "04@2021-01-01",
}
QUARTER = parse_period("2025-Q1")
LAST_DAY, IN_A_HALF = date(2025, 3, 31), date(2025, 3, 20)
CODES = list(DEFINITIONS)


@pytest.fixture(scope="module")
def history() -> History:
    """Odd ones with it: ended before received, overdue after the end, no due day."""
    found: dict[FactTable, list[Row]] = {}
    for number, table in enumerate(TABLES):
        for index, row in enumerate(random_facts.many(table, 500, seed=40 + number)):
            if "received_day" in row and row["received_day"] is None:
                continue  # there is a row for each dossier that was received
            changed: dict[str, Cell] = {"unit": UNITS[index % len(UNITS)]}
            if "protected" in row:
                changed["protected"] = False
            found.setdefault(table, []).append({**row, **changed})
    return found


def of(history: History, belongs: Callable[..., bool]) -> History:
    return {
        table: [row for row in rows if belongs(row)] for table, rows in history.items()
    }


def expect(found: list[Figure], history: History, as_of: date | None = None) -> None:
    """Numerator, denominator and value of each, as read row by row."""
    assert found
    for figure in found:
        definition = DEFINITIONS[figure.code]
        expected = second_reading.numbers(definition, history, figure.period, as_of)
        assert (figure.numerator, figure.denominator, figure.value) == expected, (
            figure.code,
            figure.period.label,
        )
        assert (figure.version, figure.kind) == (definition.version, "computed")


@pytest.mark.parametrize(
    "label", ["2025-Q1", "2025-02", "bc:2025-03", "bc:2025", "2025-03-15..2025-04-14"]
)
def test_every_figure_of_the_province_equals_a_second_reading(
    history: History, label: str
) -> None:
    store(history)
    period = parse_period(label)
    expect(queries.figures(CODES, period=period), history)


def test_what_waits_to_be_folded_is_read_too(history: History) -> None:
    store(history, folded=False)
    expect(queries.figures(CODES, period=QUARTER), history)


@pytest.mark.parametrize(
    "label", ["2025-02-11..2025-03-17", "2025-03-03..2025-03-03", "2030"]
)
def test_any_range_of_days_is_counted_from_the_fact_rows(
    history: History, label: str
) -> None:
    store(history)
    period = parse_period(label)
    expect(queries.figures(CODES, period=period), history)


@pytest.mark.parametrize("as_of", [LAST_DAY, IN_A_HALF, date(2025, 2, 14)])
def test_a_day_inside_the_period_ends_the_figure(history: History, as_of: date) -> None:
    store(history)
    found = queries.figures(CODES, period=parse_period("2025"), as_of=as_of)
    expect(found, history, as_of)


def test_before_the_period_nothing_happened_in_it(history: History) -> None:
    store(history)
    found = queries.figures(CODES, period=QUARTER, as_of=date(2024, 12, 31))
    expect(found, history, date(2024, 12, 31))


def test_where_nothing_followed_the_day_the_states_are_enough(
    history: History,
) -> None:
    """The page of today: the month is not over, and nothing lies in the future."""
    today = day_number(IN_A_HALF)
    past = of(
        history,
        lambda row: all(
            row[name] is None or row[name] <= today
            for name in row
            if name.endswith("_day") and name not in {"due_day", "promised_day"}
        ),
    )
    store(past)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = queries.figures(CODES, period=parse_period("2025"), as_of=IN_A_HALF)
    expect(found, past, IN_A_HALF)
    statements = [query["sql"] for query in asked.captured_queries]
    assert not [sql for sql in statements if "WITH counts" in sql]
    # In one look: a dossier that ends meanwhile is not both open and resolved.
    assert sum("figures_state" in sql for sql in statements) == 1


def test_by_agency_as_it_was_each_unit_keeps_what_it_had(history: History) -> None:
    store(history)
    found = queries.figures(CODES, period=QUARTER, by="agency")
    assert {figure.place for figure in found} == set(UNITS)
    for unit in UNITS:
        own = of(history, lambda row, unit=unit: row["unit"] == unit)
        expect([figure for figure in found if figure.place == unit], own)


def test_by_place_a_committee_counts_for_its_commune(history: History) -> None:
    store(history)
    found = queries.figures(CODES, period=QUARTER, by="place")
    assert {figure.place for figure in found} == set(PLACES.values())
    for unit, place in PLACES.items():
        own = of(history, lambda row, unit=unit: row["unit"] == unit)
        expect([figure for figure in found if figure.place == place], own)
    names = {figure.place: figure.name for figure in found}
    assert names[PLACES[HOA]] == "Thị trấn Bảo Lạc"
    # Not the name of the whole province, which is another row.
    assert names[PLACES[DEPARTMENT]] == "Các sở, ban, ngành của tỉnh"


@pytest.mark.parametrize(
    ("chart", "rows"),
    [
        (
            AS_IS,
            {MERGED: {HOA, KHAC, MERGED}, DISTRICT: {DISTRICT}},
        ),
        # The day before: the two still are two.
        (date(2025, 6, 30), {HOA: {HOA}, KHAC: {KHAC}, MERGED: {MERGED}}),
        (date(2025, 7, 1), {MERGED: {HOA, KHAC, MERGED}, DISTRICT: {DISTRICT}}),
    ],
)
def test_a_merge_adds_exactly_and_a_district_keeps_its_own_row(
    history: History, chart: str | date, rows: dict[str, set[str]]
) -> None:
    store(history)
    found = queries.figures(CODES, period=QUARTER, by="agency", chart=chart)
    for row, units in rows.items():
        own = of(history, lambda one, units=units: one["unit"] in units)
        expect([figure for figure in found if figure.place == row], own)
    whole = queries.figures(CODES, period=QUARTER)
    received = sum(f.numerator for f in found if f.code == "dossiers.received")
    assert received == next(f.numerator for f in whole if f.code == "dossiers.received")


def test_a_scorecard_of_one_unit_reads_only_what_is_its_own(history: History) -> None:
    store(history)
    place = PLACES[MERGED]
    found = queries.figures(CODES, places=[place], period=QUARTER, chart=AS_IS)
    own = of(history, lambda row: row["unit"] in {HOA, KHAC, MERGED})
    assert [figure.code for figure in found] == CODES
    assert {figure.place for figure in found} == {place}
    assert {figure.name for figure in found} != {place}
    expect(found, own)


def test_a_unit_without_records_has_a_row_with_nothing_in_it(history: History) -> None:
    store(history)
    found = queries.figures(CODES, places=["04.SO-XD@2025-03-01"], period=QUARTER)
    expect(found, of(history, lambda row: False))


def test_by_procedure_and_for_one_procedure(history: History) -> None:
    store(history)
    found = queries.figures(CODES, period=QUARTER, by="procedure")
    assert {figure.procedure for figure in found} == {"1.001", "1.002"}
    for procedure in ("1.001", "1.002"):
        own = of(history, lambda row, named=procedure: row["procedure"] == named)
        expect([f for f in found if f.procedure == procedure], own)
        one = queries.figures(CODES, period=QUARTER, procedure=procedure)
        expect(one, own)


def test_by_field_the_procedures_of_a_field_are_added(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = {"1.001": "Đất đai", "1.002": "Đất đai"}
    monkeypatch.setattr(queries, "field_of_procedures", lambda: fields)
    store(history)
    found = queries.figures(CODES, period=QUARTER, by="field")
    assert {figure.field for figure in found} == {"Đất đai"}
    expect(found, of(history, lambda row: row["procedure"] in fields))
    behind = queries.record_ids(
        "dossiers.late", field="Đất đai", period=QUARTER, limit=1
    )
    late = next(f for f in found if f.code == "dossiers.late")
    assert behind.total == late.numerator > 0


def test_by_agency_and_field_at_once(
    history: History, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The board that opens on late dossiers by agency and field."""
    fields = {"1.001": "Đất đai", "1.002": "Hộ tịch"}
    monkeypatch.setattr(queries, "field_of_procedures", lambda: fields)
    store(history)
    found = queries.figures(CODES, period=QUARTER, by=("agency", "field"))
    for unit in UNITS:
        for procedure, field in fields.items():
            own = of(
                history,
                lambda row, at=(unit, procedure): (row["unit"], row["procedure"]) == at,
            )
            expect([f for f in found if (f.place, f.field) == (unit, field)], own)


def test_a_row_is_of_a_place_or_of_an_agency() -> None:
    with pytest.raises(ValueError, match="not by both"):
        queries.figures(CODES, period=QUARTER, by=("place", "agency"))
    with pytest.raises(ValueError, match="no dimension"):
        queries.figures(CODES, period=QUARTER, by="weekday")


def test_by_month_each_month_stands_for_itself(history: History) -> None:
    store(history)
    found = queries.figures(CODES, period=QUARTER, by="month")
    assert [f.period.label for f in found[:3]] == ["2025-01", "2025-02", "2025-03"]
    assert len(found) == 3 * len(CODES)
    expect(found, history)


@pytest.mark.parametrize("states", [True, False])
def test_the_records_behind_a_figure_are_exactly_its_records(
    history: History, states: bool
) -> None:
    store(history)
    if not states:
        forget_states()
    period = QUARTER if states else parse_period("2025-02-11..2025-03-17")
    opened = [code for code in CODES if DEFINITIONS[code].opens]
    for row, chart in ((PROVINCE, "as-was"), (MERGED, AS_IS)):
        places = None if row == PROVINCE else [row]
        for figure in queries.figures(
            opened, places=places, period=period, chart=chart
        ):
            for part in ("numerator", "denominator"):
                number = getattr(figure, part)
                if number is None:
                    continue
                listed = every_record(figure.code, part, row, period, chart)
                assert sum(record.amount for record in listed) == number
                assert len({(r.table, r.id) for r in listed}) == len(listed)


def every_record(
    code: str, part: str, unit: str, period: queries.Period, chart: str
) -> list[Record]:
    """All pages."""
    found: list[Record] = []
    after = None
    while True:
        page = queries.record_ids(
            code,
            part=part,
            unit=unit,
            period=period,
            chart=chart,
            after=after,
            limit=83,
        )
        found += page.records
        after = page.next
        if after is None:
            assert page.total == sum(record.amount for record in found)
            return found


def test_a_protected_dossier_counts_and_is_never_listed(history: History) -> None:
    hidden = [{**row, "protected": True} for row in history[DOSSIER]]
    store({**history, DOSSIER: hidden})
    (late,) = queries.figures(["dossiers.late"], period=QUARTER)
    behind = queries.record_ids("dossiers.late", period=QUARTER)
    assert behind.records == ()
    assert behind.total == behind.withheld == late.numerator > 0
    every = queries.record_ids(
        "dossiers.late", period=QUARTER, protected=True, limit=500
    )
    assert (len(every.records), every.withheld) == (behind.total, 0)
    waits = queries.record_ids("time.left_out_applicant", period=QUARTER)
    assert all(one.id not in {row["record"] for row in hidden} for one in waits.records)


def test_ratings_are_nobodys_and_hidden_below_ten(history: History) -> None:
    store(history)
    code = "care.rating"
    (many,) = queries.figures([code], period=QUARTER)
    assert many.denominator is not None
    assert many.denominator >= 10
    assert not many.hidden
    (few,) = queries.figures([code], period=parse_period("2025-03-03..2025-03-03"))
    assert (few.hidden, few.numerator, few.denominator, few.value) == (
        True,
        0,
        0,
        None,
    )
    assert queries.record_ids(code, period=QUARTER).records == ()


def test_an_unknown_code_or_chart_is_refused() -> None:
    with pytest.raises(queries.IndicatorUnknown, match="is no indicator"):
        queries.figures(["dossiers.happy"], period=QUARTER)
    with pytest.raises(queries.ChartRefused, match="is no chart"):
        queries.figures(["dossiers.late"], period=QUARTER, chart="as-if")
