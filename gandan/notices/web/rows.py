"""Rows as the pages show them."""

from dataclasses import dataclass
from itertools import groupby

from django.db.models import QuerySet

from gandan.kernel.actors import Actor, Role
from gandan.notices.models import Channel, Message
from gandan.notices.web import wording
from gandan.notices.wording import Written, render, short_code
from gandan.ui.words import Tag


@dataclass(frozen=True, slots=True)
class Row:
    message: Message
    short: str
    about: str
    channel: str
    state: Tag
    error: str
    outcome: str
    # None where the reader may know that it was sent, but not what it says.
    written: Written | None


@dataclass(frozen=True, slots=True)
class Village:
    """The cards of one village, carried together."""

    place: str
    village: str
    cards: tuple[Row, ...]


def row(message: Message, *, with_words: bool = True) -> Row:
    return Row(
        message=message,
        short=short_code(message.params),
        about=wording.template_words(message),
        channel=wording.channel_words(message),
        state=wording.state_tag(message),
        error=wording.error_words(message),
        outcome=wording.outcome_words(message),
        written=render(message) if with_words else None,
    )


def by_village(cards: QuerySet[Message]) -> list[Village]:
    return [
        Village(place, village, tuple(row(card) for card in group))
        for (place, village), group in groupby(cards, lambda c: (c.place, c.village))
    ]


def desks_of(actor: Actor) -> frozenset[int]:
    """Where this officer stands at the counter, or heads it."""
    return actor.organisations(Role.COUNTER) | actor.organisations(Role.HEAD_ONE_STOP)


CHANNEL_SLUGS: dict[str, Channel] = {
    "thu": Channel.EMAIL,
    "tin-nhan": Channel.SMS,
    "goi": Channel.CALL,
    "phieu": Channel.CARD,
}
