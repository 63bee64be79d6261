"""The administrator's pages: accounts by office, and the mandates that give powers."""

from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.people import access, actions, queries
from gandan.people.guards import StaffRequest, officials
from gandan.people.models import ROLE_WORDS, Mandate, User
from gandan.people.rules import MandateRefused
from gandan.people.web import forms
from gandan.people.web.wording import explain
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import Sphere
from gandan.ui.pages import render_form

Done = TypeVar("Done")
ENDING_SOON = timedelta(days=30)


def offices_of(request: StaffRequest) -> list[Organisation]:
    """Offices of our own province in reach that exist today."""
    day = local_day(request.now)
    offices = access.reach(request.actor)
    return [
        body
        for body in places.directory().bodies()
        if body.is_in_force(day)
        and body.sphere is Sphere.STATE
        and (offices is None or body.pk in offices)
    ]


def _office(key: str) -> Organisation | None:
    return places.organisation_by_key(key) if key else None


def _account(request: StaffRequest, public_id: UUID) -> User:
    found = access.administered_by(request.actor).filter(public_id=public_id).first()
    if found is None:
        raise Http404
    return found


def _mandate(request: StaffRequest, public_id: UUID) -> Mandate:
    found = (
        Mandate.objects.filter(public_id=public_id)
        .select_related("organisation", "user")
        .first()
    )
    if found is None or not access.is_reached(request.actor, found.organisation_id):
        raise Http404
    return found


def _tried(form: django_forms.Form, act: Callable[[], Done]) -> Done | None:
    """The act's result; a refusal becomes an error of the form."""
    try:
        return act()
    except MandateRefused as refusal:
        form.add_error(None, explain(refusal))
        return None


@require_safe
@officials(Role.ADMINISTRATOR)
def users(request: StaffRequest) -> HttpResponse:
    """Accounts by given name, of one office or of all in reach."""
    day = local_day(request.now)
    text, key = request.GET.get("q", ""), request.GET.get("don-vi", "")
    office = _office(key)
    found = queries.accounts(
        request.actor, office=office.pk if office else None, text=text
    )
    page = queries.page_of(
        found,
        after=_cursor(request.GET.get("sau", "")),
        before=_cursor(request.GET.get("truoc", "")),
    )
    held = queries.mandates_in_force(list(page.rows), day)
    kept = {"q": text, "don-vi": key}
    context = {
        "rows": [(user, held.get(user.pk, [])) for user in page.rows],
        "role_words": ROLE_WORDS,
        "offices": forms.grouped(offices_of(request)),
        "chosen": office,
        "text": text,
        "before": _page_href("truoc", page.before, kept),
        "after": _page_href("sau", page.after, kept),
        "ending": queries.ending_between(request.actor, day, day + ENDING_SOON)[:10],
    }
    return render(request, "people/users.html", context)


def _cursor(text: str) -> str:
    try:
        return str(UUID(text)) if text else ""
    except ValueError:
        return ""


def _page_href(name: str, cursor: str, kept: dict[str, str]) -> str:
    words = {k: v for k, v in kept.items() if v}
    return f"?{urlencode(words | {name: cursor})}" if cursor else ""


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def new(request: StaffRequest) -> HttpResponse:
    """Open an account; its temporary password is shown once, on this answer."""
    form = forms.Account(
        request.POST or None,
        offices=offices_of(request),
        initial={
            "starts": local_day(request.now),
            "organisation": request.GET.get("don-vi", ""),
        },
    )
    if form.is_valid():
        data = form.cleaned_data
        office = _office(data["organisation"])
        opened = _tried(
            form,
            lambda: actions.open_account(
                username=data["username"],
                full_name=data["full_name"],
                email=data["email"],
                telephone=data["telephone"],
                role=Role(data["role"]),
                organisation_id=office.pk if office else 0,
                starts=data["starts"],
                ends=data["ends"],
                decision=data["decision"],
                by=request.actor,
                at=request.now,
            ),
        )
        if opened is not None:
            user, password = opened
            context = {"user_shown": user, "password": password}
            return render(request, "people/password.html", context)
    return render_form(request, "people/new.html", form)


