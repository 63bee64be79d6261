"""Every address × everybody × every kind of dossier, against a table written by hand.

A new address fails here until somebody has said who may open it. Whoever may not gets
the page of what is not there, byte for byte, and changes nothing.
"""

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, include, path, reverse
from django.urls.resolvers import RegexPattern, RoutePattern

from gandan.dossiers import secrets
from gandan.dossiers.models import Dossier
from gandan.kernel.actors import Actor, Role
from gandan.ledger.models import Event
from gandan.people.models import Mandate, User
from tests.dossiers import walls
from tests.dossiers.conftest import NOW, TODAY, signed_in
from tests.dossiers.walls import KINDS, OTHER, VIEWERS
from tests.factories import committee, desk, official

pytestmark = pytest.mark.django_db

DESK = {Role.COUNTER, Role.HEAD_ONE_STOP}
HANDLERS = DESK | {Role.SPECIALIST, Role.SIGNATORY, Role.UNIT_LEADER}
LEADING = (
    *(Role.SIGNATORY, Role.UNIT_LEADER, Role.HEAD_ONE_STOP),
    Role.PROVINCE_STEERING,
)
NOWHERE = "/khong-co-trang-nay"


# --- everybody ------------------------------------------------------------------------


@dataclass
class Visitor:
    name: str
    client: Client
    actor: Actor | None = None  # an official, with its mandates
    sees: frozenset[str] = frozenset()
    knows: frozenset[str] = frozenset()

    @property
    def roles(self) -> frozenset[Role]:
        return self.actor.roles if self.actor else frozenset()

    @property
    def is_signed_in(self) -> bool:
        return "_auth_user_id" in self.client.session

    def is_at(self, organisation: int) -> bool:
        return self.actor is not None and organisation in self.actor.organisations()


def _follower(province: walls.Province) -> Client:
    """Somebody who opened a dossier with the slip's QR."""
    client = Client()
    held = province["far", "processing"]
    client.get(f"/k/{secrets.capability(held.ledger_id)}")
    return client


def _account(username: str, **more: Any) -> Client:
    user = User.objects.create(username=username, full_name="Người Thử", **more)
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _with_token(scope: str) -> Client:
    token = walls.token_of(scope, committee(TODAY))
    return Client(headers={"Authorization": f"Bearer {token}"})


FOLLOWER = "citizen who follows a dossier"
ADMIN_ELSEWHERE = "administrator of the other commune"
OUTSIDE: dict[str, Callable[[walls.Province], Client]] = {
    "anonymous": lambda province: Client(),
    FOLLOWER: _follower,
    "resident with an account": lambda province: _account("resident"),
    **{
        f"system with {scope}": lambda province, scope=scope: _with_token(scope)  # type: ignore[misc]
        for scope in walls.SCOPES
    },
}
EVERYBODY = [*OUTSIDE, *VIEWERS, ADMIN_ELSEWHERE]


def visitor(name: str, province: walls.Province) -> Visitor:
    if name in OUTSIDE:
        return Visitor(name, OUTSIDE[name](province))
    if name == ADMIN_ELSEWHERE:
        where = committee(TODAY, OTHER)
        actor = official("admin-elsewhere", (Role.ADMINISTRATOR, where), on=TODAY)
        return Visitor(name, signed_in(actor), actor)
    viewer = VIEWERS[name]
    actor = viewer.make()
    return Visitor(name, signed_in(actor), actor, viewer.sees, viewer.knows)


# --- the table ------------------------------------------------------------------------

Rule = Callable[[Visitor, str], bool]


def public(who: Visitor, kind: str) -> bool:
    return True


def holder(who: Visitor, kind: str) -> bool:
    """By its slip: the page has no number, and shows the dossier of this session."""
    return who.name == FOLLOWER


def accounts(who: Visitor, kind: str) -> bool:
    return who.is_signed_in


def officials(who: Visitor, kind: str) -> bool:
    return bool(who.roles)


def at_desks(who: Visitor, kind: str) -> bool:
    return bool(who.roles & DESK)


def handlers(who: Visitor, kind: str) -> bool:
    return bool(who.roles & HANDLERS)


def having(*roles: Role) -> Rule:
    return lambda who, kind: bool(who.roles & set(roles))


def administrators(who: Visitor, kind: str) -> bool:
    return Role.ADMINISTRATOR in who.roles


