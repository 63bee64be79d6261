"""Follow a dossier with the code and secret of its slip, or with the slip's QR."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gandan.dossiers import access, actions, secrets
from gandan.dossiers.actions.beside import NotNow
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused, State, Verb, open_moves
from gandan.dossiers.web import holding, presenting, wording
from gandan.dossiers.web.public import card, forms
from gandan.kernel.localtime import local_day
from gandan.kernel.text import TextRefused, clean
from gandan.people import attempts
from gandan.ui.pages import render_form

PURPOSE = "follow"


class PublicRequest(HttpRequest):
    now: Any


def _by_code(code: str, secret: str) -> Dossier | None:
    """The dossier, if both are right. A filing without a code yet is found by its
    public number, which its confirmation prints instead."""
    try:
        wanted = clean(code).upper().replace(" ", "")
    except TextRefused:
        return None
    found = Dossier.objects.filter(code=wanted, imported=False).first()
    ledger_id = found.ledger_id if found else "-" * 22
    # The comparison runs for a missing code too, so that both take the same time.
    if not secrets.is_follow_secret(ledger_id, secret):
        return None
    return found


@never_cache
@require_http_methods(["GET", "POST"])
def follow(request: PublicRequest) -> HttpResponse:
    """The form; wrong code, wrong secret and too many tries get one answer."""
    form = forms.Follow(request.POST or None)
    if form.is_valid():
        code, secret = form.cleaned_data["code"], form.cleaned_data["secret"]
        allowed = attempts.is_allowed(request, PURPOSE, code.strip().upper())
        dossier = _by_code(code, secret)
        if dossier is not None and allowed:
            attempts.forget(request, PURPOSE, code.strip().upper())
            holding.hold(request, dossier, at=request.now)
            return redirect("dossiers:followed")
        form.add_error(
            None,
            _(
                "No dossier opens with this code and secret. Check both on your slip; "
                "after several tries wait ten minutes, or telephone the desk."
            ),
        )
    held = access.visible_to(holding.applicant_of(request, at=request.now))
    context = {"held": held.select_related("procedure")[: holding.MOST]}
    return render_form(request, "dossiers/public/follow.html", form, context)


@never_cache
@require_GET
def open_capability(request: PublicRequest, capability: str) -> HttpResponse:
    """The slip's QR: hold the dossier, and leave the address at once.

    The path is never logged (the server writes no access log of it).
    """
    digest = secrets.capability_digest(capability)
    dossier = Dossier.objects.filter(capability_digest=digest).first()
    if dossier is None or not attempts.is_allowed(request, "capability", capability):
        raise Http404
    attempts.forget(request, "capability", capability)
    holding.hold(request, dossier, at=request.now)
    return redirect("dossiers:followed")


def _held(request: PublicRequest) -> Dossier:
    """The dossier opened last by this browser, else a 404."""
    held = holding.held(request, at=request.now)
    if not held:
        raise Http404
    wanted = request.GET.get("ho-so") or request.POST.get("dossier") or held[-1]
    actor = holding.applicant_of(request, at=request.now)
    dossier = (
        access.visible_to(actor)
        .filter(public_id=wanted if wanted in held else held[-1])
        .select_related(
            "procedure", "received_by", "competent", "office", "officer", "place"
        )
        .prefetch_related("pauses", "supplement_requests", "apologies", "nudges")
        .first()
    )
    if dossier is None:
        raise Http404
    return dossier


@never_cache
@require_GET
def followed(request: PublicRequest) -> HttpResponse:
    """The card of the dossier: now, tag, date and why, steps, what happened."""
    if not holding.held(request, at=request.now):
        return redirect("dossiers:follow")
    dossier = _held(request)
    today = local_day(request.now)
    actor = holding.applicant_of(request, at=request.now)
    verbs = open_moves(State(dossier.state), access.parts_of(actor, dossier))
    late = dossier.due_on is not None and dossier.due_on < today
    running = dossier.state in {State.RECEIVED, State.PROCESSING}
    context = {
        "dossier": dossier,
        "now": card.now_of(dossier, today),
        "due": presenting.due_of(dossier, today),
        "state": wording.PUBLIC_STATE[State(dossier.state)],
        "steps": card.steps_of(dossier),
        "moments": card.moments_of(dossier),
        "days": card.days_in_all(dossier, today),
        "may_nudge": late
        and running
        and not any(n.day == today for n in dossier.nudges.all()),
        "is_late": late and running,
        "may_withdraw": Verb.ASK_WITHDRAWAL in verbs,
        "may_keep": Verb.KEEP in verbs,
        "may_rate": _may_rate(dossier, today),
        "others": [
            p
            for p in holding.held(request, at=request.now)
            if p != str(dossier.public_id)
        ],
    }
    return render(request, "dossiers/public/followed.html", context)


def _may_rate(dossier: Dossier, today: Any) -> bool:
    return (
        dossier.returned_on is not None
        and today > dossier.returned_on
        and today <= dossier.returned_on + timedelta(days=90)
        and not hasattr(dossier, "rated")
    )


@never_cache
@require_POST
def nudge(request: PublicRequest) -> HttpResponse:
    """«Where is my dossier?» from the applicant of a late one."""
    dossier = _held(request)
    actor = holding.applicant_of(request, at=request.now)
    try:
        actions.nudge(dossier_id=dossier.pk, by=actor, at=request.now)
    except NotNow:
        messages.info(request, _("Your question is with the desk already."))
    else:
        messages.success(
            request, _("Sent. The head of the service desk has your question.")
        )
    return redirect("dossiers:followed")


@never_cache
@require_http_methods(["GET", "POST"])
def withdraw(request: PublicRequest) -> HttpResponse:
    """Ask for the dossier back, with or without the strip's code."""
    dossier = _held(request)
    form = forms.Withdraw(request.POST or None)
    actor = holding.applicant_of(request, at=request.now)
    if form.is_valid():
        token = form.cleaned_data["token"].strip()
        if not attempts.is_allowed(request, "withdraw", str(dossier.public_id)):
            form.add_error(None, _("Too many tries. Wait ten minutes."))
        else:
            try:
                actions.ask_withdrawal(
                    dossier_id=dossier.pk,
                    by=actor,
                    at=request.now,
                    token=token,
                    reason=form.cleaned_data["reason"],
                )
            except MoveRefused as refusal:
                target = "token" if refusal.why == "wrong_token" else None
                form.add_error(target, wording.explain(refusal))
            else:
                messages.success(request, _("Your request is with the desk."))
                return redirect("dossiers:followed")
    context = {"dossier": dossier}
    return render_form(request, "dossiers/public/withdraw.html", form, context)


