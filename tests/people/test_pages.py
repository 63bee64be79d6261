"""Sign-in, change of officer, and the administrator's pages."""

import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from gandan.kernel.actors import SYSTEM, Actor, Role
from gandan.ledger.models import Event
from gandan.people import actions
from gandan.people.models import Mandate, User
from gandan.places.importing.provinces import import_province
from gandan.places.models import Organisation
from tests.factories import committee, desk, official
from tests.people.conftest import NOW, TODAY, signed_in
from tests.places.test_importing import FILES

PASSWORD = "suối chảy qua bản"
DECISION = "12/QĐ-UBND"


def officer(username: str, **changes: object) -> User:
    actor = official(
        username, (Role.COUNTER, desk(TODAY)), on=TODAY, full_name=username.title()
    )
    user = User.objects.get(pk=actor.user_id or 0)
    user.set_password(PASSWORD)
    for name, value in changes.items():
        setattr(user, name, value)
    user.save()
    return user


def sign_in(client: Client, username: str, password: str = PASSWORD) -> int:
    answer = client.post(
        reverse("account_login"), {"login": username, "password": password}
    )
    return answer.status_code


@pytest.fixture(autouse=True)
def _nobody_has_tried_yet(db: None) -> None:
    cache.clear()


def test_an_official_signs_in_and_it_is_written_down(client: Client) -> None:
    user = officer("lan")
    answer = client.post(
        reverse("account_login"), {"login": "lan", "password": PASSWORD}
    )
    assert answer.headers["Location"] == reverse("first_page")
    event = Event.objects.get(kind="people.signed_in.v1")
    assert (event.subject, event.payload) == (str(user.public_id), {"way": "password"})


@pytest.mark.parametrize(
    ("changes", "password"),
    [
        ({}, "not the password"),
        ({"official": False}, PASSWORD),  # a resident never enters here
        ({"is_active": False}, PASSWORD),
    ],
)
def test_nobody_else_does(
    client: Client, changes: dict[str, object], password: str
) -> None:
    officer("lan", **changes)
    sign_in(client, "lan", password)
    assert "_auth_user_id" not in client.session


def test_wrong_passwords_are_slowed_by_account_until_even_the_right_one_waits(
    client: Client,
) -> None:
    officer("lan")
    for _ in range(5):
        assert sign_in(client, "lan", "wrong") in (200, 422)
    sign_in(client, "lan")
    assert "_auth_user_id" not in client.session
    other = officer("mai")
    sign_in(client, "mai")
    assert client.session["_auth_user_id"] == str(other.pk)


@pytest.mark.parametrize(
    "path",
    [
        "/tai-khoan/signup/",
        "/tai-khoan/dang-ky",
        "/tai-khoan/email/",
        "/tai-khoan/password/reset/",
        "/tai-khoan/login/code/confirm/",
        "/admin/",
    ],
)
def test_what_allauth_and_django_could_do_beside_has_no_address(
    client: Client, path: str
) -> None:
    assert client.get(path).status_code == 404


def test_signing_out_needs_a_press_not_a_visit(client: Client) -> None:
    officer("lan")
    sign_in(client, "lan")
    client.get(reverse("account_logout"))
    assert "_auth_user_id" in client.session
    assert client.post(reverse("account_logout")).headers["Location"] == "/"
    assert "_auth_user_id" not in client.session


def test_what_a_visitor_held_does_not_come_along(client: Client) -> None:
    session = client.session
    session["held_dossiers"] = {"a": [1, 1, False]}
    session.save()
    officer("lan")
    sign_in(client, "lan")
    assert "held_dossiers" not in client.session


def test_a_temporary_password_opens_only_the_page_that_changes_it(
    client: Client,
) -> None:
    officer("lan", password_is_temporary=True)
    sign_in(client, "lan")
    change = reverse("account_change_password")
    for name in ("first_page", "duties:mine"):
        assert client.get(reverse(name)).headers["Location"] == change

    refused = client.post(change, {"old": PASSWORD, "new": "ngắn"})
    assert refused.status_code == 422
    answer = client.post(change, {"old": PASSWORD, "new": "rừng thông bên suối"})
    assert answer.status_code == 302
    assert client.get(reverse("duties:mine")).status_code == 200


