"""The groups of the public site and of the workspace (INTERFACE.md §2 and §3).

Rooms arrive one by one: a page is linked once its address resolves, and a workspace
group is shown once the role has something in it.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gandan.kernel.actors import Role
from gandan.ui.navigation import Group, Link, with_current


@dataclass(frozen=True, slots=True)
class Page:
    """A name for readers, and the page's URL name; its guard says whom it is for,
    unless the page judges by itself: then `roles` repeats what it judges."""

    name: str | Promise
    to: str
    # What an installation has switched off has no link either.
    when: Callable[[], bool] = lambda: True
    roles: frozenset[Role] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    name: str | Promise
    pages: tuple[Page, ...] = ()
    to: str = ""


# Who steers the province has its board, and no unit of its own.
_LEADERS = frozenset({Role.SIGNATORY, Role.UNIT_LEADER, Role.HEAD_ONE_STOP})

PUBLIC = (
    Section(
        _("Services"),
        (
            Page(_("Find a procedure"), "procedures:search"),
            Page(_("File online"), "filing:index", when=lambda: settings.OWN_FILING),
            Page(_("Follow a dossier"), "dossiers:follow"),
            Page(_("Service desks"), "places:desks"),
            Page(_("Check a document"), "dossiers:check"),
        ),
    ),
    Section(
        _("My commune"),
        (Page(_("Postings"), "procedures:postings"),),
        to="places:communes",
    ),
    Section(
        _("Figures"),
        (
            Page(_("Dossiers today"), "today"),
            Page(_("Service results"), "figures:index"),
            Page(_("Published figures"), "editions:list"),
            Page(_("Outside indices"), "outside:indices"),
            Page(_("Targets"), "outside:targets"),
            Page(_("Project 08-ĐA/TU, claim by claim"), "programmes:article"),
        ),
    ),
    Section(_("Help"), to="help"),
)

WORKSPACE = (
    Section(
        _("My work"),
        (
            Page(pgettext_lazy("tab", "To do"), "duties:mine"),
            Page(_("Five lines"), "duties:five_lines"),
        ),
    ),
    Section(
        _("Dossiers"),
        (
            Page(_("Overview"), "dossiers:overview"),
            Page(_("Counter"), "dossiers:counter"),
            Page(_("In progress"), "dossiers:in_progress"),
            Page(_("Hand over"), "dossiers:to_hand_over"),
            Page(_("Search"), "dossiers:search"),
            Page(_("Register"), "dossiers:register"),
            Page(_("Guided visits"), "dossiers:visits"),
            Page(_("Calls to make"), "notices:calls"),
            Page(_("Ratings"), "dossiers:ratings"),
            Page(_("Cards by village"), "notices:cards"),
        ),
    ),
    Section(
        _("Figures"),
        (
            Page(_("Province board"), "figures:board"),
            Page(_("Scorecard"), "figures:mine", roles=_LEADERS),
            Page(_("Late today"), "figures:late"),
            Page(_("Reform index of units"), "reform:rounds"),
            Page(_("Editions to approve"), "editions:drafts"),
        ),
    ),
    Section(
        _("Catalogues"),
        (
            Page(_("Procedures"), "procedures:catalogue"),
            Page(_("Posted lists"), "procedures:walls"),
            Page(_("Organisations"), "places:organisations"),
            Page(_("Working calendar"), "places:calendar"),
            Page(_("Users"), "people:users"),
            Page(
                _("Messages sent"),
                "notices:outbox",
                roles=frozenset({Role.ADMINISTRATOR}),
            ),
        ),
    ),
)


def address(name: str) -> str:
    """Where a page lives in the reader's language; empty while there is none."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


@cache
def _roles(name: str) -> frozenset[Role]:
    """Whom the page's guard lets in: these roles, or every official."""
    view = resolve(reverse(name)).func
    guarded: frozenset[Role] = getattr(view, "officials", frozenset())
    return guarded or frozenset(Role)


def is_for(page: Page, roles: Collection[Role]) -> bool:
    """May one of these roles open the page?"""
    allowed = _roles(page.to) if page.roles is None else page.roles
    return bool(allowed & set(roles))


def public(request: HttpRequest) -> tuple[Group, ...]:
    """What the public site has today."""
    return with_current(_groups(PUBLIC, frozenset(Role)), request.path)


def workspace(request: HttpRequest) -> tuple[Group, ...]:
    """What this official's roles have something in; nothing for anybody else."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.kind != "official":
        return ()
    return with_current(_groups(WORKSPACE, actor.roles), request.path)


def _groups(sections: Collection[Section], roles: frozenset[Role]) -> list[Group]:
    return [
        Group(
            str(section.name),
            tuple(
                Link(str(page.name), href)
                for page in section.pages
                if page.when() and (href := address(page.to)) and is_for(page, roles)
            ),
            address(section.to),
        )
        for section in sections
    ]
