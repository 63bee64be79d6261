"""The API: the same actions as the pages, for agencies with a token."""

import json
import secrets
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from gandan.dossiers.agencies import digest_of
from gandan.dossiers.models import Dossier
from gandan.people.models import Agency
from gandan.places import queries as places
from tests.factories import BIRTH, at, committee

pytestmark = pytest.mark.django_db

ON = date(2025, 6, 10)
SCOPES = ("dossiers:file", "dossiers:receive", "dossiers:process", "dossiers:sign")


def caller(*scopes: str, code: str = "01273") -> dict[str, Any]:
    """Headers of an agency's system with these scopes."""
    token = secrets.token_urlsafe(24)
    Agency.objects.create(
        name="Hệ thống thử",
        organisation=committee(ON, code),
        digest=digest_of(token),
        scopes=list(scopes or SCOPES),
        starts=date(2020, 1, 1),
    )
    return {"HTTP_AUTHORIZATION": f"Bearer {token}"}


def filing(**changes: Any) -> dict[str, Any]:
    return {
        "procedure": BIRTH,
        "competent": "01273",
        "channel": "online",
        "state": 2,
        "parties": [{"full_name": "Nông Thị Mẩy", "identity_number": "004190000001"}],
        "village": "Xóm Nà Lũng",
    } | changes


def post(client: Client, path: str, body: Any, **headers: Any) -> Any:
    return client.post(
        f"/api/v1{path}", json.dumps(body), content_type="application/json", **headers
    )


@pytest.fixture(autouse=True)
def _tuesday() -> Any:
    with time_machine.travel(at("2025-06-10", "09:00"), tick=False):
        yield


def test_a_filing_is_received_with_code_due_date_and_secrets(client: Client) -> None:
    answer = post(
        client, "/dossiers", filing(), HTTP_IDEMPOTENCY_KEY="key-00001", **caller()
    )
    body = answer.json()
    assert answer.status_code == 200, body
    assert (body["state"], body["due_on"]) == (2, "2025-06-11")
    assert body["code"].endswith("-250610-0001")
    assert len(body["token"]) == 22
    assert "Nông" not in answer.content.decode()


def test_the_same_key_gives_the_same_dossier_and_another_body_a_conflict(
    client: Client,
) -> None:
    who = caller()
    first = post(
        client, "/dossiers", filing(), HTTP_IDEMPOTENCY_KEY="key-00001", **who
    ).json()
    again = post(
        client, "/dossiers", filing(), HTTP_IDEMPOTENCY_KEY="key-00001", **who
    ).json()
    assert (again["public_id"], again["token"]) == (first["public_id"], "")
    other = post(
        client,
        "/dossiers",
        filing(village="Xóm khác", parties=[{"full_name": "Lý A Sùng"}]),
        HTTP_IDEMPOTENCY_KEY="key-00001",
        **who,
    )
    assert (other.status_code, other.json()["code"]) == (409, "key_reused")
    assert Dossier.objects.count() == 1


def test_no_token_or_a_wrong_one_opens_nothing(client: Client) -> None:
    assert client.get("/api/v1/dossiers").status_code == 401
    wrong = {"HTTP_AUTHORIZATION": "Bearer nothing"}
    assert client.get("/api/v1/dossiers", **wrong).status_code == 401  # type: ignore[arg-type]


def test_a_token_without_the_scope_finds_nothing_there(client: Client) -> None:
    answer = post(
        client,
        "/dossiers",
        filing(),
        HTTP_IDEMPOTENCY_KEY="key-00001",
        **caller("dossiers:process"),
    )
    assert answer.status_code == 404


def test_another_commune_reads_neither_list_nor_dossier(client: Client) -> None:
    made = post(
        client, "/dossiers", filing(), HTTP_IDEMPOTENCY_KEY="key-00001", **caller()
    ).json()
    other = caller(code="01279")
    assert client.get("/api/v1/dossiers", **other).json()["dossiers"] == []
    found = client.get(f"/api/v1/dossiers/{made['public_id']}", **other)
    assert found.status_code == 404
    missing = client.get(
        "/api/v1/dossiers/00000000-0000-4000-8000-000000000000", **other
    )
    assert missing.content == found.content


