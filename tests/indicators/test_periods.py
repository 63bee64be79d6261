"""Labels of periods, and the days they mean."""

from datetime import date
from itertools import pairwise

import pytest

from gandan.indicators.periods import Period, PeriodRefused, parse_period


@pytest.mark.parametrize(
    ("text", "starts", "last_day", "calendar"),
    [
        ("2025", "2025-01-01", "2025-12-31", "calendar"),
        ("2025-H1", "2025-01-01", "2025-06-30", "calendar"),
        ("2025-H2", "2025-07-01", "2025-12-31", "calendar"),
        ("2025-9M", "2025-01-01", "2025-09-30", "calendar"),
        ("2025-Q1", "2025-01-01", "2025-03-31", "calendar"),
        ("2025-02", "2025-02-01", "2025-02-28", "calendar"),
        ("2025-01-15..2025-02-14", "2025-01-15", "2025-02-14", "calendar"),
        ("2025-03-31..2025-03-31", "2025-03-31", "2025-03-31", "calendar"),
        # A reporting year begins in December (Decree 09/2019).
        ("bc:2025", "2024-12-15", "2025-12-14", "reporting"),
        ("bc:2025-03", "2025-02-15", "2025-03-14", "reporting"),
        ("bc:2025-Q1", "2024-12-15", "2025-03-14", "reporting"),
        ("bc:2025-H1", "2024-12-15", "2025-06-14", "reporting"),
        ("bc:2025-H2", "2025-06-15", "2025-12-14", "reporting"),
        ("bc:2025-9M", "2024-12-15", "2025-09-14", "reporting"),
    ],
)
def test_a_label_means_its_days(
    text: str, starts: str, last_day: str, calendar: str
) -> None:
    period = parse_period(text)
    assert (period.label, period.calendar) == (text, calendar)
    assert (str(period.starts), str(period.last_day)) == (starts, last_day)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Q1",
        "2025-Q5",
        "2025-13",
        "2025-00",
        "0000",
        "25-03",
        "2025-3",
        "bc:2025-01-15..2025-02-14",
        "2025-02-30..2025-03-01",
        "2025-03-02..2025-03-01",
        "2025-03-02..",
        "２０２５",
        "9999",
        "9999-12-30..9999-12-31",
    ],
)
def test_anything_else_is_refused_in_one_sentence(text: str) -> None:
    with pytest.raises(PeriodRefused, match="is no period"):
        parse_period(text)


def test_a_period_cut_at_a_day_ends_with_it() -> None:
    quarter = parse_period("2025-Q1")
    assert quarter.until(date(2025, 2, 10)).last_day == date(2025, 2, 10)
    assert quarter.until(date(2025, 3, 31)) == quarter
    assert quarter.until(None) == quarter
    empty = quarter.until(date(2024, 6, 1))
    assert empty.starts == empty.ends


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("2025-Q1", ["2025-01", "2025-02", "2025-03"]),
        ("bc:2025-Q1", ["bc:2025-01", "bc:2025-02", "bc:2025-03"]),
        (
            "2025-01-15..2025-03-02",
            ["2025-01-15..2025-01-31", "2025-02", "2025-03-01..2025-03-02"],
        ),
    ],
)
def test_its_months_fill_it(text: str, labels: list[str]) -> None:
    period = parse_period(text)
    months = period.months()
    assert [month.label for month in months] == labels
    assert (months[0].starts, months[-1].ends) == (period.starts, period.ends)
    assert all(a.ends == b.starts for a, b in pairwise(months))


def test_halves_fill_only_what_begins_and_ends_with_one() -> None:
    def halves(text: str) -> int | None:
        found = parse_period(text).halves
        return None if found is None else len(found)

    assert halves("2025") == 24
    assert halves("bc:2025-03") == 2
    assert halves("2025-01-15..2025-02-14") == 2
    assert halves("2025-01-15..2025-02-13") is None


def test_a_label_always_means_the_same_period() -> None:
    for label in ("2025-03", "bc:2025-03"):
        (month,) = parse_period(label).months()
        assert month == parse_period(label)
        assert isinstance(month, Period)
