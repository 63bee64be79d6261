"""After a decree: which open clocks move, and the press that moves them."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gandan.journeys import rereading, taking_over
from gandan.kernel.actors import Role
from gandan.people import access
from gandan.people.guards import StaffRequest, officials
from gandan.places.models import CalendarDay
from gandan.ui import words

SHOWN = 200


@officials(Role.ADMINISTRATOR)
@require_http_methods(["GET", "POST"])
def reread(request: StaffRequest) -> HttpResponse:
    """The preview names codes and dates, never persons; codes are no content.

    It moves clocks at every desk: a matter of the province's administrators.
    """
    if access.reach(request.actor) is not None:
        raise Http404
    if request.method == "POST":
        last = CalendarDay.objects.order_by("-pk").first()
        because = last.legal_basis if last else ""
        moved = rereading.reread_all(because=because, at=request.now)
        text = ngettext("%(n)s clock read anew.", "%(n)s clocks read anew.", moved)
        messages.success(request, text % {"n": words.number(moved)})
        return redirect("journeys:reread")
    moved_rows = rereading.preview()
    context = {"rows": moved_rows[:SHOWN], "count": len(moved_rows), "shown": SHOWN}
    return render(request, "journeys/reread.html", context)


@officials(Role.ADMINISTRATOR, Role.PROVINCE_STEERING)
@require_GET
def to_be_assigned(request: StaffRequest) -> HttpResponse:
    """Open work of ended bodies that waits for a decision, by body and field.

    Of the whole province, so for those who look after the whole of it.
    """
    actor = request.actor
    if Role.PROVINCE_STEERING not in actor.roles and access.reach(actor) is not None:
        raise Http404
    rows = taking_over.to_be_assigned(at=request.now)
    context = {"rows": rows, "title": _("To be assigned")}
    return render(request, "journeys/to_be_assigned.html", context)
