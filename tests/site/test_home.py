"""The first page: what one can do, in the visitor's language."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation

from gandan.dossiers.web.public.forms import Follow
from gandan.kernel.actors import Role
from gandan.people.models import User
from gandan.site import navigation
from tests import factories

pytestmark = pytest.mark.django_db


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_search_and_follow_stand_first_and_send_where_they_should(
    client: Client,
) -> None:
    page = client.get("/").content.decode()
    assert f'action="{reverse("procedures:search")}"' in page
    assert 'name="q"' in page
    assert f'method="post" action="{reverse("dossiers:follow")}"' in page
    for name in Follow.base_fields:
        assert f'name="{name}"' in page
    assert settings.SERVICE_TELEPHONE in page
    assert "<script" not in page  # a citizen's page works without


@pytest.mark.parametrize(
    ("prefix", "line"),
    [
        ("", "2 hồ sơ đang giải quyết, 1 trễ hạn"),
        ("/en", "2 dossiers in progress, 1 late"),
        ("/fr", "2 dossiers en cours, 1 en retard"),
    ],
)
def test_the_live_line_counts_dossiers_and_opens_its_definition(
    client: Client, prefix: str, line: str
) -> None:
    old, new = factories.at("2026-03-02"), factories.at("2026-03-30")
    factories.received(old)
    factories.received(new)
    came_from_here = {"referer": "http://testserver/x"}
    with time_machine.travel(new + timedelta(hours=1), tick=False):
        home = client.get(f"{prefix}/", headers=came_from_here)
        today = client.get(f"{prefix}/so-lieu/hom-nay")
    assert line in text_of(home.content.decode())
    assert "1 / 2" in text_of(today.content.decode())


@pytest.mark.parametrize(
    ("accepted", "opens"),
    [
        ("fr-FR,fr;q=0.9,en;q=0.5", "/fr/"),
        ("en-US,en;q=0.9", "/en/"),
        ("de-DE,de;q=0.9", None),
        ("vi-VN", None),
        ("", None),
    ],
)
def test_the_first_page_follows_the_browsers_language_and_offers_all_three(
    client: Client, accepted: str, opens: str | None
) -> None:
    answer = client.get("/", headers={"accept-language": accepted})
    assert answer.headers.get("Location") == opens
    page = client.get(opens or "/", headers={"accept-language": accepted})
    for name in ("Tiếng Việt", "English", "Français"):
        assert name in page.content.decode()


@pytest.mark.parametrize("path", ["/", "/tro-giup", "/so-lieu/hom-nay"])
@pytest.mark.parametrize("language", ["vi", "en", "fr"])
def test_public_pages_of_the_site_open_in_three_languages_and_stay_light(
    client: Client, path: str, language: str
) -> None:
    prefix = "" if language == "vi" else f"/{language}"
    answer = client.get(f"{prefix}{path}", headers={"referer": "http://testserver/x"})
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()
    assert len(answer.content) < 30_000


def test_only_addresses_that_exist_are_linked(client: Client) -> None:
    page = client.get("/").content.decode()
    for href in set(re.findall(r'href="(/[^"#?]*)', page)):
        if not href.startswith("/static/"):
            assert client.get(href).status_code in (200, 302), href


def test_the_workspace_shows_each_role_what_its_guards_open() -> None:
    on = factories.TUESDAY.date()
    seen: dict[str, set[str]] = {}
    for role in Role:
        body = factories.desk(on) if role is Role.COUNTER else factories.committee(on)
        actor = factories.official(f"nav-{role}", (role, body), on=on)
        client = Client()
        client.force_login(
            User.objects.get(pk=actor.user_id or 0),
            backend="django.contrib.auth.backends.ModelBackend",
        )
        page = client.get(reverse("duties:mine"))
        links = [link for group in page.context["work_nav"] for link in group.links]
        for link in links:
            # A unit's own scorecard is led on to from one link for all units.
            with time_machine.travel(factories.TUESDAY, tick=False):
                opened = client.get(link.href, follow=True)
            assert opened.status_code == 200, (role, link.href)
        seen[role] = {link.href for link in links}
    users = reverse("people:users")
    assert [role for role in Role if users in seen[role]] == [Role.ADMINISTRATOR]
    assert reverse("duties:five_lines") in seen[Role.SIGNATORY]
    assert reverse("duties:five_lines") not in seen[Role.SPECIALIST]
    steering = [role for role in Role if reverse("dossiers:overview") in seen[role]]
    assert steering == [Role.UNIT_LEADER, Role.PROVINCE_STEERING]
    guiding = [role for role in Role if reverse("dossiers:visits") in seen[role]]
    assert guiding == [Role.COUNTER, Role.HEAD_ONE_STOP]


def test_the_names_in_the_navigation_are_addresses_of_the_interface_guide() -> None:
    """Slugs written by hand from INTERFACE §2."""
    slugs = {
        "procedures:search": "/thu-tuc",
        "filing:index": "/nop",
        "dossiers:follow": "/theo-doi",
        "places:desks": "/noi-tiep-nhan",
        "dossiers:check": "/kiem-tra",
        "procedures:postings": "/cong-khai",
        "places:communes": "/xa",
        "help": "/tro-giup",
    }
    named = {
        name
        for section in navigation.PUBLIC
        for name in [section.to, *(page.to for page in section.pages)]
        if name
    }
    figures = {
        *("today", "figures:index", "editions:list", "outside:indices"),
        *("outside:targets", "programmes:article"),
    }
    assert named - set(slugs) == figures
    for name, slug in slugs.items():
        assert navigation.address(name).rstrip("/") in ("", slug), name
        with translation.override("fr"):
            assert navigation.address(name).rstrip("/") in ("", f"/fr{slug}"), name
