"""What a hostile or careless sender thinks of: one member of a good body out of order,
every verb in every state, broken bytes, cursors made by hand. Each answer is one that
the document declares, in the shape it declares."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.dossiers import actions
from gandan.dossiers.models import CodeCounter, Dossier, Intake
from gandan.dossiers.web.api import schemas
from gandan.people.models import Agency
from gandan.places import queries as places
from tests.dossiers.calling import (
    NOW,
    ON,
    PREFIX,
    TOKEN,
    ask,
    conforms,
    filing,
    make_caller,
    send,
    thrown_away,
)
from tests.dossiers.gates import another_connection
from tests.factories import at, counter, desk, opening

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture(autouse=True)
def _caller(db: None) -> None:
    make_caller()


LAND = "1.013978"

HOSTILE = [
    *("", " ", "\0", "a\0b", "\ud800", "\udfff\ud800", "\u200b", "\ufeff", "Ð"),
    *("e\u0301@a.bc", "ﷺ" * 50, "\U0001f9ff" * 30, "x" * 500, "x" * 100_000),
    "\U0001d160" * 100,  # three signs each once it is normalised
    *("' OR 1=1 --", "%s%n", "../../etc/passwd", "<script>", "\r\nSet-Cookie: a"),
    *("1.001193\n", "004190000001\n", "٠٠٤١٩٠٠٠٠٠٠١", "2025-02-30", "9999-12-31"),
]
odd = st.one_of(
    st.sampled_from(HOSTILE),
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([2**31, 2**63, 2**64, -(2**63) - 1, 10**400, 1.5, 1e308, -1]),
    st.text(max_size=30),
    st.dates().map(str),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


def members(whole: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every member of a body, at any depth."""
    for name in whole if isinstance(whole, dict) else range(len(whole)):
        yield (*path, name)
        if isinstance(whole[name], dict | list):
            yield from members(whole[name], (*path, name))


def with_member(path: tuple[Any, ...], value: Any) -> Any:
    body: Any = filing()
    here = body
    for name in path[:-1]:
        here = here[name]
    here[path[-1]] = value
    return body


NUMBERS: list[Any] = [
    *(None, True, -1, 2**31, 2**63, 2**64, 10**400, 1.5, 1e308),
    *([], {}, [{}]),
]


MEMBERS = [*members(filing())]


@pytest.mark.parametrize("path", MEMBERS, ids=lambda path: ".".join(map(str, path)))
def test_a_filing_with_one_member_out_of_order_is_answered_as_declared(
    path: tuple[Any, ...],
) -> None:
    for value in (*HOSTILE, *NUMBERS):
        body = with_member(path, value)
        with thrown_away():
            conforms(send("/dossiers", body), "POST", "/dossiers")
        with thrown_away():
            items = [
                {"key": "key-00001", "dossier": filing()},
                {"key": "key-00002", "dossier": body},
            ]
            answer = send("/dossiers/batch", {"dossiers": items})
            conforms(answer, "POST", "/dossiers/batch")


def test_a_good_filing_is_taken_and_the_same_key_with_any_other_member_is_not() -> None:
    """Whichever member changes, the key no longer stands for that body."""
    first = send("/dossiers", filing())
    assert first.status_code == 200, first.content
    conforms(first, "POST", "/dossiers")
    changes: list[tuple[tuple[Any, ...], Any]] = [
        (("procedure",), LAND),
        (("competent",), "01279"),
        (("received_by",), "01279"),
        (("helped_at",), ""),
        (("channel",), "post"),
        (("state",), 1),
        (("case",), "x"),
        (("place",), "01279"),
        (("village",), "Xóm khác"),
        (("parties", 0, "full_name"), "Lý A Sùng"),
        (("parties", 0, "telephone"), ""),
        (("papers", 0, "originals"), 2),
        (("papers",), []),
        (("fee_vnd",), 9000),
        (("paid",), "none"),
        (("language",), "en"),
        (("due_on",), "2025-06-23"),
        (("due_why",), "Khác"),
    ]
    for path, value in changes:
        answer = send("/dossiers", with_member(path, value))
        assert (answer.status_code, answer.json()["code"]) == (409, "key_reused"), path
    again = send("/dossiers", filing())
    assert again.json()["public_id"] == first.json()["public_id"]
    assert Dossier.objects.count() == 1


def test_a_paper_named_twice_is_refused() -> None:
    paper = {"key": "cs", "name": "Giấy chứng sinh"}
    answer = send("/dossiers", filing() | {"papers": [paper, paper]})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    assert "name each paper once" in answer.json()["detail"]


