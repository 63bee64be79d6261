"""Two administrators press the same button: one wins, the other reads why not."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from gandan.kernel.actors import SYSTEM, Role
from gandan.people import actions
from gandan.people.models import Mandate, User
from gandan.people.rules import MandateRefused, Why
from tests.factories import committee, desk
from tests.people.conftest import NOW, TODAY

pytestmark = pytest.mark.django_db(transaction=True)


def together(act: Callable[[], object]) -> list[Why | None]:
    """Both press at once; why each was refused, None for done."""
    start = Barrier(2)

    def press() -> Why | None:
        start.wait()
        try:
            act()
        except MandateRefused as refusal:
            return refusal.why
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(2) as both:
        return sorted(
            (done.result() for done in [both.submit(press) for _ in range(2)]),
            key=lambda why: why or "",
        )


def open_account() -> User:
    user, _password = actions.open_account(
        username="lan.hoang",
        full_name="Hoàng Thị Lan",
        role=Role.COUNTER,
        organisation_id=desk(TODAY).pk,
        starts=TODAY,
        decision="12/QĐ-UBND",
        by=SYSTEM,
        at=NOW,
    )
    return user


def test_one_username_becomes_one_account() -> None:
    desk(TODAY)
    assert together(open_account) == [None, Why.USERNAME_TAKEN]
    assert User.objects.filter(username="lan.hoang").count() == 1


def test_one_mandate_is_given_once() -> None:
    user = open_account()
    office = committee(TODAY)

    def give() -> Mandate:
        return actions.give_mandate(
            user_id=user.pk,
            role=Role.SPECIALIST,
            organisation_id=office.pk,
            starts=TODAY,
            ends=None,
            decision="12/QĐ-UBND",
            by=SYSTEM,
            at=NOW,
        )

    assert together(give) == [None, Why.HELD_ALREADY]
    assert user.mandates.filter(role="specialist").count() == 1
