"""The house as its users meet it: granian on a port, on a copy of the demo province.

The province is built once, by the command that builds it for everybody, and kept while
the code stays the same; each story begins with a fresh copy, so that it may move the
date, and none depends on another. Nothing here imports Django's models: the stories see
what a person sees.
"""

import hashlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg.sql import SQL, Identifier

from config.launch import assets, children, homes, postgres, prepare
from config.launch.testing import COPIES, Place

PROVINCES = "gandan_province_"
_WHAT_IT_IS_MADE_OF = ("gandan/**/*.py", "gandan/**/*.json")


@dataclass(frozen=True, slots=True)
class House:
    """A running server; `begin_anew` gives it a province nobody has worked in."""

    place: Place
    province: str
    database: str
    port: int

    @property
    def address(self) -> str:
        # Not 127.0.0.1: the demo answers to this name, and passkeys will need it.
        return f"http://localhost:{self.port}"

    def begin_anew(self) -> None:
        _copy(self.place, self.province, self.database)


@contextmanager
def open_house(place: Place, home: Path) -> Iterator[House]:
    """Serve a copy of the province until the end of the block."""
    province = _province(place, home)
    database = f"{COPIES}{os.getpid()}_journeys"
    _copy(place, province, database)
    environment = _environment(place, home, database, role=postgres.WEB)
    assets.collect(home, environment)
    port = _free_port()
    log = home / "log" / "web-server.log"
    with log.open("wb") as said:
        server = children.spawn(
            [sys.executable, "-m", *_granian(port)],
            cwd=homes.CHECKOUT,
            env=environment,
            stdout=said,
            stderr=said,
        )
        try:
            _wait_for(port, server, log)
            yield House(place, province, database, port)
        finally:
            children.stop(server, (signal.SIGTERM, 10.0))
            place.drop(database)


def _granian(port: int) -> list[str]:
    """As `gandan run` serves, but quick to end."""
    web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    web += ["--port", str(port), "--no-ws", "--http", "1", "--workers", "2"]
    web += ["--blocking-threads", "2", "--workers-kill-timeout", "2"]
    return [*web, "config.launch.web:application"]


def _environment(
    place: Place, home: Path, database: str, *, role: str
) -> dict[str, str]:
    return place.environment_for(database) | {
        "GANDAN_HOME": str(home),
        "GANDAN_DB_ROLE": role,
        "GANDAN_DEMO": "1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }


def _province(place: Place, home: Path) -> str:
    """The name of a finished province of this code; built when it is not there."""
    name = PROVINCES + _key()
    with _connect(place) as connection:
        there = {
            row[0]
            for row in connection.execute(
                "SELECT datname FROM pg_database WHERE starts_with(datname, %s)",
                [PROVINCES],
            )
        }
    if name in there:
        return name
    for old in there:
        place.drop(old)
    unfinished = name + "_new"
    place.copy(unfinished)
    status, said = children.run(
        [sys.executable, "-m", "django", "demo", "--no-history"],
        env=_environment(place, home, unfinished, role=postgres.OWNER),
        cwd=homes.CHECKOUT,
    )
    if status != 0:
        raise RuntimeError(f"the demo province could not be built:\n{said}")
    with _connect(place) as connection:
        connection.execute(
            SQL("ALTER DATABASE {} RENAME TO {}").format(
                Identifier(unfinished), Identifier(name)
            )
        )
    return name


def _key() -> str:
    digest = hashlib.sha256(prepare.key().encode())
    for pattern in _WHAT_IT_IS_MADE_OF:
        for path in sorted(homes.CHECKOUT.glob(pattern)):
            if "web" not in path.parts:  # pages show a province, they do not make it
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _copy(place: Place, source: str, name: str) -> None:
    """Whoever is still connected to the old copy loses it; Django connects anew."""
    place.drop(name)
    with _connect(place) as connection:
        connection.execute(
            SQL("CREATE DATABASE {} TEMPLATE {}").format(
                Identifier(name), Identifier(source)
            )
        )


def _connect(place: Place) -> psycopg.Connection[tuple[str]]:
    return psycopg.connect(place.conninfo, autocommit=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait_for(port: int, server: "subprocess.Popen[bytes]", log: Path) -> None:
    patience = time.monotonic() + 60
    while time.monotonic() < patience and server.poll() is None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        try:
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            if connection.getresponse().status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)
        finally:
            connection.close()
    raise RuntimeError(f"the house does not answer:\n{log.read_text()}")
