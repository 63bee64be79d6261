"""The same act on several dossiers: each goes through its action, on its own.

What was refused is named with its reason; what was done is done, whatever came after.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gandan.dossiers import access, actions, queries
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused, State, Verb, may_extend
from gandan.dossiers.web import wording
from gandan.dossiers.web.desk.lists import lean
from gandan.dossiers.web.desk.rows import Row, rows_of
from gandan.kernel import clock
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.places import queries as places
from gandan.ui.fields import TextField, WholeField
from gandan.ui.pages import render_form

# One page; whoever has more presses twice.
MOST = 100
DAYS_MORE = 5  # working days, until the signatory writes another number


@dataclass(frozen=True, slots=True)
class Refused:
    dossier: Dossier
    why: Any


def _ticked(request: StaffRequest) -> list[Dossier]:
    """The rows ticked in a list, through the one filter, by their dates."""
    rows = request.POST.getlist("row")[:MOST]
    try:
        found = access.visible_to(request.actor).filter(public_id__in=rows)
        return list(
            lean(found)
            .select_related("procedure", "competent", "place")
            .order_by("due_on", "id")
        )
    except ValidationError:  # no public id at all
        return []


def _each(
    dossiers: list[Dossier], act: Callable[[Dossier], Any]
) -> tuple[list[Dossier], list[Refused]]:
    done, refused = [], []
    for dossier in dossiers:
        try:
            act(dossier)
        except MoveRefused as refusal:
            refused.append(Refused(dossier, wording.explain(refusal)))
        except actions.DossierChanged:
            refused.append(
                Refused(dossier, _("A colleague has moved it since this page opened."))
            )
        else:
            done.append(dossier)
    return done, refused


@officials(Role.SPECIALIST)
@require_POST
def take_up(request: StaffRequest) -> HttpResponse:
    """Take up several received dossiers: they have an officer from now on."""

    def act(dossier: Dossier) -> Any:
        return actions.take_up(dossier_id=dossier.pk, by=request.actor, at=request.now)

    done, refused = _each(_ticked(request), act)
    context = {
        "title": wording.VERB[Verb.TAKE_UP],
        "done": done,
        "refused": refused,
    }
    return render(request, "dossiers/desk/batch_done.html", context)


# --- apologies before it is late ------------------------------------------------------


class Apology(forms.Form):
    reason = TextField(
        label=gettext_lazy("Reason of the delay"),
        help_text=gettext_lazy("It stands in every letter of apology."),
        rows=3,
    )
    days = WholeField(
        label=gettext_lazy("Working days more"),
        at_least=1,
        at_most=60,
        initial=DAYS_MORE,
    )

    use_required_attribute = False


@dataclass(frozen=True, slots=True)
class Preview:
    """A dossier as the letter would change it, or why it cannot be sent."""

    row: Row
    version: int
    due: date
    new_due: date
    why: Any


def week_ends(today: date) -> date:
    """The Sunday of this week."""
    return today + timedelta(days=6 - today.weekday())


@officials(Role.SIGNATORY)
@require_http_methods(["GET", "HEAD", "POST"])
def apologise(request: StaffRequest) -> HttpResponse:
    """All that will be late this week: look at old and new dates, then send."""
    today = local_day(request.now)
    posted = request.method == "POST"
    sending = posted and request.POST.get("act") == "send"
    looking = posted and request.POST.get("act") == "look"
    chosen = _ticked(request) if posted and request.POST.getlist("row") else None
    if chosen is None and not sending:
        found = queries.will_be_late(request.actor, today, week_ends(today))
        chosen = list(lean(found)[:MOST])
    chosen = [d for d in chosen or [] if d.due_on is not None]
    form = Apology(request.POST) if sending or looking else Apology()
    if sending and not chosen:
        form.add_error(None, _("Tick at least one dossier."))
    if sending and form.is_valid():
        return _sent(request, chosen, form.cleaned_data)
    days = DAYS_MORE
    if form.is_bound and not form.errors.get("days"):
        days = form.cleaned_data["days"]
    context = {
        "previews": _previews(request, chosen, days, today),
        "until": week_ends(today),
        "ticked": set(request.POST.getlist("row")) if posted else None,
    }
    if looking and form.errors.keys() == {"reason"}:
        # Looking at other dates is no attempt to send: the reason may come last.
        form = Apology(initial=request.POST.dict())
    return render_form(request, "dossiers/desk/apologies.html", form, context)


def _previews(
    request: StaffRequest, dossiers: list[Dossier], days: int, today: date
) -> list[Preview]:
    rows = rows_of(request, dossiers)
    previews = []
    for dossier, row in zip(dossiers, rows, strict=True):
        assert dossier.due_on is not None
        why = may_extend(
            extended=dossier.extensions,
            allowed=clock.RULES[dossier.rules_id].max_extensions,
            today_is_before_due=today < dossier.due_on,
        )
        refusal = MoveRefused(Verb.APOLOGISE, State(dossier.state), why)
        previews.append(
            Preview(
                row,
                dossier.version,
                dossier.due_on,
                _later(dossier, days),
                wording.explain(refusal) if why else "",
            )
        )
    return previews


def _later(dossier: Dossier, days: int) -> date:
    """So many working days after the present date, by the body's own calendar."""
    assert dossier.due_on is not None
    calendar = places.work_calendar(dossier.competent)
    return calendar.nth_working_day(dossier.due_on, days)


def _sent(
    request: StaffRequest, chosen: list[Dossier], given: dict[str, Any]
) -> HttpResponse:
    def act(dossier: Dossier) -> Any:
        seen = request.POST.get(f"version-{dossier.public_id}", "")
        return actions.apologise(
            dossier_id=dossier.pk,
            reason=given["reason"],
            new_due=_later(dossier, given["days"]),
            by=request.actor,
            at=request.now,
            version=int(seen) if seen.isascii() and seen.isdigit() else None,
        )

    done, refused = _each(chosen, act)
    context = {
        "title": wording.VERB[Verb.APOLOGISE],
        "done": done,
        "refused": refused,
        "letter": "apology",
    }
    return render(request, "dossiers/desk/batch_done.html", context)
