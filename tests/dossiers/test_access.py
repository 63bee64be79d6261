"""One filter stands behind list, search, count, page, print, export and API: everybody
sees the kinds of dossier written in `walls`, through every one of them alike."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client
from python_calamine import CalamineWorkbook

from gandan.dossiers import access, actions, queries, secrets
from gandan.dossiers.models import Dossier, Extension
from gandan.dossiers.rules.moves import State, Verb, open_moves
from gandan.kernel.actors import Actor, Role
from gandan.people.models import User
from tests.dossiers import walls
from tests.dossiers.allowed import ALLOWED
from tests.dossiers.conftest import NOW, TODAY, signed_in
from tests.dossiers.walls import KINDS, OWN, SCOPES, STATES, VIEWERS, Viewer
from tests.factories import applicant, committee, official, opening, received

pytestmark = pytest.mark.django_db

Province = dict[tuple[str, str], Dossier]
DESK = {Role.COUNTER, Role.HEAD_ONE_STOP}
HANDLERS = DESK | {Role.SPECIALIST, Role.SIGNATORY, Role.UNIT_LEADER}
MISSING = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def province(tmp_path: Path) -> Province:
    return walls.province(tmp_path)


def of(province: Province, kinds: frozenset[str], *states: str) -> set[str]:
    """Public ids of these kinds in these states."""
    return {
        str(dossier.public_id)
        for (kind, state), dossier in province.items()
        if kind in kinds and state in (states or STATES)
    }


def linked(page: str) -> set[str]:
    """Public ids of dossiers that a page leads to."""
    return set(re.findall(r"/(?:ho-so|quay/tam|quay/xong)/([0-9a-f-]{36})", page))


def rows_in(page: str) -> set[str]:
    return linked(page.partition("<main")[2])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


# --- the filter itself ----------------------------------------------------------------


def the_filter(province: Province, viewer: Viewer, actor: Actor) -> None:
    seen = {str(d.public_id) for d in access.visible_to(actor)}
    assert seen == of(province, viewer.sees)
    known = {
        str(dossier.public_id)
        for dossier in province.values()
        if access.may_see_people(actor, dossier)
    }
    assert known == of(province, viewer.knows)
    # To know of whom it is, one must see it; nobody plays a part on what is hidden.
    assert known <= seen


def test_every_kind_is_seen_by_somebody_and_hidden_from_somebody() -> None:
    for kind in KINDS:
        if kind != "far":
            assert any(kind in viewer.sees for viewer in VIEWERS.values())
        assert any(kind not in viewer.sees for viewer in VIEWERS.values())


def test_an_applicant_sees_its_own_and_a_stranger_nothing(province: Province) -> None:
    mine = province["ordinary", "processing"]
    assert list(access.visible_to(applicant(mine))) == [mine]
    stranger = Actor(kind="citizen", id="", user_id=None)
    assert not access.visible_to(stranger).exists()
    account = User.objects.create(username="resident", full_name="Người Dân")
    resident = Actor(kind="citizen", id=str(account.public_id), user_id=account.pk)
    assert not access.visible_to(resident).exists()


def test_two_mandates_see_what_each_of_them_sees(province: Province) -> None:
    """And no more: rights of two offices add up, they do not multiply."""
    both = official(
        "both",
        (Role.SPECIALIST, committee(TODAY, walls.OTHER)),
        (Role.ADMINISTRATOR, committee(TODAY)),
        on=TODAY,
    )
    seen = {str(d.public_id) for d in access.visible_to(both)}
    assert seen == of(province, frozenset({"rerouted", "rerouted protected"}))


# --- pages ----------------------------------------------------------------------------

LISTS: dict[str, tuple[set[Role], tuple[str, ...]]] = {
    "/ho-so/dang-giai-quyet": (HANDLERS, ("processing",)),
    "/ho-so/tra-ket-qua": (DESK, ("done",)),
    "/ho-so/cho-tiep-nhan": (DESK, ("submitted",)),
    "/ho-so/tam-giu": (DESK, ("draft",)),
}


def lists(province: Province, viewer: Viewer, actor: Actor) -> None:
    client = signed_in(actor)
    for path, (roles, states) in LISTS.items():
        answer = client.get(path)
        if not actor.roles & roles:
            assert answer.status_code == 404, path
            continue
        page = text_of(answer)
        assert rows_in(page) == of(province, viewer.sees, *states), path
        names_only_of(province, viewer.knows, page)


def names_only_of(province: Province, knows: frozenset[str], page: str) -> None:
    """No name, number or telephone of a person whom this reader may not know."""
    for kind, state in province:
        owner = walls.owner_of(kind, state)
        if kind not in knows:
            for needle in (owner.full_name, owner.identity_number, owner.telephone):
                assert needle not in page, (kind, state, needle)


def search(province: Province, viewer: Viewer, actor: Actor) -> None:
    client = signed_in(actor)
    if not actor.roles & HANDLERS:
        assert client.get("/ho-so/tra-cuu").status_code == 404
        assert client.post("/ho-so/tra-cuu", {"q": "Lương Anh"}).status_code == 404
        return
    for (kind, state), dossier in province.items():
        owner = walls.owner_of(kind, state)
        words = [owner.full_name, owner.identity_number] if kind != "imported" else []
        words += [dossier.code] if dossier.code else []
        for typed in words:
            client.post("/ho-so/tra-cuu", {"q": typed})
            page = text_of(client.get("/ho-so/tra-cuu"))
            found = str(dossier.public_id) in rows_in(page)
            assert found == (kind in viewer.sees), (kind, state, typed)
            if typed == dossier.code:
                names_only_of(province, viewer.knows, page)


def counter_field(province: Province, viewer: Viewer, actor: Actor) -> None:
    """A code typed, or the QR of a slip scanned."""
    client = signed_in(actor)
    if not actor.roles & DESK:
        assert client.get("/quay").status_code == 404
        return
    for (kind, state), dossier in province.items():
        if dossier.code is None or kind == "imported":
            continue
        capability = secrets.capability(dossier.ledger_id)
        for typed in (dossier.code, f"https://example.vn/k/{capability}"):
            answer = client.post("/quay", {"scan": typed})
            opened = answer.headers["Location"].endswith(str(dossier.public_id))
            assert opened == (kind in viewer.sees), (kind, state)


def one_page(province: Province, viewer: Viewer, actor: Actor) -> None:
    client = signed_in(actor)
    missing = text_of(client.get(f"/ho-so/{MISSING}"))
    for (kind, state), dossier in province.items():
        answer = client.get(f"/ho-so/{dossier.public_id}")
        may = kind in viewer.sees and bool(actor.roles & HANDLERS)
        assert answer.status_code == (200 if may else 404), (kind, state)
        page = text_of(answer)
        if not may:
            assert page.replace(str(dossier.public_id), MISSING) == missing
        names_only_of(province, viewer.knows if may else walls.NOTHING, page)


def papers(province: Province, viewer: Viewer, actor: Actor) -> None:
    """A slip names people and holds the secret: a past helper's page has none."""
    client = signed_in(actor)
    missing = text_of(client.get(f"/ho-so/{MISSING}/in/receipt"))
    for (kind, state), dossier in province.items():
        if state != "processing" or kind == "imported":
            continue
        address = f"/ho-so/{dossier.public_id}/in/receipt"
        answer = client.get(address)
        assert answer.status_code == (200 if kind in viewer.knows else 404), kind
        if kind not in viewer.knows:
            page = text_of(answer).replace(str(dossier.public_id), MISSING)
            assert page == missing
            for file in ("pdf", "png"):
                assert client.get(f"{address}.{file}").status_code == 404
            shown = text_of(client.get(f"/ho-so/{dossier.public_id}"))
            assert "/in/" not in shown


