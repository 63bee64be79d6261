"""An official who looks at lists: a session to send along, and queries counted."""

from datetime import date
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.inside.history import LAST, focus_body
from gandan.kernel.actors import Role
from gandan.people.models import Mandate, User
from gandan.places import queries as places

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def account() -> User:
    """Specialist of the focus commune and officer of its desk, as small places have."""
    user, is_new = User.objects.get_or_create(
        username="bench", defaults={"full_name": "Bế Thị Đo", "official": True}
    )
    if is_new:
        body = focus_body()
        desk = places.desk_of(body, LAST)
        assert desk is not None
        for role, at in ((Role.SPECIALIST, body), (Role.COUNTER, desk)):
            Mandate.objects.create(
                user=user, role=role.value, organisation=at, starts=date(2020, 1, 1)
            )
    return user


def official(many: int) -> list[str]:
    """Session keys: a search is kept in its session, so each officer has an own one."""
    keys = []
    for _n in range(many):
        client = Client()
        client.force_login(account(), backend=_BACKEND)
        keys.append(client.cookies["sessionid"].value)
    return keys


def addresses() -> dict[str, str]:
    names = ("duties:mine", "dossiers:in_progress", "dossiers:search")
    return {name: reverse(name) for name in names}


def queries(common: str, rare: str) -> dict[str, int]:
    """Questions to the database per page, once its process is warm."""
    client = Client()
    client.force_login(account(), backend=_BACKEND)
    counted: dict[str, int] = {}
    for name in ("duties:mine", "dossiers:in_progress"):
        counted[name] = _count(client, name)
    for label, text in (("common", common), ("rare", rare)):
        client.post(reverse("dossiers:search"), {"q": text})
        counted[f"dossiers:search {label}"] = _count(client, "dossiers:search")
    return counted


def _count(client: Client, name: str) -> int:
    assert client.get(reverse(name)).status_code == 200
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse(name))
    return len(caught)


def statements(name: str, text: str = "") -> list[dict[str, Any]]:
    """The statements of a page, for finding out why it is slow."""
    client = Client()
    client.force_login(account(), backend=_BACKEND)
    if text:
        client.post(reverse("dossiers:search"), {"q": text})
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as caught:
        client.get(reverse(name))
    return [dict(query) for query in caught.captured_queries]
