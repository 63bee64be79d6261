"""Two presses at the same moment: one dossier, one slip, no server error."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from tests.dossiers.conftest import NOW, TODAY, signed_in
from tests.dossiers.desk_pages import birth
from tests.factories import counter, head, opening

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("standing_clock"),
]


def together(*presses: Callable[[], Any]) -> list[Any]:
    """Each press in a thread of its own, all past the barrier at once."""
    barrier = Barrier(len(presses))

    def press(one: Callable[[], Any]) -> Any:
        try:
            barrier.wait(timeout=10)
            return one()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(presses)) as pool:
        return list(pool.map(press, presses))


def post(client: Client, path: str, data: dict[str, Any]) -> Callable[[], Any]:
    return lambda: client.post(path, data)


def test_one_page_pressed_twice_at_once_gives_one_slip() -> None:
    data = birth()
    browsers = [signed_in(counter(TODAY)) for _n in range(2)]
    answers = together(*(post(b, "/quay/moi", data) for b in browsers))
    assert [a.status_code for a in answers] == [302, 302]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert Dossier.objects.count() == 1


def test_two_officers_receive_one_parked_intake_once() -> None:
    draft = actions.draft(opening(TODAY), by=counter(TODAY), at=NOW, parked=True)
    path = f"/quay/tam/{draft.public_id}"
    data = birth(version=str(draft.version))
    browsers = [signed_in(counter(TODAY)), signed_in(head(TODAY))]
    answers = together(*(post(b, path, data) for b in browsers))
    # The slower one is told, or sees the slip the quicker one made.
    assert {a.status_code for a in answers} <= {302, 422}
    assert 302 in {a.status_code for a in answers}
    draft.refresh_from_db()
    assert (draft.state, Dossier.objects.count()) == ("received", 1)


def test_two_desks_pressing_together_get_numbers_of_their_own() -> None:
    browsers = [signed_in(counter(TODAY)), signed_in(head(TODAY))]
    answers = together(*(post(b, "/quay/moi", birth()) for b in browsers))
    assert [a.status_code for a in answers] == [302, 302]
    tails = sorted(str(d.code)[-4:] for d in Dossier.objects.all())
    assert tails == ["0001", "0002"]
