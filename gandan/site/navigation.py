"""The groups of the public site and of the workspace (INTERFACE.md §2 and §3).

Rooms arrive one by one: a page is linked once its address resolves, and a workspace
group is shown once the role has something in it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gandan.kernel.actors import Role
from gandan.ui.navigation import Group, Link, with_current

_ALL = frozenset(Role)
_DESK = frozenset({Role.COUNTER, Role.HEAD_ONE_STOP})
_DECIDES = frozenset({Role.SPECIALIST, Role.SIGNATORY, Role.UNIT_LEADER})
_LEADS = frozenset({Role.SIGNATORY, Role.UNIT_LEADER, Role.HEAD_ONE_STOP})
_ADMINISTERS = frozenset({Role.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class Page:
    """A name for readers, the page's URL name, and the roles it is for."""

    name: str | Promise
    to: str
    roles: Collection[Role] = _ALL


@dataclass(frozen=True, slots=True)
class Section:
    name: str | Promise
    pages: tuple[Page, ...] = ()
    to: str = ""
    roles: Collection[Role] = _ALL


PUBLIC = (
    Section(
        _("Services"),
        (
            Page(_("Find a procedure"), "procedures:search"),
            Page(_("File online"), "filing:start"),
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
        (Page(_("Project 08-ĐA/TU, claim by claim"), "programmes:article"),),
    ),
    Section(_("Help"), to="help"),
)

WORKSPACE = (
    Section(
        _("My work"),
        (Page(_("Five lines"), "duties:five_lines", _LEADS),),
        to="duties:mine",
    ),
    Section(
        _("Dossiers"),
        (
            Page(_("Overview"), "dossiers:overview", {Role.PROVINCE_STEERING}),
            Page(_("Counter"), "dossiers:counter", _DESK),
            Page(_("In progress"), "dossiers:in_progress", _DESK | _DECIDES),
            Page(_("Hand over"), "dossiers:to_hand_over", _DESK),
            Page(_("Search"), "dossiers:search", _DESK | _DECIDES),
            Page(_("Register"), "dossiers:register", _DESK | _DECIDES),
            Page(_("Calls to make"), "notices:calls", _DESK),
        ),
    ),
    Section(
        _("Catalogues"),
        (
            Page(_("Procedures"), "procedures:catalogue"),
            Page(_("Organisations"), "places:organisations"),
            Page(_("Working calendar"), "places:calendar"),
            Page(_("Users"), "people:users", _ADMINISTERS),
        ),
    ),
)


def address(name: str) -> str:
    """Where a page lives in the reader's language; empty while there is none."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def public(request: HttpRequest) -> tuple[Group, ...]:
    """What the public site has today."""
    return with_current(_groups(PUBLIC, _ALL), request.path)


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
                if roles & set(page.roles) and (href := address(page.to))
            ),
            address(section.to) if roles & set(section.roles) else "",
        )
        for section in sections
    ]
