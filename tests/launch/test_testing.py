"""Tests on tests: what one leaves behind, the next does not find."""

import subprocess
import sys
import threading

import pytest
from django.db import connection, connections

from config.launch import homes

_WHO = """
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_database(), current_user")
    print(*cursor.fetchone())
"""


def _sessions() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_session")
        return int(cursor.fetchone()[0])


def _write_session() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_session VALUES (gen_random_uuid(), '', now())"
        )


@pytest.mark.django_db
@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_writes_is_rolled_back(time: str) -> None:
    assert _sessions() == 0
    _write_session()
    assert _sessions() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("time", ["first", "second"])
def test_a_committing_test_starts_from_a_fresh_copy(time: str) -> None:
    def write() -> None:
        _write_session()
        connections.close_all()

    assert _sessions() == 0
    other = threading.Thread(target=write)
    other.start()
    other.join()
    assert _sessions() == 1, "another connection's row is seen: it is committed"


@pytest.mark.django_db
def test_the_settings_of_a_child_process_point_to_the_copy() -> None:
    """So that a test may start `python -m django …` against its own database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (ours,) = cursor.fetchone()
    said = subprocess.run(
        [sys.executable, "-m", "django", "shell", "--no-imports", "-v0", "-c", _WHO],
        cwd=homes.CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.split() == [ours, "gandan_owner"]
