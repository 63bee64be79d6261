"""Bring a database up to this version of the house: tables, rights, base data.

Runs as a child (`python -m config.launch.prepare`) logged in as the owner, so that the
commands and the web server never hold the owner's rights. What it has done it writes
into one row, keyed by the files it depends on; while the key stands, nothing runs.
"""

import hashlib
import importlib.metadata
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

from config.launch import children, postgres
from config.launch.homes import CHECKOUT
from config.launch.refusals import LaunchRefused

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.backends.utils import CursorWrapper

_LIBRARIES_WITH_TABLES = ("Django", "django-allauth", "procrastinate")
_DEPENDS_ON = (
    "gandan/*/migrations/*.py",
    "gandan/**/seed/**/*",
    "gandan/**/seed*.py",
    "gandan/kernel/*.csv",
)
# The journal and the ledger are written once: not even our own pages change a row.
_APPEND_ONLY = ("ledger_event", "ledger_entry")
_OWNERS_ALONE = ("django_migrations", "launch_prepared")
_OLDEST_SERVER = 15
# Two first commands at once: the second waits here, then finds the work done.
_ADVISORY_LOCK = 7_205_759_403_792_793


@cache
def key() -> str:
    """Changes when a migration, a seed file or a library with tables changes."""
    digest = hashlib.sha256()
    for name in _LIBRARIES_WITH_TABLES:
        digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    files = {path for pattern in _DEPENDS_ON for path in CHECKOUT.glob(pattern)}
    for path in sorted(files | {Path(__file__)}):
        if path.is_file() and "__pycache__" not in path.parts:
            digest.update(f"{path.relative_to(CHECKOUT)}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def is_due(conninfo: str) -> bool:
    """Has the database not yet been brought to this version?"""
    with psycopg.connect(conninfo) as connection:
        if connection.info.server_version < _OLDEST_SERVER * 10_000:
            raise LaunchRefused(
                f"PostgreSQL {_OLDEST_SERVER} or newer is needed; this server is "
                f"PostgreSQL {connection.info.server_version // 10_000}"
            )
        found = connection.execute("SELECT to_regclass('launch_prepared')").fetchone()
        if found is None or found[0] is None:
            return True
        row = connection.execute("SELECT key FROM launch_prepared").fetchone()
        return row is None or row[0] != key()


def prepare(environment: dict[str, str], log: Path) -> None:
    """Run the child. What it said is kept; the refusal ends with its last line."""
    status, said = children.run(
        [sys.executable, "-m", "config.launch.prepare"],
        env=environment | {"GANDAN_DB_ROLE": postgres.OWNER},
        cwd=CHECKOUT,
    )
    if status != 0:
        log.write_text(said + "\n")
        last = said.splitlines()[-1] if said else f"exit status {status}"
        raise LaunchRefused(f"the database could not be prepared: {last} (see {log})")


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()

    from django.core.management import CommandError
    from django.db import connection

    try:
        _bring_up_to_date(connection)
    except CommandError as error:
        sys.exit(str(error))


def _bring_up_to_date(connection: "BaseDatabaseWrapper") -> None:
    from django.core.management import call_command

    with connection.cursor() as cursor:
        # The pages' patience is too short for building indexes and loading seeds.
        cursor.execute("SET statement_timeout = 0; SET lock_timeout = 0")
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
        cursor.execute("CREATE TABLE IF NOT EXISTS launch_prepared (key text NOT NULL)")
        cursor.execute("SELECT key FROM launch_prepared")
        if cursor.fetchone() == (key(),):
            return
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        _grant(cursor)
        call_command("seed_base", verbosity=0)
        cursor.execute("DELETE FROM launch_prepared")
        cursor.execute("INSERT INTO launch_prepared (key) VALUES (%s)", [key()])


def _grant(cursor: "CursorWrapper") -> None:
    """The web role reads and writes rows; of what is append-only it changes none.

    A server of one's own may have been set up without these roles: then its
    administrator has decided, and there is nobody to grant to.
    """
    cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = %s", [postgres.WEB])
    if cursor.fetchone() is None:
        return
    web = postgres.WEB
    rows = "SELECT, INSERT, UPDATE, DELETE"
    numbers = "USAGE, SELECT, UPDATE"
    later = "ALTER DEFAULT PRIVILEGES IN SCHEMA public"
    for what in (
        f"GRANT USAGE ON SCHEMA public TO {web}",
        f"GRANT {rows} ON ALL TABLES IN SCHEMA public TO {web}",
        f"GRANT {numbers} ON ALL SEQUENCES IN SCHEMA public TO {web}",
        f"{later} GRANT {rows} ON TABLES TO {web}",
        f"{later} GRANT {numbers} ON SEQUENCES TO {web}",
    ):
        cursor.execute(what)
    for table, rights in (
        *((table, "UPDATE, DELETE, TRUNCATE") for table in _APPEND_ONLY),
        *((table, "INSERT, UPDATE, DELETE, TRUNCATE") for table in _OWNERS_ALONE),
    ):
        cursor.execute("SELECT to_regclass(%s)", [table])
        if cursor.fetchone() != (None,):
            cursor.execute(f"REVOKE {rights} ON {table} FROM {web}")


if __name__ == "__main__":
    main()
