"""Words for kinds of duty: the state of the record, and the next action on it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Said:
    """`step` says where the record stands, `next` what this official does now."""

    step: Words
    next: Words


SAID: dict[str, Said] = {
    "receive": Said(
        pgettext_lazy("duty", "Waiting for reception"), pgettext_lazy("duty", "Receive")
    ),
    "take_up": Said(
        pgettext_lazy("duty", "Received, not taken up"),
        pgettext_lazy("duty", "Take up"),
    ),
    "process": Said(
        pgettext_lazy("duty", "Being processed"), pgettext_lazy("duty", "Process")
    ),
    "sign": Said(
        pgettext_lazy("duty", "Waiting for signature"), pgettext_lazy("duty", "Sign")
    ),
    "await_body": Said(
        pgettext_lazy("duty", "Waiting for a body outside"),
        pgettext_lazy("duty", "Remind"),
    ),
    "await_papers": Said(
        pgettext_lazy("duty", "Papers asked"), pgettext_lazy("duty", "Take in papers")
    ),
    "await_payment": Said(
        pgettext_lazy("duty", "Payment asked"),
        pgettext_lazy("duty", "Enter the payment"),
    ),
    "grant_withdrawal": Said(
        pgettext_lazy("duty", "Withdrawal asked"),
        pgettext_lazy("duty", "Decide on the withdrawal"),
    ),
    "answer_nudge": Said(
        pgettext_lazy("duty", "Asked where it is"), pgettext_lazy("duty", "Answer")
    ),
    "hand_over": Said(
        pgettext_lazy("duty", "Result ready"), pgettext_lazy("duty", "Hand over")
    ),
    "reform_score": Said(
        pgettext_lazy("duty", "Reform index under way"),
        pgettext_lazy("duty", "Score the unit"),
    ),
    "reform_explain": Said(
        pgettext_lazy("duty", "An explanation is asked for"),
        pgettext_lazy("duty", "Explain"),
    ),
}
# A kind whose room has given no words: still a row with a link, never an error.
OTHER = Said(pgettext_lazy("duty", "To do"), pgettext_lazy("duty", "Open"))


def said(kind: str) -> Said:
    return SAID.get(kind, OTHER)


def awaited(waiting_for: str) -> str:
    """Whom the row waits for: a body's own name, or the applicant."""
    return _("the applicant") if waiting_for == "applicant" else waiting_for
