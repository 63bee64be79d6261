"""`gandan figures` as a person and as a program read it."""

import csv
import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from gandan.dossiers.facts import DOSSIER
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.periods import parse_period
from tests.indicators import facts_at_random as random_facts
from tests.indicators import second_reading
from tests.indicators.second_reading import History
from tests.indicators.stored import store

pytestmark = pytest.mark.django_db

HOA = "04.01321@2021-01-01"
MERGED = "04.01321@2025-07-01"


@pytest.fixture
def history() -> History:
    rows = random_facts.many(DOSSIER, 120, seed=3)
    found = {DOSSIER: [{**row, "unit": HOA} for row in rows if row["received_day"]]}
    store(found)
    return found


def said(*words: str) -> str:
    out = io.StringIO()
    call_command("figures", *words, stdout=out)
    return out.getvalue()


def rows(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(said(*words, "--json"))
    return found


def test_a_row_has_both_counts_the_value_and_what_it_is(history: History) -> None:
    (row,) = rows(
        "--indicator", "dossiers.late", "--period", "2025-Q1", "--as-of", "2025-03-31"
    )
    definition = DEFINITIONS["dossiers.late"]
    numerator, denominator, value = second_reading.numbers(
        definition, history, parse_period("2025-Q1")
    )
    assert row == {
        "code": "dossiers.late",
        "version": 1,
        "place": "province",
        "name": "Tỉnh Cao Bằng",
        "procedure": "",
        "field": "",
        "period": "2025-Q1",
        "starts": "2025-01-01",
        "last_day": "2025-03-31",
        "calendar": "calendar",
        "numerator": numerator,
        "denominator": denominator,
        "value": str(value),
        "kind": "computed",
    }


def test_without_a_code_every_definition_has_a_row(history: History) -> None:
    found = rows("--period", "2025")
    assert [row["code"] for row in found] == list(DEFINITIONS)


def test_csv_holds_the_same_rows(history: History) -> None:
    words = ("--period", "2025-Q1", "--by", "month")
    table = list(csv.DictReader(io.StringIO(said(*words, "--csv"))))
    expected = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in rows(*words)
    ]
    assert table == expected
    assert {row["period"] for row in table} == {"2025-01", "2025-02", "2025-03"}


def test_a_table_for_eyes_says_where_there_is_no_value(history: History) -> None:
    first, second = said(
        "--indicator", "dossiers.late", "--period", "2019"
    ).splitlines()
    assert first.split() == [
        "code",
        "name",
        "period",
        "numerator",
        "denominator",
        "value",
    ]
    assert second.split()[-3:] == ["0", "0", "n/a"]


def test_a_place_is_named_by_key_or_by_the_code_of_that_time(
    history: History,
) -> None:
    for place in (HOA, "01321@2021-01-01", "01321"):
        (row,) = rows(
            "--indicator", "dossiers.received", "--period", "2025-Q1", "--place", place
        )
        assert row["numerator"] > 0
    (merged,) = rows(
        *("--indicator", "dossiers.received", "--period", "2025-Q1"),
        *("--place", HOA, "--chart", "as-is"),
    )
    assert (merged["place"], merged["numerator"]) == (MERGED, row["numerator"])


def test_the_list_names_every_definition_with_its_question() -> None:
    lines = said("--list").splitlines()
    assert len(lines) == len(DEFINITIONS)
    for line, definition in zip(lines, DEFINITIONS.values(), strict=True):
        assert line == f"{definition.code} v1: {definition.question}"
    assert [row["code"] for row in rows("--list")] == list(DEFINITIONS)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--indicator", "dossiers.happy"], "«dossiers.happy» is no indicator"),
        (["--period", "2025-Q7"], "«2025-Q7» is no period"),
        (["--place", "99999"], "«99999» is the key of no unit"),
        (["--as-of", "31/3/2025"], "«31/3/2025» is no day"),
        (["--by", "sex"], "invalid choice: 'sex'"),
        (["--chart", "as-if"], "invalid choice: 'as-if'"),
        (["--json", "--csv"], "not allowed with argument"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(
    words: list[str], sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence) as refused:
        said(*words)
    assert "\n" not in str(refused.value)
    # What argparse refuses gets its status from the launcher (tests/launch).
    assert refused.value.returncode == (1 if words[0] in _PARSED else 2)


_PARSED = {"--by", "--chart", "--json"}