def province_alone(who: Visitor, kind: str) -> bool:
    """Calendar, catalogue and the map are the province's."""
    return who.name == "administrator of the province"


def over_the_ward(who: Visitor, kind: str) -> bool:
    return who.name in {"administrator of the province", "administrator of the ward"}


def nobody(who: Visitor, kind: str) -> bool:
    """Nothing of this address is in the small province of the test."""
    return False


def steers_the_ward(who: Visitor, kind: str) -> bool:
    """Who leads the ward, signs for it or heads its desk; who steers the province."""
    if who.actor is None:
        return False
    ward, its_desk = committee(TODAY).pk, desk(TODAY).pk
    return (
        Role.PROVINCE_STEERING in who.roles
        or who.actor.has(Role.UNIT_LEADER, ward)
        or who.actor.has(Role.SIGNATORY, ward)
        or who.actor.has(Role.HEAD_ONE_STOP, its_desk)
    )


def sees(who: Visitor, kind: str) -> bool:
    return handlers(who, kind) and kind in who.sees


def knows(who: Visitor, kind: str) -> bool:
    return handlers(who, kind) and kind in who.knows


def prints(who: Visitor, kind: str) -> bool:
    return knows(who, kind) and kind != "imported"


def desk_knows(who: Visitor, kind: str) -> bool:
    return at_desks(who, kind) and kind in who.knows


def head_knows(who: Visitor, kind: str) -> bool:
    return Role.HEAD_ONE_STOP in who.roles and kind in who.knows


def receives(who: Visitor, kind: str) -> bool:
    """The desk where the intake was put aside."""
    return kind != "far" and at_desks(who, kind) and who.is_at(desk(TODAY).pk)


def desk_sees(who: Visitor, kind: str) -> bool:
    return at_desks(who, kind) and kind in who.sees


@dataclass(frozen=True)
class Wall:
    """Who may open it, and what they are answered; 405 is a method it does not have.

    `closed` is what others are answered where that is no missing page, nor the way to
    sign in: the same for everybody, whatever there is behind it.
    """

    who: Rule
    get: int = 200
    post: int = 405
    closed: int = 0
    # A page of the workplace sends the stranger to sign in.
    signs_in: bool = True


def _public(get: int = 200, post: int = 405) -> Wall:
    return Wall(public, get, post)


def _held(get: int, post: int) -> Wall:
    """Without the dossier: the way to its code, or missing."""
    return Wall(public, get, post)


_API = Wall(public, 401, 401)

