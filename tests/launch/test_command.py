"""`gandan` at the terminal: right use, wrong use, nothing left behind."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from config.launch import homes
from tests.launch.watching import environment, free_port, gandan

_DUE = ["due", "--received", "2025-04-29T09:00", "--limit", "2 WORKING_DAY"]


def test_a_due_date_needs_no_framework_and_no_database(home: Path) -> None:
    script = (
        "import sys; from config.launch import cli; status = cli.answer(sys.argv[1:]);"
        "heavy = {'django', 'psycopg', 'ctypes'} & set(sys.modules);"
        "sys.exit(status or (3 if heavy else 0))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *_DUE],
        cwd=homes.CHECKOUT,
        env=environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "06/05/2025" in done.stdout
    assert list(home.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "settings", "sentence"),
    [
        (["walk"], {}, "there is no command 'walk'; `gandan --help` lists them"),
        (["import"], {}, "there is no command 'import'; `gandan --help` lists them"),
        (["run"], {"PORT": "http"}, "PORT must be a number from 1 to 65535"),
        (["run"], {"PORT": "70000"}, "PORT must be a number from 1 to 65535"),
        (["migrate", "--nonsense"], {}, "migrate: unrecognized arguments: --nonsense"),
    ],
)
def test_wrong_use_is_one_sentence_and_status_2(
    home: Path, words: list[str], settings: dict[str, str], sentence: str
) -> None:
    done = gandan(home, *words, **settings)
    assert done.returncode == 2
    assert done.stderr.startswith(f"gandan: {sentence}")
    assert done.stderr.count("\n") == 1
    assert done.stdout == ""
    assert not (home / "postgres").exists(), "no database starts for wrong use"


def test_without_words_the_list_goes_to_stderr(home: Path) -> None:
    asked, blank = gandan(home, "--help"), gandan(home)
    assert (asked.returncode, blank.returncode) == (0, 2)
    assert (asked.stderr, blank.stdout) == ("", "")
    assert asked.stdout == blank.stderr
    for command in ("run ", "due ", "seed base ", "import procedures "):
        lines = [x for x in asked.stdout.splitlines() if x.startswith(f"  {command}")]
        assert len(lines) == 1
        assert lines[0].removeprefix(f"  {command}").strip() != ""


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_port_in_use_is_refused_before_anything_starts(
    home: Path, address: str
) -> None:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as stranger:
        port = free_port()
        stranger.bind((address, port))
        stranger.listen()
        done = gandan(home, "run", PORT=str(port))
    assert done.returncode == 2
    assert done.stderr == (
        f"gandan: port {port} is in use; choose another: PORT={port + 1} gandan run\n"
    )
    assert done.stdout == ""
    assert not (home / "postgres").exists()


def test_a_server_of_ones_own_that_does_not_answer_is_named_in_a_sentence(
    home: Path,
) -> None:
    done = gandan(
        home, "migrate", DATABASE_URL=f"postgresql://nobody@127.0.0.1:{free_port()}/x"
    )
    assert done.returncode == 1
    assert done.stderr.startswith("gandan: the database does not answer: ")
    assert done.stderr.count("\n") == 1
