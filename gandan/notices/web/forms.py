"""What an officer ticks after a call."""

from django import forms

from gandan.notices.models import Outcome
from gandan.notices.web.wording import OUTCOMES


class CallOutcome(forms.Form):
    outcome = forms.ChoiceField(choices=[(o.value, OUTCOMES[o]) for o in Outcome])
