"""One page for each verb: its form, the one action it calls, what is printed after."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gandan.dossiers import actions
from gandan.dossiers.models import Dossier
from gandan.dossiers.rules.moves import Verb, may_extend
from gandan.dossiers.web import wording
from gandan.kernel.actors import Actor, Role
from gandan.kernel.clock import RULES
from gandan.places import queries as places
from gandan.places.rules import OrganisationKind
from gandan.ui.fields import DayField, DongField, TextField

Clean = dict[str, Any]
Run = Callable[[Dossier, Clean, Actor, datetime, int | None], Any]


class VerbForm(forms.Form):
    """Knows its dossier; carries the row's version, so that an old page is refused."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, dossier: Dossier, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dossier, self.day = dossier, day
        self.fields["version"].initial = dossier.version
        self.prepare()

    def prepare(self) -> None:
        """Choices that depend on the dossier."""


class JustDo(VerbForm):
    """Nothing to fill: a press, and a second look at what it does."""


class Reason(VerbForm):
    reason = TextField(
        label=_("Reason"), help_text=_("The applicant will read it."), rows=4
    )


class Receive(VerbForm):
    fee_vnd = DongField(label=_("Fee"), required=False)
    due_on = DayField(
        label=_("Due date"),
        required=False,
        help_text=_("Only where the law gives the time in words"),
    )
    due_why = TextField(label=_("Why this date?"), required=False)


class WantedMixin(VerbForm):
    """All missing papers at once: ticked from the list, others one a line."""

    def prepare(self) -> None:
        papers = self.dossier.procedure.papers()
        self.fields["papers"] = forms.MultipleChoiceField(
            label=_("Papers of the procedure"),
            choices=[(paper.key, paper.name) for paper in papers],
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["others"] = TextField(
            label=_("Other papers, or what is wrong with one; one a line"),
            required=False,
            rows=4,
        )

    def wanted(self) -> list[dict[str, str]]:
        names = dict(self.fields["papers"].choices)  # type: ignore[attr-defined]
        chosen = [
            {"key": key, "name": str(names[key]), "why": ""}
            for key in self.cleaned_data["papers"]
        ]
        lines = self.cleaned_data["others"].splitlines()
        written = [
            {"key": f"other-{number}", "name": line.strip(), "why": ""}
            for number, line in enumerate(lines, start=1)
            if line.strip()
        ]
        return chosen + written


class SendBack(WantedMixin):
    pass


class Supplement(WantedMixin):
    bring_by = DayField(label=_("To be brought by"), required=False)


class SupplementAgain(WantedMixin):
    reason = TextField(label=_("Why was the first list not complete?"), rows=3)
    bring_by = DayField(label=_("To be brought by"), required=False)


class TakePapers(VerbForm):
    due_on = DayField(
        label=_("New due date"),
        required=False,
        help_text=_("Only where the law gives the time in words"),
    )
    due_why = TextField(label=_("Why this date?"), required=False)


class Apologise(VerbForm):
    reason = TextField(
        label=_("Reason of the delay"),
        help_text=_("It stands in the letter of apology."),
        rows=4,
    )
    new_due = DayField(label=_("New date"))


class Opinion(VerbForm):
    of = forms.ChoiceField(label=_("Body asked"))
    question = TextField(label=_("Question"), rows=4)
    answer_by = DayField(label=_("Answer by"))

    def prepare(self) -> None:
        kinds = (
            OrganisationKind.DEPARTMENT,
            OrganisationKind.TAX_OFFICE,
            OrganisationKind.LAND_OFFICE,
            OrganisationKind.POLICE,
        )
        bodies = [body for kind in kinds for body in places.of_kind(kind, self.day)]
        self.fields["of"].choices = [  # type: ignore[attr-defined]
            (str(body.pk), body.name) for body in bodies
        ]


class AnswerOpinion(VerbForm):
    opinion = forms.ChoiceField(label=_("Opinion asked"))
    answer = TextField(label=_("Answer"), rows=4)

    def prepare(self) -> None:
        rows = self.dossier.opinions.filter(answered_at__isnull=True)
        self.fields["opinion"].choices = [  # type: ignore[attr-defined]
            (str(row.pk), row.asked_of.name) for row in rows.select_related("asked_of")
        ]


class LeftOut(VerbForm):
    kind = forms.ChoiceField(label=_("What is waited for"))
    owner = TextField(label=_("Whose time it is"), required=False, max_length=160)
    paper = TextField(
        label=_("Paper that opens it"),
        help_text=_("Number and date; without the paper the time counts."),
        max_length=200,
    )
    limit_on = DayField(label=_("Its own limit"), required=False)

    def prepare(self) -> None:
        kinds = {row.kind for row in self.dossier.procedure.left_out()}
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, wording.LEFT_OUT[kind])
            for kind in wording.LEFT_OUT
            if kind in kinds and kind not in ("supplement", "payment")
        ]

    def owner_of(self, kind: str) -> str:
        for row in self.dossier.procedure.left_out():
            if row.kind == kind:
                return str(row.owner.get("vi", ""))
        return ""


