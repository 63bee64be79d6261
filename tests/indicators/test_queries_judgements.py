"""Dossiers on which the four meanings of «on time» differ."""

import pytest

from gandan.dossiers.facts import DOSSIER
from gandan.indicators.judgements import (
    MEANINGS,
    judged_differently,
    judgements_of,
)
from gandan.indicators.periods import parse_period
from tests.indicators import facts_at_random as random_facts
from tests.indicators.stored import store

pytestmark = pytest.mark.django_db

HOA, KHAC = "04.01321@2021-01-01", "04.01333@2021-01-01"
MARCH = parse_period("2025-03")

# promise, after extension, Decision 766, ledger; whether they differ
CASES = [
    (("early", "early", "early", "on_time"), False),
    (("early", "on_time", "early", ""), False),  # both are in time
    (("late", "early", "late", "late"), True),  # extended with an apology
    (("early", "early", "late", ""), True),  # a second request
    (("early", "early", "early", "void"), True),  # closed by what proves nothing
    (("late", "late", "late", "late"), False),
    (("", "", "", "on_time"), False),
]


def test_those_are_listed_that_one_meaning_finds_in_time_and_another_not() -> None:
    (pattern,) = random_facts.many(DOSSIER, 1, seed=1)
    day = random_facts.FIRST + 25  # 7 March 2025
    rows = [
        {
            **pattern,
            **dict(zip(MEANINGS.values(), judged, strict=True)),
            "record": f"00000000-0000-4000-8000-{number:012}",
            "unit": HOA if number % 2 else KHAC,
            "ended_day": day,
            "ended_half": 2025 * 24 + 4,
            "protected": False,
        }
        for number, (judged, _differ) in enumerate(CASES)
    ]
    store({DOSSIER: rows})

    expected = [
        row["record"]
        for row, (_judged, differ) in zip(rows, CASES, strict=True)
        if differ
    ]
    found = judged_differently(period=MARCH)
    assert [record.id for record in found.records] == expected
    own = judged_differently(period=MARCH, unit=HOA)
    assert [record.id for record in own.records] == [
        row["record"] for row in rows if row["unit"] == HOA if row["record"] in expected
    ]
    assert judged_differently(period=parse_period("2025-04")).total == 0
    for row, (judged, _differ) in zip(rows, CASES, strict=True):
        assert tuple(judgements_of(str(row["record"])).values()) == judged


def test_what_no_figure_counts_has_no_judgement() -> None:
    assert judgements_of("00000000-0000-4000-8000-000000000000") == {}
