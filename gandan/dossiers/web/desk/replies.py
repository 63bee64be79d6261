"""A question of whoever waits for a late dossier, and the answer of the desk's head."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gandan.dossiers import access, actions
from gandan.dossiers.models import Dossier, Nudge
from gandan.dossiers.rules.moves import By
from gandan.dossiers.web import presenting
from gandan.dossiers.web.desk.loading import load
from gandan.kernel.actors import Actor, Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.ui.fields import TextField
from gandan.ui.pages import render_form


class Answer(forms.Form):
    answer = TextField(
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy(
            "Where the dossier is, why it is late, and when the result will come."
        ),
        rows=4,
        max_length=600,
    )

    use_required_attribute = False


def waiting(dossier: Dossier) -> list[Nudge]:
    """Questions nobody has answered yet, oldest first."""
    rows = [row for row in dossier.nudges.all() if row.answered_at is None]
    return sorted(rows, key=lambda row: row.at)


def may_answer(actor: Actor, dossier: Dossier) -> bool:
    return By.HEAD in access.parts_of(actor, dossier)


@officials(Role.HEAD_ONE_STOP)
@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, public_id: Any) -> HttpResponse:
    """The answer stands on the follow page at once, and leaves as a message."""
    dossier = load(request, public_id)
    if not may_answer(request.actor, dossier):
        raise Http404
    asked = waiting(dossier)
    if not asked:
        messages.info(request, _("Every question on this dossier is answered."))
        return redirect("dossiers:show", dossier.public_id)
    form = Answer(request.POST or None)
    if form.is_valid():
        actions.answer_nudge(
            dossier_id=dossier.pk,
            answer=form.cleaned_data["answer"],
            by=request.actor,
            at=request.now,
        )
        messages.success(request, _("The answer stands on the follow page."))
        return redirect("dossiers:show", dossier.public_id)
    context = {
        "dossier": dossier,
        "asked": asked,
        "due": presenting.due_of(dossier, local_day(request.now)),
        "people": [p for p in dossier.parties.all() if p.telephone],
    }
    return render_form(request, "dossiers/desk/answer.html", form, context)