class CloseLeftOut(VerbForm):
    kind = forms.ChoiceField(label=_("Which interval ends"))
    paper = TextField(label=_("Paper that closes it"), max_length=200)

    def prepare(self) -> None:
        rows = self.dossier.pauses.filter(ends_on__isnull=True)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (row.kind, wording.LEFT_OUT.get(row.kind, row.kind))
            for row in rows.exclude(kind__in=("supplement", "payment"))
        ]


class AskPayment(VerbForm):
    amount = DongField(label=_("Amount"), required=False)
    paper = TextField(label=_("Notice: number and date"), max_length=200)
    limit_on = DayField(label=_("To be paid by"), required=False)


class TakePayment(VerbForm):
    paid = forms.ChoiceField(
        label=_("How was it paid?"),
        choices=[("cash", _("Cash")), ("online", _("Online or by transfer"))],
        widget=forms.RadioSelect,
    )
    paper = TextField(label=_("Receipt: number and date"), max_length=200)


class PassOn(VerbForm):
    step = forms.ChoiceField(label=_("Next step"), widget=forms.RadioSelect)
    note = TextField(label=_("Note for the next officer"), required=False, rows=2)

    def prepare(self) -> None:
        steps = self.dossier.procedure.steps()
        choices = [
            (step.key, step.words.get("vi", step.key))
            for step in steps
            if step.office != "desk"
        ]
        sign = ("sign", _("To the signatory"))
        has_sign = any(step.office == "signatory" for step in steps)
        self.fields["step"].choices = (  # type: ignore[attr-defined]
            choices if has_sign else [*choices, sign]
        )


class Chase(VerbForm):
    whom = TextField(label=_("Body reminded"), max_length=160)
    means = forms.ChoiceField(
        label=_("How"),
        choices=[("letter", _("Letter")), ("call", _("Call"))],
        widget=forms.RadioSelect,
    )
    note = TextField(label=_("Note"), required=False, max_length=400)


class Reroute(VerbForm):
    to = forms.ChoiceField(label=_("Competent body"))
    reason = TextField(label=_("Reason"), rows=3)

    def prepare(self) -> None:
        kinds = (OrganisationKind.PEOPLE_COMMITTEE, OrganisationKind.DEPARTMENT)
        bodies = [body for kind in kinds for body in places.of_kind(kind, self.day)]
        self.fields["to"].choices = [  # type: ignore[attr-defined]
            (str(body.pk), body.name)
            for body in bodies
            if body.pk != self.dossier.competent_id
        ]


class Withdrawal(VerbForm):
    token = TextField(
        label=_("Code of the tear-off strip"), required=False, max_length=30
    )
    reason = TextField(label=_("Reason, as the applicant says it"), required=False)


