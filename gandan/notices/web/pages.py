"""The desk's calls and cards, and the outbox as its receivers see it."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from gandan.kernel.actors import Role
from gandan.notices import actions, queries
from gandan.notices.models import BY_HAND, Channel, Message, Outcome
from gandan.notices.web import rows, wording
from gandan.notices.web.forms import CallOutcome
from gandan.people import access
from gandan.people.guards import StaffRequest, officials
from gandan.ui.navigation import Link

PAGE = 50


@require_GET
@officials(Role.COUNTER, Role.HEAD_ONE_STOP)
def calls(request: StaffRequest) -> HttpResponse:
    """Whom to call today, and what to say in one sentence."""
    desks = rows.desks_of(request.actor)
    found = queries.calls_to_make(desks, at=request.now)[: PAGE + 1]
    shown = [rows.row(call) for call in found]
    context = {
        "calls": shown[:PAGE],
        "more": len(shown) > PAGE,
        "cards": queries.cards_to_carry(desks, at=request.now).count(),
        "outcomes": [
            (o.value, wording.OUTCOMES[o]) for o in Outcome if o != Outcome.REACHED
        ],
    }
    return render(request, "notices/calls.html", context)


@require_GET
@officials(Role.COUNTER, Role.HEAD_ONE_STOP)
def cards(request: StaffRequest) -> HttpResponse:
    """Cards for people without a telephone, one sheet a village."""
    desks = rows.desks_of(request.actor)
    found = queries.cards_to_carry(desks, at=request.now)
    context = {"villages": rows.by_village(found)}
    return render(request, "notices/cards.html", context)


@require_POST
@officials(Role.COUNTER, Role.HEAD_ONE_STOP)
def outcome(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """What came of one call, or that one card was carried."""
    message = get_object_or_404(
        Message,
        public_id=public_id,
        channel__in=BY_HAND,
        organisation__in=rows.desks_of(request.actor),
    )
    page = "notices:cards" if message.channel == Channel.CARD else "notices:calls"
    form = CallOutcome(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what came of the call."))
        return redirect(page)
    try:
        actions.record_outcome(
            message_id=message.pk,
            outcome=Outcome(form.cleaned_data["outcome"]),
            by=request.actor,
            at=request.now,
        )
    except actions.MessageClosed:
        messages.warning(request, _("Somebody else has done this meanwhile."))
    else:
        messages.success(request, _("Noted."))
    return redirect(page)


@require_GET
@never_cache
def outbox(request: HttpRequest) -> HttpResponse:
    """Every message; in the demo with its words, elsewhere only whether it arrived."""
    reader = _reader(request)
    slug = request.GET.get("kenh", "")
    failed = "chua-gui-duoc" in request.GET
    older, newer = _key(request, "cu-hon"), _key(request, "moi-hon")
    found = list(
        queries.outbox(
            channel=rows.CHANNEL_SLUGS.get(slug),
            failed=failed,
            older_than=older,
            newer_than=newer,
            offices=reader["offices"],
        )[: PAGE + 1]
    )
    more, found = len(found) > PAGE, found[:PAGE]
    if newer is not None:
        found.reverse()
    keep = f"kenh={slug}&" if slug in rows.CHANNEL_SLUGS else ""
    keep += "chua-gui-duoc&" if failed else ""
    has_newer = bool(found) and (older is not None or (newer is not None and more))
    has_older = bool(found) and (newer is not None or more)
    context = reader | {
        "rows": [rows.row(m, with_words=reader["with_words"]) for m in found],
        "filters": _filters(slug, failed),
        "before": f"?{keep}moi-hon={found[0].pk}" if has_newer else "",
        "after": f"?{keep}cu-hon={found[-1].pk}" if has_older else "",
    }
    return render(request, "notices/outbox.html", context)


@require_GET
@never_cache
def message(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """One message as its receiver gets it: only ever in the demo."""
    reader = _reader(request)
    if not reader["with_words"]:
        raise Http404
    found = get_object_or_404(
        Message.objects.select_related("organisation"), public_id=public_id
    )
    context = reader | {
        "row": rows.row(found),
        "sender": settings.DEFAULT_FROM_EMAIL,
    }
    return render(request, "notices/message.html", context)


def _reader(request: HttpRequest) -> dict[str, Any]:
    """The demo's visitors read all; an administrator, of the offices looked after,
    no content."""
    if settings.DEMO:
        return {"with_words": True, "frame": "ui/public.html", "offices": None}
    actor = request.actor  # type: ignore[attr-defined]
    if Role.ADMINISTRATOR not in actor.roles:
        raise Http404
    return {
        "with_words": False,
        "frame": "ui/workspace.html",
        "offices": access.reach(actor),
    }


def _key(request: HttpRequest, name: str) -> int | None:
    given = request.GET.get(name, "")
    return (
        int(given) if given.isascii() and given.isdigit() and len(given) < 19 else None
    )


def _filters(slug: str, failed: bool) -> list[Link]:
    every = Link(_("All"), "?", current=not slug and not failed)
    by_channel = [
        Link(str(wording.CHANNELS[channel]), f"?kenh={name}", current=slug == name)
        for name, channel in rows.CHANNEL_SLUGS.items()
    ]
    undelivered = Link(_("Not delivered"), "?chua-gui-duoc", current=failed)
    return [every, *by_channel, undelivered]
