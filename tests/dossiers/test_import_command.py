"""`gandan import dossiers`: exit status, one clear sentence, one JSON object, and what
a kill −9 leaves. Each run is the real command, on a copy of the test database."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection

from config.launch import homes, postgres
from gandan.dossiers.models import Dossier
from gandan.ledger.models import Entry, Event
from tests.dossiers.book import book, line, text_of

pytestmark = pytest.mark.django_db(transaction=True)

KEYS = {"accepted", "rejected", "unchanged", "mismatched", "rejects_file", "errors"}


def environment(home: Path) -> dict[str, str]:
    """A house whose server is the one of the tests, with the rights of the pages."""
    database = connection.settings_dict
    login = f"{postgres.WEB}@/{quote(str(database['NAME']))}"
    if database["PASSWORD"]:
        pytest.skip("needs the cluster of the launcher")
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GANDAN_DB")}
    return kept | {
        "GANDAN_HOME": str(home),
        "DATABASE_URL": f"postgresql://{login}?host={quote(str(database['HOST']))}",
    }


def start(home: Path, *words: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "config.launch.cli", "import", "dossiers", *words],
        cwd=homes.CHECKOUT,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def run(home: Path, *words: str) -> tuple[int, str, str]:
    with start(home, *words) as process:
        out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def object_of(out: str) -> dict[str, Any]:
    """The one object that ends the output, with exactly its six members."""
    said: dict[str, Any] = json.loads(out.rstrip("\n").splitlines()[-1])
    assert set(said) == KEYS
    for error in said["errors"]:
        assert set(error) == {"line", "field", "value", "reason"}
    return said


def test_a_good_file_is_taken_with_status_0(tmp_path: Path) -> None:
    path = book(tmp_path, line(1), line(2, due_on="2025-03-12"))
    status, out, err = run(tmp_path, str(path))
    assert (status, err) == (0, "")
    assert out == "2 accepted, 0 unchanged, 0 rejected, 1 with another due date\n"
    status, out, err = run(tmp_path, str(path), "--json")
    assert (status, err) == (0, "")
    assert object_of(out) == {
        "accepted": 0,
        "rejected": 0,
        "unchanged": 2,
        "mismatched": 0,
        "rejects_file": None,
        "errors": [],
    }
    assert Dossier.objects.count() == 2
    assert not Entry.objects.exists()


def test_a_bad_line_is_status_1_one_sentence_and_nothing_written(
    tmp_path: Path,
) -> None:
    path = book(tmp_path, line(1), line(2, competent="99999"), line(3, rating="9"))
    status, out, err = run(tmp_path, str(path))
    assert (status, out[:10]) == (1, "0 accepted")
    assert err == (
        "gandan: book.csv, line 3, competent '99999': no agency of 10/03/2025;"
        " 2 bad lines, nothing was imported\n"
    )
    status, out, err = run(tmp_path, str(path), "--json")
    assert (status, err.count("\n")) == (1, 1)
    said = object_of(out)
    assert (said["accepted"], said["rejected"], said["rejects_file"]) == (0, 2, None)
    assert said["errors"][0] == {
        "line": 3,
        "field": "competent",
        "value": "99999",
        "reason": "no agency of 10/03/2025",
    }
    assert not Dossier.objects.exists()


def test_partial_takes_the_rest_and_names_the_file_of_rejects(tmp_path: Path) -> None:
    path = book(tmp_path, line(1), line(2, competent="99999"))
    status, out, err = run(tmp_path, str(path), "--partial", "--json")
    assert (status, err) == (0, "")
    said = object_of(out)
    assert (said["accepted"], said["rejected"]) == (1, 1)
    assert said["rejects_file"] == str(tmp_path / "book.rejects.csv")
    assert (tmp_path / "book.rejects.csv").is_file()
    assert Dossier.objects.count() == 1


def test_an_unreadable_file_is_status_1_and_still_one_object(tmp_path: Path) -> None:
    path = tmp_path / "book.csv"
    path.write_bytes(text_of([line(1)]).encode("utf-16"))
    status, out, err = run(tmp_path, str(path), "--json")
    assert (status, err) == (1, "gandan: book.csv, line 1: not UTF-8\n")
    assert object_of(out)["errors"] == [
        {"line": 1, "field": "file", "value": "", "reason": "not UTF-8"}
    ]
    status, out, err = run(tmp_path, str(tmp_path / "none.csv"))
    assert (status, out) == (1, "")
    assert err == "gandan: none.csv: No such file or directory\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], "gandan: import dossiers: the following arguments are required: FILE.csv"),
        (["a.csv", "--all"], "gandan: import dossiers: unrecognized arguments: --all"),
        (["a.csv", "b.csv"], "gandan: import dossiers: unrecognized arguments: b.csv"),
    ],
)
def test_wrong_use_is_status_2_and_one_sentence(
    tmp_path: Path, words: list[str], sentence: str
) -> None:
    status, out, err = run(tmp_path, *words)
    assert (status, out, err) == (2, "", f"{sentence}\n")


# --- kill −9 -------------------------------------------------------------------------

MANY = 40_000


def _written_so_far() -> int:
    """Blocks of the table: they grow while nothing is committed yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('dossiers_dossier')")
        return int(cursor.fetchone()[0])


@pytest.mark.full
@pytest.mark.parametrize("blocks", [1, 200, 600])
def test_an_import_killed_midway_leaves_nothing_and_the_next_one_takes_all(
    tmp_path: Path, blocks: int
) -> None:
    path = book(
        tmp_path,
        *[
            line(1, code=f"H14.X01273-25{1 + n // 9000:02}10-{n % 9000:05}")
            for n in range(MANY)
        ],
    )
    with start(tmp_path, str(path)) as process:
        patience = time.monotonic() + 60
        while _written_so_far() < blocks * 8192:
            assert process.poll() is None, "it ended before it could be killed"
            assert time.monotonic() < patience
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert Dossier.objects.count() == 0
    assert not Event.objects.filter(kind__startswith="dossiers.").exists()

    status, out, err = run(tmp_path, str(path), "--json")
    assert (status, err) == (0, "")
    assert object_of(out)["accepted"] == MANY
    assert Dossier.objects.count() == MANY
    assert not Entry.objects.exists()
