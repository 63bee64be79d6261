"""The pages of the forms: what is answered first, and which questions that opens."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from gandan.forms import loading
from gandan.forms.conditions import Asked, walk
from gandan.forms.schema import Kind
from tests.journeys.looks import SEND, WRITER, Look

# What the writer answers first, so that most of the other questions are asked.
OPENING: dict[str, dict[str, Any]] = {
    "birth": {
        "situation": "both",
        "birth_place": "facility",
        "relation": "authorised",
        "needs_interpreter": True,
        "parents_married": True,
        "birth_evidence": "certificate",
        "surrogacy": True,
        "authorised_by_kin": True,
        "wants_copies": True,
        "result_place": "post",
    },
    "household_business": {
        "lives_elsewhere": True,
        "has_places": True,
        "tax_address_differs": True,
        "founded_by": "family",
        "filed_by": "person",
        "owner_has_account": False,
    },
    "land": {
        "applicant": "household",
        "request": "certificate",
        "has_representative": "representative",
        "needs_interpreter": True,
        "easement": True,
        "has_land_papers": True,
        "was_fined": True,
        "has_survey": True,
        "levy": "owe",
    },
}
ON = date(2026, 6, 11)  # the demo's first day


def opening(key: str) -> Iterator[Asked]:
    """The questions to answer first, in the order of the form."""
    answers = OPENING[key]
    for asked in walk(loading.definition(key), answers, on=ON):
        if asked.is_open and asked.question.key in answers:
            yield asked


def questions() -> tuple[Look, ...]:
    """The question pages that the opening shows, plain and refused."""
    found: dict[Look, None] = {}
    for definition in loading.definitions().values():
        for asked in walk(definition, OPENING[definition.key], on=ON):
            at = f"/nop/{definition.slug}/{{{definition.key}}}/trang/{asked.page.slug}/"
            if asked.is_open:
                found[Look(WRITER, at)] = None
            if asked.is_missing:
                found[Look(WRITER, at, press=SEND)] = None
    return tuple(found)


def first_items() -> tuple[Look, ...]:
    """The first item of each group, on each of its pages that opens from the start."""
    found = []
    for definition in loading.definitions().values():
        for asked in walk(definition, OPENING[definition.key], on=ON):
            if asked.is_open and asked.question.kind is Kind.GROUP:
                at = f"/nop/{definition.slug}/{{{definition.key}}}/trang"
                at = f"{at}/{asked.page.slug}/1/1/"
                found += [Look(WRITER, at), Look(WRITER, at, press=SEND)]
    return tuple(found)


def of_forms(*tails: str) -> tuple[Look, ...]:
    return tuple(
        Look(WRITER, f"/nop/{one.slug}/{{{one.key}}}/{tail}")
        for one in loading.definitions().values()
        for tail in tails
    )
