"""Writing duties, and remembering a visit."""

from datetime import timedelta

import pytest

from gandan.duties import actions
from gandan.duties.actions import Owed
from gandan.duties.models import Duty
from gandan.kernel.actors import Role
from tests.factories import at, committee, official

pytestmark = pytest.mark.django_db

NOW = at("2026-03-31")


def owed(kind: str) -> Owed:
    body = committee(NOW.date())
    return Owed(kind=kind, organisation=body.pk, label="0007", link="/ho-so/7")


def set_to(*kinds: str, minutes: int = 0) -> None:
    actions.set_duties(
        room="dossiers",
        subject="7",
        owed=[owed(kind) for kind in kinds],
        at=NOW + timedelta(minutes=minutes),
    )


def test_a_duty_that_stays_keeps_its_since_and_one_that_goes_is_done() -> None:
    set_to("take_up", "sign")
    set_to("sign", "hand_over", minutes=5)
    rows = {row.kind: row for row in Duty.objects.all()}
    assert rows["sign"].since_at == NOW
    assert rows["sign"].done_at is None
    assert rows["take_up"].done_at == NOW + timedelta(minutes=5)
    assert rows["hand_over"].since_at == NOW + timedelta(minutes=5)


def test_setting_the_same_twice_changes_nothing() -> None:
    set_to("take_up")
    before = Duty.objects.values().get()
    set_to("take_up", minutes=9)
    assert Duty.objects.values().get() == before


def test_nothing_is_owed_any_more() -> None:
    set_to("take_up")
    actions.clear(room="dossiers", subject="7", at=NOW)
    assert Duty.objects.get().done_at == NOW


@pytest.mark.parametrize(
    ("looks", "new_since"),
    [
        ([0], None),  # the first time nothing is old and nothing new
        ([0, 10], 0),
        ([0, 31], 0),
        ([0, 31, 40], 0),  # a reload within a visit keeps the dots
        ([0, 31, 40, 100], 40),
        ([0, 20, 40, 60], 0),  # one long visit
    ],
)
def test_dots_mark_what_came_since_the_visit_before(
    looks: list[int], new_since: int | None
) -> None:
    body = committee(NOW.date())
    actor = official("lan", (Role.SPECIALIST, body), on=NOW.date())
    assert actor.user_id is not None
    seen = None
    for minutes in looks:
        seen = actions.look(user=actor.user_id, at=NOW + timedelta(minutes=minutes))
    expected = None if new_since is None else NOW + timedelta(minutes=new_since)
    assert seen == expected
