"""A small province to look into: nine kinds of dossier in every state a list shows, and
everybody who may try to see them. Who sees what is written by hand below."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gandan.dossiers import actions
from gandan.dossiers.agencies import digest_of
from gandan.dossiers.importing.loading import import_file
from gandan.dossiers.models import Dossier
from gandan.kernel.actors import SYSTEM, Actor, Role
from gandan.people.models import Agency
from gandan.places import queries as places
from gandan.places.models import Organisation
from tests.dossiers.book import book, line
from tests.dossiers.conftest import NOW, TODAY
from tests.factories import committee, counter, desk, head, official, opening

# Three wards and communes of today, and a department.
OWN, OTHER, THIRD = "01273", "01279", "01288"
DEPARTMENT = "04.SO-TP@2021-01-01"
ADOPTION = "2.001255"  # of the protected class
Province = dict[tuple[str, str], Dossier]
STATES = ("draft", "submitted", "processing", "done")

KINDS: dict[str, str] = {
    "ordinary": "received and decided by the ward",
    "protected": "the same, of a protected procedure",
    "helped": "the ward's, with help at the other commune's desk",
    "helped protected": "the same, of a protected procedure",
    "rerouted": "received by the ward, now with the other commune",
    "rerouted protected": "the same, of a protected procedure",
    "imported": "the ward's, from another book",
    "department": "received by the ward, decided by the department",
    "far": "of a third commune alone",
}


def body(key: str) -> Organisation:
    return places.directory().organisation_of_key[key]


def owner_of(kind: str, state: str) -> actions.PartyIn:
    """A name and a number of its own for every dossier."""
    number = 1 + [*KINDS].index(kind) * 10 + STATES.index(state)
    name = f"Lương {_NAMES[number // 10]} {_NAMES[10 + number % 10]}"
    return actions.PartyIn(
        role="owner",
        full_name=name,
        identity_number=f"0041950{number:05}",
        telephone=f"09120{number:05}",
        village="Xóm Trong Sách",
        address="Nhà bên suối",
    )


_NAMES = (
    *("Anh", "Bình", "Chi", "Dung", "Giang", "Hà", "Khánh", "Lan", "Mai", "Nga"),
    *("Oanh", "Phúc", "Quý", "Sáu", "Thu", "Uyên", "Vân", "Xuân", "Yến", "Ý"),
)


def _opening(kind: str, state: str) -> actions.Opening:
    home = THIRD if kind == "far" else OWN
    more: dict[str, Any] = {}
    if "helped" in kind:
        more["helped_at"] = desk(TODAY, OTHER)
    if "protected" in kind:
        more["procedure"] = ADOPTION
    if kind == "department":
        more["competent"] = body(DEPARTMENT)
    return opening(TODAY, code=home, parties=(owner_of(kind, state),), **more)


def _made(kind: str, state: str) -> Dossier:
    home = THIRD if kind == "far" else OWN
    by, what = counter(TODAY, home), _opening(kind, state)
    if state == "draft":
        return actions.draft(what, by=by, at=NOW, parked=True)
    if state == "submitted":
        stranger = Actor(kind="citizen", id="", user_id=None)
        return actions.submit(what, by=stranger, at=NOW).dossier
    dossier = actions.open_and_receive(what, by=by, at=NOW).dossier
    if "rerouted" in kind:
        actions.reroute(
            dossier_id=dossier.pk,
            to=committee(TODAY, OTHER),
            reason="Thuộc xã khác",
            by=head(TODAY),
            at=NOW,
        )
    where = _competent(kind)
    act: Any = actions
    act.take_up(dossier_id=dossier.pk, by=_at(Role.SPECIALIST, where), at=NOW)
    if state == "done":
        act.decide(dossier_id=dossier.pk, by=_at(Role.SIGNATORY, where), at=NOW)
    return Dossier.objects.get(pk=dossier.pk)


def _competent(kind: str) -> Organisation:
    if kind == "department":
        return body(DEPARTMENT)
    code = OTHER if "rerouted" in kind else THIRD if kind == "far" else OWN
    return committee(TODAY, code)


def _at(role: Role, where: Organisation) -> Actor:
    return official(f"maker-{role}-{where.pk}", (role, where), on=TODAY)


def province(folder: Any) -> dict[tuple[str, str], Dossier]:
    """Every kind in every state it can have, by (kind, state)."""
    made = {}
    for kind in KINDS:
        for state in STATES:
            if kind == "imported" or ("rerouted" in kind and state in STATES[:2]):
                continue
            made[kind, state] = _made(kind, state)
    lines = {
        "processing": line(1, ended_on="", outcome="", returned_on=""),
        "done": line(2, returned_on="", ended_on="2026-03-11"),
    }
    for given in lines.values():
        given["received_at"] = "2026-03-10T09:05"
    path = book(folder, *lines.values())
    import_file(path, by=SYSTEM, at=NOW)
    for state, given in lines.items():
        made["imported", state] = Dossier.objects.get(code=given["code"])
    return made


# --- who looks, and what each of them may see -----------------------------------------


@dataclass(frozen=True)
class Viewer:
    """`sees`: kinds whose state and dates it reads; `knows`: also their people."""

    make: Callable[[], Actor]
    sees: frozenset[str]
    knows: frozenset[str]


def kinds_of(words: str) -> frozenset[str]:
    kinds = frozenset(word.strip() for word in words.split(",") if word.strip())
    assert kinds <= set(KINDS), kinds
    return kinds


def _held(
    role: Role, where: Callable[[], Organisation], name: str
) -> Callable[[], Actor]:
    return lambda: official(name, (role, where()), on=TODAY)


def _own_desk() -> Organisation:
    return desk(TODAY)


def _other_desk() -> Organisation:
    return desk(TODAY, OTHER)


def _division() -> Organisation:
    """A division of the ward's committee answers for the committee."""
    return next(
        part
        for part in places.directory().parts_of[committee(TODAY).pk]
        if part.kind == "division" and part.is_in_force(TODAY)
    )


