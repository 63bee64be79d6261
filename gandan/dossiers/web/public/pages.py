"""The card of a followed dossier, and what its applicant may do from home."""

from datetime import date, datetime, timedelta

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gandan.dossiers import access, actions
from gandan.dossiers.actions.beside import NotNow
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused, State, Verb, open_moves
from gandan.dossiers.web import holding, presenting, wording
from gandan.dossiers.web.public import card, forms, way
from gandan.kernel.localtime import local_day
from gandan.people import attempts
from gandan.ui.pages import render_form

RATED_WITHIN = timedelta(days=90)
_RUNNING = frozenset({State.RECEIVED.value, State.PROCESSING.value})


class PublicRequest(HttpRequest):
    now: datetime


def opened(request: PublicRequest) -> Dossier:
    """The dossier of this page, else the one opened last here; else a 404."""
    held = holding.held(request)
    if not held:
        raise Http404
    wanted = request.GET.get("ho-so") or request.POST.get("dossier") or held[-1]
    if wanted not in held:
        raise Http404
    dossier = (
        access.visible_to(holding.applicant_of(request))
        .filter(public_id=wanted)
        .select_related("procedure", "received_by", "competent", "office", "officer")
        .select_related("place", "rated")
        .prefetch_related("pauses", "supplement_requests", "apologies", "nudges")
        .prefetch_related("parties", "runs__office", "runs__officer")
        .first()
    )
    if dossier is None:
        raise Http404
    holding.seen(request, dossier)
    return dossier


@never_cache
@require_safe
def followed(request: PublicRequest) -> HttpResponse:
    """Now, tag, date and why, steps, what happened: no name, no address, no land."""
    if not holding.held(request):
        messages.info(request, _("Write the code and the secret once more."))
        return redirect("dossiers:follow")
    dossier = opened(request)
    return render(request, "dossiers/public/followed.html", _card(request, dossier))


def _card(request: PublicRequest, dossier: Dossier) -> dict[str, object]:
    today = local_day(request.now)
    actor = holding.applicant_of(request)
    verbs = open_moves(State(dossier.state), access.parts_of(actor, dossier))
    is_late = bool(
        dossier.state in _RUNNING and dossier.due_on and dossier.due_on < today
    )
    desk = dossier.received_by
    return {
        "dossier": dossier,
        "today": today,
        "name": card.name_of(dossier),
        "now": card.now_of(dossier, today),
        "due": presenting.due_of(dossier, today, why=False),
        "tag": card.tag_of(dossier, today),
        "why": card.why_of(dossier),
        "usual": card.usual_of(dossier, today),
        "state": wording.PUBLIC_STATE[State(dossier.state)],
        "steps": way.steps_of(dossier),
        "moments": card.moments_of(dossier),
        "days": card.days_in_all(dossier, today),
        "desk": desk,
        "telephone": card.telephone(dossier),
        "is_late": is_late,
        "may_nudge": is_late and not any(n.day == today for n in dossier.nudges.all()),
        "may_complete": dossier.state == State.SENT_BACK,
        "may_withdraw": Verb.ASK_WITHDRAWAL in verbs,
        "may_keep": Verb.KEEP in verbs,
        "may_rate": may_rate(dossier, today),
        "filed_here": holding.was_filed_here(request, dossier),
        "others": len(holding.held(request)) > 1,
    }


def may_rate(dossier: Dossier, today: date) -> bool:
    """From the day after hand-over, for ninety days, once."""
    handed = dossier.returned_on
    if handed is None or hasattr(dossier, "rated"):
        return False
    return handed < today <= handed + RATED_WITHIN


@never_cache
@require_POST
def nudge(request: PublicRequest) -> HttpResponse:
    """«Where is my dossier?» from the applicant of a late one."""
    dossier = opened(request)
    actor = holding.applicant_of(request)
    try:
        actions.nudge(dossier_id=dossier.pk, by=actor, at=request.now)
    except NotNow as refusal:
        if refusal.why == "not_late":
            messages.info(request, _("The dossier is not late any more."))
        else:
            messages.info(request, _("Your question is with the desk already."))
    else:
        messages.success(
            request, _("Sent. The head of the service desk has your question.")
        )
    return back_to(dossier)


def back_to(dossier: Dossier) -> HttpResponse:
    there = redirect("dossiers:followed")
    there["Location"] += f"?ho-so={dossier.public_id}"
    return there


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: PublicRequest) -> HttpResponse:
    """Ask for the dossier back, with or without the strip's code."""
    dossier = opened(request)
    actor = holding.applicant_of(request)
    verbs = open_moves(State(dossier.state), access.parts_of(actor, dossier))
    if Verb.ASK_WITHDRAWAL not in verbs:
        return back_to(dossier)
    form = forms.Withdraw(request.POST if request.method == "POST" else None)
    if not dossier.token_digest:  # not received yet: there was no strip
        del form.fields["token"]
    if form.is_valid():
        token = form.cleaned_data.get("token", "")
        if not attempts.is_allowed(request, "withdraw", str(dossier.public_id)):
            form.add_error(None, _("Too many tries. Wait ten minutes."))
        elif _withdrawn(request, dossier, form, token):
            messages.success(request, _("Your request is with the desk."))
            return back_to(dossier)
    context = {"dossier": dossier, "name": card.name_of(dossier)}
    return render_form(request, "dossiers/public/withdraw.html", form, context)


def _withdrawn(
    request: PublicRequest, dossier: Dossier, form: forms.Withdraw, token: str
) -> bool:
    try:
        actions.ask_withdrawal(
            dossier_id=dossier.pk,
            by=holding.applicant_of(request),
            at=request.now,
            token=token,
            reason=form.cleaned_data["reason"],
        )
    except MoveRefused as refusal:
        at_token = refusal.why == "wrong_token" and "token" in form.fields
        form.add_error("token" if at_token else None, str(wording.explain(refusal)))
        return False
    return True


@never_cache
@require_POST
def keep(request: PublicRequest) -> HttpResponse:
    """Take the request to withdraw back."""
    dossier = opened(request)
    actor = holding.applicant_of(request)
    try:
        actions.keep(dossier_id=dossier.pk, by=actor, at=request.now)
    except MoveRefused as refusal:
        messages.error(request, str(wording.explain(refusal)))
    else:
        messages.success(request, _("The dossier goes on."))
    return back_to(dossier)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: PublicRequest) -> HttpResponse:
    """From the day after hand-over, once; officers see sums of ten or more only."""
    dossier = opened(request)
    if not may_rate(dossier, local_day(request.now)):
        return back_to(dossier)
    form = forms.Rate(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.rate(
                dossier_id=dossier.pk,
                score=form.cleaned_data["score"],
                means="page",
                by=holding.applicant_of(request),
                at=request.now,
            )
        except NotNow:
            messages.info(request, _("You have rated this service already."))
        else:
            messages.success(request, _("Thank you. Your answer is counted."))
        return back_to(dossier)
    context = {"dossier": dossier}
    return render_form(request, "dossiers/public/rate.html", form, context)
