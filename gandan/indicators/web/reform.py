"""The reform index of units in the workspace: rounds, one sheet a unit, evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.forms import BoundField
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gandan.documents.intake import FileRefused
from gandan.documents.models import StoredFile
from gandan.documents.web.serving import serve
from gandan.documents.wording import explain as explain_file
from gandan.indicators.models import ReformArea, ReformMark, ReformRound, ReformSheet
from gandan.indicators.reform import access, actions, queries, rules
from gandan.indicators.reform.rules import (
    Method,
    ReformRefused,
    RoundState,
    Score,
    Sight,
    Stage,
    Verb,
    Why,
)
from gandan.indicators.web import reform_forms as forms
from gandan.indicators.web import reform_wording as wording
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.ui.pages import render_form

FILLS = tuple(wording.FILL)
# What ends the stage a verb belongs to.
ENDS = {
    Verb.SCORE: Verb.HAND_IN,
    Verb.APPRAISE: Verb.END_FIRST,
    Verb.EXPLAIN: Verb.END_EXPLAINING,
    Verb.APPRAISE_AGAIN: Verb.END_SECOND,
}


@dataclass(frozen=True, slots=True)
class SheetLine:
    sheet: ReformSheet
    tag: tuple[str, Any]


@dataclass(frozen=True, slots=True)
class RoundView:
    round: ReformRound
    title: str
    tag: tuple[str, Any]
    lines: tuple[SheetLine, ...]
    may_open: bool
    may_close: bool


@require_safe
@officials(*access.READERS)
def rounds(request: StaffRequest) -> HttpResponse:
    """Units in the order of the alphabet: no ranks among our own units."""
    on, province = local_day(request.now), access.is_province(request.actor)
    lines: dict[int, list[SheetLine]] = {}
    sheets = access.visible_to(request.actor).order_by("organisation__sort_key")
    for sheet in sheets:
        tag = wording.STAGES[access.stage_of(sheet, on)]
        lines.setdefault(sheet.round_id, []).append(SheetLine(sheet, tag))
    shown = [
        RoundView(
            found,
            wording.title(found),
            wording.STATES[RoundState(found.state)],
            tuple(lines.get(found.pk, ())),
            may_open=province and found.state == RoundState.DRAFT,
            may_close=province
            and found.state == RoundState.OPEN
            and all(
                line.sheet.stage == Stage.APPRAISED for line in lines.get(found.pk, ())
            ),
        )
        for found in access.rounds_for(request.actor)
    ]
    areas = [(area, wording.area_name(area)) for area in ReformArea.objects.all()]
    context = {"rounds": shown, "areas": areas, "is_province": province}
    return render(request, "indicators/reform_rounds.html", context)


def _round_or_404(request: StaffRequest, public_id: UUID) -> ReformRound:
    return get_object_or_404(access.rounds_for(request.actor), public_id=public_id)


@require_http_methods(["GET", "POST"])
@officials(Role.PROVINCE_STEERING)
def open_round(request: StaffRequest, public_id: UUID) -> HttpResponse:
    found = _round_or_404(request, public_id)
    if found.state != RoundState.DRAFT:
        raise Http404
    form = forms.Opening(request.POST or None)
    if form.is_valid():
        try:
            actions.open_round(
                round_id=found.pk, by=request.actor, at=request.now, **form.cleaned_data
            )
        except ReformRefused as refusal:
            field = "explain_until" if refusal.why is Why.BAD_DEADLINES else None
            form.add_error(field, wording.explain(refusal))
        else:
            messages.success(request, _("The round is open, and its tree is frozen."))
            return redirect("reform:rounds")
    context = {
        "title": _("Open the round %(round)s") % {"round": wording.title(found)},
        "button": _("Open the round"),
        "note": _(
            "From then on the tree cannot change, and every unit of the group has"
            " its sheet."
        ),
        "invented": found.invented,
    }
    return render_form(request, "indicators/reform_form.html", form, context)


@require_POST
@officials(Role.PROVINCE_STEERING)
def close_round(request: StaffRequest, public_id: UUID) -> HttpResponse:
    found = _round_or_404(request, public_id)
    try:
        actions.close_round(round_id=found.pk, by=request.actor, at=request.now)
    except ReformRefused as refusal:
        messages.error(request, wording.explain(refusal))
    else:
        messages.success(request, _("The round is closed. Units read every sheet."))
    return redirect("reform:rounds")


# --- one sheet ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    """One box of an item; points are short, words are long."""

    bound: BoundField
    is_points: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the tree: a heading, or what carries points."""

    code: str
    name: str
    depth: int
    mark: ReformMark | None = None
    is_survey: bool = False
    files: tuple[StoredFile, ...] = ()
    fields: tuple[Box, ...] = ()
    takes_files: bool = False


