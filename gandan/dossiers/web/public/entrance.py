"""How a resident gets to a dossier: code and secret of the slip, or its QR."""

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from gandan.dossiers import access, secrets
from gandan.dossiers.models import Dossier
from gandan.dossiers.numbering import typed_number
from gandan.dossiers.web import holding
from gandan.dossiers.web.public import card, filing, forms
from gandan.people import attempts
from gandan.ui.pages import render_form

PURPOSE = "follow"
# The comparison runs for an unknown code too, so that both take the same time.
_NOBODY = "-" * 22


def _by_number(number: str, secret: str) -> Dossier | None:
    """The dossier, if both are right. Imported history has no secret that was given
    to anybody, so its codes open nothing."""
    row = (
        Dossier.objects.filter(Q(code=number) | Q(filing_number=number))
        .filter(imported=False)
        .values_list("pk", "ledger_id")
        .first()
    )
    pk, ledger_id = row or (None, _NOBODY)
    if not secrets.is_follow_secret(ledger_id, secret) or pk is None:
        return None
    return Dossier.objects.get(pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form; unknown code, wrong secret and too many tries get one answer."""
    form = forms.Follow(request.POST if request.method == "POST" else None)
    if form.is_valid():
        number = typed_number(form.cleaned_data["code"])
        allowed = attempts.is_allowed(request, PURPOSE, number)
        dossier = _by_number(number, form.cleaned_data["secret"])
        if dossier is not None and allowed:
            attempts.forget(request, PURPOSE, number)
            holding.hold(request, dossier)
            return redirect("dossiers:followed")
        form.add_error(
            None,
            _(
                "No dossier opens with this code and secret. Check both on your slip; "
                "after several tries wait ten minutes, or telephone the desk."
            ),
        )
    actor = holding.applicant_of(request)
    rows = access.visible_to(actor).select_related("procedure")[: holding.MOST]
    held = [{"dossier": row, "name": card.name_of(row)} for row in rows]
    return render_form(request, "dossiers/public/follow.html", form, {"held": held})


@never_cache
@require_safe
def open_capability(request: HttpRequest, capability: str) -> HttpResponse:
    """The slip's QR: hold the dossier, and leave the address at once.

    The path is never logged (`gandan.kernel.logs`), and an unknown one leaves it too.
    128 random bits are not guessed, so scans of a whole village share no limit.
    """
    digest = secrets.capability_digest(capability)
    dossier = Dossier.objects.filter(capability_digest=digest, imported=False).first()
    if dossier is None:
        messages.error(
            request,
            _("This QR opens no dossier. Write the code and the secret of your slip."),
        )
        response = redirect("dossiers:follow")
    else:
        holding.hold(request, dossier)
        response = redirect("dossiers:followed")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@require_POST
def let_go(request: HttpRequest) -> HttpResponse:
    """«Xóa khỏi máy này»."""
    filing.forget_sent(request)
    holding.let_go(request)
    messages.success(request, _("Nothing of your dossiers is left on this device."))
    return redirect("dossiers:follow")