def test_a_name_of_nothing_but_unseen_signs_is_no_name() -> None:
    answer = send(
        "/dossiers", with_member(("parties", 0, "full_name"), " \u200b\u00a0")
    )
    assert answer.status_code == 422


def test_a_key_sent_twice_in_one_batch_is_one_dossier() -> None:
    other = with_member(("village",), "Xóm khác")
    items = [
        {"key": "key-00001", "dossier": filing()},
        {"key": "key-00001", "dossier": filing()},
        {"key": "key-00001", "dossier": other},
        {"key": "key-00002", "dossier": other},
    ]
    lines = send("/dossiers/batch", {"dossiers": items}).json()["results"]
    assert [line["status"] for line in lines] == [200, 200, 409, 200]
    first, second = lines[0]["dossier"], lines[1]["dossier"]
    assert first["public_id"] == second["public_id"]
    assert (len(first["token"]), second["token"]) == (22, "")
    assert Dossier.objects.count() == 2


def test_a_desk_without_numbers_left_does_not_hold_up_the_others() -> None:
    province = places.agency_by("04", ON)
    Agency.objects.update(organisation=province)
    CodeCounter.objects.create(organisation=desk(ON), day=ON, last=6998)
    others = filing() | {"competent": "01279", "received_by": "01279"}
    items = [
        {"key": f"key-{number:05}", "dossier": others if number % 2 else filing()}
        for number in range(6)
    ]
    lines = send("/dossiers/batch", {"dossiers": items}).json()["results"]
    assert [line["status"] for line in lines] == [200, 200, 409, 200, 409, 200]
    assert lines[2]["error"]["code"] == "numbers_used_up"
    assert lines[0]["dossier"]["code"].endswith("-250610-6999")
    assert Dossier.objects.count() == 4
    assert not Intake.objects.filter(key="key-00002").exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("path", ["/dossiers", "/dossiers/batch"])
def test_what_is_held_too_long_is_busy_and_nothing_is_written(path: str) -> None:
    """The desk's counter is held by somebody else, longer than `lock_timeout`."""
    good = send("/dossiers", filing(), key="key-00000")
    assert good.status_code == 200
    body: Any = filing()
    if path.endswith("batch"):
        body = {"dossiers": [{"key": "key-00001", "dossier": body}]}
    hold = "SELECT 1 FROM dossiers_codecounter FOR UPDATE"
    with another_connection() as other:
        other.execute(hold)
        answer = send(path, body)
        assert (answer.status_code, answer.json()["code"]) == (409, "busy")
        conforms(answer, "POST", path)
        other.rollback()
    assert Dossier.objects.count() == 1
    assert send(path, body).status_code == 200
    assert Dossier.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_dossier_held_too_long_is_busy() -> None:
    made = send("/dossiers", filing()).json()
    path = f"/dossiers/{made['public_id']}/take_up"
    with another_connection() as other:
        other.execute("SELECT 1 FROM dossiers_dossier FOR UPDATE")
        answer = send(path, {})
        assert (answer.status_code, answer.json()["code"]) == (409, "busy")
        conforms(answer, "POST", "/dossiers/{public_id}/{verb}")
        other.rollback()
    assert send(path, {}).status_code == 200


