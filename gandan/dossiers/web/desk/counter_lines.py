"""The papers and questions of one procedure, as lines of the intake's page."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from gandan.dossiers import actions
from gandan.dossiers.web.desk.counter_form import PaperLine
from gandan.procedures import rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import showing
from gandan.procedures.web import wording as catalogue


@dataclass(frozen=True, slots=True)
class Line:
    """A paper of the procedure's list with its boxes."""

    paper: rules.Paper
    shown: showing.PaperLine
    form: PaperLine
    # Depends on a question nobody has answered yet.
    perhaps: bool

    @property
    def is_handed_in(self) -> bool:
        return self.paper.act == "submit"

    @property
    def have(self) -> bool:
        return bool(self.form["have"].value())

    @property
    def skip(self) -> bool:
        return bool(self.form["skip"].value())

    def given(self) -> actions.PaperIn:
        counts = self.form.cleaned_data
        show = not self.is_handed_in
        return actions.PaperIn(
            key=self.paper.key,
            name=self.paper.name,
            originals=0 if show else counts["originals"] or 0,
            copies=0 if show else counts["copies"] or 0,
        )


class Questions(forms.Form):
    """The procedure's own questions, which decide what papers this person needs."""

    def __init__(self, *args: Any, version: ProcedureVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = catalogue.language()
        for question in version.questions():
            # Case and way of filing have boxes of their own.
            if question.decides:
                continue
            options = [
                (option.value, rules.said(option.words, language)[0])
                for option in question.options
            ] or [("yes", _("Yes")), ("no", _("No"))]
            self.fields[question.key] = forms.ChoiceField(
                label=rules.said(question.words, language)[0],
                choices=[("", "–"), *options],
                required=False,
            )
