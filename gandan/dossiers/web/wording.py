"""Words for states, verbs and refusals; rules raise facts, this face phrases them."""

from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gandan.dossiers.rules.moves import MoveRefused, State, Verb

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# Words that are translated when they are shown.
Words: TypeAlias = "str | _StrPromise"

# INTERFACE §4: what the public reads, many national states to one word.
PUBLIC_STATE: dict[State, Words] = {
    State.DRAFT: _("Not sent yet"),
    State.SUBMITTED: _("Submitted, waiting for reception"),
    State.SENT_BACK: _("Waiting for you"),
    State.REJECTED: _("Not accepted"),
    State.RECEIVED: _("In progress"),
    State.PROCESSING: _("In progress"),
    State.SUPPLEMENT: _("Waiting for you"),
    State.PAYMENT: _("Waiting for you"),
    State.WITHDRAWAL_ASKED: _("Withdrawal asked"),
    State.STOPPED: _("Stopped"),
    State.REFUSED: _("Result ready"),
    State.DONE: _("Result ready"),
    State.RETURNED: _("Handed over"),
}

# What officers read: each of our states by its own name.
STATE: dict[State, Words] = PUBLIC_STATE | {
    State.DRAFT: _("Parked intake"),
    State.SENT_BACK: _("Papers asked before reception"),
    State.RECEIVED: pgettext_lazy("state of a dossier", "Received"),
    State.PROCESSING: _("Being processed"),
    State.SUPPLEMENT: _("Waiting for papers"),
    State.PAYMENT: _("Waiting for payment"),
    State.REFUSED: _("Refused, to hand over"),
    State.DONE: _("Result, to hand over"),
}

VERB: dict[Verb, Words] = {
    Verb.SUBMIT: _("Send the dossier"),
    Verb.RECEIVE: _("Receive the dossier"),
    Verb.SERVE_AT_ONCE: _("Serve at once"),
    Verb.SEND_BACK: _("Ask for papers before reception"),
    Verb.REJECT: _("Refuse reception"),
    Verb.TAKE_UP: _("Take up the dossier"),
    Verb.PASS_ON: _("Pass on to the next step"),
    Verb.ASK_OPINION: _("Ask for an opinion"),
    Verb.ANSWER_OPINION: _("Enter the opinion"),
    Verb.CHASE: _("Remind the body outside"),
    Verb.ASK_SUPPLEMENT: _("Ask for missing papers"),
    Verb.ASK_SUPPLEMENT_AGAIN: _("Ask for papers a second time"),
    Verb.TAKE_PAPERS: _("Take in the papers"),
    Verb.OPEN_LEFT_OUT: _("Open time that does not count"),
    Verb.CLOSE_LEFT_OUT: _("Close time that does not count"),
    Verb.ASK_PAYMENT: _("Notify what is to be paid"),
    Verb.TAKE_PAYMENT: _("Enter the payment"),
    Verb.APOLOGISE: _("Apologise and set a new date"),
    Verb.REROUTE: _("Route to another body"),
    Verb.ASK_WITHDRAWAL: _("Enter the request to withdraw"),
    Verb.KEEP: _("Keep the dossier after all"),
    Verb.GRANT_WITHDRAWAL: _("Grant the withdrawal"),
    Verb.STOP: _("Stop the dossier"),
    Verb.REFUSE: _("Sign the refusal"),
    Verb.DECIDE: _("Sign the result"),
    Verb.HAND_OVER: _("Hand over"),
}

OUTCOME: dict[str, Words] = {
    "result": _("Result"),
    "refused": _("Refusal"),
    "withdrawn": _("Withdrawn"),
    "stopped": _("Stopped"),
}

CHANNEL: dict[str, Words] = {
    "counter": _("At the counter"),
    "online": _("Online"),
    "post": _("By post"),
}

PARTY: dict[str, Words] = {
    "owner": _("Owner of the dossier"),
    "spouse": _("Spouse"),
    "representative": _("Representative"),
    "bringer": _("Who brought it"),
    "helper": _("Who helped"),
    "interpreter": _("Interpreter"),
    "witness": _("Witness"),
}

LEFT_OUT: dict[str, Words] = {
    "supplement": _("Papers to be completed"),
    "tax_assessment": _("Tax assessment"),
    "payment": _("Payment"),
    "measuring": _("Measuring"),
    "public_posting": _("Public posting"),
    "expert_opinion": _("Expert opinion"),
    "inheritance": _("Inheritance"),
    "applicant_confirmation": _("Confirmation by the applicant"),
    "other_agency": _("Another agency"),
}

_REFUSED: dict[str, Words] = {
    "state": _("The dossier has moved on, so this step is no longer open."),
    "gone": _("This parked intake was dropped a moment ago."),
    "role": _("This step belongs to another role or office."),
    "in_the_future": _("The time of reception cannot be in the future."),
    "needs_date": _("The law gives no number of days here: set the date and say why."),
    "needs_case": _("Choose the case: the legal time depends on it."),
    "papers_missing": _("Answer for every paper of the list."),
    "list_is_empty": _("Name every paper that is missing, at once."),
    "reason_is_empty": _("Write the reason; the applicant will read it."),
    "second_needs_reason": _(
        "A second request needs a reason why the first list was not complete."
    ),
    "asked_already": _("Another officer has just asked for papers."),
    "answered": _("This opinion has been answered already."),
    "needs_paper": _("Name the paper: without it, the time counts."),
    "not_left_out_by_law": _("This procedure leaves out no time of this kind."),
    "open_already": _("Such an interval is open already."),
    "not_open": _("No interval of this kind is open."),
    "no_date": _("The clock stands still, so there is no date to move."),
    "too_late_to_extend": _(
        "An apology with a new date must come at the latest one day before expiry."
    ),
    "extended_already": _("The date has been moved already; once is allowed."),
    "new_date_is_no_later_working_day": _(
        "The new date must be a working day after the present one."
    ),
    "same_office": _("The dossier is with this body already."),
    "same_step": _("The dossier is at this step already."),
    "wrong_token": _("This is not the code of the tear-off strip."),
}

_OTHERWISE = _("This step is not open now.")


def explain(refusal: MoveRefused) -> Words:
    """One clear sentence for the person who pressed the button."""
    return _REFUSED.get(refusal.why, _OTHERWISE)
