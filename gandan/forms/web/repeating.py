"""A repeating group: its list, one small page of an item, taking an item away."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gandan.forms import actions
from gandan.forms.conditions import Problem
from gandan.forms.kinds import is_empty
from gandan.forms.schema import Page, Question
from gandan.forms.shown import as_text
from gandan.forms.web import asking, leaving, wording
from gandan.forms.web.contract import Opened, PageRequest

if TYPE_CHECKING:
    from gandan.forms.web.journey import FormJourney


def group(
    journey: "FormJourney",
    request: PageRequest,
    opened: Opened,
    page: Page,
    question: Question,
) -> HttpResponse:
    course = opened.course
    wrong = [found for found in course.problems if found.asked.page is page]
    summary = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if "save_exit" in request.POST:
            return leaving.leaves(journey, request, opened)
        if summary.is_valid() and not wrong:
            actions.save(
                draft_id=opened.draft.pk,
                definition=opened.definition,
                page=page.slug,
                answers={},
                by=request.actor,
                at=request.now,
            )
            return asking.onward(
                journey, request, opened.definition.slug, opened.draft.public_id, page
            )
        for found in wrong:
            summary.add_error(None, _wrong(found))
    count = len(opened.draft.answers.get(question.key, ()))
    before = course.before(page)
    context = {
        "form": summary,
        "heading": wording.said(question.label),
        "hint": wording.said(question.hint),
        "items": [
            _item(journey, opened, page, question, item) for item in range(count)
        ],
        "add_href": None
        if question.most is not None and count >= question.most
        else journey.at("step", opened, page=page.slug, item=count + 1, step=1),
        "add_words": _("Add: %(what)s") % {"what": wording.said(question.item).lower()},
        "back": journey.page_at(opened, before)
        if before
        else journey.at("tasks", opened),
        "section": wording.said(course.on_page(page)[0].section.title),
        "reasons": asking.reasons(course.on_page(page)),
    }
    status = 422 if summary.is_bound and summary.errors else 200
    return render(request, "forms/group.html", context, status=status)


def _wrong(found: Problem) -> str:
    asked = found.asked
    if asked.item is None or asked.group is None:
        return wording.problem(found)
    return f"{wording.said(asked.group.item)} {asked.item + 1}: {wording.listed(found)}"


def _item(
    journey: "FormJourney", opened: Opened, page: Page, group: Question, item: int
) -> dict[str, Any]:
    """A card: what was answered, and the way to change or remove it."""
    language = wording.language()
    rows = [
        {
            "question": wording.said(one.question.label),
            "answer": as_text(one.question, one.answer, language),
        }
        for one in opened.course.asked
        if one.group is group
        and one.item == item
        and one.is_open
        and not is_empty(one.answer)
    ]
    return {
        "name": f"{wording.said(group.item)} {item + 1}",
        "rows": rows,
        "is_done": opened.course.item_is_done(group, item),
        "change_href": journey.at(
            "step", opened, page=page.slug, item=item + 1, step=1
        ),
        "remove_href": journey.at("remove", opened, page=page.slug, item=item + 1),
    }


def _place(opened: Opened, page: str, item: int) -> tuple[Page, Question, int]:
    """The group and the item counted from 0; the place after the last may be filled."""
    found = opened.definition.page(page)
    group = found[1].group if found else None
    if found is None or group is None or not opened.course.on_page(found[1]):
        raise Http404
    count = len(opened.draft.answers.get(group.key, ()))
    is_full = group.most is not None and count >= group.most
    if not 1 <= item <= (count if is_full else count + 1):
        raise Http404
    return found[1], group, item - 1


def step(
    journey: "FormJourney",
    request: PageRequest,
    form: str,
    draft: UUID,
    page: str,
    item: int,
    step: int,
) -> HttpResponse:
    opened = journey.editable(request, form, draft)
    here, group, place = _place(opened, page, item)
    course = opened.course.with_item(group, place, opened.on)
    asked = course.on_step(group, place, step - 1)
    if not asked:
        raise Http404
    bound = asking.page_form(journey, request, asked)
    if request.method == "POST":
        saved = asking.accepted(journey, request, opened, bound)
        if saved is not None:
            try:
                actions.save_item(
                    draft_id=opened.draft.pk,
                    definition=opened.definition,
                    page=here.slug,
                    group=group.key,
                    item=place,
                    answers=saved,
                    row_version=_version(request),
                    by=request.actor,
                    at=request.now,
                )
            except actions.DraftChanged:
                bound.add_error(None, _changed())
            else:
                return _next_step(journey, request, form, draft, here, place, step)
    steps = course.steps(group, place)
    earlier = [one for one in steps if one < step - 1]
    back = journey.page_at(opened, here)
    if request.GET.get(asking.RETURN) == asking.CHECK:
        back = journey.at("check", opened)
    elif earlier:
        back = journey.at("step", opened, page=page, item=item, step=earlier[-1] + 1)
    inner = group.pages[step - 1]
    return asking.ask(
        journey,
        request,
        opened,
        inner,
        bound,
        back,
        caption=f"{wording.said(group.item)} {item}",
        row_version=opened.draft.row_version,
    )


def _next_step(
    journey: "FormJourney",
    request: PageRequest,
    form: str,
    draft: UUID,
    page: Page,
    item: int,
    step: int,
) -> HttpResponse:
    opened = journey.editable(request, form, draft)
    if "save_exit" in request.POST:
        return leaving.leaves(journey, request, opened)
    group = page.group
    assert group is not None
    later = [one for one in opened.course.steps(group, item) if one > step - 1]
    is_mended = opened.course.item_is_done(group, item)
    if request.GET.get(asking.RETURN) == asking.CHECK and is_mended:
        return redirect(journey.at("check", opened))
    if later:
        following = journey.at(
            "step", opened, page=page.slug, item=item + 1, step=later[0] + 1
        )
        return redirect(following)
    return redirect(journey.page_at(opened, page))


def _version(request: PageRequest) -> int:
    typed = request.POST.get("row_version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _changed() -> str:
    return _(
        "This list was changed in another window. Go back, look at it, then try again."
    )


def remove(
    journey: "FormJourney",
    request: PageRequest,
    form: str,
    draft: UUID,
    page: str,
    item: int,
) -> HttpResponse:
    opened = journey.editable(request, form, draft)
    here, group, place = _place(opened, page, item)
    if place >= len(opened.draft.answers.get(group.key, ())):
        raise Http404
    refused = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            actions.remove_item(
                draft_id=opened.draft.pk,
                definition=opened.definition,
                group=group.key,
                item=place,
                row_version=_version(request),
                by=request.actor,
                at=request.now,
            )
        except actions.DraftChanged:
            refused.add_error(None, _changed())
        else:
            return redirect(journey.page_at(opened, here))
    context = {
        "form": refused,
        "card": _item(journey, opened, here, group, place),
        "back": journey.page_at(opened, here),
        "row_version": opened.draft.row_version,
    }
    status = 422 if refused.is_bound and refused.errors else 200
    return render(request, "forms/remove.html", context, status=status)
