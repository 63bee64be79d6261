"""Rows of duties as `<c-inbox>` takes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.urls import get_script_prefix
from django.utils.translation import get_language

from gandan.duties.models import Duty
from gandan.duties.web.wording import awaited, said
from gandan.kernel.localtime import local_day
from gandan.places import queries as places
from gandan.ui import words


@dataclass(frozen=True, slots=True)
class Line:
    value: str
    tag: words.Tag | None
    code: str
    href: str
    name: str
    person: str
    place: str
    step: str
    step_day: date | None
    next: str
    next_href: str
    is_new: bool = False


def in_language(link: str) -> str:
    """The record's address in the reader's language; rows keep it without a prefix."""
    language = get_language() or settings.LANGUAGE_CODE
    if language == settings.LANGUAGE_CODE:
        return link
    return f"{get_script_prefix()}{language}{link}"


def place_name(place: int | None, village: str) -> str:
    """Village and commune, without a question to the database."""
    unit = places.directory().places.get(place or 0)
    return ", ".join(part for part in (village, unit.full_name if unit else "") if part)


def _place_of(duty: Duty) -> str:
    """The village alone where the commune is the office's own."""
    body = places.directory().organisations.get(duty.organisation_id)
    is_home = body is not None and body.place_id == duty.place_id
    return place_name(None if is_home and duty.village else duty.place_id, duty.village)


def tag_of(duty: Duty, today: date) -> words.Tag | None:
    """Working time left; for whom a row waits has a column of its own.

    A row without a date that waits for nobody has no clock, and so no tag.
    """
    if duty.due_on is None and not duty.waiting_for:
        return None
    body = places.directory().organisations.get(duty.organisation_id)
    left = 0
    if duty.due_on is not None:
        left = places.work_calendar(body).working_days_between(today, duty.due_on)
    return words.due_tag(
        due=duty.due_on,
        today=today,
        working_days=left,
    )


def lines(
    rows: Iterable[Duty], *, today: date, seen_at: datetime | None = None
) -> list[Line]:
    return [_line(row, today, seen_at) for row in rows]


def _line(duty: Duty, today: date, seen_at: datetime | None) -> Line:
    phrase, href = said(duty.kind), in_language(duty.link)
    step, step_day = str(phrase.step), local_day(duty.since_at)
    if duty.waiting_for:
        step, step_day = awaited(duty.waiting_for), duty.waiting_since or step_day
    return Line(
        value=duty.subject,
        tag=tag_of(duty, today),
        code=duty.label,
        href=href,
        name=duty.detail or duty.label,
        person=duty.person,
        place=_place_of(duty),
        step=step,
        step_day=step_day,
        next=str(phrase.next),
        next_href=href,
        is_new=seen_at is not None and duty.since_at > seen_at,
    )
