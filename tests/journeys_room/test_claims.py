"""Claims of the source article beside our own counts."""

from datetime import date

import pytest

from gandan.journeys import claims
from gandan.programmes import recorded
from tests.factories import at, processing, received

pytestmark = pytest.mark.django_db

ON = date(2025, 6, 10)


def test_without_a_dossier_nothing_is_recorded() -> None:
    assert recorded.read("A21", ON) is None
    assert recorded.read("A20", ON) is None


def test_the_share_filed_online_keeps_both_counts() -> None:
    received(at("2025-06-10"), channel="online")
    received(at("2025-06-10"))
    found = claims.filed_online(ON)
    assert found is not None
    assert (found.numerator, found.denominator) == (1, 2)


def test_communes_do_not_count_among_district_and_provincial_agencies() -> None:
    processing(at("2025-06-10"))
    assert claims.handled(ON) is None
