"""What pages show of desks and communes, made of questions to the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from gandan.kernel.localtime import local, local_day
from gandan.places import queries
from gandan.places.models import MobileDesk, Organisation, Place
from gandan.places.rules import Level
from gandan.ui import words
from gandan.ui.words import Tag

A_WEEK = 7


@dataclass(frozen=True, slots=True)
class DeskCard:
    desk: Organisation
    unit: Place
    tag: Tag
    hours: str  # of today, empty when closed all day


@dataclass(frozen=True, slots=True)
class DayHours:
    day: date
    hours: str
    why: str  # why a weekday is closed, or a Saturday open


@dataclass(frozen=True, slots=True)
class CommuneLine:
    place: Place
    predecessors: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One answer of a search: what it was called, and where it lies today."""

    hit: queries.PlaceHit
    district: str


def hours_words(spans: Iterable[tuple[time, time]]) -> str:
    return ", ".join(f"{opens:%H:%M}–{closes:%H:%M}" for opens, closes in spans)


def desk_card(desk: Organisation, now: datetime) -> DeskCard:
    spans = queries.reception_spans(desk, local_day(now))
    return DeskCard(
        desk, desk.place, _open_tag(spans, local(now).time()), hours_words(spans)
    )


def _open_tag(spans: tuple[tuple[time, time], ...], clock: time) -> Tag:
    for opens, closes in spans:
        if opens <= clock < closes:
            return Tag("ok", _("Open until %(time)s") % {"time": f"{closes:%H:%M}"})
        if clock < opens:
            return Tag("paused", _("Opens at %(time)s") % {"time": f"{opens:%H:%M}"})
    return Tag("ended", _("Closed for today") if spans else _("Closed today"))


def week(desk: Organisation, now: datetime) -> list[DayHours]:
    """Seven days from today, holidays and swaps included."""
    today = local_day(now)
    calendar = queries.work_calendar(desk)
    days = []
    for day in (today + timedelta(days=n) for n in range(A_WEEK)):
        special = calendar.why(day)
        spans = queries.reception_spans(desk, day)
        days.append(DayHours(day, hours_words(spans), special.name if special else ""))
    return days


def mobile_days(
    desk: Organisation | None, today: date, most: int = 20
) -> list[MobileDesk]:
    """Days in villages and markets from today on; of one desk, or of all."""
    rows = MobileDesk.objects.filter(day__gte=today).select_related("desk", "place")
    if desk is not None:
        rows = rows.filter(desk=desk)
    return list(rows.order_by("day", "opens")[:most])


def desk_cards(now: datetime, units: Iterable[Place] | None = None) -> list[DeskCard]:
    """The province's centre first, then the communes in their order."""
    today = local_day(now)
    wanted = None if units is None else {unit.pk for unit in units}
    cards = [
        desk_card(desk, now)
        for desk in queries.desks(today)
        if wanted is None or desk.place_id in wanted
    ]
    order = {Level.PROVINCE.value: 0, Level.DISTRICT.value: 1}
    cards.sort(key=lambda card: (order.get(card.unit.level, 2), card.unit.sort_key))
    return cards


def commune_lines(on: date) -> list[CommuneLine]:
    return [
        CommuneLine(place, tuple(queries.predecessors(place)))
        for place in queries.communes(on)
    ]


def place_lines(text: str, on: date) -> list[PlaceLine]:
    return [
        PlaceLine(hit, _district_of(hit.place))
        for hit in queries.search_places(text, on)
    ]


def _district_of(place: Place) -> str:
    """Homonyms of old communes are told apart by their district."""
    above = place.parent
    if place.level == Level.COMMUNE and above and above.level == Level.DISTRICT:
        return above.full_name
    return ""


def period(starts: date, ends: date | None, starts_known: bool) -> str:
    """«từ 01/07/2025», «trước 2021 – 30/06/2025»: the last day, not the day after."""
    if ends is None and not starts_known:
        return _("since before 2021")
    first = words.plain_day(starts) if starts_known else _("before 2021")
    if ends is None:
        return _("from %(day)s") % {"day": first}
    last = ends - timedelta(days=1)
    return f"{first} – {words.plain_day(last)}"
