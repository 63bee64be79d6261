"""The public home and the help page: nothing here keeps anything about a visitor."""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from gandan.dossiers import queries as dossiers
from gandan.dossiers.web.public.forms import Follow
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest
from gandan.people.web import desk
from gandan.site import navigation
from gandan.ui import words


@dataclass(frozen=True, slots=True)
class Way:
    """One thing a visitor can do, with a line that says what it is."""

    name: str
    what: str
    href: str


def _ways() -> list[Way]:
    """What the first page offers beside search and follow, once it exists."""
    offered = (
        Way(
            _("Service desks"),
            _("Any desk receives for every commune of the province."),
            navigation.address("places:desks"),
        ),
        Way(
            _("My commune"),
            _("Its desk, its hours, its posted procedures."),
            navigation.address("places:communes"),
        ),
        Way(
            _("File online"),
            _("Three procedures, step by step; a draft is kept for 30 days."),
            navigation.address("filing:index") if settings.OWN_FILING else "",
        ),
        Way(
            _("Project 08-ĐA/TU, claim by claim"),
            _("What was said about the work of 2021–2025, and what is recorded here."),
            navigation.address("programmes:article"),
        ),
    )
    return [way for way in offered if way.href]


def _live(still_open: int, late: int) -> str:
    """«412 hồ sơ đang giải quyết, 11 trễ»: counted from dossiers, now."""
    return ngettext(
        "%(open)s dossier in progress, %(late)s late",
        "%(open)s dossiers in progress, %(late)s late",
        still_open,
    ) % {"open": words.number(still_open), "late": words.number(late)}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What one can do here, first; every block appears with the page behind it."""
    context = {
        "search_href": navigation.address("procedures:search"),
        "follow_href": navigation.address("dossiers:follow"),
        "follow_form": Follow(),
        "ways": _ways(),
        "live": _live(*dossiers.live_line(_today(request))),
    }
    return render(request, "site/home.html", context)


def _today(request: HttpRequest) -> date:
    return local_day(request.now)  # type: ignore[attr-defined]


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """Where the first page's one line leads: its counts and what they leave out."""
    still_open, late = dossiers.live_line(_today(request))
    context = {
        "late": late,
        "open": still_open,
        "share": words.share(late, still_open),
        "at": request.now,  # type: ignore[attr-defined]
        "sentence": _("On %(day)s, %(line)s in the whole province.")
        % {"day": words.day(_today(request)), "line": _live(still_open, late)},
    }
    return render(request, "site/today.html", context)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Telephone, what we keep and for how long, and what is not protected."""
    context = {
        "desks_href": navigation.address("places:desks"),
        "follow_href": navigation.address("dossiers:follow"),
        "own_filing": settings.OWN_FILING,
    }
    return render(request, "site/help.html", context)


# INTERFACE §3, what each role sees first; the list of duties for whoever is not here.
_FIRST: tuple[tuple[Role, str], ...] = (
    (Role.COUNTER, "dossiers:counter"),
    (Role.HEAD_ONE_STOP, "dossiers:counter"),
    (Role.PROVINCE_STEERING, "dossiers:overview"),
    (Role.SIGNATORY, "duties:five_lines"),
    (Role.UNIT_LEADER, "duties:five_lines"),
    (Role.ADMINISTRATOR, "people:users"),
)


@require_safe
@login_required
def first_page(request: StaffRequest) -> HttpResponse:
    """Where an official begins: by the role at the desk of this session."""
    if request.user.password_is_temporary:  # type: ignore[union-attr]
        return redirect("account_change_password")
    if request.actor.kind != "official":
        return render(request, "site/no_mandate.html", status=403)
    here = desk.current(request)
    roles = {here.role} if here else set()
    for role, name in _FIRST:
        if role in roles and (href := navigation.address(name)):
            return redirect(href)
    return redirect("duties:mine")
