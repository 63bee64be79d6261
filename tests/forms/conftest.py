"""The morning of the cases, and a room above that takes whatever is sent."""

from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import Settings

from tests.forms import journey_urls
from tests.forms.answering import Citizen
from tests.forms.cases import LAND


@pytest.fixture
def the_morning(settings: Settings) -> Iterator[None]:
    settings.GANDAN_NOW = "tests.forms.journey_urls.now"
    yield
    journey_urls.sent.clear()
    journey_urls.closed.clear()
    journey_urls.shut.clear()


@pytest.fixture
def birth(the_morning: None, client: Client) -> Citizen:
    citizen = Citizen(client, "birth")
    citizen.start()
    return citizen


@pytest.fixture
def land(the_morning: None, client: Client) -> Citizen:
    citizen = Citizen(client, "land")
    citizen.start()
    citizen.have_filled(LAND["two owners, two parcels, many papers"])
    return citizen
