"""The house rules of definitions, and their SQL as it stood when last reviewed."""

from collections import Counter
from datetime import date
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
from django.utils import translation

from gandan.indicators import definitions, emission
from gandan.indicators.algebra import Histogram
from gandan.indicators.definition import (
    OURS,
    Definition,
    Percentile,
    Standing,
    Unit,
    measures_of,
)
from gandan.indicators.definitions import DEFINITIONS, MEASURES
from gandan.indicators.emission import Dialect

GOLDEN = Path(__file__).parent / "golden"
FILES = [module.name for module in iter_modules(definitions.__path__)]
EACH = pytest.mark.parametrize(
    "definition", DEFINITIONS.values(), ids=list(DEFINITIONS)
)


@EACH
def test_a_definition_is_reviewed_before_its_day_passes(definition: Definition) -> None:
    assert definition.reviewed_on < definition.review_on
    assert date.today() <= definition.review_on, (  # noqa: DTZ011
        f"{definition.code} was to be reviewed by {definition.review_on}"
    )


def test_each_file_has_a_code_of_its_own() -> None:
    codes = Counter(
        import_module(f"{definitions.__name__}.{name}").DEFINITION.code
        for name in FILES
    )
    assert not [code for code, times in codes.items() if times > 1]
    assert {code.replace(".", "_") for code in codes} == set(FILES)
    assert set(codes) == set(DEFINITIONS)


def test_two_measures_never_share_a_code() -> None:
    every = {
        measure
        for definition in DEFINITIONS.values()
        for measure in definition.measures
    }
    assert len(every) == len(MEASURES)


@EACH
def test_a_definition_names_owner_and_basis(definition: Definition) -> None:
    assert definition.owner.strip()
    # «ours» says that no text asks for it.
    assert definition.legal_basis == OURS or any(
        word in definition.legal_basis for word in ("Nghị định", "Quyết định", "Luật")
    )


@EACH
@pytest.mark.parametrize("language", ["vi", "fr"])
def test_its_words_are_translated(definition: Definition, language: str) -> None:
    for words in (definition.title, definition.question, definition.leaves_out):
        with translation.override("en"):
            english = str(words)
        with translation.override(language):
            assert str(words) != english


@EACH
def test_a_share_has_a_denominator_and_a_percentile_has_none(
    definition: Definition,
) -> None:
    divides = {Unit.SHARE, Unit.POINTS, Unit.PER_DOSSIER}
    assert (definition.unit in divides) == (definition.denominator is not None)
    if isinstance(definition.numerator, Percentile):
        assert isinstance(definition.numerator.measure.aggregate, Histogram)


@EACH
def test_what_stands_counts_the_same_column_before_and_after_its_end(
    definition: Definition,
) -> None:
    for part in definition.parts:
        if isinstance(part, Standing):
            still_open, ended = measures_of(part)
            assert isinstance(ended.aggregate, Histogram)
            assert ended.aggregate.column == part.since
            assert still_open.half.name != ended.half.name == "ended_half"


@EACH
@pytest.mark.parametrize("dialect", Dialect)
def test_the_sql_is_the_one_that_was_reviewed(
    definition: Definition, dialect: Dialect, pytestconfig: pytest.Config
) -> None:
    """`--rewrite-golden` writes them anew; the change is then read in the review."""
    path = GOLDEN / f"{definition.code}.{dialect}.sql"
    text = "".join(
        emission.statement(group, relation=group.table.name, dialect=dialect) + ";\n"
        for group in emission.groups(definition.measures)
    )
    if pytestconfig.getoption("--rewrite-golden"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_no_snapshot_outlives_its_definition() -> None:
    expected = {f"{code}.{dialect}.sql" for code in DEFINITIONS for dialect in Dialect}
    assert {path.name for path in GOLDEN.iterdir()} == expected