def _sheet_or_404(request: StaffRequest, public_id: UUID) -> ReformSheet:
    return get_object_or_404(access.visible_to(request.actor), public_id=public_id)


def _verbs(request: StaffRequest, sheet: ReformSheet) -> frozenset[Verb]:
    return rules.open_verbs(
        state=RoundState(sheet.round.state),
        stage=access.stage_of(sheet, local_day(request.now)),
        roles=access.roles_for(request.actor, sheet),
    )


def _items(
    sheet: ReformSheet,
    *,
    verbs: Iterable[Verb],
    with_files: bool,
    form: forms.Sheet | None = None,
) -> list[Item]:
    marks = {mark.node_id: mark for mark in queries.marks_of(sheet)}
    files = queries.files_of(sheet) if with_files else {}
    items = []
    for node in sheet.round.nodes.all():
        mark, depth = marks.get(node.pk), node.code.count(".")
        if mark is None:
            items.append(Item(node.code, node.name, depth))
            continue
        fields = (
            tuple(
                Box(form[f"{kind}-{node.code}"], kind == "p")
                for kind in "pna"
                if f"{kind}-{node.code}" in form.fields
            )
            if form
            else ()
        )
        is_survey = node.method == Method.SURVEY
        items.append(
            Item(
                node.code,
                node.name,
                depth,
                mark,
                is_survey,
                tuple(files.get(str(mark.public_id), ())),
                fields,
                not is_survey
                and (Verb.SCORE in verbs or (Verb.EXPLAIN in verbs and mark.asks)),
            )
        )
    return items


def _context(request: StaffRequest, sheet: ReformSheet) -> dict[str, Any]:
    on = local_day(request.now)
    seen = access.sight_of(request.actor, sheet, on)
    verbs = _verbs(request, sheet)
    fills = [verb for verb in FILLS if verb in verbs]
    return {
        "sheet": sheet,
        "round_title": wording.title(sheet.round),
        "tag": wording.STAGES[access.stage_of(sheet, on)],
        "stage": access.stage_of(sheet, on).value,
        "seen": seen,
        "verbs": verbs,
        "fill": wording.FILL[fills[0]] if fills else "",
        "may_adjust": Verb.ADJUST in verbs,
        "score": queries.score_of(sheet, seen=seen),
        "adjustments": _adjustments(sheet, seen),
    }


def _adjustments(sheet: ReformSheet, seen: Sight) -> list[tuple[Decimal, str]]:
    if not seen.first:
        return []
    return [(row.points, row.reason) for row in sheet.adjustments.all()]


def _area_rows(score: Score, sheet: ReformSheet) -> list[tuple[str, str, Any]]:
    names = {node.code: node.name for node in sheet.round.nodes.filter(parent=None)}
    return [(area.area, names.get(area.area, ""), area) for area in score.areas]


@require_safe
@officials(*access.READERS)
def sheet(request: StaffRequest, public_id: UUID) -> HttpResponse:
    found = _sheet_or_404(request, public_id)
    context = _context(request, found)
    context |= {
        "items": _items(
            found,
            verbs=context["verbs"],
            with_files=bool(access.roles_for(request.actor, found)),
        ),
        "areas": _area_rows(context["score"], found),
    }
    return render(request, "indicators/reform_sheet.html", context)


