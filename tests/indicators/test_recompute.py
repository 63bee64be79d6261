"""Counted twice, by DuckDB from Parquet and from the tables; differences are named."""

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.management import CommandError, call_command

from gandan.dossiers.facts import DOSSIER
from gandan.figures.models import State
from gandan.indicators.models import DossierFact
from gandan.indicators.states.counting_anew import count_everything, know_measures
from gandan.indicators.states.exporting import export, schema_of
from gandan.indicators.states.following import catch_up
from gandan.indicators.states.proving import prove
from gandan.indicators.tasks import DifferenceFound, prove_states
from tests.dossiers.book import book, line, load
from tests.factories import TUESDAY, received

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def history(tmp_path: Path) -> Path:
    know_measures()
    load(
        book(
            tmp_path,
            line(1),
            line(2, received_at="2025-04-10T09:05", ended_on="2025-04-29"),
            line(3, ended_on="", outcome="", returned_on=""),
            line(4, pauses="2025-03-12..2025-03-14"),
        )
    )
    received(TUESDAY)
    catch_up()
    return tmp_path / "facts"


def test_states_facts_and_tables_are_one(history: Path) -> None:
    proof = prove()
    assert proof.holds, proof.differences
    assert proof.cells > 20
    assert proof.records >= 5


def test_a_changed_state_is_found_and_named_and_counting_anew_mends_it(
    history: Path,
) -> None:
    cell = State.objects.filter(measure__code="received", procedure="").earliest("half")
    State.objects.filter(pk=cell.pk).update(n=cell.n + 1)
    proof = prove()
    assert len(proof.differences) == 1
    assert f"received of {cell.unit}" in proof.differences[0]
    assert f"{cell.n + 1} is kept, {cell.n} is counted" in proof.differences[0]
    count_everything()
    assert prove().holds


def test_a_changed_fact_is_found_by_the_tables(history: Path) -> None:
    row: Any = DossierFact._default_manager.first()
    DossierFact._default_manager.filter(pk=row.pk).update(channel="post")
    count_everything()  # the states follow the wrong fact
    proof = prove()
    assert [f"dossier {row.record}" in said for said in proof.differences] == [True]


def test_a_record_with_an_unread_event_is_no_difference(history: Path) -> None:
    received(TUESDAY)
    assert prove().holds


def test_the_command_says_no_by_its_exit_status(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("recompute", "--check", "--json")
    assert json.loads(capsys.readouterr().out)["differences"] == []
    State.objects.all().delete()
    with pytest.raises(CommandError) as refused:
        call_command("recompute", "--check")
    assert refused.value.returncode == 1
    call_command("recompute")
    call_command("recompute", "--check")


def test_parquet_has_a_file_a_month_dates_beside_days_and_meanings(
    history: Path,
) -> None:
    rows = export(history)
    assert rows["dossier"] == 5
    assert sorted(file.name for file in (history / "dossier").iterdir()) == [
        "2025-03.parquet",
        "2025-04.parquet",
        "2025-06.parquet",
    ]
    table = pq.read_table(history / "dossier" / "2025-04.parquet").to_pylist()
    assert table[0]["ended_on"].isoformat() == "2025-04-29"
    schema = pq.read_schema(history / "dossier" / "2025-04.parquet")
    field = schema.field("due_day")
    assert field.metadata[b"meaning"].decode() == DOSSIER["due_day"].meaning


def test_only_months_that_changed_are_written_again(history: Path) -> None:
    export(history)
    before = {f.name: f.stat().st_mtime_ns for f in (history / "dossier").iterdir()}
    received(TUESDAY)
    catch_up()
    export(history)
    after = {f.name: f.stat().st_mtime_ns for f in (history / "dossier").iterdir()}
    assert [name for name in before if before[name] != after[name]] == [
        "2025-06.parquet"
    ]


def test_a_public_file_names_no_record() -> None:
    names = schema_of(DOSSIER, public=True).names
    assert "record" not in names
    assert "rating" not in names
    assert "received_on" in names


def test_the_night_counts_a_second_time_and_fails_on_a_difference(
    history: Path, caplog: pytest.LogCaptureFixture
) -> None:
    prove_states(timestamp=0)
    State.objects.filter(measure__code="received").delete()
    with pytest.raises(DifferenceFound):
        prove_states(timestamp=0)
    assert "received of" in caplog.text