@pytest.mark.full
def test_many_filings_with_one_member_out_of_order() -> None:
    @settings(
        max_examples=1500,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(path=st.sampled_from(MEMBERS), value=odd)
    def run(path: tuple[Any, ...], value: Any) -> None:
        with thrown_away():
            conforms(send("/dossiers", with_member(path, value)), "POST", "/dossiers")

    run()


# One body for each verb, good in some state.
BODIES: dict[str, dict[str, Any]] = {
    "receive": {"due_on": "2025-06-20", "due_why": "Theo lời hứa"},
    "send_back": {"wanted": [{"key": "a", "name": "Tờ khai", "why": "thiếu"}]},
    "reject": {"reason": "Sai nơi"},
    "take_up": {},
    "pass_on": {"step": "measure"},
    "ask_supplement": {
        "wanted": [{"key": "a", "name": "Tờ khai", "why": "thiếu"}],
        "reason": "Mới phát sinh",
        "bring_by": "2025-06-20",
    },
    "take_papers": {"due_on": "2025-06-20", "due_why": "Theo lời hứa"},
    "open_left_out": {
        "kind": "measuring",
        "owner": "Đo đạc",
        "paper": "CV 1",
        "limit_on": "2025-06-20",
    },
    "close_left_out": {"kind": "measuring", "paper": "M 1"},
    "ask_payment": {"paper": "TB 1", "amount_vnd": 1000, "limit_on": "2025-06-20"},
    "take_payment": {"paper": "BL 1", "paid": "cash"},
    "apologise": {"reason": "Chậm", "new_due": "2025-07-31"},
    "reroute": {"to": "01279", "reason": "Nơi khác"},
    "ask_withdrawal": {"token": "x" * 22, "reason": "Đổi ý"},
    "keep": {},
    "grant_withdrawal": {},
    "stop": {"reason": "Hết hạn"},
    "refuse": {"reason": "Không đủ"},
    "decide": {"electronic": True},
    "hand_over": {"means": "counter"},
}
# How a dossier comes to each state, by the verbs above.
WAYS: dict[str, list[str]] = {
    "submitted": [],
    "received": ["receive"],
    "processing": ["receive", "take_up"],
    "supplement": ["receive", "take_up", "ask_supplement"],
    "measured": ["receive", "take_up", "open_left_out"],
    "payment": ["receive", "take_up", "ask_payment"],
    "withdrawal_asked": ["receive", "take_up", "ask_withdrawal"],
    "done": ["receive", "take_up", "decide"],
}


def test_every_verb_of_the_api_is_tried_in_every_state() -> None:
    assert set(BODIES) == {verb.value for verb in schemas.VERBS}


def come_to(state: str) -> str:
    body = filing() | {"procedure": LAND, "case": "registration", "state": 1}
    made = send("/dossiers", body)
    assert made.status_code == 200, made.content
    path = f"/dossiers/{made.json()['public_id']}"
    for verb in WAYS[state]:
        given_with = {} if verb == "receive" else BODIES[verb] | {}
        given_with.pop("token", None)
        answer = send(f"{path}/{verb}", given_with)
        assert answer.status_code == 200, (verb, answer.content)
    return path


ALWAYS_TRIED = {"processing"}


@pytest.mark.parametrize(
    "state",
    [s if s in ALWAYS_TRIED else pytest.param(s, marks=pytest.mark.full) for s in WAYS],
)
def test_every_verb_in_every_state_is_answered_as_declared(state: str) -> None:
    """Also twice, with another version, and with every member out of order."""
    path = come_to(state)
    for verb, body in BODIES.items():
        for given_with in (
            body,
            {**body, "version": 1},
            {**body, "version": 2**40},
            {},
        ):
            with thrown_away():
                for _time in range(2):
                    answer = send(f"{path}/{verb}", given_with)
                    conforms(answer, "POST", "/dossiers/{public_id}/{verb}")
        for name in body:
            for value in HOSTILE:
                with thrown_away():
                    answer = send(f"{path}/{verb}", {**body, name: value})
                    conforms(answer, "POST", "/dossiers/{public_id}/{verb}")


WRITTEN = [
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf{}",
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b"1",
    b"1e999",
    b"NaN",
    b"9" * 10_000,
    b"[" * 50_000,
    b'{"a":' * 20_000,
    b'{"parties": [], "parties": []}',
    "{}".encode("utf-16"),
    json.dumps({"village": "\ud800"}).encode(),
    b'{"fee_vnd": ' + b"9" * 5000 + b"}",
    b"x" * (13 * 1024 * 1024),
]


@pytest.mark.parametrize("number", range(len(WRITTEN)))
@pytest.mark.parametrize("path", ["/dossiers", "/dossiers/batch"])
def test_a_body_that_is_no_filing_is_one_sentence(path: str, number: int) -> None:
    answer = send(path, None, raw=WRITTEN[number])
    conforms(answer, "POST", path)
    said = answer.json()
    assert answer.status_code in (400, 413, 422)
    assert set(said) == {"code", "detail"}
    assert "\n" not in said["detail"]
    assert len(said["detail"]) < 300
    assert not Dossier.objects.exists()


@pytest.mark.parametrize(
    "content_type",
    ["", "text/plain", "application/xml", "multipart/form-data; boundary=x", "x/y;;="],
)
def test_another_content_type_is_answered_as_declared(content_type: str) -> None:
    answer = Client(raise_request_exception=False).generic(
        "POST",
        f"{PREFIX}/dossiers",
        json.dumps(filing()).encode(),
        content_type=content_type,
        HTTP_AUTHORIZATION=f"Bearer {TOKEN}",
        HTTP_IDEMPOTENCY_KEY="key-00001",
    )
    conforms(answer, "POST", "/dossiers")


@pytest.mark.parametrize(
    "key", ["", "short", "x" * 81, "key-0001, key-0002", "key\x7f00001", "kh\xf3a-0001"]
)
def test_a_bad_idempotency_key_is_refused_and_nothing_is_filed(key: str) -> None:
    """Two headers come as one, joined by a comma and a space."""
    answer = send("/dossiers", filing(), key=key)
    assert answer.status_code == 422
    conforms(answer, "POST", "/dossiers")
    assert not Dossier.objects.exists()


@pytest.mark.parametrize("name", ["code", "identity", "before"])
@pytest.mark.parametrize("value", HOSTILE)
def test_a_question_with_any_words_is_answered_as_declared(
    name: str, value: str
) -> None:
    given_with = {name: value.encode("utf-8", "replace").decode("utf-8", "replace")}
    answer = ask(given_with)
    conforms(answer, "GET", "/dossiers")


def test_a_mistyped_question_is_refused_instead_of_listing_everything() -> None:
    send("/dossiers", filing())
    answer = ask({"identiy": "004190000001"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid")
    conforms(answer, "GET", "/dossiers")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("due_on",), 0),
        (("due_on",), "1750000000"),
        (("due_on",), "2025-06-20T00:00:00"),
        (("due_on",), "20250620"),
        (("parties", 0, "born_on"), 0.0),
        (("parties", 0, "born_on"), "1849-12-31"),
        (("parties", 0, "born_year"), "1990"),
        (("papers", 0, "originals"), 1.0),
        (("papers", 0, "originals"), True),
        (("fee_vnd",), "8000"),
        (("state",), "2"),
    ],
)
def test_nothing_is_taken_for_what_it_is_not(path: tuple[Any, ...], value: Any) -> None:
    """A number is no day, a text no number, a truth no count."""
    assert send("/dossiers", with_member(path, value)).status_code == 422


