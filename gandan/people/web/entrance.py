"""Changing the officer at a shared computer, and changing one's own password."""

from allauth.account.adapter import get_adapter
from allauth.account.utils import perform_login
from allauth.core import ratelimit
from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from gandan.people import actions
from gandan.people.guards import StaffRequest, officials
from gandan.people.models import User
from gandan.people.web import desk, forms
from gandan.ui.pages import render_form


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "POST"])
def change_officer(request: StaffRequest) -> HttpResponse:
    """One click and a password: the next officer sits down, the desk stays."""
    here = desk.officers(request)
    form = forms.ChangeOfficer(request.POST or None, officers=here)
    if form.is_valid():
        chosen = next(
            user for user in here if str(user.public_id) == form.cleaned_data["officer"]
        )
        try:
            user = get_adapter().authenticate(
                request,
                username=chosen.username,
                password=form.cleaned_data["password"],
            )
        except django_forms.ValidationError as refused:
            form.add_error("password", refused)
        else:
            if user is not None and user.pk == chosen.pk:
                return _sit_down(request, chosen)
            form.add_error("password", _("The password is not right."))
    context = {
        "people": here,
        "offices": _offices(request),
        "signed_in": request.user.is_authenticated,
        "has_password": request.user.is_authenticated
        and request.user.has_usable_password(),
    }
    return render_form(request, "people/change_officer.html", form, context)


def _sit_down(request: StaffRequest, user: User) -> HttpResponse:
    """End the session of the officer who leaves; nothing of it is carried over but
    the desk, and that only where the next one holds a mandate."""
    at_desk = desk.current(request)
    logout(request)
    request.changes_officer = True  # type: ignore[attr-defined]
    response: HttpResponse = perform_login(request, user, email_verification="none")
    if at_desk is not None:
        # Only a capacity of today counts; the page after this one checks it again.
        request.session["desk"] = at_desk.key
    return response


def _offices(request: StaffRequest) -> list[tuple[str, str, bool]]:
    """Where the signed-in officer may work, when that is more than one office."""
    here = desk.current(request)
    found = desk.offices(request)
    if len(found) < 2:
        return []
    return [(o.key, o.name, here is not None and o.key == here.key) for o in found]


@require_POST
@officials()
def choose_office(request: StaffRequest) -> HttpResponse:
    """Somebody with mandates at several offices says where the work is done now."""
    if not desk.choose(request, request.POST.get("office", "")):
        raise Http404
    return redirect("first_page")


@never_cache
@sensitive_post_parameters("old", "new")
@require_http_methods(["GET", "POST"])
@login_required
def change_password(request: StaffRequest) -> HttpResponse:
    """The own password; a temporary one opens no other page until it is changed."""
    user = request.user
    if not isinstance(user, User) or not user.has_usable_password():
        raise Http404
    if request.method == "POST":
        slower: HttpResponse | None = ratelimit.consume_or_429(
            request, action="change_password", user=request.user
        )
        if slower is not None:
            return slower
    form = forms.NewPassword(request.POST or None, user=user)
    if form.is_valid():
        changed = actions.change_password(
            user_id=user.pk,
            password=form.cleaned_data["new"],
            by=request.actor,
            at=request.now,
        )
        update_session_auth_hash(request, changed)
        messages.success(request, _("Your password is changed."))
        return redirect("first_page")
    context = {"temporary": user.password_is_temporary}
    return render_form(request, "account/password_change.html", form, context)