def moves(province: Province, viewer: Viewer, actor: Actor) -> None:
    """Role × place × state × verb: who plays a part has the moves of the table written
    by hand, and everybody else none; the page offers no other."""
    client = signed_in(actor)
    for (kind, state), dossier in province.items():
        now = State(dossier.state)
        parts = actor.roles if kind in viewer.knows else frozenset()
        written = {v for v in Verb if any((v, now, part) in ALLOWED for part in parts)}
        open_now = set(open_moves(now, access.parts_of(actor, dossier)))
        assert open_now == written, (kind, state)
        page = text_of(client.get(f"/ho-so/{dossier.public_id}"))
        offered = set(re.findall(rf"/ho-so/{dossier.public_id}/([a-z_]+)\b", page))
        assert offered & set(Verb) <= written, (kind, state)


def every_verb_is_refused_without_a_part(
    province: Province, viewer: Viewer, actor: Actor
) -> None:
    client = signed_in(actor)
    for kind in KINDS:
        dossier = province[kind, "processing"]
        if kind in viewer.knows:
            continue
        before = Dossier.objects.filter(pk=dossier.pk).values()[0]
        for verb in Verb:
            address = f"/ho-so/{dossier.public_id}/{verb}"
            answer = client.post(address, {"version": str(dossier.version)})
            assert answer.status_code in (302, 404), (kind, verb)
        assert Dossier.objects.filter(pk=dossier.pk).values()[0] == before


