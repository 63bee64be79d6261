"""The morning of the cases, and a room above that takes whatever is sent."""

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tests.forms import journey_urls


@pytest.fixture
def the_morning(settings: Settings) -> Iterator[None]:
    settings.GANDAN_NOW = "tests.forms.journey_urls.now"
    yield
    journey_urls.sent.clear()
    journey_urls.closed.clear()
    journey_urls.shut.clear()
