"""An intake as the counter's page has it now, read from what was typed so far.

It is built anew from every sending: blank, from a parked dossier, from another dossier
of the same person, or from the boxes themselves. Only `is_valid` judges.
"""

import uuid
from contextlib import suppress
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from gandan.dossiers import actions, competence
from gandan.dossiers.web import presenting, wording
from gandan.dossiers.web.desk import counter_form as shapes
from gandan.dossiers.web.desk.counter_form import Main, PaperLine, Person
from gandan.dossiers.web.desk.counter_lines import Line, Questions
from gandan.forms import conditions, loading, schema
from gandan.forms.web.counter import CounterForm, counter_form
from gandan.kernel.localtime import local_day
from gandan.places import queries as places
from gandan.places.models import Organisation, Place
from gandan.places.rules import Level
from gandan.procedures import queries as procedures
from gandan.procedures import rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import showing
from gandan.procedures.web import wording as catalogue
from gandan.ui.reading import Unreadable, read_day, read_partial_day

MOST_FOUND = 8
# Members of a form's party and the boxes of the counter that say the same.
_SAME = {
    "name": "full_name",
    "identity": "identity_number",
    "sex": "sex",
    "phone": "telephone",
    "email": "email",
}


class Intake:
    def __init__(
        self,
        data: QueryDict,
        *,
        desk: Organisation,
        at: datetime,
        judged: bool = False,
        refresh_url: str = "",
        answers: dict[str, Any] | None = None,
    ) -> None:
        self.data, self.desk, self.at, self.judged = data, desk, at, judged
        self.on = local_day(at)
        self.refresh_url = refresh_url
        self.key = data.get("key") or uuid.uuid4().hex
        # Answers of the procedure's form that a parked intake holds.
        self.answers = answers or {}

    # --- procedure -------------------------------------------------------------------

    @cached_property
    def day(self) -> date:
        """The day of receipt: of the paper slip, where one is entered later."""
        try:
            day = read_day(self.data.get("slip_day", ""))
        except Unreadable:
            return self.on
        return min(day, self.on)

    @cached_property
    def version(self) -> ProcedureVersion | None:
        try:
            return procedures.version_on(self.data.get("procedure", ""), self.day)
        except procedures.NoSuchProcedure:
            return None

    @cached_property
    def found(self) -> list[ProcedureVersion]:
        text = self.data.get("find", "").strip()
        if not text or self.version is not None:
            return []
        return procedures.search(
            text, on=self.day, scope=procedures.Scope(local_only=True), most=MOST_FOUND
        )

    @property
    def title(self) -> catalogue.Text | None:
        return catalogue.title(self.version) if self.version else None

    @cached_property
    def cases(self) -> list[tuple[str, str]]:
        if self.version is None:
            return []
        return [(c.key, str(catalogue.case(c))) for c in self.version.cases()]

    # --- forms -----------------------------------------------------------------------

    def _made(self, kind: type[shapes.F], prefix: str = "", **more: Any) -> shapes.F:
        if self.judged:
            return kind(self.data, prefix=prefix or None, **more)
        return shapes.typed(kind, self.data, prefix, **more)

    @cached_property
    def people(self) -> dict[str, Person]:
        return {
            role: self._made(Person, role, role=role, on=self.on)
            for role in shapes.ROLES
        }

    @property
    def others(self) -> list[dict[str, Any]]:
        """Everybody but the owner, each behind a line that opens when it is used."""
        return [
            {
                "role": role,
                "words": wording.PARTY[role],
                "form": form,
                "open": bool(form.errors) if self.judged else False,
                "named": self.data.get(f"{role}-full_name", ""),
            }
            for role, form in self.people.items()
            if role != "owner"
        ]

    @cached_property
    def main(self) -> Main:
        return self._made(Main, on=self.on, cases=self.cases)

    @cached_property
    def questions(self) -> Questions | None:
        if self.version is None:
            return None
        return self._made(Questions, "q", version=self.version)

    @property
    def channel(self) -> str:
        typed = self.data.get("channel", "counter")
        return typed if typed in wording.CHANNEL else "counter"

    @property
    def case(self) -> str:
        typed = self.data.get("case", "")
        return typed if typed in dict(self.cases) else ""

    @cached_property
    def my_list(self) -> rules.MyList:
        assert self.version is not None
        asked = self.version.questions()
        given = {q.key: self.data.get(f"q-{q.key}", "") for q in asked}
        decided = {"case": self.case, "channel": self.channel}
        given |= {q.key: decided[q.decides] for q in asked if q.decides}
        answers = rules.read_answers(asked, given) | {"channel": self.channel}
        if self.case:
            answers["case"] = self.case
        return rules.my_list(self.version.facts(), answers)

    @cached_property
    def papers(self) -> list[Line]:
        if self.version is None:
            return []
        listed = self.my_list
        wanted = [(p, False) for p in listed.needed] + [
            (p, True) for p in listed.perhaps
        ]
        return [self._line(paper, perhaps) for paper, perhaps in wanted]

    def _line(self, paper: rules.Paper, perhaps: bool) -> Line:
        prefix, shown = f"p-{paper.key}", showing.paper_line(paper)
        form = self._made(PaperLine, prefix, name=str(shown.name))
        if f"{prefix}-originals" not in self.data:
            form.initial["originals"] = paper.original
            form.initial["copies"] = paper.copies
        return Line(paper, shown, form, perhaps)

    @property
    def wanted(self) -> list[dict[str, str]]:
        """The missing ones as a guided visit keeps them: in words people use."""
        return [
            {"key": line.paper.key, "name": line.paper.words.get("vi", line.paper.name)}
            for line in self.missing
        ]

    @property
    def missing(self) -> list[Line]:
        """Needed, not there, and not marked as not needed here."""
        return [
            line for line in self.papers if not (line.perhaps or line.have or line.skip)
        ]

    @cached_property
    def definition(self) -> schema.Definition | None:
        if self.version is None or not self.version.form_key:
            return None
        return loading.for_procedure(self.version.code)

    @property
    def fills_form(self) -> bool:
        return self.definition is not None and bool(self.data.get("form_here"))

    @cached_property
    def form(self) -> CounterForm | None:
        """The procedure's form, where the officer fills it in for the applicant."""
        if not self.fills_form or self.definition is None:
            return None
        data = self.data if "form-asked" in self.data else None
        if data is not None and not self.judged:
            data = data.copy()
            data["form-refresh"] = "1"
        return counter_form(
            self.definition,
            data,
            on=self.on,
            initial=self.answers or self._known_answers(),
            refresh_url=self.refresh_url,
        )

    def _known_answers(self) -> dict[str, Any]:
        """What the owner's boxes say already is not asked again."""
        assert self.definition is not None
        known = self._owner()
        for rule in self.definition.parties:
            if rule.role == "owner":
                answers = {
                    key: known[name]
                    for name, key in rule.fields.items()
                    if known.get(name)
                }
                if not answers:
                    return {}
                return {rule.each: [answers]} if rule.each else answers
        return {}

    def _owner(self) -> dict[str, Any]:
        """The owner's boxes as the form keeps its answers."""
        known: dict[str, Any] = {
            name: self.data.get(f"owner-{box}", "") for name, box in _SAME.items()
        }
        with suppress(Unreadable):
            known["birth"] = str(read_partial_day(self.data.get("owner-born", "")))
        if self.place is not None and self.data.get("owner-village"):
            province = self.place.parent
            known["address"] = {
                "detail": self.data["owner-village"],
                "commune": self.place.full_name,
                "province": province.name if province else "",
            }
        return known

    @property
    def all_forms(self) -> list[forms.Form]:
        lines = [line.form for line in self.papers]
        made = [self.people["owner"], *(p["form"] for p in self.others), self.main]
        more = [self.questions, self.form]
        return [*made, *lines, *(form for form in more if form is not None)]

    # --- bodies and date -----------------------------------------------------------

    @cached_property
    def place(self) -> Place | None:
        """The owner's commune; a commune's own desk need not say it is its own."""
        typed = places.place_by_key(self.data.get("owner-place", ""))
        if typed is not None and typed.is_in_force(self.day):
            return typed
        return self.desk.place if self.desk.place.level == Level.COMMUNE else None

    @cached_property
    def competent(self) -> Organisation | None:
        chosen = places.organisation_by_key(self.data.get("competent", ""))
        if chosen is not None:
            return chosen
        if self.version is None:
            return None
        return competence.proposed(self.version, self.place, self.day)

    @property
    def is_for_another(self) -> bool:
        return self.competent is not None and self.competent.pk != self.desk.parent_id

    def _sketch(self) -> actions.Opening | None:
        """Enough of the opening for the clock, from whatever has been typed."""
        if self.version is None or self.competent is None:
            return None
        day, why = None, ""
        if self.judged and self.main.is_valid():
            day = self.main.cleaned_data["due_on"]
            why = self.main.cleaned_data["due_why"]
        return actions.Opening(
            procedure=self.version,
            competent=self.competent,
            received_by=self.desk,
            parties=(),
            place=self.place,
            case=self.case,
            channel=self.channel,
            due_on=day,
            due_why=why,
        )

    @cached_property
    def clock(self) -> dict[str, Any]:
        """The date this intake would be given now, and what it still depends on."""
        opening = self._sketch()
        if opening is None:
            return {}
        row, needs = actions.preview(opening, at=self.legal_time or self.at)
        shown = {"needs": needs, "limit": row.limit_text}
        if needs:
            return shown
        return shown | {"due": presenting.due_of(row, self.on)}

    @property
    def legal_time(self) -> datetime | None:
        if not self.judged or not self.main.is_valid():
            return None
        return self.main.legal_time()

    @property
    def fees(self) -> list[showing.FeeLine]:
        return showing.fee_lines(self.my_list.fees) if self.version else []

    # --- judging ---------------------------------------------------------------------

    def is_valid(self) -> bool:
        """All forms, and what holds between them; errors stand at their boxes."""
        refused = [form for form in self.all_forms if not form.is_valid()]
        owner = self.people["owner"]
        if not owner.is_named and not owner.errors:
            owner.add_error("full_name", _("Write the name of the owner"))
        if owner.cleaned_data.get("fingerprint"):
            witness = self.people["witness"]
            if not witness.cleaned_data.get("full_name") and not witness.errors:
                witness.add_error(
                    "full_name", _("A fingerprint is given before a witness: name one")
                )
        self._judge_choice()
        self._judge_clock()
        for line in self.missing:
            line.form.add_error("have", _("still missing"))
        if self.legal_time is not None and self.legal_time > self.at:
            self.main.add_error("slip_day", _("This time is still to come"))
        return not refused and not any(form.errors for form in self.all_forms)

    def may_be_parked(self) -> bool:
        """What is typed can be read; what is missing may still come."""
        lines = [line.form for line in self.papers]
        kept = [*self.people.values(), self.main, *lines]
        refused = [form for form in kept if not form.is_valid()]
        self._judge_choice()
        return not refused and not self.main.errors

    def _judge_choice(self) -> None:
        if self.version is None:
            words = _("Choose the procedure")
            self.main.add_error(None, ValidationError(words, params={"box": "find"}))
        elif self.competent is None:
            self.main.add_error("competent", _("Choose the body that decides"))

    def _judge_clock(self) -> None:
        match self.clock.get("needs"):
            case "needs_case":
                self.main.add_error("case", _("The legal time depends on the case"))
            case "needs_date":
                for box in ("due_on", "due_why"):
                    if not self.main.cleaned_data.get(box):
                        self.main.add_error(
                            box, _("The law gives no number of days: set the date")
                        )
                if not self.main.errors:
                    self.main.add_error("due_on", _("The date lies before receipt"))

    def opening(self, bundle: uuid.UUID | None = None) -> actions.Opening:
        """What the actions open; only after `is_valid`."""
        assert self.version is not None
        assert self.competent is not None
        main = self.main.cleaned_data
        owner = self.people["owner"]
        people = [form for form in self.people.values() if form.is_named]
        answers: dict[str, Any] = self.form.answers if self.form is not None else {}
        definition = self.definition if self.form is not None else None
        if definition is not None:
            answers = conditions.keep(definition, answers, on=self.on)
        return actions.Opening(
            procedure=self.version,
            competent=self.competent,
            received_by=self.desk,
            helped_at=self.main.body("helped_at"),
            parties=tuple(form.party() for form in people),
            place=self.place,
            village=owner.cleaned_data.get("village", ""),
            case=self.case,
            channel=self.channel,
            papers=tuple(line.given() for line in self.papers if line.have),
            form_key=definition.key if definition else "",
            form_version=definition.version if definition else None,
            answers=answers,
            fee_vnd=main["fee_vnd"],
            paid=main["paid"] or ("none" if main["fee_vnd"] else ""),
            language=main["language"] or "vi",
            due_on=main["due_on"],
            due_why=main["due_why"],
            paper_slip_no=main["slip_no"],
            bundle=str(bundle) if bundle else None,
        )
