"""A database that is up, prepared and can be logged in to: what every command needs."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from config.launch import homes, postgres, prepare, sharing
from config.launch.refusals import LaunchRefused
from config.launch.sharing import Lease


def environment(home: Path, *, role: str = postgres.WEB) -> dict[str, str]:
    """What a Django process of this home reads, whether or not the cluster runs yet.

    The shell's PG… variables are left out: they would speak for the embedded cluster.
    On a server of one's own the owner's login goes to the owner's commands alone.
    """
    kept = dict(os.environ)
    owner_url = kept.pop("DATABASE_OWNER_URL", "")
    kept["DJANGO_SETTINGS_MODULE"] = os.environ.get(
        "DJANGO_SETTINGS_MODULE", "config.settings"
    )
    kept["GANDAN_HOME"] = str(home)
    if not embedded():
        if role == postgres.OWNER and owner_url:
            kept["DATABASE_URL"] = owner_url
        return kept
    kept = {name: value for name, value in kept.items() if not name.startswith("PG")}
    socket = homes.lay_out(home).socket
    return kept | {
        "GANDAN_SOCKET": str(socket),
        "GANDAN_DB_ROLE": role,
        "GANDAN_DB_NAME": postgres.DATABASE,
    }


def embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def owner_login(home: Path) -> str:
    """For the launcher's own few questions, without Django."""
    child = environment(home, role=postgres.OWNER)
    if embedded():
        return postgres.conninfo(child["GANDAN_SOCKET"], role=postgres.OWNER)
    return child["DATABASE_URL"]


def bring_up_to_date(home: Path) -> None:
    """Tables, rights and base data, when this version of the house needs them."""
    homes.make_folder(home)
    homes.make_folder(home / "log")
    child = environment(home, role=postgres.OWNER)
    try:
        due = prepare.is_due(owner_login(home))
    except psycopg.OperationalError as error:
        last = str(error).strip().splitlines()[-1]
        raise LaunchRefused(f"the database does not answer: {last}") from None
    if due:
        print("gandan: preparing the database…", file=sys.stderr)
        prepare.prepare(child, home / "log" / "prepare.log")


@contextmanager
def ready(home: Path, *, title: str) -> Iterator[Lease | None]:
    """The database for the length of a command."""
    if not embedded():
        bring_up_to_date(home)
        yield None
        return
    with sharing.cluster(home, title=title) as lease:
        bring_up_to_date(home)
        yield lease
