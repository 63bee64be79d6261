"""Playing a part, moving the date, and the six cards. All of them need the guard."""

from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from gandan.dossiers.models import Dossier
from gandan.dossiers.web import holding
from gandan.duties.web.lines import in_language
from gandan.kernel.actors import Actor
from gandan.ledger import journal
from gandan.people import events
from gandan.people.models import User
from gandan.site.demo import bar, clock, guard
from gandan.site.demo.roles import BY_KEY, FARMER, Part
from gandan.site.models import DemoCard, DemoState
from gandan.ui import words

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_POST
@never_cache
def become(request: HttpRequest) -> HttpResponse:
    """Play a part: sign in without a password, here and nowhere else."""
    part = BY_KEY.get(request.POST.get("part", ""))
    if part is None or not guard.is_local(request):
        raise Http404
    target = _play(request, part)
    wanted = request.POST.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return redirect(in_language(wanted))
    return redirect(target)


def _play(request: HttpRequest, part: Part) -> str:
    """Nothing of the part before stays; where the new one begins."""
    if part.username:
        user = get_object_or_404(User, username=part.username, demo=True)
        logout(request)
        login(request, user, backend=BACKEND)
        who = Actor(kind="official", id=str(user.public_id), user_id=user.pk)
        signed_in = events.SignedIn(subject=str(user.public_id), way="demo")
        journal.record(signed_in, by=who, at=request.now)  # type: ignore[attr-defined]
        return "first_page"
    logout(request)
    request.session[bar.SESSION_KEY] = part.key
    if part.key == FARMER and _take_the_slip(request):
        return "dossiers:followed"
    return "home"


def _take_the_slip(request: HttpRequest) -> bool:
    """The farmer's browser holds her dossier, as if her slip had been scanned."""
    state = DemoState.objects.filter(farmer_dossier__isnull=False).first()
    if state is None:
        return False
    dossier = get_object_or_404(Dossier, public_id=state.farmer_dossier)
    holding.hold(request, dossier)
    return True


@require_POST
@never_cache
def move(request: HttpRequest) -> HttpResponse:
    """One day on, or on to the day the next thing falls due."""
    if not guard.is_local(request):
        raise Http404
    here = request.now  # type: ignore[attr-defined]
    is_due = request.POST.get("to") == "due"
    to = clock.next_due(here) if is_due else clock.next_morning(here)
    if to is None:
        messages.info(request, _("Nothing open has a later due date."))
        return redirect(_back(request))
    try:
        done = clock.move_to(to)
    except clock.ClockRefused:
        messages.error(request, _("The date was not moved. Press once, and wait."))
        return redirect(_back(request))
    messages.success(
        request,
        _("It is now %(day)s. Became late: %(late)s. Messages sent: %(sent)s.")
        % {
            "day": words.moment(to),
            "late": words.number(done["overdue"]),
            "sent": words.number(done["sent"]),
        },
    )
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    """The page the bar was pressed on."""
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None):
        return wanted
    return "home"


@require_safe
def five_minutes(request: HttpRequest) -> HttpResponse:
    """Six records, prepared: open one, and see what the card says."""
    language = (get_language() or "vi").split("-")[0]
    cards = [
        {
            "title": card.title[language],
            "notice": card.notice[language],
            "part": BY_KEY[card.role],
            "url": card.url,
        }
        for card in DemoCard.objects.all()
    ]
    return render(request, "site/demo/five_minutes.html", {"cards": cards})
