"""Fixtures of every room. Tests log in as the owner of the schema and roll back; a
test that commits (`transaction=True`) gets a fresh copy of the template after it."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, connections
from django.test import TransactionTestCase, client, override_settings
from django.utils import translation
from pytest_django import DjangoDbBlocker

from config.launch import postgres, testing


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite-golden",
        action="store_true",
        help="write the snapshots of emitted SQL anew, to be read in the review",
    )


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[None]:
    """A migrated and seeded copy of the template, made once for this session."""
    worker = getattr(request.config, "workerinput", {}).get("workerid", "main")
    name = f"{testing.COPIES}{os.getpid()}_{worker}"
    database = connections.settings["default"]
    before = dict(database)
    patch = pytest.MonkeyPatch()
    with testing.place() as place:
        place.copy(name)
        database["NAME"] = name
        if "DATABASE_URL" not in place.environment:
            database["HOST"] = place.environment["GANDAN_SOCKET"]
            database["USER"] = postgres.OWNER
        for variable, value in place.environment_for(name).items():
            patch.setenv(variable, value)

        def copy_again(self: TransactionTestCase) -> None:
            """Django would empty the tables, and with them the seeds."""
            connections.close_all()
            place.copy(name)

        patch.setattr(TransactionTestCase, "_fixture_teardown", copy_again)
        yield
        with django_db_blocker.unblock():
            connections.close_all()
        patch.undo()
        place.drop(name)
    database.update(before)


@pytest.fixture
def as_web(db: None) -> Iterator[None]:
    """The rights of the pages: a test that proves what they may not do."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {postgres.WEB}")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


@pytest.fixture(scope="session", autouse=True)
def _files_apart(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Uploads go to a folder of the session; static files need no manifest."""
    folder = tmp_path_factory.mktemp("files")
    before: dict[str, Any] = settings.STORAGES
    static = "django.contrib.staticfiles.storage.StaticFilesStorage"
    storages = before | {
        "default": before["default"] | {"OPTIONS": {"location": str(folder)}},
        "staticfiles": {"BACKEND": static},
    }
    # An empty folder: a checkout in which nothing was collected yet also passes.
    root = str(tmp_path_factory.mktemp("static"))
    with override_settings(STORAGES=storages, STATIC_ROOT=root):
        yield folder


def _leave_open(**_signal: Any) -> None:
    """Stands where Django closes connections at the end of a request."""


@pytest.fixture(scope="session", autouse=True)
def _connections_outlive_responses() -> Iterator[None]:
    """A file response closed late, by a test or by the garbage collector, ends its
    request then: that must not close the connection some other test is using."""
    patch = pytest.MonkeyPatch()
    patch.setattr(client, "close_old_connections", _leave_open)
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
    patch.undo()


@pytest.fixture(autouse=True)
def _language_ends_with_the_test() -> Iterator[None]:
    """A page asked for in French leaves French behind in this thread."""
    yield
    translation.deactivate()
