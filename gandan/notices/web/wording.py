"""Codes of the outbox in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from gandan.notices.models import Channel, Message, Outcome, State
from gandan.notices.wording import Template
from gandan.ui.words import Tag, TagKind

CHANNELS: dict[Channel, Promise] = {
    Channel.EMAIL: _("E-mail"),
    Channel.SMS: _("SMS"),
    Channel.CALL: _("Telephone call"),
    Channel.CARD: _("Card"),
}

STATES: dict[State, tuple[TagKind, Promise]] = {
    State.QUEUED: ("paused", pgettext_lazy("message", "Waiting")),
    State.SENT: ("ok", pgettext_lazy("message", "Sent")),
    State.DONE: ("ok", pgettext_lazy("message", "Said")),
    State.FAILED: ("late", pgettext_lazy("message", "Not delivered")),
    State.CANCELLED: ("ended", pgettext_lazy("message", "Withdrawn")),
}

OUTCOMES: dict[Outcome, Promise] = {
    Outcome.REACHED: _("Talked to the person"),
    Outcome.LEFT_WORD: _("Left word with the family"),
    Outcome.NO_ANSWER: _("Nobody answered"),
    Outcome.WRONG_NUMBER: _("Wrong number"),
    Outcome.VISIT: _("The person came"),
}

TEMPLATES: dict[Template, Promise] = {
    Template.SUBMITTED: _("Dossier arrived"),
    Template.RECEIVED: _("Dossier received"),
    Template.TAKEN_UP: _("Work has begun"),
    Template.SENT_BACK: _("To be completed before reception"),
    Template.REJECTED: _("Not received"),
    Template.SUPPLEMENT_ASKED: _("Papers missing"),
    Template.PAPERS_COMPLETE: _("Papers complete"),
    Template.EXTENDED: _("Apology and new date"),
    Template.DATE_MOVED: _("Date changed"),
    Template.PAYMENT_ASKED: _("Payment due"),
    Template.REROUTED: _("Passed to another office"),
    Template.RESULT_READY: _("Result ready"),
    Template.REFUSED: _("Request not granted"),
    Template.STOPPED: _("Work stopped"),
    Template.HANDED_OVER: _("Handed over"),
    Template.NUDGE_ANSWERED: _("Reminder answered"),
    Template.RATING_INVITED: _("Invitation to rate"),
}

ERRORS: dict[str, Promise] = {
    "bad_address": _("The address is not an e-mail address"),
    "recipient_refused": _("The mail server does not know this address"),
    "recipient_later": _("The mail server asked to come back later"),
    "content_refused": _("The mail server did not take this letter"),
    "server_refused": _("The mail server refused us"),
    "no_connection": _("No connection to the mail server"),
    "no_gateway": _("This installation sends no texts"),
    "lost_on_the_way": _("Every attempt broke off"),
}


def state_tag(message: Message) -> Tag:
    kind, words = STATES[State(message.state)]
    return Tag(kind, str(words))


def error_words(message: Message) -> str:
    """A provider's own code stands as it is: an administrator can look it up."""
    return str(ERRORS.get(message.error, message.error))


def outcome_words(message: Message) -> str:
    return str(OUTCOMES[Outcome(message.outcome)]) if message.outcome else ""


def template_words(message: Message) -> str:
    return str(TEMPLATES[Template(message.template)])


def channel_words(message: Message) -> str:
    return str(CHANNELS[Channel(message.channel)])