@require_safe
@officials(Role.ADMINISTRATOR)
def account(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One account: who, and every mandate ever held, with its decision."""
    user, day = _account(request, public_id), local_day(request.now)
    context = {
        "user_shown": user,
        "is_self": user.pk == request.actor.user_id,
        "mandates": [_line(request, m) for m in queries.mandates_of(user)],
        "today": day,
    }
    return render(request, "people/account.html", context)


def _line(request: StaffRequest, mandate: Mandate) -> dict[str, object]:
    day = local_day(request.now)
    is_over = mandate.ends is not None and mandate.ends <= max(day, mandate.starts)
    return {
        "mandate": mandate,
        "role": ROLE_WORDS[Role(mandate.role)],
        "is_over": is_over,
        "is_open": not is_over
        and mandate.user_id != request.actor.user_id
        and access.is_reached(request.actor, mandate.organisation_id),
    }


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def correct(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """Write the name or the way to reach the person anew."""
    user = _account(request, public_id)
    known = {name: getattr(user, name) for name in ("full_name", "telephone", "email")}
    form = forms.Person(request.POST or None, initial=known)
    if form.is_valid():
        done = _tried(
            form,
            lambda: actions.correct_account(
                user_id=user.pk, by=request.actor, at=request.now, **form.cleaned_data
            ),
        )
        if done is not None:
            messages.success(request, _("Saved."))
            return redirect("people:account", public_id)
    context = {"user_shown": user, "heading": _("Correct the account")}
    return render_form(request, "people/form.html", form, context)


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def give(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """One more mandate for this person."""
    user = _account(request, public_id)
    form = forms.Mandate(
        request.POST or None,
        offices=offices_of(request),
        initial={"starts": local_day(request.now)},
    )
    if form.is_valid():
        data = form.cleaned_data
        office = _office(data["organisation"])
        done = _tried(
            form,
            lambda: actions.give_mandate(
                user_id=user.pk,
                role=Role(data["role"]),
                organisation_id=office.pk if office else 0,
                starts=data["starts"],
                ends=data["ends"],
                decision=data["decision"],
                by=request.actor,
                at=request.now,
            ),
        )
        if done is not None:
            messages.success(request, _("The mandate is given."))
            return redirect("people:account", public_id)
    context = {"user_shown": user, "heading": _("Give a mandate")}
    return render_form(request, "people/form.html", form, context)


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def end(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The mandate ends, today at the earliest."""
    mandate = _mandate(request, public_id)
    form = forms.End(
        request.POST or None,
        initial={"ends": max(local_day(request.now), mandate.starts)},
    )
    if form.is_valid():
        done = _tried(
            form,
            lambda: actions.end_mandate(
                mandate_id=mandate.pk,
                by=request.actor,
                at=request.now,
                **form.cleaned_data,
            ),
        )
        if done is not None:
            messages.success(request, _("The end of the mandate is written down."))
            return redirect("people:account", mandate.user.public_id)
    return render_form(
        request, "people/form.html", form, _about(mandate, _("End the mandate"))
    )


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def deputy(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A colleague stands in while the holder is on leave."""
    mandate, day = _mandate(request, public_id), local_day(request.now)
    people = queries.colleagues(mandate.user, mandate.organisation_id, day)
    form = forms.Deputy(request.POST or None, people=people, initial={"starts": day})
    if form.is_valid():
        data = form.cleaned_data
        stand_in = next(u for u in people if str(u.public_id) == data["deputy"])
        done = _tried(
            form,
            lambda: actions.appoint_deputy(
                mandate_id=mandate.pk,
                deputy_id=stand_in.pk,
                starts=data["starts"],
                ends=data["ends"],
                decision=data["decision"],
                by=request.actor,
                at=request.now,
            ),
        )
        if done is not None:
            messages.success(request, _("The deputy is appointed."))
            return redirect("people:account", mandate.user.public_id)
    return render_form(
        request, "people/form.html", form, _about(mandate, _("Appoint a deputy"))
    )


def _about(mandate: Mandate, heading: str) -> dict[str, object]:
    role = ROLE_WORDS[Role(mandate.role)]
    return {
        "user_shown": mandate.user,
        "heading": heading,
        "about": f"{role}, {mandate.organisation.name}",
    }


@require_POST
@officials(Role.ADMINISTRATOR)
def reset_password(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """A temporary password, shown once on this answer."""
    user = _account(request, public_id)
    try:
        password = actions.reset_password(
            user_id=user.pk, by=request.actor, at=request.now
        )
    except MandateRefused as refusal:
        messages.error(request, explain(refusal))
        return redirect("people:account", public_id)
    context = {"user_shown": user, "password": password}
    return render(request, "people/password.html", context)


@require_http_methods(["GET", "POST"])
@officials(Role.ADMINISTRATOR)
def close(request: StaffRequest, public_id: UUID) -> HttpResponse:
    """The person leaves: the account closes, and what was held ends today."""
    user = _account(request, public_id)
    form = forms.Close(request.POST or None)
    if form.is_valid():
        done = _tried(
            form,
            lambda: actions.close_account(
                user_id=user.pk, by=request.actor, at=request.now, **form.cleaned_data
            ),
        )
        if done is not None:
            messages.success(request, _("The account is closed."))
            return redirect(reverse("people:users"))
    context = {"user_shown": user, "heading": _("Close the account")}
    return render_form(request, "people/form.html", form, context)