class Decide(VerbForm):
    electronic = forms.BooleanField(
        label=_("The result exists electronically"), required=False
    )


class HandOver(VerbForm):
    means = forms.ChoiceField(
        label=_("How"),
        choices=[
            ("counter", _("At the counter")),
            ("post", _("By post")),
            ("online", _("Online")),
        ],
        initial="counter",
        widget=forms.RadioSelect,
    )


@dataclass(frozen=True, slots=True)
class VerbPage:
    form: type[VerbForm]
    run: Run
    # The slip offered after the move: a form of `papers`.
    prints: str = ""
    danger: bool = False


def _plain(action: Callable[..., Any]) -> Run:
    """An action that needs nothing but who and when."""

    def run(d: Dossier, c: Clean, by: Actor, at: datetime, version: int | None) -> Any:
        return action(dossier_id=d.pk, by=by, at=at, version=version)

    return run


def _with(action: Callable[..., Any], *names: str) -> Run:
    """An action that takes these cleaned values as they are."""

    def run(d: Dossier, c: Clean, by: Actor, at: datetime, version: int | None) -> Any:
        given = {name: c[name] for name in names}
        return action(dossier_id=d.pk, by=by, at=at, version=version, **given)

    return run


def _body(pk: str) -> Any:
    return places.directory().organisations[int(pk)]


