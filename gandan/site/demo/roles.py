"""The seven parts of the demo's bar, and the accounts behind the official ones."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from gandan.kernel.actors import SYSTEM, Role
from gandan.kernel.localtime import local_day
from gandan.people import actions
from gandan.people.models import Mandate, User
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import OrganisationKind

COMMUNE_CODE = "01273"
DECISION = "Quyết định minh họa"

FARMER, JOURNALIST = "farmer", "journalist"


@dataclass(frozen=True, slots=True)
class Part:
    """Who one can be with one click; without `username`, nobody signs in."""

    key: str
    name: str | Promise
    username: str = ""
    full_name: str = ""


# Usernames of the ward's crew (see `cast`), so that each part finds its work.
PARTS: tuple[Part, ...] = (
    Part(FARMER, pgettext_lazy("part", "Farmer")),
    Part(
        "counter",
        pgettext_lazy("part", "Counter"),
        f"demo-{COMMUNE_CODE}-quay",
        "Nông Thị Bích Đào",
    ),
    Part(
        "land",
        pgettext_lazy("part", "Land specialist"),
        f"demo-{COMMUNE_CODE}-chuyen-vien",
        "Hoàng Văn Thạch",
    ),
    Part(
        "head",
        pgettext_lazy("part", "Head of one-stop"),
        f"demo-{COMMUNE_CODE}-truong-quay",
        "Bế Thị Ngọc Lan",
    ),
    Part(
        "chair",
        pgettext_lazy("part", "Commune chair"),
        f"demo-{COMMUNE_CODE}-ky",
        "Lục Văn Sơn",
    ),
    Part("province", pgettext_lazy("part", "Province"), "demo-tinh", "Đàm Thu Hà"),
    Part(JOURNALIST, pgettext_lazy("part", "Journalist")),
)
BY_KEY = {part.key: part for part in PARTS}


def _offices(key: str, at: datetime) -> list[tuple[Role, Organisation]]:
    """Where each part holds which role; land work is the commune's since July 2025."""
    day = local_day(at)
    body = places.agency_by(COMMUNE_CODE, day)
    province = places.agency_by("04", day)
    assert body is not None
    assert province is not None
    desk = places.desk_of(body, day) or body
    divisions = [
        part
        for part in places.directory().parts_of.get(body.pk, ())
        if part.kind in {OrganisationKind.DIVISION, OrganisationKind.OFFICE}
        and part.is_in_force(day)
    ]
    return {
        "counter": [(Role.COUNTER, desk)],
        "land": [(Role.SPECIALIST, office) for office in [body, *divisions]],
        "head": [(Role.HEAD_ONE_STOP, desk)],
        "chair": [(Role.SIGNATORY, body), (Role.UNIT_LEADER, body)],
        "province": [(Role.PROVINCE_STEERING, province)],
    }[key]


@transaction.atomic
def ensure_roles(at: datetime) -> dict[str, User]:
    """The accounts behind the parts, by part; what is missing is made, nothing else.

    They have no password: one plays them with one click, and only in the demo.
    """
    made = {}
    for part in PARTS:
        if part.username:
            made[part.key] = _ensure(part, _offices(part.key, at), at)
    return made


def _ensure(part: Part, offices: list[tuple[Role, Organisation]], at: datetime) -> User:
    day = local_day(at)
    user = User.objects.filter(username=part.username).first()
    if user is None:
        role, office = offices[0]
        user, _password = actions.open_account(
            username=part.username,
            full_name=part.full_name,
            role=role,
            organisation_id=office.pk,
            starts=day,
            decision=DECISION,
            by=SYSTEM,
            at=at,
        )
        user.set_unusable_password()
        user.demo, user.password_is_temporary = True, False
        user.save(update_fields=["password", "demo", "password_is_temporary"])
    held = {
        (mandate.role, mandate.organisation_id)
        for mandate in Mandate.objects.on(day).filter(user=user)
    }
    for role, office in offices:
        if (role.value, office.pk) not in held:
            actions.give_mandate(
                user_id=user.pk,
                role=role,
                organisation_id=office.pk,
                starts=day,
                ends=None,
                decision=DECISION,
                by=SYSTEM,
                at=at,
            )
    return user
