"""Editions: public ones under lasting addresses, drafts for the steering office.

What is small is hidden where the edition is drafted; nothing hidden is stored, so no
page can give it away.
"""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import messages
from django.contrib.syndication.views import Feed
from django.core.validators import validate_slug
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gandan.figures.models import Edition, EditionValue, Series
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.editions import actions, queries
from gandan.indicators.editions.tables import ALL
from gandan.indicators.periods import PeriodRefused, parse_period
from gandan.indicators.queries import Figure
from gandan.indicators.web.boards import wording
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.ui import words
from gandan.ui.fields import TextField

_COLUMNS = (
    *("code", "version", "place", "name", "period", "numerator", "denominator"),
    *("value", "hidden"),
)
_STEERING = (Role.PROVINCE_STEERING,)


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's row of one figure."""

    name: str
    counts: str
    value: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class Block:
    title: str
    question: str
    leaves_out: str
    version: int
    href: str
    province: Line
    units: tuple[Line, ...]
    revisions: Sequence[queries.Row]


@require_safe
def public_list(request: HttpRequest) -> HttpResponse:
    first: dict[int, Edition] = {}
    for edition in queries.approved():
        first.setdefault(edition.series.pk, edition)
    context = {"editions": [_named(edition) for edition in first.values()]}
    return render(request, "indicators/editions_list.html", context)


@require_safe
def newest(request: HttpRequest, slug: str) -> HttpResponse:
    """The newest edition; its own address is the one with the number."""
    edition = queries.latest(slug)
    if edition is None:
        raise Http404
    return _shown(request, edition)