def test_reading_on_meets_every_dossier_once_and_newest_first() -> None:
    items = [
        {"key": f"key-{number:05}", "dossier": filing()} for number in range(60, 160)
    ]
    send("/dossiers/batch", {"dossiers": items})
    send("/dossiers/batch", {"dossiers": [{"key": "key-00001", "dossier": filing()}]})
    codes: list[str] = []
    query: dict[str, str] = {}
    for _page in range(3):
        page = ask(query).json()
        codes += [each["code"] for each in page["dossiers"]]
        query = {"before": page["before"] or ""}
    assert query == {"before": ""}
    assert len(codes) == len(set(codes)) == 101
    assert codes == sorted(codes, reverse=True)


def test_reading_on_from_a_dossier_of_others_is_not_found() -> None:
    """Nor does a cursor say whether such a dossier exists."""
    on = date(2025, 6, 10)
    other = actions.open_and_receive(
        opening(on, code="01279"), by=counter(on, "01279"), at=at("2025-06-10")
    ).dossier
    theirs = ask({"before": str(other.public_id)})
    nobodys = ask({"before": "00000000-0000-4000-8000-000000000000"})
    assert (theirs.status_code, theirs.content) == (404, nobodys.content)


@pytest.mark.parametrize(
    ("path", "method", "status"),
    [
        ("/dossiers/not-a-uuid", "get", 422),
        (f"/dossiers/{'0' * 400}", "get", 422),
        ("/dossiers/00000000-0000-0000-0000-000000000000", "get", 404),
        ("/dossiers/00000000-0000-0000-0000-000000000000/fly", "post", 404),
        ("/dossiers/not-a-uuid/take_up", "post", 422),
        ("/dossiers", "put", 405),
        ("/dossiers", "delete", 405),
        ("/dossiers/batch", "get", 405),
        ("/dossiers/00000000-0000-0000-0000-000000000000", "patch", 405),
        ("/nothing", "get", 404),
    ],
)
def test_other_addresses_and_methods(path: str, method: str, status: int) -> None:
    answer = Client(raise_request_exception=False).generic(
        method.upper(),
        f"{PREFIX}{path}",
        b"{}" if method != "get" else b"",
        content_type="application/json",
        HTTP_AUTHORIZATION=f"Bearer {TOKEN}",
    )
    assert answer.status_code == status
    if status == 405:
        assert answer.headers["Allow"]


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic eDp4", "bearer x", "Bearer a b", "Bearer kh\xf3a"],
)
def test_any_other_authorization_is_401(header: str) -> None:
    client = Client(raise_request_exception=False)
    answer = client.get(f"{PREFIX}/dossiers", HTTP_AUTHORIZATION=header)
    assert answer.status_code == 401
    conforms(answer, "GET", "/dossiers")