def test_a_dossier_goes_from_intake_to_result_by_verbs(client: Client) -> None:
    who = caller()
    made = post(
        client, "/dossiers", filing(), HTTP_IDEMPOTENCY_KEY="key-00001", **who
    ).json()
    path = f"/dossiers/{made['public_id']}"
    assert post(client, f"{path}/take_up", {}, **who).json()["state"] == 4
    done = post(client, f"{path}/decide", {"electronic": True}, **who).json()
    assert (done["state"], done["outcome"]) == (9, "result")
    assert post(client, f"{path}/hand_over", {}, **who).json()["state"] == 10
    twice = post(client, f"{path}/hand_over", {}, **who)
    assert (twice.status_code, twice.json()["code"]) == (409, "state")


@pytest.mark.parametrize(
    ("verb", "body", "code", "status"),
    [
        ("reject", {}, "invalid", 422),
        ("take_up", {"reason": "x"}, "invalid", 422),
        ("fly", {}, "not_found", 404),
        ("take_up", {"version": 99}, "changed", 409),
        ("decide", {}, "state", 409),
    ],
)
def test_what_a_verb_cannot_use_is_one_sentence(
    client: Client, verb: str, body: dict[str, Any], code: str, status: int
) -> None:
    who = caller()
    made = post(
        client, "/dossiers", filing(), HTTP_IDEMPOTENCY_KEY="key-00001", **who
    ).json()
    answer = post(client, f"/dossiers/{made['public_id']}/{verb}", body, **who)
    assert (answer.status_code, answer.json()["code"]) == (status, code)


def test_a_batch_takes_the_good_and_names_the_bad(client: Client) -> None:
    items = [
        {"key": "batch-001", "dossier": filing()},
        {"key": "batch-002", "dossier": filing(competent="99999")},
        {"key": "batch-003", "dossier": filing(state=1)},
    ]
    answer = post(client, "/dossiers/batch", {"dossiers": items}, **caller())
    lines = answer.json()["results"]
    assert [line["status"] for line in lines] == [200, 422, 200]
    assert lines[1]["error"]["code"] == "unknown_agency"
    assert Dossier.objects.count() == 2


def test_reading_by_code_identity_and_page(client: Client) -> None:
    who = caller()
    codes = [
        post(
            client,
            "/dossiers",
            filing(),
            HTTP_IDEMPOTENCY_KEY=f"key-{number:05}",
            **who,
        ).json()["code"]
        for number in range(3)
    ]
    by_code = client.get("/api/v1/dossiers", {"code": codes[1]}, **who).json()
    assert [d["code"] for d in by_code["dossiers"]] == [codes[1]]
    by_identity = client.get(
        "/api/v1/dossiers", {"identity": "004190000001"}, **who
    ).json()
    assert len(by_identity["dossiers"]) == 3
    bad = client.get("/api/v1/dossiers", {"before": "nonsense"}, **who)
    assert bad.status_code == 422


def test_one_dossier_says_why_its_date_is_that_date(client: Client) -> None:
    who = caller()
    made = post(
        client, "/dossiers", filing(), HTTP_IDEMPOTENCY_KEY="key-00001", **who
    ).json()
    body = client.get(f"/api/v1/dossiers/{made['public_id']}", **who).json()
    assert any("11/06/2025" in line for line in body["why"])


def test_the_province_receives_for_every_desk(client: Client) -> None:
    province = places.agency_by("04", ON)
    assert province is not None
    token = secrets.token_urlsafe(24)
    Agency.objects.create(
        name="Cổng",
        organisation=province,
        digest=digest_of(token),
        scopes=["dossiers:receive"],
        starts=date(2020, 1, 1),
    )
    answer = post(
        client,
        "/dossiers",
        filing(competent="01279"),
        HTTP_IDEMPOTENCY_KEY="key-00001",
        HTTP_AUTHORIZATION=f"Bearer {token}",
    )
    assert answer.status_code == 200, answer.json()