def verbs(province: Province, viewer: Viewer, actor: Actor) -> None:
    """The same with a body that would do."""
    client = signed_in(actor)
    for (kind, state), dossier in province.items():
        if kind in viewer.knows or state != "processing":
            continue
        before = Dossier.objects.filter(pk=dossier.pk).values()[0]
        for verb, words in {
            "decide": {},
            "stop": {"reason": "x"},
            "ask_withdrawal": {},
            "chase": {"whom": "x", "means": "call"},
            "reroute": {"reason": "x", "to": str(committee(TODAY).pk)},
        }.items():
            address = f"/ho-so/{dossier.public_id}/{verb}"
            version = {"version": str(dossier.version)}
            for answer in (client.get(address), client.post(address, words | version)):
                assert answer.status_code in (302, 404), (kind, verb)
        assert Dossier.objects.filter(pk=dossier.pk).values()[0] == before


def test_who_stands_on_a_dossier_twice_finds_it_once() -> None:
    """Owner, and the one who brought it."""
    owner = walls.owner_of("ordinary", "done")
    people = (owner, replace(owner, role="bringer"))
    dossier = received(NOW, parties=people)
    actor = VIEWERS["counter of the ward's desk"].make()
    found = queries.search(actor, owner.identity_number)
    assert list(found) == [dossier]
    assert queries.capped(found) == 1


def test_a_filing_is_found_by_its_number_before_it_has_a_code() -> None:
    stranger = Actor(kind="citizen", id="", user_id=None)
    filed = actions.submit(opening(TODAY), by=stranger, at=NOW).dossier
    actor = VIEWERS["counter of the ward's desk"].make()
    assert filed.filing_number is not None
    for typed in (filed.filing_number, filed.filing_number.lower()):
        assert list(queries.search(actor, typed)) == [filed]
    other = VIEWERS["counter of the other desk"].make()
    assert not queries.search(other, filed.filing_number).exists()


# --- register, counts, duties ---------------------------------------------------------


def register(province: Province, viewer: Viewer, actor: Actor) -> None:
    client = signed_in(actor)
    if not actor.roles & HANDLERS:
        assert client.get("/ho-so/so-theo-doi").status_code == 404
        assert client.get("/ho-so/so-theo-doi.xlsx").status_code == 404
        return
    wanted = {
        str(dossier.code)
        for (kind, state), dossier in province.items()
        if kind in viewer.sees and state in ("processing", "done")
    }
    page = text_of(client.get("/ho-so/so-theo-doi"))
    shown = {str(d.code) for d in province.values() if d.code and str(d.code) in page}
    assert shown == wanted
    names_only_of(province, viewer.knows, page)

    answer = client.get("/ho-so/so-theo-doi.xlsx")
    content = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    cells = "\n".join(str(cell) for row in sheet.to_python() for cell in row)
    written = {
        str(d.code) for d in province.values() if d.code and str(d.code) in cells
    }
    assert written == wanted
    names_only_of(province, viewer.knows, cells)


def counts(province: Province, viewer: Viewer, actor: Actor) -> None:
    open_ones = of(province, viewer.sees, "processing")
    assert len(queries.heads(actor).rows) == len(open_ones)
    assert queries.capped(queries.in_progress(actor)) == len(open_ones)
    if actor.roles & HANDLERS:
        page = text_of(signed_in(actor).get("/ho-so/dang-giai-quyet"))
        counts = re.findall(r'class="[^"]*count[^"]*"[^>]*>\s*([0-9]+)', page)
        assert counts[:1] in ([], [str(len(open_ones))])


def test_the_steering_office_reads_sums_and_opens_nothing(province: Province) -> None:
    """Integers over the province: the protected ones in a row without a field."""
    actor = VIEWERS["steering office of the province"].make()
    client = signed_in(actor)
    page = text_of(client.get("/tong-quan"))
    assert rows_in(page) == set()
    names_only_of(province, walls.NOTHING, page)
    assert not any(str(d.code) in page for d in province.values() if d.code)
    every = frozenset(KINDS)
    total = sum(load.open for load in queries.board(None, TODAY, TODAY))
    assert total == len(of(province, every, "processing"))
    adoption = province["protected", "processing"].field
    assert adoption
    assert adoption not in page


def duties(province: Province, viewer: Viewer, actor: Actor) -> None:
    client = signed_in(actor)
    for path in ("/viec-cua-toi", "/viec-cua-toi/cho", "/viec-cua-toi/theo-xom"):
        page = text_of(client.get(path))
        assert rows_in(page) <= of(province, viewer.knows), path
        names_only_of(province, viewer.knows, page)


CHECKS: list[Callable[[Province, Viewer, Actor], None]] = [
    *(the_filter, lists, search, counter_field, one_page, papers, moves, verbs),
    *(every_verb_is_refused_without_a_part, register, counts, duties),
]