@never_cache
@require_POST
def keep(request: PublicRequest) -> HttpResponse:
    """Take the request to withdraw back."""
    dossier = _held(request)
    actor = holding.applicant_of(request, at=request.now)
    try:
        actions.keep(dossier_id=dossier.pk, by=actor, at=request.now)
    except MoveRefused as refusal:
        messages.error(request, str(wording.explain(refusal)))
    else:
        messages.success(request, _("The dossier goes on."))
    return redirect("dossiers:followed")


@never_cache
@require_http_methods(["GET", "POST"])
def rate(request: PublicRequest) -> HttpResponse:
    """From the day after hand-over, once; officers see sums of ten or more only."""
    dossier = _held(request)
    if not _may_rate(dossier, local_day(request.now)):
        raise Http404
    form = forms.Rate(request.POST or None)
    if form.is_valid():
        actor = holding.applicant_of(request, at=request.now)
        try:
            actions.rate(
                dossier_id=dossier.pk,
                score=form.cleaned_data["score"],
                means="page",
                by=actor,
                at=request.now,
            )
        except NotNow:
            messages.info(request, _("You have rated this service already."))
        else:
            messages.success(request, _("Thank you. Your answer is counted."))
        return redirect("dossiers:followed")
    context = {"dossier": dossier}
    return render_form(request, "dossiers/public/rate.html", form, context)


@never_cache
@require_POST
def let_go(request: PublicRequest) -> HttpResponse:
    """«Xóa khỏi máy này»."""
    holding.let_go(request)
    messages.success(request, _("Nothing of your dossiers is left on this device."))
    return redirect("dossiers:follow")
