"""The database of the landing before, brought up to this one: the same records.

`scripts/landing-dump` writes the dump; the next landing replaces it.
"""

import gzip
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg.sql import SQL, Identifier

from config.launch import homes, prepare, testing

DUMP = Path(__file__).parent / "landing.sql.gz"
_KEPT = {
    "dossiers": "SELECT public_id::text, code, state, due_on, promised_on, ended_on, "
    "version FROM dossiers_dossier ORDER BY public_id",
    "clock": "SELECT dossier_id, kind, starts_on, ends_on, stops FROM dossiers_pause "
    "ORDER BY id",
    "journal": "SELECT id, kind, subject, payload FROM ledger_event ORDER BY id",
    "leaves": "SELECT id, encode(leaf, 'hex') FROM ledger_entry ORDER BY id",
    "people": "SELECT username, full_name FROM people_user ORDER BY id",
    "duties": "SELECT kind, subject FROM duties_duty ORDER BY id",
    "messages": "SELECT count(*) FROM notices_message",
}
_LOOK = """
import json
from django.conf import settings
plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
settings.STORAGES["staticfiles"]["BACKEND"] = plain  # no files are collected here
from django.test import Client
from gandan.dossiers.models import Dossier
from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import catch_up
from gandan.indicators.states.proving import prove
from gandan.people.models import User

known = know_measures()
changed = catch_up()
proof = prove()
answers = {}
for path in ("/", "/thu-tuc?q=so+do", "/theo-doi", "/so-lieu", "/so-lieu/an-ban"):
    answers[path] = Client(HTTP_HOST='localhost').get(path).status_code
officer = Client(HTTP_HOST='localhost')
user = User.objects.filter(official=True, mandates__role="counter").first()
officer.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
for path in ("/viec-cua-toi", "/quay", "/ho-so/dang-giai-quyet"):
    answers[path] = officer.get(path).status_code
print(json.dumps({
    "measures": len(known), "changed": changed, "differences": proof.differences,
    "records": proof.records, "answers": answers,
    "received": Dossier.objects.filter(code__isnull=False).count(),
}))
"""


def _read(url: str) -> dict[str, list[tuple[Any, ...]]]:
    with psycopg.connect(url) as connection:
        return {
            name: connection.execute(text).fetchall() for name, text in _KEPT.items()
        }


@pytest.fixture(scope="module")
def upgraded() -> Iterator[tuple[dict[str, Any], dict[str, Any], dict[str, str]]]:
    """What was kept before, what is there after, and the way to the database."""
    name = f"gandan_test_landing_{os.getpid()}"
    with testing.place() as place:
        server = place.conninfo
        with psycopg.connect(server, autocommit=True) as connection:
            drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(drop.format(Identifier(name)))
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        here = psycopg.conninfo.make_conninfo(server, dbname=name)
        with psycopg.connect(here, autocommit=True) as connection:
            connection.execute(gzip.decompress(DUMP.read_bytes()))
        before = _read(here)
        environment = place.environment_for(name)
        prepare.prepare(environment, place.log)
        yield before, _read(here), environment
        place.drop(name)


def test_the_dump_has_dossiers_in_every_state(upgraded: Any) -> None:
    before, _after, _environment = upgraded
    states = {row[2] for row in before["dossiers"]}
    assert len(before["dossiers"]) > 100
    assert len(states) >= 10


@pytest.mark.parametrize("what", _KEPT)
def test_an_upgrade_keeps_every_record_as_it_was(upgraded: Any, what: str) -> None:
    before, after, _environment = upgraded
    # Seeds may add events of their own; those of the landing stay in front.
    assert after[what][: len(before[what])] == before[what]


def test_after_an_upgrade_the_house_works_and_its_figures_are_counted(
    upgraded: Any, tmp_path: Path
) -> None:
    _before, _after, environment = upgraded
    done = subprocess.run(
        [sys.executable, "-m", "django", "shell", "--no-imports", "-c", _LOOK],
        cwd=homes.CHECKOUT,
        env=environment
        | {
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "GANDAN_DEMO": "1",
            "GANDAN_HOME": str(tmp_path),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["differences"] == []
    assert said["measures"] > 30
    assert said["changed"] >= said["received"] > 100
    assert set(said["answers"].values()) == {200}, said["answers"]