# The ward received all of these, whoever decides.
_RECEIVED = (
    "ordinary, protected, helped, helped protected, rerouted, rerouted protected,"
    " imported, department"
)
# The ward decides these.
_DECIDED = "ordinary, protected, helped, helped protected, imported"
NOTHING = frozenset[str]()


def _viewers() -> dict[str, Viewer]:
    own, other = (lambda: committee(TODAY)), (lambda: committee(TODAY, OTHER))
    found: dict[str, Viewer] = {}

    def add(
        name: str, role: Role, where: Callable[[], Organisation], sees: str, knows: str
    ) -> None:
        make = _held(role, where, f"viewer-{len(found)}")
        found[name] = Viewer(make, kinds_of(sees), kinds_of(knows))

    for role in (Role.COUNTER, Role.HEAD_ONE_STOP):
        add(f"{role} of the ward's desk", role, _own_desk, _RECEIVED, _RECEIVED)
        # It helped once, and hands back what its commune decides; protected
        # procedures stay with who received and who decides them.
        add(
            f"{role} of the other desk",
            role,
            _other_desk,
            "helped, rerouted",
            "rerouted",
        )
        add(
            f"{role} of the province's desk",
            role,
            lambda: body("04.TTPVHCC@2025-07-01"),
            "",
            "",
        )
    for role in (Role.SPECIALIST, Role.SIGNATORY, Role.UNIT_LEADER):
        add(f"{role} of the ward", role, own, _DECIDED, _DECIDED)
        add(
            f"{role} of the other commune",
            role,
            other,
            "rerouted, rerouted protected",
            "rerouted, rerouted protected",
        )
        add(
            f"{role} of the department",
            role,
            lambda: body(DEPARTMENT),
            "department",
            "department",
        )
        add(f"{role} of a division of the ward", role, _division, _DECIDED, _DECIDED)
    add(
        "steering office of the province",
        Role.PROVINCE_STEERING,
        lambda: body("04@2021-01-01"),
        "",
        "",
    )
    add(
        "administrator of the province",
        Role.ADMINISTRATOR,
        lambda: body("04@2021-01-01"),
        "",
        "",
    )
    add("administrator of the ward", Role.ADMINISTRATOR, own, "", "")
    return found


VIEWERS = _viewers()


# --- systems of agencies --------------------------------------------------------------

# Scope of a token of the ward → the kinds it may see.
SCOPES: dict[str, str] = {
    "dossiers:file": "",
    "dossiers:receive": _RECEIVED,
    "dossiers:steer": _RECEIVED,
    "dossiers:process": _DECIDED,
    "dossiers:sign": _DECIDED,
}


def token_of(scope: str, where: Organisation, *, ends: date | None = None) -> str:
    token = secrets.token_urlsafe(24)
    Agency.objects.create(
        name=scope,
        organisation=where,
        digest=digest_of(token),
        scopes=[scope],
        starts=date(2020, 1, 1),
        ends=ends,
    )
    return token