@require_http_methods(["GET", "POST"])
@officials(*access.READERS)
def fill(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """All items of one sheet on one page; what is open depends on the stage."""
    found = _sheet_or_404(request, public_id)
    verbs = _verbs(request, found)
    verb = next((one for one in FILLS if one in verbs), None)
    if verb is None:
        raise Http404
    marks = [mark for mark in queries.marks_of(found) if _is_open(verb, mark)]
    form = forms.Sheet(verb, marks, found.version, request.POST or None)
    if form.is_valid():
        try:
            _write(request, found, verb, form)
        except ReformRefused as refusal:
            form.add_error(form.field_of(refusal.item), wording.explain(refusal))
        else:
            messages.success(request, _("Saved."))
            ended = "end" in request.POST
            return redirect("reform:sheet" if ended else "reform:fill", found.public_id)
    context = _context(request, found)
    end = ENDS.get(verb)
    items = _items(found, verbs=verbs, with_files=True, form=form)
    context |= {
        "title": wording.FILL[verb],
        "items": _only_open(items),
        "end": wording.END[end] if end else "",
    }
    return render_form(request, "indicators/reform_fill.html", form, context)


def _is_open(verb: Verb, mark: ReformMark) -> bool:
    if (mark.node.method == Method.SURVEY) != (verb is Verb.SURVEY):
        return False
    return mark.asks or verb not in {Verb.EXPLAIN, Verb.APPRAISE_AGAIN}


def _only_open(items: list[Item]) -> list[Item]:
    """Items with a box, and the headings they stand under."""
    wanted = {item.code for item in items if item.fields}
    return [
        item
        for item in items
        if item.code in wanted
        or (
            item.mark is None
            and any(code.startswith(f"{item.code}.") for code in wanted)
        )
    ]


@transaction.atomic
def _write(
    request: StaffRequest, found: ReformSheet, verb: Verb, form: forms.Sheet
) -> None:
    """What was typed, and the end of the stage with it when that button was pressed."""
    said, version = form.said(), form.cleaned_data["version"]
    by, at, pk = request.actor, request.now, found.pk
    match verb:
        case Verb.SCORE:
            actions.score(sheet_id=pk, said=said, by=by, at=at, version=version)
        case Verb.APPRAISE:
            actions.appraise(sheet_id=pk, said=said, by=by, at=at, version=version)
        case Verb.EXPLAIN:
            texts = {code: one.note for code, one in said.items()}
            actions.explain(sheet_id=pk, said=texts, by=by, at=at, version=version)
        case Verb.APPRAISE_AGAIN:
            actions.appraise_again(
                sheet_id=pk, said=said, by=by, at=at, version=version
            )
        case _:
            points = {code: one.points for code, one in said.items()}
            actions.survey(sheet_id=pk, points=points, by=by, at=at, version=version)
    if "end" in request.POST and (end := ENDS.get(verb)):
        actions.end_stage(sheet_id=pk, verb=end, by=by, at=at)


@require_http_methods(["GET", "POST"])
@officials(Role.PROVINCE_STEERING)
def adjust(request: StaffRequest, public_id: UUID) -> HttpResponse:
    found = _sheet_or_404(request, public_id)
    if Verb.ADJUST not in _verbs(request, found):
        raise Http404
    form = forms.Adjustment(request.POST or None, initial={"version": found.version})
    if form.is_valid():
        data = form.cleaned_data
        sign = 1 if data["kind"] == "bonus" else -1
        try:
            actions.adjust(
                sheet_id=found.pk,
                points=Decimal(data["points"]) * sign,
                reason=data["reason"],
                by=request.actor,
                at=request.now,
                version=data["version"],
            )
        except ReformRefused as refusal:
            form.add_error(None, wording.explain(refusal))
        else:
            messages.success(request, _("Saved."))
            return redirect("reform:sheet", found.public_id)
    context = {
        "title": _("Bonus or penalty"),
        "button": _("Record the points"),
        "sheet": found,
        "caps": found.round,
    }
    return render_form(request, "indicators/reform_form.html", form, context)


# --- files ----------------------------------------------------------------------------


def _mark_or_404(found: ReformSheet, code: str) -> ReformMark:
    mark = queries.marks_of(found).filter(node__code=code).first()
    if mark is None:
        raise Http404
    return mark


@require_http_methods(["GET", "POST"])
@officials(Role.UNIT_LEADER)
def evidence(request: StaffRequest, public_id: UUID, code: str) -> HttpResponse:
    found = _sheet_or_404(request, public_id)
    mark, verbs = _mark_or_404(found, code), _verbs(request, found)
    explains = Verb.EXPLAIN in verbs and mark.asks
    if mark.node.method == Method.SURVEY or not (Verb.SCORE in verbs or explains):
        raise Http404
    form = forms.Evidence(request.POST or None, request.FILES or None)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            actions.attach(
                sheet_id=found.pk,
                code=code,
                content=upload,
                name=upload.name or "",
                by=request.actor,
                at=request.now,
            )
        except FileRefused as refusal:
            form.add_error("file", explain_file(refusal))
        except ReformRefused as refusal:
            form.add_error(None, wording.explain(refusal))
        else:
            messages.success(request, _("The file is kept."))
            return redirect("reform:evidence", found.public_id, code)
    context = {
        "title": _("Evidence for %(code)s") % {"code": code},
        "button": _("Keep the file"),
        "sheet": found,
        "item": mark.node,
        "files": queries.files_of(found).get(str(mark.public_id), []),
        "with_files": True,
    }
    return render_form(request, "indicators/reform_form.html", form, context)


@require_safe
@officials(*access.READERS)
def file(request: StaffRequest, public_id: UUID, file_id: UUID) -> HttpResponseBase:
    """Evidence stays with its unit and the province, also once the round is closed."""
    found = _sheet_or_404(request, public_id)
    if not access.roles_for(request.actor, found):
        raise Http404
    for files in queries.files_of(found).values():
        for one in files:
            if one.public_id == file_id:
                return serve(one)
    raise Http404