def test_the_next_officer_sits_down_with_one_click_and_a_password(
    client: Client,
) -> None:
    first, second = officer("lan"), officer("mai")
    here = desk(TODAY)
    sign_in(client, "lan")
    client.post(reverse("people:choose_office"), {"office": here.key})
    client.post(reverse("account_logout"))
    sign_in(client, "mai")

    page = client.get(reverse("people:change_officer"))
    assert str(first.public_id) in page.content.decode()
    assert str(second.public_id) not in page.content.decode()
    wrong = client.post(
        reverse("people:change_officer"),
        {"officer": str(first.public_id), "password": "wrong"},
    )
    assert wrong.status_code == 422
    assert client.session["_auth_user_id"] == str(second.pk)
    client.post(
        reverse("people:change_officer"),
        {"officer": str(first.public_id), "password": PASSWORD},
    )
    assert client.session["_auth_user_id"] == str(first.pk)
    assert client.session["desk"] == here.key
    ways = Event.objects.filter(kind="people.signed_in.v1").order_by("id")
    assert [event.payload["way"] for event in ways] == ["password", "password", "desk"]


def test_only_officers_of_this_browser_and_this_day_are_offered(
    client: Client,
) -> None:
    lan, mai = officer("lan"), officer("mai")
    sign_in(client, "lan")
    answer = client.post(
        reverse("people:change_officer"),
        {"officer": str(mai.public_id), "password": PASSWORD},
    )
    assert answer.status_code == 422  # mai has not signed in at this computer
    client.post(reverse("account_logout"))
    page = reverse("people:change_officer")
    assert str(lan.public_id) in client.get(page).content.decode()
    assert str(lan.public_id) not in Client().get(page).content.decode()

    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        assert str(lan.public_id) not in client.get(page).content.decode()


def test_a_cookie_we_did_not_sign_offers_nobody(client: Client) -> None:
    lan = officer("lan")
    client.cookies["desk_officers"] = f'{{"ids": ["{lan.public_id}"]}}'
    page = client.get(reverse("people:change_officer"))
    assert str(lan.public_id) not in page.content.decode()


def test_an_office_without_a_mandate_cannot_be_chosen(client: Client) -> None:
    officer("lan")
    sign_in(client, "lan")
    other = desk(TODAY, "01279")
    answer = client.post(reverse("people:choose_office"), {"office": other.key})
    assert answer.status_code == 404


ADDRESSES = ("users", "new", "account", "correct", "give", "close")


@pytest.mark.parametrize("name", ADDRESSES)
def test_pages_of_accounts_open_for_administrators_alone(
    client: Client, admin: Actor, name: str
) -> None:
    user = officer("lan")
    arguments = [user.public_id] if name in ADDRESSES[2:] else []
    address = reverse(f"people:{name}", args=arguments)

    assert client.get(address).status_code == 302  # to the sign-in page
    assert signed_in(Client(), admin).get(address).status_code == 200
    for role in set(Role) - {Role.ADMINISTRATOR}:
        other = official(f"as-{role}", (role, committee(TODAY)), on=TODAY)
        assert signed_in(Client(), other).get(address).status_code == 404


def test_an_account_out_of_reach_looks_missing(
    client: Client, ward_admin: Actor
) -> None:
    actor = official("far", (Role.COUNTER, desk(TODAY, "01279")), on=TODAY)
    far = User.objects.get(pk=actor.user_id or 0)
    signed_in(client, ward_admin)
    for public_id in (far.public_id, uuid4()):
        answer = client.get(reverse("people:account", args=[public_id]))
        assert answer.status_code == 404
    assert "far" not in client.get(reverse("people:users")).content.decode()
    mandate = Mandate.objects.get(user=far)
    for name in ("end", "deputy"):
        answer = client.get(reverse(f"people:{name}", args=[mandate.public_id]))
        assert answer.status_code == 404


def test_an_account_is_opened_on_the_page_and_its_password_shown_once(
    client: Client, admin: Actor
) -> None:
    signed_in(client, admin)
    answer = client.post(
        reverse("people:new"),
        {
            "full_name": "Nông Văn Dền",
            "username": "den.nong",
            "role": "specialist",
            "organisation": committee(TODAY).key,
            "starts": "31/03/2026",
            "decision": DECISION,
        },
    )
    text = answer.content.decode()
    password = re.search(r"<strong>((?:[a-z2-9]{4}-){3}[a-z2-9]{4})</strong>", text)
    user = User.objects.get(username="den.nong")
    assert password is not None
    assert user.check_password(password[1])
    assert answer.headers["Cache-Control"] == "no-store"


