"""What happened to accounts and mandates, in the past tense: public ids, no names."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AccountOpened:
    """`subject` is the account; the first mandate has an event of its own."""

    KIND: ClassVar[str] = "people.account_opened.v1"

    subject: str
    organisation: str


@dataclass(frozen=True, slots=True)
class AccountCorrected:
    """Name, address or telephone was written anew; which, never what."""

    KIND: ClassVar[str] = "people.account_corrected.v1"

    subject: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AccountClosed:
    """No sign-in any more; the mandates that were open ended on the same day."""

    KIND: ClassVar[str] = "people.account_closed.v1"

    subject: str
    mandates_ended: int


@dataclass(frozen=True, slots=True)
class PasswordReset:
    """An administrator gave out a temporary password."""

    KIND: ClassVar[str] = "people.password_reset.v1"

    subject: str


@dataclass(frozen=True, slots=True)
class PasswordChanged:
    """The holder chose a new password."""

    KIND: ClassVar[str] = "people.password_changed.v1"

    subject: str


@dataclass(frozen=True, slots=True)
class MandateGiven:
    """A role at an office from a day on; a deputy's names whose work it is."""

    KIND: ClassVar[str] = "people.mandate_given.v1"

    subject: str
    organisation: str
    role: str
    starts: date
    ends: date | None
    deputy_for: str | None
    decision: str


@dataclass(frozen=True, slots=True)
class MandateEnded:
    """From `ends` on, the role at the office is no longer held by this account."""

    KIND: ClassVar[str] = "people.mandate_ended.v1"

    subject: str
    organisation: str
    role: str
    starts: date
    ends: date
    decision: str


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Somebody proved to be the holder; `way` is password, desk (a change of officer
    at a shared computer) or demo."""

    KIND: ClassVar[str] = "people.signed_in.v1"

    subject: str
    way: str
