"""Databases for tests: a cluster without fsync, and copies of one prepared template.

The template is migrated and seeded once and named by a hash of what it was made from;
a test session, and each test that commits, works on a copy. GANDAN_TEST_HOME (default
`var/test`) keeps the cluster; DATABASE_URL names another server to test on, whose
login may create databases.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg.sql import SQL, Identifier

from config.launch import homes, postgres, prepare, sharing

TEMPLATES = "gandan_template_"
COPIES = "gandan_test_"
_ADVISORY_LOCK = 7_205_759_403_792_794


@dataclass(frozen=True, slots=True)
class Place:
    """A server for tests, and the template on it."""

    conninfo: str
    environment: dict[str, str]
    log: Path

    @property
    def template(self) -> str:
        return TEMPLATES + prepare.key()

    def copy(self, name: str) -> None:
        """A fresh copy of the template under this name, whoever still uses the old."""
        with self._connect() as connection:
            connection.execute(_drop(name))
            connection.execute(
                SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    Identifier(name), Identifier(self.template)
                )
            )

    def drop(self, name: str) -> None:
        with self._connect() as connection:
            connection.execute(_drop(name))

    def environment_for(self, name: str) -> dict[str, str]:
        """What a child process needs to log in to this database as the owner."""
        return self.environment | _pointing_at(name, self.environment)

    def make_template(self) -> None:
        """Once per key; a second session waits for the first. Old ones are dropped."""
        with self._connect() as connection:
            connection.execute("SELECT pg_advisory_lock(%s)", [_ADVISORY_LOCK])
            names = [
                name
                for (name,) in connection.execute(
                    "SELECT datname FROM pg_database WHERE datname LIKE %s",
                    [TEMPLATES.replace("_", r"\_") + "%"],
                )
            ]
            if self.template in names:
                return
            for name in names:
                connection.execute(_drop(name))
            unfinished = self.template + "_new"
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(unfinished)))
            prepare.prepare(self.environment_for(unfinished), self.log)
            connection.execute(
                SQL("ALTER DATABASE {} RENAME TO {}").format(
                    Identifier(unfinished), Identifier(self.template)
                )
            )

    def drop_copies(self) -> None:
        """What killed sessions left behind."""
        with self._connect() as connection:
            for (name,) in connection.execute(
                "SELECT datname FROM pg_database WHERE datname LIKE %s",
                [COPIES.replace("_", r"\_") + "%"],
            ).fetchall():
                connection.execute(_drop(name))

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.conninfo, autocommit=True)


@contextmanager
def place() -> Iterator[Place]:
    """The server for tests, with its template made."""
    home = Path(os.environ.get("GANDAN_TEST_HOME") or homes.CHECKOUT / "var" / "test")
    home = home.resolve()
    homes.make_folder(home / "log")
    log = home / "log" / "prepare.log"
    if url := os.environ.get("DATABASE_URL"):
        elsewhere = Place(url, dict(os.environ), log)
        elsewhere.make_template()
        yield elsewhere
        return
    with sharing.cluster(
        home, settings=postgres.UNSAFE_AND_FAST, title="a test session"
    ) as lease:
        here = Place(
            postgres.conninfo(lease.socket, role=postgres.OWNER),
            dict(os.environ)
            | {"GANDAN_SOCKET": str(lease.socket), "GANDAN_DB_ROLE": postgres.OWNER},
            log,
        )
        if lease.server is not None:  # just started: nobody can be using a copy
            here.drop_copies()
        here.make_template()
        yield here


def _pointing_at(name: str, environment: dict[str, str]) -> dict[str, str]:
    if url := environment.get("DATABASE_URL"):
        return {"DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    return {"GANDAN_DB_NAME": name}


def _drop(name: str) -> SQL | psycopg.sql.Composed:
    return SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))


def main() -> None:
    """`python -m config.launch.testing`: make the template and say where it is."""
    with place() as here:
        print(here.template, here.conninfo, file=sys.stderr)


if __name__ == "__main__":
    main()