def test_offices_of_another_province_take_no_mandates(
    client: Client, admin: Actor, tmp_path: Path
) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    import_province(tmp_path, "98", by=SYSTEM, at=NOW)
    assert Organisation.objects.filter(key__startswith="98").exists()
    choice = signed_in(client, admin).get(reverse("people:new")).context["form"]
    offered = [
        key
        for _group, offices in choice.fields["organisation"].choices
        for key, _name in (offices if isinstance(offices, list) else [])
    ]
    assert desk(TODAY).key in offered
    assert all(key.startswith("04") for key in offered)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"starts": "30/03/2026"}, "Ngày phải là hôm nay hoặc sau hôm nay"),
        ({"username": "Nông"}, "Chỉ dùng chữ thường"),
        ({"decision": ""}, "bắt buộc"),
        ({"organisation": "04.TU@2021-01-01"}, "Ủy ban"),
    ],
)
def test_what_an_administrator_mistypes_comes_back_with_how_to_mend_it(
    client: Client, admin: Actor, changes: dict[str, str], said: str
) -> None:
    signed_in(client, admin)
    data = {
        "full_name": "Nông Văn Dền",
        "username": "den.nong",
        "role": "specialist",
        "organisation": committee(TODAY).key,
        "starts": "31/03/2026",
        "decision": DECISION,
    }
    answer = client.post(reverse("people:new"), data | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not User.objects.filter(username="den.nong").exists()


def test_mandates_are_given_ended_and_covered_on_the_pages(
    client: Client, admin: Actor
) -> None:
    lan, mai = officer("lan"), officer("mai")
    signed_in(client, admin)
    give = reverse("people:give", args=[lan.public_id])
    client.post(
        give,
        {
            "role": "specialist",
            "organisation": committee(TODAY).key,
            "starts": "31/03/2026",
            "decision": DECISION,
        },
    )
    given = Mandate.objects.get(user=lan, role="specialist")
    counter = Mandate.objects.get(user=lan, role="counter")
    client.post(
        reverse("people:deputy", args=[counter.public_id]),
        {
            "deputy": str(mai.public_id),
            "starts": "31/03/2026",
            "ends": "14/04/2026",
            "decision": DECISION,
        },
    )
    # Mai is a counter officer there already: the same role is not held twice.
    assert not Mandate.objects.filter(deputy_for=lan).exists()
    client.post(
        reverse("people:end", args=[given.public_id]),
        {"ends": "31/03/2026", "decision": DECISION},
    )
    given.refresh_from_db()
    assert given.ends == TODAY
    page = client.get(reverse("people:account", args=[lan.public_id])).content.decode()
    assert DECISION in page


def test_the_own_account_shows_no_button(client: Client, admin: Actor) -> None:
    signed_in(client, admin)
    page = client.get(reverse("people:account", args=[admin.id])).content.decode()
    assert reverse("people:give", args=[admin.id]) not in page
    mandate = Mandate.objects.get(user_id=admin.user_id or 0)
    assert reverse("people:end", args=[mandate.public_id]) not in page


def test_the_list_is_paged_by_key_with_a_fixed_number_of_questions(
    client: Client, admin: Actor, django_assert_max_num_queries: object
) -> None:
    here = desk(TODAY)
    for number in range(120):
        actions.open_account(
            username=f"u{number:03}",
            full_name=f"Nông Thị Mẩy {chr(97 + number % 26)}",
            role=Role.COUNTER,
            organisation_id=here.pk,
            starts=TODAY,
            decision=DECISION,
            by=admin,
            at=NOW,
        )
    signed_in(client, admin)
    address, seen = reverse("people:users") + f"?don-vi={here.key}&q=may", []
    pages = 0
    while address:
        with django_assert_max_num_queries(10):  # type: ignore[operator]
            answer = client.get(address)
        rows = answer.context["rows"]
        seen += [user.username for user, _mandates in rows]
        following = answer.context["after"]
        address = reverse("people:users") + following if following else ""
        pages += 1
    assert pages == 3
    assert len(seen) == len(set(seen)) == 120
    back = client.get(reverse("people:users") + answer.context["before"])
    assert [user.username for user, _m in back.context["rows"]] == seen[50:100]
    assert "Mẩy" not in answer.context["before"]
