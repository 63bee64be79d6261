"""A question page: one question, or the few that one heading holds together."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404, HttpResponse

from gandan.forms import actions
from gandan.forms.web import asking, repeating
from gandan.forms.web.contract import PageRequest

if TYPE_CHECKING:
    from gandan.forms.web.journey import FormJourney


def question(
    journey: "FormJourney", request: PageRequest, form: str, draft: UUID, page: str
) -> HttpResponse:
    opened = journey.editable(request, form, draft)
    found = opened.definition.page(page)
    if found is None or not opened.course.on_page(found[1]):
        raise Http404
    here = found[1]
    if here.group:
        return repeating.group(journey, request, opened, here, here.group)
    asked = opened.course.on_page(here)
    bound = asking.page_form(journey, request, asked)
    if request.method == "POST":
        saved = asking.accepted(journey, request, opened, bound)
        if saved is not None:
            actions.save(
                draft_id=opened.draft.pk,
                definition=opened.definition,
                page=here.slug if bound.is_valid() else "",
                answers=saved,
                by=request.actor,
                at=request.now,
            )
            return asking.onward(journey, request, form, draft, here)
    before = opened.course.before(here)
    back = journey.page_at(opened, before) if before else journey.at("tasks", opened)
    if request.GET.get(asking.RETURN) == asking.CHECK:
        back = journey.at("check", opened)
    return asking.ask(journey, request, opened, here, bound, back)