@require_safe
def numbered(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    return _shown(request, _approved_or_404(slug, number))


@require_safe
def download(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Every cell as it was published, with the version of its definition."""
    edition = _approved_or_404(slug, number)
    out = StringIO()
    writer = csv.writer(out)
    writer.writerow(_COLUMNS)
    for one in edition.values.order_by("id"):
        hidden = one.numerator_hidden or one.denominator_hidden
        writer.writerow(
            [
                *(one.code, edition.definitions[one.code], one.place, one.name),
                *(one.period, one.numerator, one.denominator, one.value),
                str(hidden).lower(),
            ]
        )
    response = HttpResponse(out.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"{edition.series.slug}-{edition.number}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


if TYPE_CHECKING:
    _Feed = Feed[Edition, Edition]  # generic for the type checker alone
else:
    _Feed = Feed


class Corrections(_Feed):
    """Each approved edition, the newest first; a correction says why."""

    feed_type = Atom1Feed
    title = gettext_lazy("Gần Dân: editions and corrections")
    subtitle = gettext_lazy("Published figures and what was corrected in them")

    def link(self) -> str:
        return reverse("editions:list")

    def items(self) -> list[Edition]:
        found = []
        for edition in queries.approved():
            found.append(edition)
            if len(found) == 50:
                break
        return found

    def item_title(self, item: Any) -> str:
        return title_of(item)

    def item_description(self, item: Edition) -> str:
        return item.reason or _("First edition")

    def item_link(self, item: Edition) -> str:
        return reverse("editions:one", args=[item.series.slug, item.number])

    def item_updateddate(self, item: Edition) -> datetime | None:
        return item.approved_at


# --- the steering office --------------------------------------------------------------


class Draft(forms.Form):
    slug = TextField(
        label=gettext_lazy("Name in the address"),
        help_text=gettext_lazy("For example ho-so-2025-q1; it stays for good"),
        max_length=48,
    )
    period = TextField(
        label=gettext_lazy("Period"),
        help_text=gettext_lazy("2025-Q1, 2025-03, 2025, or bc:2025-03"),
        max_length=24,
    )
    chart = forms.ChoiceField(
        label=gettext_lazy("Units"),
        choices=[
            ("as-was", gettext_lazy("As they were then")),
            ("as-is", gettext_lazy("As they are today")),
        ],
        initial="as-was",
    )
    reason = TextField(
        label=gettext_lazy("What is corrected, and why"),
        help_text=gettext_lazy("Only from the second edition on"),
        required=False,
        max_length=400,
    )

    def clean_slug(self) -> str:
        found = str(self.cleaned_data["slug"])
        try:
            validate_slug(found)
        except forms.ValidationError:
            raise forms.ValidationError(_("Letters, digits and hyphens only")) from None
        return found

    def clean_period(self) -> str:
        found = str(self.cleaned_data["period"])
        try:
            parse_period(found)
        except PeriodRefused:
            raise forms.ValidationError(
                _("Write 2025, 2025-Q1, 2025-03, or bc: before one of them")
            ) from None
        return found


_REFUSALS = {
    "the period has not ended on the as-of day": gettext_lazy(
        "This period has not ended yet."
    ),
    "a draft of this series waits already": gettext_lazy(
        "A draft of this name waits already: approve or discard it first."
    ),
    "a correction says why": gettext_lazy(
        "There is an edition of this name: say what is corrected, and why."
    ),
    "another person approves what you have drafted": gettext_lazy(
        "Another person approves what you have drafted."
    ),
    "this edition is approved already": gettext_lazy("It is approved already."),
    "an approved edition stays": gettext_lazy("An approved edition stays."),
}


def _said(refusal: actions.EditionRefused) -> str:
    known = _REFUSALS.get(str(refusal))
    return str(known or _("This name belongs to another period."))


@officials(*_STEERING)
def drafts(request: StaffRequest) -> HttpResponse:
    form = Draft(request.POST or None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and (made := _draft(request, form)):
            return redirect("editions:draft", made.public_id)
        status = 422
    waiting = Edition.objects.filter(approved_at__isnull=True).select_related("series")
    context = {
        "form": form,
        "drafts": [_named(edition) for edition in waiting.order_by("-drafted_at")],
    }
    return render(request, "indicators/editions_drafts.html", context, status=status)


def _draft(request: StaffRequest, form: Draft) -> Edition | None:
    given = form.cleaned_data
    try:
        return actions.draft(
            slug=given["slug"],
            period=given["period"],
            chart=given["chart"],
            reason=given["reason"],
            by=request.actor,
            at=request.now,
            as_of=local_day(request.now) - timedelta(days=1),
        )
    except actions.EditionRefused as refusal:
        form.add_error(None, _said(refusal))
        return None


@officials(*_STEERING)
def draft(request: StaffRequest, public_id: str) -> HttpResponse:
    """What will be published, before it is; hidden cells are hidden here too."""
    edition = get_object_or_404(
        Edition.objects.select_related("series"),
        public_id=public_id,
        approved_at__isnull=True,
    )
    context = _context(edition) | {"own": edition.drafted_by == request.actor.id}
    return render(request, "indicators/editions_draft.html", context)


@require_POST
@officials(*_STEERING)
def decide(request: StaffRequest, public_id: str) -> HttpResponse:
    edition = get_object_or_404(Edition, public_id=public_id)
    try:
        if request.POST.get("do") == "approve":
            actions.approve(edition_id=edition.pk, by=request.actor, at=request.now)
            messages.success(request, _("The edition is public now."))
            return redirect("editions:one", edition.series.slug, edition.number)
        actions.discard(edition_id=edition.pk, by=request.actor, at=request.now)
    except actions.EditionRefused as refusal:
        messages.error(request, _said(refusal))
        return redirect("editions:drafts")
    messages.success(request, _("The draft is discarded."))
    return redirect("editions:drafts")


# --- one edition ----------------------------------------------------------------------


def title_of(edition: Edition) -> str:
    return _("%(period)s, edition %(number)s") % {
        "period": wording.period(parse_period(edition.series.period)),
        "number": edition.number,
    }


def _named(edition: Edition) -> dict[str, Any]:
    return {
        "title": title_of(edition),
        "edition": edition,
        "slug": edition.series.slug,
    }


def _approved_or_404(slug: str, number: int) -> Edition:
    edition = queries.edition(slug, number)
    if edition is None:
        raise Http404
    return edition


def _shown(request: HttpRequest, edition: Edition) -> HttpResponse:
    context = _context(edition) | {"others": queries.approved_of(edition.series)}
    return render(request, "indicators/editions_one.html", context)


def _context(edition: Edition) -> dict[str, Any]:
    series = edition.series
    rows: dict[str, list[EditionValue]] = {code: [] for code in series.codes}
    whole = edition.values.filter(period=series.period).order_by("id")
    for value in whole.select_related("edition"):
        rows[value.code].append(value)
    blocks = [_block(series, code, found) for code, found in rows.items() if found]
    return _named(edition) | {
        "series": series,
        "blocks": blocks,
        "hidden": any(line.hidden for block in blocks for line in block.units),
    }


def _block(series: Series, code: str, values: Sequence[EditionValue]) -> Block:
    definition = DEFINITIONS[code]
    lines = {value.place: _line(value) for value in values}
    revisions = [row for row in queries.triangle(series, code) if row.is_revised]
    return Block(
        str(definition.title),
        str(definition.question),
        str(definition.leaves_out),
        definition.version,
        reverse("figures:one", args=[code]),
        lines.pop(ALL),
        tuple(line for line in lines.values() if line.counts != "0"),
        revisions,
    )


def _line(value: EditionValue) -> Line:
    """A hidden cell still says what is not hidden of it: of how many."""
    definition = DEFINITIONS[value.code]
    hidden = value.numerator_hidden or value.denominator_hidden
    below = definition.denominator is not None
    if value.numerator is None or (below and value.denominator is None):
        return Line(value.name, "", "", hidden)
    figure = Figure(
        value.code,
        value.edition.definitions[value.code],
        value.place,
        value.name,
        parse_period(value.period),
        "",
        "",
        value.numerator,
        value.denominator if below else None,
        value.value,
    )
    return Line(
        value.name,
        wording.counts(figure) or words.number(value.numerator),
        wording.value(definition, figure),
        hidden,
    )
