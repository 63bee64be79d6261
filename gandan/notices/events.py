"""What happened to messages; who was told what stays in the outbox."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class CallMade:
    """An officer said it, or tried to."""

    KIND: ClassVar[str] = "notices.call_made.v1"

    subject: str
    organisation: str
    message: str
    outcome: str


@dataclass(frozen=True, slots=True)
class CardCarried:
    KIND: ClassVar[str] = "notices.card_carried.v1"

    subject: str
    organisation: str
    message: str


@dataclass(frozen=True, slots=True)
class MessageGivenUp:
    """It could not be delivered; an administrator sees it, a person may be called."""

    KIND: ClassVar[str] = "notices.message_given_up.v1"

    subject: str
    organisation: str
    message: str
    error: str