def _receive(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    return actions.receive(
        dossier_id=d.pk,
        by=by,
        at=at,
        version=v,
        due_on=c["due_on"],
        due_why=c["due_why"],
        fee_vnd=c["fee_vnd"],
        paid="none" if c["fee_vnd"] else "",
    )


def _left_out(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    return actions.open_left_out(
        dossier_id=d.pk,
        kind=c["kind"],
        owner=c["owner"] or c["owner_of"](c["kind"]),
        paper=c["paper"],
        limit_on=c["limit_on"],
        by=by,
        at=at,
        version=v,
    )


def _pass_on(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    step = next((s for s in d.procedure.steps() if s.key == c["step"]), None)
    signing = step is None or step.office == "signatory"
    return actions.pass_on(
        dossier_id=d.pk,
        step=c["step"],
        name=str(step.words.get("vi", "")) if step else "",
        role=Role.SIGNATORY if signing else Role.SPECIALIST,
        outside=step is not None and step.office == "outside",
        note=c["note"],
        by=by,
        at=at,
        version=v,
    )


def _opinion(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    return actions.ask_opinion(
        dossier_id=d.pk,
        of=_body(c["of"]),
        question=c["question"],
        answer_by=c["answer_by"],
        by=by,
        at=at,
        version=v,
    )


def _answer(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    return actions.answer_opinion(
        dossier_id=d.pk, opinion_id=int(c["opinion"]), answer=c["answer"], by=by, at=at
    )


def _chase(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    return actions.chase(
        dossier_id=d.pk,
        whom=c["whom"],
        means=c["means"],
        note=c["note"],
        by=by,
        at=at,
        version=v,
    )


def _reroute(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    return actions.reroute(
        dossier_id=d.pk, to=_body(c["to"]), reason=c["reason"], by=by, at=at, version=v
    )


def _payment(d: Dossier, c: Clean, by: Actor, at: datetime, v: int | None) -> Any:
    return actions.ask_payment(
        dossier_id=d.pk,
        paper=c["paper"],
        amount_vnd=c["amount"],
        limit_on=c["limit_on"],
        by=by,
        at=at,
        version=v,
    )


PAGES: dict[Verb, VerbPage] = {
    Verb.RECEIVE: VerbPage(Receive, _receive, prints="receipt"),
    Verb.SEND_BACK: VerbPage(
        SendBack, _with(actions.send_back, "wanted"), prints="supplement"
    ),
    Verb.REJECT: VerbPage(
        Reason, _with(actions.reject, "reason"), prints="refusal", danger=True
    ),
    Verb.TAKE_UP: VerbPage(JustDo, _plain(actions.take_up)),
    Verb.PASS_ON: VerbPage(PassOn, _pass_on),
    Verb.ASK_OPINION: VerbPage(Opinion, _opinion),
    Verb.ANSWER_OPINION: VerbPage(AnswerOpinion, _answer),
    Verb.CHASE: VerbPage(Chase, _chase),
    Verb.ASK_SUPPLEMENT: VerbPage(
        Supplement,
        _with(actions.ask_supplement, "wanted", "bring_by"),
        prints="supplement",
    ),
    Verb.ASK_SUPPLEMENT_AGAIN: VerbPage(
        SupplementAgain,
        _with(actions.ask_supplement, "wanted", "reason", "bring_by"),
        prints="supplement",
    ),
    Verb.TAKE_PAPERS: VerbPage(
        TakePapers,
        _with(actions.take_papers, "due_on", "due_why"),
        prints="receipt",
    ),
    Verb.OPEN_LEFT_OUT: VerbPage(LeftOut, _left_out),
    Verb.CLOSE_LEFT_OUT: VerbPage(
        CloseLeftOut, _with(actions.close_left_out, "kind", "paper")
    ),
    Verb.ASK_PAYMENT: VerbPage(AskPayment, _payment),
    Verb.TAKE_PAYMENT: VerbPage(
        TakePayment, _with(actions.take_payment, "paid", "paper")
    ),
    Verb.APOLOGISE: VerbPage(
        Apologise, _with(actions.apologise, "reason", "new_due"), prints="apology"
    ),
    Verb.REROUTE: VerbPage(Reroute, _reroute),
    Verb.ASK_WITHDRAWAL: VerbPage(
        Withdrawal, _with(actions.ask_withdrawal, "token", "reason"), danger=True
    ),
    Verb.KEEP: VerbPage(JustDo, _plain(actions.keep)),
    Verb.GRANT_WITHDRAWAL: VerbPage(
        JustDo, _plain(actions.grant_withdrawal), prints="stop", danger=True
    ),
    Verb.STOP: VerbPage(
        Reason, _with(actions.stop, "reason"), prints="stop", danger=True
    ),
    Verb.REFUSE: VerbPage(Reason, _with(actions.refuse, "reason"), danger=True),
    Verb.DECIDE: VerbPage(Decide, _with(actions.decide, "electronic")),
    Verb.HAND_OVER: VerbPage(HandOver, _with(actions.hand_over, "means")),
}


def needless(verb: Verb, dossier: Dossier) -> bool:
    """Buttons the table allows but this dossier has no use for."""
    match verb:
        case Verb.ANSWER_OPINION:
            return not dossier.opinions.filter(answered_at__isnull=True).exists()
        case Verb.ASK_SUPPLEMENT:
            return dossier.supplements > 0
        case Verb.ASK_SUPPLEMENT_AGAIN:
            return dossier.supplements == 0
        case Verb.OPEN_LEFT_OUT:
            kinds = {row.kind for row in dossier.procedure.left_out()}
            return not kinds - {"supplement", "payment"}
        case Verb.CLOSE_LEFT_OUT:
            rows = dossier.pauses.filter(ends_on__isnull=True)
            return not rows.exclude(kind__in=("supplement", "payment")).exists()
        case Verb.SUBMIT | Verb.SERVE_AT_ONCE:
            return True
    return False


def why_not(verb: Verb, dossier: Dossier, today: date) -> str:
    """Why a move the table allows is refused today; empty where it is not."""
    if verb is not Verb.APOLOGISE:
        return ""
    if dossier.due_on is None:
        return "no_date"
    return may_extend(
        extended=dossier.extensions,
        allowed=RULES[dossier.rules_id].max_extensions,
        today_is_before_due=today < dossier.due_on,
    )