TABLE: dict[str, Wall] = {
    # Open to all.
    "home": _public(),
    "today": _public(),
    "help": _public(),
    "places:desks": _public(),
    "places:desk": _public(),
    "places:communes": _public(),
    "places:commune": _public(302),
    "procedures:search": _public(),
    "procedures:show": _public(),
    "procedures:my_list": _public(),
    "procedures:my_list_text": _public(),
    "procedures:my_list_print": _public(),
    "procedures:poster": _public(),
    "procedures:versions": _public(),
    "procedures:old_version": _public(),
    "procedures:postings": _public(),
    "programmes:article": _public(),
    "outside:indices": _public(),
    "outside:index": _public(),
    "outside:download": _public(),
    "outside:targets": _public(),
    "editions:list": _public(),
    "editions:feed": _public(200, 200),
    # None is approved in the small province; drafts are the steering office's.
    "editions:newest": Wall(nobody, closed=404, signs_in=False),
    "editions:one": Wall(nobody, closed=404, signs_in=False),
    "editions:download": Wall(nobody, closed=404, signs_in=False),
    "editions:drafts": Wall(having(Role.PROVINCE_STEERING), 200, 422),
    "editions:draft": Wall(nobody),
    "editions:decide": Wall(nobody, 405),
    "figures:index": _public(),
    "figures:one": _public(),
    "figures:download": _public(),
    "people:change_officer": _public(200, 200),
    "account_inactive": _public(),
    # With the code and secret of a slip.
    "dossiers:follow": _public(200, 422),
    "dossiers:capability": _public(302),
    "dossiers:let_go": _public(405, 302),
    "dossiers:followed": Wall(holder, closed=404, signs_in=False),
    "dossiers:complete": Wall(holder, 302, 302, closed=404, signs_in=False),
    "dossiers:filed": Wall(holder, 302, closed=404, signs_in=False),
    "dossiers:filed_picture": Wall(holder, 302, closed=404, signs_in=False),
    "dossiers:nudge": Wall(holder, 405, 302, closed=404, signs_in=False),
    "dossiers:withdraw": Wall(holder, 200, 302, closed=404, signs_in=False),
    "dossiers:keep": Wall(holder, 405, 302, closed=404, signs_in=False),
    "dossiers:rate": Wall(holder, 302, 302, closed=404, signs_in=False),
    # Own filing is closed unless an installation opens it; a draft is its session's.
    "dossiers:addressee": Wall(nobody, closed=404, signs_in=False),
    "filing:index": Wall(nobody, closed=404, signs_in=False),
    "filing:resume": Wall(nobody, closed=404, signs_in=False),
    "filing:start": Wall(nobody, closed=404, signs_in=False),
    "filing:tasks": Wall(nobody, closed=404, signs_in=False),
    "filing:leave": Wall(nobody, closed=404, signs_in=False),
    "filing:discard": Wall(nobody, closed=404, signs_in=False),
    "filing:check": Wall(nobody, closed=404, signs_in=False),
    "filing:pdf": Wall(nobody, closed=404, signs_in=False),
    "filing:page": Wall(nobody, closed=404, signs_in=False),
    "filing:step": Wall(nobody, closed=404, signs_in=False),
    "filing:remove": Wall(nobody, closed=404, signs_in=False),
    # Accounts.
    "account_login": Wall(public, 0, 0),
    "account_logout": Wall(public, 0, 302),
    "account_change_password": Wall(accounts, 200, 200),
    "first_page": Wall(accounts, 0, 405),
    # Every official.
    "people:choose_office": Wall(officials, 405, 404),
    "duties:mine": Wall(officials),
    "duties:waiting": Wall(officials),
    "duties:by_village": Wall(officials),
    "duties:done": Wall(officials),
    "places:organisations": Wall(officials),
    "places:unassigned": Wall(officials),
    "places:organisation": Wall(officials),
    "places:units": Wall(officials),
    "places:unit": Wall(officials),
    "places:calendar": Wall(officials),
    "places:calendar_year": Wall(officials),
    "procedures:catalogue": Wall(officials),
    "procedures:walls": Wall(officials),
    "procedures:manage": Wall(officials),
    "procedures:posting_photo": Wall(nobody),
    # The desk.
    "dossiers:counter": Wall(at_desks, 200, 302),
    "dossiers:ratings": Wall(at_desks, 200, 404),
    "dossiers:intake": Wall(at_desks, 200, 200),
    "dossiers:intake_found": Wall(at_desks, 405, 200),
    "dossiers:intake_form": Wall(at_desks, 405, 404),
    "dossiers:at_once": Wall(at_desks, 200, 422),
    "dossiers:guide": Wall(at_desks, 200, 200),
    "dossiers:visits": Wall(at_desks),
    "dossiers:visit": Wall(nobody),
    "dossiers:visit_pdf": Wall(nobody),
    "dossiers:to_hand_over": Wall(at_desks),
    "dossiers:to_receive": Wall(at_desks),
    "dossiers:parked_list": Wall(at_desks),
    "notices:calls": Wall(at_desks),
    "notices:cards": Wall(at_desks),
    "notices:outcome": Wall(nobody, 405),
    "procedures:confirm_posting": Wall(nobody),
    # Whoever handles dossiers.
    "dossiers:in_progress": Wall(handlers),
    "dossiers:search": Wall(handlers, 200, 302),
    "dossiers:register": Wall(handlers),
    "dossiers:register_workbook": Wall(handlers),
    "dossiers:take_up_several": Wall(having(Role.SPECIALIST), 405, 200),
    "dossiers:apologies": Wall(having(Role.SIGNATORY), 200, 200),
    "dossiers:overview": Wall(having(Role.PROVINCE_STEERING, Role.UNIT_LEADER)),
    "figures:board": Wall(having(Role.PROVINCE_STEERING)),
    "figures:late": Wall(having(*LEADING)),
    "figures:mine": Wall(having(*LEADING), 302),
    "figures:scorecard": Wall(steers_the_ward),
    "figures:behind": Wall(steers_the_ward),
    "figures:lever": Wall(steers_the_ward),
    "duties:five_lines": Wall(
        having(Role.HEAD_ONE_STOP, Role.SIGNATORY, Role.UNIT_LEADER)
    ),
    # The reform index of units; whose sheet is whose stands in `tests/indicators`.
    "reform:rounds": Wall(having(Role.PROVINCE_STEERING, Role.UNIT_LEADER)),
    "reform:open": Wall(nobody, 200, 200),
    "reform:close": Wall(nobody, 405, 302),
    "reform:sheet": Wall(nobody),
    "reform:fill": Wall(nobody, 200, 200),
    "reform:adjust": Wall(nobody, 200, 200),
    "reform:evidence": Wall(nobody, 200, 200),
    "reform:file": Wall(nobody),
    # One dossier.
    "dossiers:show": Wall(sees),
    "dossiers:verb": Wall(sees, 0, 0),
    "dossiers:printed": Wall(prints),
    "dossiers:file": Wall(prints),
    "dossiers:taken": Wall(desk_knows),
    "dossiers:declaration": Wall(nobody),  # no form was filled in at the counter
    "dossiers:answer": Wall(head_knows, 302, 302),  # nobody has asked
    "dossiers:parked": Wall(receives, 200, 200),
    "dossiers:drop_parked": Wall(desk_sees, 405, 302),
    # Administrators, each in its reach.
    "people:users": Wall(administrators),
    "people:new": Wall(administrators, 200, 200),
    "people:account": Wall(over_the_ward),
    "people:correct": Wall(over_the_ward, 200, 200),
    "people:give": Wall(over_the_ward, 200, 200),
    "people:close": Wall(over_the_ward, 200, 200),
    "people:reset_password": Wall(over_the_ward, 405, 200),
    "people:end": Wall(over_the_ward, 200, 200),
    "people:deputy": Wall(over_the_ward, 200, 200),
    "places:rename_body": Wall(over_the_ward, 200, 200),
    "places:contact": Wall(over_the_ward, 200, 200),
    "places:hours": Wall(over_the_ward, 200, 200),
    "places:mobile_day": Wall(over_the_ward, 200, 200),
    "places:cancel_mobile_day": Wall(nobody, 405),
    "places:give_seat": Wall(nobody),
    "places:end_seat": Wall(nobody),
    "places:receiver": Wall(province_alone, 200, 200),
    "places:rename_unit": Wall(province_alone, 200, 200),
    "places:merge": Wall(province_alone, 200, 200),
    "places:decree": Wall(province_alone, 200, 422),
    "procedures:new_version": Wall(province_alone, 200, 200),
    "journeys:reread": Wall(province_alone, 200, 302),
    "journeys:to_be_assigned": Wall(
        lambda who, kind: (
            province_alone(who, kind) or Role.PROVINCE_STEERING in who.roles
        )
    ),
    "notices:outbox": Wall(administrators, signs_in=False),
    "notices:message": Wall(nobody, closed=404, signs_in=False),
    # Systems of agencies; what each scope opens stands in `tests/dossiers`.
    "api:openapi-json": _public(200, 200),
    "api:api-root": Wall(nobody, closed=404, signs_in=False),
    "api:open_dossier": Wall(public, 0, 0),
    "api:list_dossiers": Wall(public, 0, 0),
    "api:open_many": Wall(public, 0, 0),
    "api:read_dossier": Wall(public, 0, 0),
    "api:move": Wall(public, 0, 0),
}
# In the demo alone, on loopback: elsewhere these addresses are not there.
DEMO = {"demo:become", "demo:move", "demo:five_minutes"}
DEMO |= {"ui:sheet", "ui:work", "ui:follow", "ui:question"}
# Addresses of one dossier, and the state in which it is asked for.
OF_A_DOSSIER = {
    "dossiers:show": "processing",
    "dossiers:verb": "processing",
    "dossiers:printed": "processing",
    "dossiers:file": "processing",
    "dossiers:taken": "processing",
    "dossiers:answer": "processing",
    "dossiers:parked": "draft",
    "dossiers:drop_parked": "draft",
}


