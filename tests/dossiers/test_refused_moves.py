"""The dossier's page offers legal moves only; a refused one says why."""

from datetime import date

import pytest
import time_machine

from tests.dossiers.conftest import signed_in
from tests.dossiers.desk_pages import text_of
from tests.factories import TUESDAY, at, processing, signatory

pytestmark = pytest.mark.django_db
ON = date(2025, 6, 10)


@pytest.mark.parametrize(
    ("day", "offered"), [("2025-06-10", True), ("2025-06-11", False)]
)
def test_an_apology_is_offered_until_the_day_before_expiry_and_then_refused_with_why(
    day: str, offered: bool
) -> None:
    dossier = processing(TUESDAY)  # due on 11/06
    with time_machine.travel(at(day, "10:00"), tick=False):
        page = text_of(signed_in(signatory(ON)).get(f"/ho-so/{dossier.public_id}"))
    assert (f"/ho-so/{dossier.public_id}/apologise" in page) is offered
    assert ('<p class="gd-note"><b>' in page) is not offered
    assert f"/ho-so/{dossier.public_id}/decide" in page
