"""Ratings of a desk: ballots of the paper box and answers in calls go in as counts;
sums of closed months come out, ten answers or more, never one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gandan.dossiers import actions, ratings
from gandan.dossiers.models.desk import BALLOTS
from gandan.dossiers.web.desk.counter_desk import DESK, desk_of
from gandan.dossiers.web.public.forms import SCORES
from gandan.dossiers.web.wording import Words
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.ui.fields import WholeField
from gandan.ui.pages import render_form

MEANS: dict[str, Words] = {
    "box": gettext_lazy("Ballots in the paper box"),
    "call": gettext_lazy("Answers in calls"),
}
MOST = 999
MONTHS = 12


class Ballots(forms.Form):
    """Five counts of one day; a score nobody gave stays empty."""

    use_required_attribute = False

    def __init__(self, means: str, data: Any = None) -> None:
        super().__init__(data, prefix=means)
        self.means, self.title = means, MEANS[means]
        for score, words in SCORES:
            self.fields[f"score-{score}"] = WholeField(
                label=words, at_least=0, at_most=MOST, required=False
            )

    @property
    def counts(self) -> dict[int, int]:
        return {
            score: self.cleaned_data[f"score-{score}"] or 0 for score, _words in SCORES
        }

    def clean(self) -> dict[str, Any]:
        if not self.errors and not any(self.counts.values()):
            self.add_error("score-5", _("Write at least one count"))
        return self.cleaned_data


@officials(*DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: StaffRequest) -> HttpResponse:
    """The head of the desk counts; who works at the desk reads the sums."""
    desk, today = desk_of(request), local_day(request.now)
    counts = request.actor.has(Role.HEAD_ONE_STOP, desk.pk)
    sent = request.POST.get("means", "") if request.method == "POST" else ""
    if request.method == "POST" and (not counts or sent not in BALLOTS):
        raise Http404
    entries = {
        means: Ballots(means, request.POST if means == sent else None)
        for means in BALLOTS
    }
    if sent and entries[sent].is_valid():
        many = actions.count_ballots(
            desk=desk,
            means=sent,
            counts=entries[sent].counts,
            by=request.actor,
            at=request.now,
        )
        messages.success(request, _("Counted today: %(many)s.") % {"many": many})
        return redirect("dossiers:ratings")
    months = ratings.of_months(desk, ratings.months_before(today, MONTHS))
    counted = ratings.counted_today(desk, today)
    context = {
        "desk": desk,
        "months": months if any(month.is_shown for month in months) else [],
        "scores": SCORES,
        "fewest": ratings.FEWEST,
        "entries": [
            {"form": form, "counted": counted.get(means, 0)}
            for means, form in entries.items()
        ]
        if counts
        else [],
    }
    shown = entries[sent] if sent else entries[BALLOTS[0]]
    return render_form(request, "dossiers/desk/ratings.html", shown, context)
