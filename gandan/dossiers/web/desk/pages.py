"""One dossier as an officer sees it, and the page of each of its verbs."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gandan.documents import queries as documents
from gandan.dossiers import access, actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import MoveRefused, State, Verb, open_moves
from gandan.dossiers.web import presenting, wording
from gandan.dossiers.web.desk import papers, replies, verbs
from gandan.dossiers.web.desk.loading import HANDLERS, load
from gandan.dossiers.web.public.card import days_in_all, moments_of
from gandan.dossiers.web.public.way import steps_of
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.ui.pages import render_form


@officials(*HANDLERS)
@require_GET
def show(request: StaffRequest, public_id: Any) -> HttpResponse:
    """Left: now, due, why, steps, papers. Right: parties, money, messages, history.

    Who only helped sees how it goes: no people, no papers, no officer's words.
    """
    dossier = load(request, public_id)
    today = local_day(request.now)
    parts = access.parts_of(request.actor, dossier)
    known = access.may_see_people(request.actor, dossier)
    usable = [
        verb
        for verb in open_moves(State(dossier.state), parts)
        if verb in verbs.PAGES and not verbs.needless(verb, dossier)
    ]
    refused = {
        verb: why for verb in usable if (why := verbs.why_not(verb, dossier, today))
    }
    context = {
        "dossier": dossier,
        "state": wording.STATE[State(dossier.state)],
        "due": presenting.due_of(dossier, today, why=known),
        "known": known,
        "steps": steps_of(dossier),
        "moments": [m if known else replace(m, detail="") for m in moments_of(dossier)],
        "days": days_in_all(dossier, today),
        "verbs": [
            (verb.value, wording.VERB[verb]) for verb in usable if verb not in refused
        ],
        "refused": [
            (
                wording.VERB[verb],
                wording.explain(MoveRefused(verb, State(dossier.state), why)),
            )
            for verb, why in refused.items()
        ],
        "people": _people(dossier) if known else [],
        "prints": documents.prints_of(str(dossier.public_id)),
        "papers_to_print": papers.offered(dossier) if known else [],
        "channel": wording.CHANNEL[dossier.channel],
        "asked": replies.waiting(dossier),
        "may_answer": replies.may_answer(request.actor, dossier),
    }
    return render(request, "dossiers/desk/show.html", context)


def _people(dossier: Dossier) -> list[dict[str, Any]]:
    """Parties with the identity number masked: enough to recognise the card."""
    return [
        {
            "role": wording.PARTY[party.role],
            "party": party,
            "identity": papers.masked(party.identity_number),
        }
        for party in dossier.parties.all()
    ]


@officials(*HANDLERS)
@require_http_methods(["GET", "POST"])
def verb(request: StaffRequest, public_id: Any, name: str) -> HttpResponse:
    """Fill in, look once more, press; refused moves say why and keep the answers."""
    dossier = load(request, public_id)
    try:
        chosen = Verb(name)
        page = verbs.PAGES[chosen]
    except (ValueError, KeyError):
        raise Http404 from None
    today = local_day(request.now)
    form = page.form(request.POST or None, dossier=dossier, day=today)
    parts = access.parts_of(request.actor, dossier)
    if chosen not in open_moves(State(dossier.state), parts):
        messages.error(
            request,
            str(wording.explain(MoveRefused(chosen, State(dossier.state), "state"))),
        )
        return redirect("dossiers:show", dossier.public_id)
    if form.is_valid() and _done(request, chosen, page, form, dossier):
        messages.success(request, _("Done: %(verb)s.") % {"verb": wording.VERB[chosen]})
        if page.prints and papers.exists(dossier, page.prints):
            return redirect("dossiers:printed", dossier.public_id, page.prints)
        return redirect("dossiers:show", dossier.public_id)
    context = {
        "dossier": dossier,
        "verb": wording.VERB[chosen],
        "danger": page.danger,
        "due": presenting.due_of(dossier, today),
        "fields": [field for field in form if not field.is_hidden],
    }
    return render_form(request, "dossiers/desk/verb.html", form, context)


def _done(
    request: StaffRequest,
    chosen: Verb,
    page: verbs.VerbPage,
    form: verbs.VerbForm,
    dossier: Dossier,
) -> bool:
    cleaned = dict(form.cleaned_data)
    version = cleaned.pop("version")
    if isinstance(form, verbs.WantedMixin):
        cleaned["wanted"] = form.wanted()
    if isinstance(form, verbs.LeftOut):
        cleaned["owner_of"] = form.owner_of
    try:
        outcome = page.run(dossier, cleaned, request.actor, request.now, version)
    except MoveRefused as refusal:
        form.add_error(None, wording.explain(refusal))
        return False
    except actions.DossierChanged:
        form.add_error(
            None,
            _(
                "Another officer has just moved this dossier. Open it again to see "
                "where it stands; what you wrote is kept on this page."
            ),
        )
        return False
    if isinstance(outcome, actions.Receipt):
        papers.keep_token(request, outcome)
    dossier.refresh_from_db()
    return True
