"""The same act on several dossiers: each through its action, each refusal named."""

from datetime import date
from typing import Any

import pytest

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier, Extension
from gandan.kernel.actors import Role
from gandan.ledger.models import Event
from gandan.notices.models import Message
from tests.dossiers.conftest import NOW, TODAY, holder_of, signed_in
from tests.dossiers.desk_pages import LAND, text_of
from tests.factories import (
    at,
    counter,
    opening,
    received,
    signatory,
    specialist,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("standing_clock")]

TAKE_UP, SORRY = "/ho-so/nhan-xu-ly", "/ho-so/xin-loi-hang-loat"


def due_friday(**changes: Any) -> Dossier:
    """A first land certificate due on Friday 3 April 2026."""
    dossier = received(at("2026-03-06"), procedure=LAND, case="certificate", **changes)
    assert dossier.due_on == date(2026, 4, 3)
    return dossier


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("path", "method", "own"),
    [(TAKE_UP, "post", Role.SPECIALIST), (SORRY, "get", Role.SIGNATORY)],
)
def test_a_batch_is_missing_for_other_roles(
    path: str, method: str, own: Role, role: Role
) -> None:
    client = signed_in(holder_of(role))
    response = getattr(client, method)(path)
    assert response.status_code == (200 if role is own else 404)


def test_several_are_taken_up_and_those_that_were_are_named() -> None:
    rows = [received(NOW) for _n in range(3)]
    actions.take_up(dossier_id=rows[2].pk, by=specialist(TODAY), at=NOW)
    client = signed_in(specialist(TODAY))
    ids = [str(d.public_id) for d in rows]
    page = text_of(client.post(TAKE_UP, {"row": ids}))
    assert [Dossier.objects.get(pk=d.pk).state for d in rows] == ["processing"] * 3
    for dossier in rows:
        assert str(dossier.code) in page
    taken = Event.objects.filter(kind="dossiers.taken_up.v1")
    assert taken.count() == 3  # two here, one before
    again = text_of(client.post(TAKE_UP, {"row": ids}))
    assert taken.count() == 3
    assert str(rows[0].code) in again


def test_rows_of_another_office_are_not_touched_whatever_is_sent() -> None:
    mine = received(NOW)
    theirs = actions.open_and_receive(
        opening(TODAY, code="01279"), by=counter(TODAY, "01279"), at=NOW
    ).dossier
    client = signed_in(specialist(TODAY))
    ids = [str(mine.public_id), str(theirs.public_id)]
    page = text_of(client.post(TAKE_UP, {"row": ids}))
    theirs.refresh_from_db()
    assert theirs.state == "received"
    assert str(theirs.code) not in page


@pytest.mark.parametrize(
    "rows", [[], ["không"], ["00000000-0000-4000-8000-000000000000"]]
)
def test_nothing_ticked_is_nothing_done(rows: list[str]) -> None:
    received(NOW)
    client = signed_in(specialist(TODAY))
    assert client.post(TAKE_UP, {"row": rows}).status_code == 200
    assert Dossier.objects.get().state == "received"


def test_the_preview_shows_old_and_new_dates_and_changes_nothing() -> None:
    friday = due_friday()
    today = received(at("2026-03-30"))  # due today: an apology would come too late
    later = received(NOW, procedure=LAND, case="certificate")
    client = signed_in(signatory(TODAY))
    page = text_of(client.get(SORRY))
    assert "03/04/2026" in page
    assert "10/04/2026" in page  # five working days more
    assert f'value="{friday.public_id}" checked' in page
    assert f'value="{today.public_id}"' not in page
    assert str(today.code) in page
    assert str(later.code) not in page
    looked = text_of(
        client.post(SORRY, {"act": "look", "days": "2", "row": [str(friday.public_id)]})
    )
    assert "07/04/2026" in looked
    assert Extension.objects.count() == 0


def test_each_letter_goes_through_its_action_and_a_second_press_sends_none() -> None:
    rows = [due_friday(), due_friday()]
    data = {
        "act": "send",
        "reason": "Đơn vị đo đạc chưa trả kết quả.",
        "days": "5",
        "row": [str(d.public_id) for d in rows],
    }
    data |= {f"version-{d.public_id}": str(d.version) for d in rows}
    client = signed_in(signatory(TODAY))
    page = text_of(client.post(SORRY, data))
    for dossier in rows:
        dossier.refresh_from_db()
        assert (dossier.due_on, dossier.extensions) == (date(2026, 4, 10), 1)
        assert f"/ho-so/{dossier.public_id}/in/apology" in page
    sent = Message.objects.filter(template="extended").count()
    again = text_of(client.post(SORRY, data))
    assert Extension.objects.count() == 2
    assert Message.objects.filter(template="extended").count() == sent
    assert str(rows[0].code) in again


def test_one_refusal_does_not_hold_the_others_back() -> None:
    good, moved = due_friday(), due_friday()
    seen = moved.version
    actions.take_up(dossier_id=moved.pk, by=specialist(TODAY), at=NOW)
    data = {
        "act": "send",
        "reason": "Chờ đo đạc.",
        "days": "5",
        "row": [str(good.public_id), str(moved.public_id)],
        f"version-{good.public_id}": str(good.version),
        f"version-{moved.public_id}": str(seen),
    }
    signed_in(signatory(TODAY)).post(SORRY, data)
    good.refresh_from_db()
    moved.refresh_from_db()
    assert good.extensions == 1
    assert moved.extensions == 0


@pytest.mark.parametrize(
    ("changes", "box"),
    [({"reason": ""}, "reason"), ({"days": "0"}, "days"), ({"days": "x"}, "days")],
)
def test_a_letter_without_reason_or_days_is_not_sent(
    changes: dict[str, str], box: str
) -> None:
    dossier = due_friday()
    data = {
        "act": "send",
        "reason": "Chờ đo đạc.",
        "days": "5",
        "row": str(dossier.public_id),
    }
    response = signed_in(signatory(TODAY)).post(SORRY, data | changes)
    assert response.status_code == 422
    assert f"#id_{box}" in text_of(response)
    assert Extension.objects.count() == 0


def test_sending_without_a_tick_says_so() -> None:
    due_friday()
    data = {"act": "send", "reason": "Chờ đo đạc.", "days": "5"}
    assert signed_in(signatory(TODAY)).post(SORRY, data).status_code == 422
