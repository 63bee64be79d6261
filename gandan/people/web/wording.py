"""Words for refusals; the rules raise codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gandan.people.rules import MandateRefused, Why

REFUSALS: dict[Why, str | Promise] = {
    Why.OUT_OF_REACH: _("This office or account is not yours to administer."),
    Why.NOT_OF_THE_STATE: _("These roles are held at offices of the State."),
    Why.OWN_MANDATE: _(
        "Nobody changes the own account. Ask another administrator of the province."
    ),
    Why.NO_DECISION: _("Write the number of the decision."),
    Why.IN_THE_PAST: _("The day must be today or later. The past stays as it was."),
    Why.ENDS_TOO_EARLY: _("The end must come after the start."),
    Why.OFFICE_ENDED: _("This office does not exist on that day."),
    Why.HELD_ALREADY: _("This person already holds the role there in these days."),
    Why.ALREADY_ENDED: _("This mandate has already ended."),
    Why.CLOSED_ACCOUNT: _("This account is closed."),
    Why.SAME_PERSON: _("Choose somebody else as deputy."),
    Why.NEEDS_AN_END: _("A deputy serves until a day: write it."),
    Why.OUTSIDE_THE_MANDATE: _("The deputy's days must lie inside the mandate."),
    Why.USERNAME_TAKEN: _("This username is taken."),
}


def explain(refusal: MandateRefused) -> str:
    return str(REFUSALS[refusal.why])
