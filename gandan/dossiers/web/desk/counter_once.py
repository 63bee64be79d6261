"""Served at once: certified copies and other same-day work, in fifteen seconds."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gandan.dossiers import actions, competence, queries
from gandan.dossiers.rules import persons
from gandan.dossiers.rules.identity import read_card
from gandan.dossiers.rules.moves import MoveRefused
from gandan.dossiers.web import wording
from gandan.dossiers.web.desk.counter_desk import DESK, desk_of
from gandan.dossiers.web.desk.counter_form import IDENTITY, NAME
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest, officials
from gandan.people.models import User
from gandan.places.models import Organisation
from gandan.procedures import queries as procedures
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import showing
from gandan.procedures.web import wording as catalogue
from gandan.ui.fields import DongField, TextField, WholeField
from gandan.ui.pages import render_form

CERTIFIED_COPY = "2.000815"


class AtOnce(forms.Form):
    scan = TextField(
        label=gettext_lazy("Identity card"),
        help_text=gettext_lazy("Scan its code, or type the name below"),
        required=False,
    )
    full_name = TextField(label=gettext_lazy("Full name"), max_length=120)
    identity_number = TextField(
        label=gettext_lazy("Personal number"), max_length=20, required=False
    )
    paper = TextField(label=gettext_lazy("Which paper"), max_length=200, required=False)
    copies = WholeField(
        label=gettext_lazy("Number of copies"), at_least=1, at_most=500, initial=1
    )
    fee_vnd = DongField(label=gettext_lazy("Fee"), at_least=0, required=False)
    paid = forms.BooleanField(
        label=gettext_lazy("Paid in cash"), required=False, initial=True
    )
    signed_by = forms.ChoiceField(label=gettext_lazy("Signed by"))
    key = forms.CharField(widget=forms.HiddenInput, max_length=64)

    use_required_attribute = False

    def __init__(self, *args: Any, signatories: list[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_by"].choices = [  # type: ignore[attr-defined]
            (str(user.public_id), user.full_name) for user in signatories
        ]
        self.by_id = {str(user.public_id): user.pk for user in signatories}
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def clean_full_name(self) -> str:
        name = " ".join(self.cleaned_data["full_name"].split())
        if problem := persons.name_problem(name):
            raise forms.ValidationError(NAME[problem])
        return name

    def clean_identity_number(self) -> str:
        number = persons.plain_identity(self.cleaned_data["identity_number"])
        if number and (problem := persons.identity_problem(number)):
            raise forms.ValidationError(IDENTITY[problem])
        return number


@officials(*DESK)
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def at_once(request: StaffRequest) -> HttpResponse:
    """Number of copies, fee, who signs; F9 records, hands over and opens the next."""
    desk, on = desk_of(request), local_day(request.now)
    version = _version(request.GET.get("thu-tuc", CERTIFIED_COPY), on)
    competent = competence.proposed(version, desk.place, on) or desk.parent
    if competent is None:
        raise Http404
    signatories = queries.signatories(competent, on)
    data = request.POST.copy() if request.method == "POST" else None
    said = ""
    if data is not None:
        raw = data.pop("scan", [""])[-1]
        if raw.strip():
            card = read_card(raw)
            if card is None:
                said = _("This is no identity card's code: nothing was filled in.")
            else:
                data["full_name"], data["identity_number"] = card.full_name, card.number
            initial = data.dict()
            form = AtOnce(initial=initial, signatories=signatories)
            return _shown(request, form, version, competent, said, scanned=True)
    initial = {
        "key": uuid.uuid4().hex,
        "signed_by": request.session.get("signed_by", ""),
    }
    form = AtOnce(data, initial=initial, signatories=signatories)
    if form.is_valid():
        try:
            receipt = _served(request, form, version, desk, competent)
        except MoveRefused as refusal:
            form.add_error(None, wording.explain(refusal))
        except actions.KeyReused:
            form.add_error(None, _("This page was sent already. Open a new one."))
        else:
            request.session["signed_by"] = form.cleaned_data["signed_by"]
            return redirect("dossiers:taken", receipt.dossier.public_id)
    return _shown(request, form, version, competent, said)


def _shown(
    request: StaffRequest,
    form: AtOnce,
    version: ProcedureVersion,
    competent: Organisation,
    said: str,
    *,
    scanned: bool = False,
) -> HttpResponse:
    context = {
        "title": catalogue.title(version),
        "version": version,
        "competent": competent,
        "fees": showing.fee_lines(version.fees()),
        "said": said,
        "scanned": scanned,
    }
    return render_form(request, "dossiers/desk/counter/at_once.html", form, context)


def _version(code: str, on: Any) -> ProcedureVersion:
    """Only procedures whose result the law gives on the same day."""
    try:
        version = procedures.version_on(code, on)
    except procedures.NoSuchProcedure:
        raise Http404 from None
    if not any(limit.same_day for limit in version.limits()):
        raise Http404
    return version


def _served(
    request: StaffRequest,
    form: AtOnce,
    version: ProcedureVersion,
    desk: Organisation,
    competent: Organisation,
) -> actions.Receipt:
    given = form.cleaned_data
    cases = version.cases()
    paper = actions.PaperIn(
        key="copies",
        name=given["paper"] or str(catalogue.title(version)),
        copies=given["copies"],
    )
    opening = actions.Opening(
        procedure=version,
        competent=competent,
        received_by=desk,
        parties=(
            actions.PartyIn(
                role="owner",
                full_name=given["full_name"],
                identity_number=given["identity_number"],
            ),
        ),
        place=desk.place if competent.place_id == desk.place_id else None,
        case=cases[0].key if len(cases) == 1 else "",
        papers=(paper,),
        fee_vnd=given["fee_vnd"],
        paid=("cash" if given["paid"] else "none") if given["fee_vnd"] else "",
    )
    return actions.serve_at_once(
        opening,
        by=request.actor,
        at=request.now,
        signed_by=form.by_id[given["signed_by"]],
        key=given["key"],
    )
