"""An administrator of the province, one of a ward, and a page clock that stands."""

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from gandan.kernel.actors import Actor, Role
from gandan.people.models import User
from gandan.places import queries as places
from gandan.places.models import Organisation
from tests.factories import at, committee, official

NOW = at("2026-03-31")
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _the_clock_stands() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _passwords_are_hashed_quickly(settings: Any) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def province(db: None) -> Organisation:
    found = places.agency_by("04", TODAY)
    assert found is not None
    return found


@pytest.fixture
def admin(province: Organisation) -> Actor:
    return official("admin-04", (Role.ADMINISTRATOR, province), on=TODAY)


@pytest.fixture
def ward_admin(db: None) -> Actor:
    body = committee(TODAY)
    return official("admin-01273", (Role.ADMINISTRATOR, body), on=TODAY)


def signed_in(client: Client, actor: Actor) -> Client:
    user = User.objects.get(pk=actor.user_id or 0)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client
