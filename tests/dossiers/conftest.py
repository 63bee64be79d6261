"""A page clock that stands, and officials of one ward who are signed in."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from gandan.kernel.actors import Actor, Role
from gandan.people.models import User
from tests.factories import at, committee, counter, desk, official

# Tuesday 31 March 2026: the 56 communes, an ordinary week.
NOW = at("2026-03-31")
TODAY = NOW.date()


@pytest.fixture
def standing_clock() -> Iterator[time_machine.Traveller]:
    """Pages read the system clock: it stands at nine until a test moves it."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


def signed_in(actor: Actor) -> Client:
    client = Client()
    user = User.objects.get(public_id=actor.id)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def holder_of(role: Role) -> Actor:
    """Somebody with this one role at the ward: at its desk, or at its committee."""
    desks = {Role.COUNTER, Role.HEAD_ONE_STOP}
    home = desk(TODAY) if role in desks else committee(TODAY)
    return official(f"a-{role}", (role, home), on=TODAY)


@pytest.fixture
def at_desk(db: None) -> Client:
    """A counter officer of the ward, signed in."""
    return signed_in(counter(TODAY))
