"""Decision 766 read from the records, by hand; the records of a lever by name."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gandan.dossiers.models import Dossier
from gandan.indicators.index766.levers import levers
from gandan.indicators.index766.reading import pool_records, read
from gandan.indicators.index766.score import Counts
from gandan.indicators.periods import parse_period
from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import catch_up
from tests.dossiers.book import book, line, load

pytestmark = pytest.mark.django_db(transaction=True)

QUARTER = parse_period("2025-Q1")
TODAY = date(2025, 3, 24)
OPEN = {"ended_on": "", "outcome": "", "returned_on": ""}
LATE = {"ended_on": "2025-03-20", "returned_on": "2025-03-20"}


@pytest.fixture
def quarter(tmp_path: Path) -> None:
    lines = [
        *(line(n) for n in range(1, 7)),  # six in time
        *(line(n, **LATE) for n in (7, 8)),
        line(9, **OPEN),  # past due
        # Two open within their limit, which ends before the quarter does.
        *(line(n, due_on="2025-03-28", **OPEN) for n in (10, 11)),
        line(12, result_electronic="true"),
    ]
    load(book(tmp_path, *lines))
    know_measures()
    catch_up()


def test_on_time_is_of_all_dossiers_of_the_period_open_ones_included(
    quarter: None,
) -> None:
    card = read(period=QUARTER, today=TODAY)
    found = {one.component.code: one for one in card.scorecard.scored}
    # 7 ended in time and 2 open within their limit, of 12.
    assert found["2.1"].counts == Counts(9, 12)
    assert found["2.1"].points == Decimal("15.00")
    assert found["4.1"].counts == Counts(1, 9)
    assert found["1.4"].points is None
    # Fewer than ten resolved: the share of the disliked is not shown, nor scored.
    assert card.scorecard.total + 0 == sum(
        one.points for one in found.values() if one.points is not None
    )


def test_progress_is_read_ahead_and_its_lever_names_the_open_ones(
    quarter: None,
) -> None:
    card = read(period=QUARTER, today=TODAY)
    assert card.counts["2.1"] == Counts(7, 12)
    assert card.pools["2.1"] == 2
    first = levers(card.counts, card.pools)[0]
    assert (first.code, first.records, first.shortens_a_wait) == ("2.1", 1, True)
    named = pool_records("2.1", "province", period=QUARTER, today=TODAY, limit=10)
    codes = Dossier.objects.filter(public_id__in=named).values_list("code", flat=True)
    assert sorted(str(code)[-4:] for code in codes) == ["0010", "0011"]


def test_after_the_period_nothing_can_be_decided_in_time_any_more(
    quarter: None,
) -> None:
    card = read(period=QUARTER, today=date(2025, 4, 30))
    assert card.pools["2.1"] == 0
    assert card.pools["4.1"] == 8


def test_a_unit_reads_its_own_records_alone(quarter: None) -> None:
    card = read("04.01279@2021-01-01", period=QUARTER, today=TODAY, chart="as-was")
    assert card.pools == {} or set(card.pools.values()) == {0}
    assert card.scorecard.total == 0
