"""When a mandate may be given or ended. Pure Python."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Why(StrEnum):
    """Stable codes of refusals; faces phrase them."""

    OUT_OF_REACH = "out_of_reach"
    NOT_OF_THE_STATE = "not_of_the_state"
    OWN_MANDATE = "own_mandate"
    NO_DECISION = "no_decision"
    IN_THE_PAST = "in_the_past"
    ENDS_TOO_EARLY = "ends_too_early"
    OFFICE_ENDED = "office_ended"
    HELD_ALREADY = "held_already"
    ALREADY_ENDED = "already_ended"
    CLOSED_ACCOUNT = "closed_account"
    SAME_PERSON = "same_person"
    NEEDS_AN_END = "needs_an_end"
    OUTSIDE_THE_MANDATE = "outside_the_mandate"
    USERNAME_TAKEN = "username_taken"


class MandateRefused(Exception):
    """Accounts and mandates do not allow this, or not by this administrator."""

    def __init__(self, why: Why) -> None:
        super().__init__(why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class Term:
    """From `starts` up to, not including, `ends`; no end means until further notice."""

    starts: date
    ends: date | None = None

    @property
    def is_empty(self) -> bool:
        """Taken back on the day it began, or before: never held."""
        return self.ends is not None and self.ends <= self.starts

    def overlaps(self, other: "Term") -> bool:
        if self.is_empty or other.is_empty:
            return False
        begins_before = other.ends is None or self.starts < other.ends
        ends_after = self.ends is None or other.starts < self.ends
        return begins_before and ends_after

    def holds(self, other: "Term") -> bool:
        """Does `other` lie wholly inside this term?"""
        if other.starts < self.starts:
            return False
        return self.ends is None or (other.ends is not None and other.ends <= self.ends)


def check_new(term: Term, *, on: date, held: Iterable[Term], decision: str) -> None:
    """A new mandate never reaches back: what was done under others stays theirs."""
    if not decision:
        raise MandateRefused(Why.NO_DECISION)
    if term.starts < on:
        raise MandateRefused(Why.IN_THE_PAST)
    if term.ends is not None and term.ends <= term.starts:
        raise MandateRefused(Why.ENDS_TOO_EARLY)
    if any(term.overlaps(other) for other in held):
        raise MandateRefused(Why.HELD_ALREADY)


def check_end(term: Term, ends: date, *, on: date, decision: str) -> None:
    """An end may be brought forward to today, never into the past.

    What was given today can be taken back at once: the term is then empty.
    """
    if not decision:
        raise MandateRefused(Why.NO_DECISION)
    if term.is_empty or (term.ends is not None and term.ends <= on):
        raise MandateRefused(Why.ALREADY_ENDED)
    if ends < on:
        raise MandateRefused(Why.IN_THE_PAST)
    if ends < term.starts:
        raise MandateRefused(Why.ENDS_TOO_EARLY)