# One of each sort always; everybody in the full run.
ALWAYS = {
    "counter of the ward's desk",
    "counter of the other desk",
    "head_one_stop of the province's desk",
    "specialist of the other commune",
    "signatory of the department",
    "unit_leader of a division of the ward",
    "steering office of the province",
    "administrator of the ward",
}


@pytest.mark.parametrize(
    "name",
    [n if n in ALWAYS else pytest.param(n, marks=pytest.mark.full) for n in VIEWERS],
)
def test_everybody_sees_what_is_written_down_through_every_page(
    province: Province, name: str
) -> None:
    viewer = VIEWERS[name]
    actor = viewer.make()
    for check in CHECKS:
        check(province, viewer, actor)


# --- API ------------------------------------------------------------------------------


def test_a_token_sees_by_its_scope_what_its_agency_may_see(
    province: Province, client: Client
) -> None:
    for scope in SCOPES:
        a_scope(province, scope, client)


def a_scope(province: Province, scope: str, client: Client) -> None:
    token = walls.token_of(scope, committee(TODAY, OWN))
    headers: dict[str, Any] = {"HTTP_AUTHORIZATION": f"Bearer {token}"}
    sees = walls.kinds_of(SCOPES[scope])
    page = client.get("/api/v1/dossiers", **headers).json()
    assert {each["public_id"] for each in page["dossiers"]} == of(province, sees)
    missing = client.get(f"/api/v1/dossiers/{MISSING}", **headers)
    assert missing.status_code == 404
    for (kind, state), dossier in province.items():
        address = f"/api/v1/dossiers/{dossier.public_id}"
        answer = client.get(address, **headers)
        assert answer.status_code == (200 if kind in sees else 404), (kind, state)
        number = walls.owner_of(kind, state).identity_number
        if kind != "imported":
            found = client.get("/api/v1/dossiers", {"identity": number}, **headers)
            ids = {each["public_id"] for each in found.json()["dossiers"]}
            assert ids == ({str(dossier.public_id)} if kind in sees else set())
        if kind not in sees:
            assert answer.content == missing.content
            moved = client.post(
                f"{address}/decide", b"{}", content_type="application/json", **headers
            )
            assert (moved.status_code, moved.content) == (404, missing.content)
        names_only_of(province, walls.NOTHING, text_of(answer))


def test_an_ended_token_and_no_token_are_one_answer(client: Client) -> None:
    ended = walls.token_of("dossiers:receive", committee(TODAY), ends=TODAY)
    answers = [
        client.get("/api/v1/dossiers", HTTP_AUTHORIZATION=f"Bearer {token}")
        for token in (ended, "nothing")
    ]
    answers.append(client.get("/api/v1/dossiers"))
    assert {(a.status_code, a.content) for a in answers} == {(401, answers[0].content)}


# --- the reader who holds another dossier ---------------------------------------------


def test_who_follows_one_dossier_learns_nothing_of_another(
    province: Province, client: Client
) -> None:
    mine, theirs = province["ordinary", "processing"], province["far", "processing"]
    client.get(f"/k/{secrets.capability(mine.ledger_id)}")
    assert client.get("/theo-doi/ho-so").status_code == 200
    missing = text_of(client.get("/theo-doi/ho-so", {"ho-so": MISSING}))
    other = client.get("/theo-doi/ho-so", {"ho-so": str(theirs.public_id)})
    assert other.status_code == 404
    assert text_of(other).replace(str(theirs.public_id), MISSING) == missing
    for path in ("hoi", "rut", "giu", "danh-gia", "bo-sung"):
        answer = client.post(f"/theo-doi/{path}", {"dossier": str(theirs.public_id)})
        assert answer.status_code == 404, path
    assert client.get(f"/ho-so/{mine.public_id}").status_code == 302


def test_a_past_helper_reads_state_and_dates_and_none_of_the_officers_words(
    province: Province,
) -> None:
    dossier = province["helped", "processing"]
    Extension.objects.create(
        dossier=dossier,
        number=1,
        from_on=TODAY,
        to_on=TODAY + timedelta(days=7),
        reason="Bà Lương Chi chưa ký",
        made_at=NOW,
        made_by="",
    )
    Dossier.objects.filter(pk=dossier.pk).update(extensions=1, promised_on=None)
    helper, officer = (
        signed_in(VIEWERS[name].make())
        for name in ("counter of the other desk", "counter of the ward's desk")
    )
    address = f"/ho-so/{dossier.public_id}"
    theirs, ours = text_of(helper.get(address)), text_of(officer.get(address))
    assert str(dossier.code) in theirs
    for secret in ("Lương Chi", "Xóm Trong Sách", "/in/", "gd-why"):
        assert secret not in theirs
    assert "Xóm Trong Sách" in ours
