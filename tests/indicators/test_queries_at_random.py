"""Any history, any days, any chart: the same numbers as a second reading."""

from datetime import date

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.dossiers.facts import TABLES
from gandan.figures.facts import FactTable, Row, day_of
from gandan.indicators import queries
from gandan.indicators.charts_of_units import chart_of
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.queries import AS_IS, AS_WAS, Period, parse_period
from tests.indicators import facts_at_random as random_facts
from tests.indicators import second_reading
from tests.indicators.stored import store

UNITS = ("04.01321@2021-01-01", "04.01333@2021-01-01", "04.043@2021-01-01")
DAYS = st.integers(random_facts.FIRST - 5, random_facts.LAST + 5).map(day_of)
NAMED = st.sampled_from(
    ["2025", "2025-Q1", "2025-02", "2025-03", "bc:2025-03", "bc:2025-Q2"]
)


@st.composite
def histories(draw: st.DrawFn) -> dict[FactTable, list[Row]]:
    found: dict[FactTable, list[Row]] = {}
    for table in TABLES:
        rows = draw(random_facts.rows(table, most=12))
        found[table] = [
            {**row, "unit": UNITS[random_facts.UNITS.index(str(row["unit"]))]}
            for row in rows
            if row.get("received_day", 0) is not None
        ]
    return found


@st.composite
def periods(draw: st.DrawFn) -> Period:
    if draw(st.booleans()):
        return parse_period(draw(NAMED))
    first, last = sorted([draw(DAYS), draw(DAYS)])
    return parse_period(f"{first}..{last}")


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    history=histories(),
    period=periods(),
    as_of=st.none() | DAYS,
    chart=st.sampled_from([AS_WAS, AS_IS]),
    by=st.sampled_from([None, "agency", "procedure", "month"]),
    folded=st.booleans(),
)
def test_figures_of_any_history_equal_a_second_reading(
    history: dict[FactTable, list[Row]],
    period: Period,
    as_of: date | None,
    chart: str,
    by: str | None,
    folded: bool,
    db: None,
) -> None:
    store({})  # the measures stay, the rest is rolled back
    with transaction.atomic():
        store(history, folded=folded)
        found = queries.figures(
            list(DEFINITIONS), period=period, by=by, chart=chart, as_of=as_of
        )
        transaction.set_rollback(True)
    agency = chart_of(chart).agency
    for figure in found:
        own = {
            table: [
                row
                for row in rows
                if (by != "agency" or agency(str(row["unit"])) == figure.place)
                and (by != "procedure" or row["procedure"] == figure.procedure)
            ]
            for table, rows in history.items()
        }
        definition = DEFINITIONS[figure.code]
        # Of a month that begins after that day nothing has happened yet.
        expected = second_reading.numbers(definition, own, figure.period, as_of)
        assert (figure.numerator, figure.denominator, figure.value) == expected, (
            figure.code,
            figure.period.label,
        )
