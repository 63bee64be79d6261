"""Calling the API as an agency's system, and holding its answers to its document."""

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from functools import cache
from typing import Any

import jsonschema_rs
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.test import Client

from gandan.dossiers.agencies import FILE, ROLES, digest_of
from gandan.people.models import Agency
from tests.factories import BIRTH, at, committee

NOW = at("2025-06-10", "10:00")
ON = NOW.date()
TOKEN = secrets.token_urlsafe(24)
PREFIX = "/api/v1"


def make_caller() -> None:
    """A system of the ward that may do everything at its own offices."""
    Agency.objects.create(
        name="Cổng",
        organisation=committee(ON),
        digest=digest_of(TOKEN),
        scopes=[*ROLES, FILE],
        starts=date(2020, 1, 1),
    )


@contextmanager
def thrown_away() -> Iterator[None]:
    """What one example wrote is gone before the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@cache
def described() -> Any:
    """As an agency's developer gets it, over HTTP."""
    return schemathesis.openapi.from_wsgi(
        f"{PREFIX}/openapi.json", get_wsgi_application()
    )


def filing() -> dict[str, Any]:
    return {
        "procedure": BIRTH,
        "competent": "01273",
        "received_by": "01273",
        "helped_at": "01279",
        "channel": "online",
        "state": 2,
        "case": "",
        "place": "01273",
        "village": "Xóm Nà Lũng",
        "parties": [
            {
                "role": "owner",
                "full_name": "Nông Thị Mẩy",
                "sex": "female",
                "born_on": "1990-02-28",
                "born_year": 1990,
                "identity_number": "004190000001",
                "telephone": "0912 345 678",
                "email": "may@example.vn",
                "address": "Tổ 5",
                "village": "Xóm Nà Lũng",
            }
        ],
        "papers": [{"key": "cs", "name": "Giấy chứng sinh", "originals": 1}],
        "fee_vnd": 8000,
        "paid": "cash",
        "language": "vi",
        "due_on": "2025-06-20",
        "due_why": "Theo lời hứa",
    }


@cache
def _shape(method: str, path: str, status: str) -> Any:
    """The validator of a declared answer; none where the status is not declared."""
    schema = described().raw_schema
    declared = schema["paths"][f"{PREFIX}{path}"][method.lower()]["responses"]
    if status not in declared:
        return None
    shape = declared[status]["content"]["application/json"]["schema"]
    return jsonschema_rs.validator_for(shape | {"components": schema["components"]})


def conforms(answer: Any, method: str, path: str) -> None:
    """The status is declared, the content is JSON, and the body has the shape said."""
    validator = _shape(method, path, str(answer.status_code))
    assert validator is not None, (answer.status_code, answer.content[:300])
    assert answer.headers["Content-Type"].startswith("application/json")
    validator.validate(answer.json())


def send(path: str, body: Any, *, key: str = "key-00001", raw: bytes = b"") -> Any:
    return Client(raise_request_exception=False).post(
        f"{PREFIX}{path}",
        raw or json.dumps(body).encode(),
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {TOKEN}",
        HTTP_IDEMPOTENCY_KEY=key,
    )


def ask(query: dict[str, str]) -> Any:
    return Client(raise_request_exception=False).get(
        f"{PREFIX}/dossiers", query, HTTP_AUTHORIZATION=f"Bearer {TOKEN}"
    )