# --- addresses ------------------------------------------------------------------------


def walk(patterns: Any, names: str = "") -> Iterator[tuple[str, Any]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inside = f"{names}{pattern.namespace}:" if pattern.namespace else names
            yield from walk(pattern.url_patterns, inside)
        else:
            yield f"{names}{pattern.name}", pattern.pattern


def addresses() -> dict[str, RoutePattern | RegexPattern]:
    return dict(walk(get_resolver().url_patterns))


@dataclass
class House:
    """What addresses name: a dossier of each kind, an office, an account."""

    province: walls.Province
    account: User
    mandate: Mandate

    def address(self, name: str, kind: str = "ordinary") -> str:
        ward = committee(TODAY)
        given: dict[str, Any] = {
            "code": "1.001193",
            "number": 1,
            "pk": 1,
            "year": 2026,
            "key": ward.key,
            "form": "khai-sinh",
            "page": "x",
            "item": 0,
            "step": 1,
            "draft": uuid.UUID(int=7),
            "posting": uuid.UUID(int=7),
            "capability": "x" * 22,
            "verb": "decide",
            "name": "decide",
            "public_id": uuid.UUID(int=7),
            "kind": "pdf",
            "slug": "papi",
            "ending": "csv",
            "file_id": uuid.UUID(int=7),
        }
        if name in OF_A_DOSSIER:
            given["public_id"] = self.dossier(name, kind).public_id
        elif name.startswith("people:"):
            mandate = name in ("people:end", "people:deputy")
            given["public_id"] = (self.mandate if mandate else self.account).public_id
        elif name.startswith("api:"):
            given["public_id"] = self.province["ordinary", "processing"].public_id
        if name in ("dossiers:printed", "dossiers:file"):
            given["name"] = "receipt"
        if name in ("places:unit", "places:rename_unit"):
            given["key"] = ward.place.key
        if name == "places:desk":
            given["key"] = desk(TODAY).key
        if name == "places:commune":
            given["key"] = ward.place.code
        if name.startswith("figures:"):
            given["code"] = "2.1" if name == "figures:lever" else "dossiers.late"
        wanted = addresses()[name].converters
        return reverse(name, kwargs={key: given[key] for key in wanted})

    def dossier(self, name: str, kind: str) -> Dossier:
        return self.province[kind, OF_A_DOSSIER[name]]

    def has(self, name: str, kind: str) -> bool:
        return (kind, OF_A_DOSSIER[name]) in self.province


@pytest.fixture(autouse=True)
def _morning() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def house(tmp_path: Path) -> House:
    province = walls.province(tmp_path)
    official("officer", (Role.COUNTER, desk(TODAY)), on=TODAY)
    account = User.objects.get(username="officer")
    return House(province, account, account.mandates.get())


# --- the proof ------------------------------------------------------------------------


def test_every_address_is_in_the_table_and_no_other() -> None:
    assert set(TABLE) == set(addresses())


def test_addresses_of_the_demo_are_not_there_without_it(client: Client) -> None:
    patterns = [
        path("", include("gandan.site.demo.urls")),
        path("bang-mau/", include("gandan.ui.urls")),
    ]
    found = dict(walk(patterns))
    assert set(found) == DEMO
    for route in ("minh-hoa/dong-vai", "minh-hoa/ngay", "nam-phut", "bang-mau/"):
        for answer in (client.get(f"/{route}"), client.post(f"/{route}")):
            assert answer.status_code == 404


def asked(client: Client, method: str, address: str) -> Any:
    """The answer; whatever it wrote is taken back, in the browser too."""
    before = {name: morsel.value for name, morsel in client.cookies.items()}
    with transaction.atomic():
        answer = getattr(client, method)(address)
        body = b"".join(answer.streaming_content) if answer.streaming else b""
        answer.close()
        answer.whole = body or (b"" if answer.streaming else answer.content)
        answer.events = Event.objects.count()
        answer.dossiers = Dossier.objects.count()
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(before)
    return answer


def look(house: House, who: Visitor, name: str, kind: str = "ordinary") -> None:
    wall, address = TABLE[name], house.address(name, kind)
    counted = Event.objects.count(), Dossier.objects.count()
    for method, opened in (("get", wall.get), ("post", wall.post)):
        answer = asked(who.client, method, address)
        where = (who.name, name, kind, method, answer.status_code)
        if wall.who(who, kind):
            if opened:
                assert answer.status_code == opened, where
            continue
        # Nothing was written, whatever was pressed.
        assert (answer.events, answer.dossiers) == counted, where
        if answer.status_code == 405:
            assert opened == 405, where
        elif wall.signs_in and not who.is_signed_in:
            assert answer.status_code == 302, where
            assert answer.headers["Location"].startswith("/tai-khoan/dang-nhap"), where
        elif answer.status_code == 302 and wall.closed:
            # The way to the code of a slip; the same for whatever is asked for.
            assert answer.headers["Location"] == "/theo-doi", where
        else:
            assert answer.status_code == 404, where
            there_is_nothing(who, method, address, answer.whole)


def there_is_nothing(who: Visitor, method: str, address: str, said: bytes) -> None:
    """Forbidden is, byte for byte, what the same reader gets for nothing at all.

    A dossier's address is held against the same one with a number nobody has, byte for
    byte. Other addresses are no secret; what stands on the page is held against that of
    one that was never written (which has no place in the navigation).
    """
    missing = _UUID.sub(str(uuid.UUID(int=9)), address)
    theirs = said.decode()
    if missing != address:
        ours = asked(who.client, method, missing)
        assert ours.status_code == 404
        assert theirs.replace(address, missing) == ours.whole.decode()
    else:
        ours = asked(who.client, method, NOWHERE)
        assert ours.status_code == 404
        assert main_of(theirs) == main_of(ours.whole.decode())


_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def main_of(page: str) -> str:
    before, main, rest = page.partition("<main")
    return (main + rest).partition("</main>")[0] or before


# Of each sort one, in every run.
ALWAYS = {
    "anonymous",
    "resident with an account",
    "counter of the other desk",
    "specialist of the ward",
    "administrator of the ward",
}


def everybody(always: set[str]) -> list[Any]:
    return [
        name if name in always else pytest.param(name, marks=pytest.mark.full)
        for name in EVERYBODY
    ]


@pytest.mark.parametrize("name", everybody(ALWAYS))
def test_every_address_answers_as_the_table_says(house: House, name: str) -> None:
    who = visitor(name, house.province)
    for address in TABLE:
        if address not in OF_A_DOSSIER:
            look(house, who, address)


@pytest.mark.parametrize("name", everybody(ALWAYS))
def test_every_dossier_opens_to_whom_the_table_says(house: House, name: str) -> None:
    who = visitor(name, house.province)
    for kind in KINDS:
        for address in OF_A_DOSSIER:
            if house.has(address, kind):
                look(house, who, address, kind)


# Scope → what `POST /dossiers` with state 1 and 2 is answered, and the batch.
FILING = {
    "dossiers:file": (200, 404),
    "dossiers:receive": (404, 200),
    "dossiers:steer": (404, 200),
    "dossiers:process": (404, 404),
    "dossiers:sign": (404, 404),
}


@pytest.mark.parametrize("scope", FILING)
def test_a_system_files_and_receives_by_its_scope_alone(scope: str) -> None:
    client = _with_token(scope)
    for state, status in zip((1, 2), FILING[scope], strict=True):
        body = {
            "procedure": "1.001193",
            "competent": walls.OWN,
            "state": state,
            "parties": [{"full_name": "Nông Thị Mẩy"}],
        }
        answer = client.post(
            "/api/v1/dossiers",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": f"key-0000{state}"},
        )
        assert answer.status_code == status, (scope, state, answer.content)
    assert Dossier.objects.count() == FILING[scope].count(200)


def test_a_system_receives_at_its_own_desks_alone() -> None:
    client = _with_token("dossiers:receive")
    body = {
        "procedure": "1.001193",
        "competent": OTHER,
        "state": 2,
        "parties": [{"full_name": "Nông Thị Mẩy"}],
    }
    answer = client.post(
        "/api/v1/dossiers",
        body,
        content_type="application/json",
        headers={"Idempotency-Key": "key-00001"},
    )
    assert answer.status_code == 409
    assert not Dossier.objects.exists()


def test_a_temporary_password_opens_nothing_but_its_change(house: House) -> None:
    actor = VIEWERS["counter of the ward's desk"].make()
    assert actor.user_id is not None
    User.objects.filter(pk=actor.user_id).update(password_is_temporary=True)
    client = signed_in(actor)
    for name in TABLE:
        wall = TABLE[name]
        if wall.who in (at_desks, handlers, officials, sees, prints, desk_knows):
            for method in ("get", "post"):
                answer = asked(client, method, house.address(name))
                assert answer.status_code in (302, 405), name
                if answer.status_code == 302:
                    assert answer.headers["Location"] == reverse(
                        "account_change_password"
                    ), name
