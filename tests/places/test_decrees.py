"""A decree: previewed, written once, told by an event; nothing is overwritten."""

from datetime import date
from typing import Any

import pytest

from gandan.kernel.actors import SYSTEM
from gandan.kernel.calendar import DayKind
from gandan.ledger.models import Event
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused, DayIn, DecreePreview
from gandan.places.models import CalendarDay
from tests.places import NOW

pytestmark = pytest.mark.django_db

MONDAY, SATURDAY = date(2026, 10, 5), date(2026, 10, 10)
SWAP = (
    DayIn(MONDAY, DayKind.SWAPPED_OFF, "Nghỉ hoán đổi"),
    DayIn(SATURDAY, DayKind.SWAPPED_WORK, "Làm bù"),
)


def decree(*days: DayIn, **more: Any) -> DecreePreview:
    return actions.decree_calendar(
        days=days,
        basis="Thông báo 9/TB-BNV",
        published_at=NOW,
        by=SYSTEM,
        at=NOW,
        **more,
    )


def test_the_preview_shows_each_day_and_writes_nothing() -> None:
    preview = actions.preview_decree(days=SWAP, basis="Thông báo 9/TB-BNV")
    assert [
        (change.day, change.worked_before, change.worked_after)
        for change in preview.changes
    ] == [(MONDAY, True, False), (SATURDAY, False, True)]
    assert not preview.after.is_working_day(MONDAY)
    assert queries.work_calendar().is_working_day(MONDAY)
    assert not Event.objects.filter(kind__startswith="places.").exists()


def test_a_decree_does_what_its_preview_showed() -> None:
    preview = actions.preview_decree(days=SWAP, basis="Thông báo 9/TB-BNV")
    assert decree(*SWAP).changes == preview.changes
    calendar = queries.work_calendar()
    assert dict(calendar.days) == dict(preview.after.days)
    event = Event.objects.get(kind="places.calendar_decreed.v1")
    assert event.subject == "province"
    assert event.payload["days"] == ["2026-10-05", "2026-10-10"]


def test_a_day_decreed_again_keeps_the_earlier_row_withdrawn() -> None:
    decree(*SWAP)
    decree(DayIn(MONDAY, DayKind.HOLIDAY, "Ngày lễ"))
    rows = CalendarDay.objects.filter(day=MONDAY, organisation=None).order_by("id")
    assert [(row.kind, row.withdrawn_at is None) for row in rows] == [
        ("swapped_off", False),
        ("holiday", True),
    ]
    special = queries.work_calendar().why(MONDAY)
    assert special is not None
    assert special.kind == DayKind.HOLIDAY


def test_a_withdrawn_day_is_ordinary_again() -> None:
    decree(*SWAP)
    preview = decree(withdraw=[MONDAY, SATURDAY])
    assert [change.after for change in preview.changes] == [None, None]
    assert queries.work_calendar().is_working_day(MONDAY)
    assert not queries.work_calendar().is_working_day(SATURDAY)


def test_withdrawing_a_desks_day_shows_the_provinces_again() -> None:
    desk = queries.organisation_by_key("04.01273@2025-07-01/mc")
    decree(DayIn(MONDAY, DayKind.HOLIDAY, "Ngày lễ"))
    decree(DayIn(MONDAY, DayKind.HOLIDAY, "Nghỉ chiều", "afternoon"), scope=desk)
    preview = decree(withdraw=[MONDAY], scope=desk)
    assert [(c.worked_before, c.worked_after) for c in preview.changes] == [
        (True, False)
    ]
    assert not queries.work_calendar(desk).is_working_day(MONDAY)


def test_settling_a_year_names_the_days_it_drops() -> None:
    """Undecreed, the law's fixed holidays count by themselves; decreed, the rows."""
    preview = actions.preview_decree(
        days=[DayIn(date(2027, 1, 1), DayKind.HOLIDAY, "Tết Dương lịch")],
        years=[2027],
        basis="Thông báo 9/TB-BNV",
    )
    assert preview.years == (2027,)
    dropped = {change.day for change in preview.changes if change.after is None}
    assert date(2027, 4, 30) in dropped
    assert date(2027, 1, 1) not in dropped


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ((), "nothing_decreed"),
        ((SWAP[0], SWAP[0]), "day_given_twice"),
        ((DayIn(MONDAY, DayKind.HOLIDAY, " "),), "day_without_name"),
        (
            (DayIn(MONDAY, DayKind.SWAPPED_WORK, "Làm bù"),),
            "worked_day_is_no_rest_day",
        ),
        ((DayIn(SATURDAY, DayKind.SWAPPED_OFF, "Nghỉ"),), "day_off_is_a_rest_day"),
        ((DayIn(SATURDAY, DayKind.SUBSTITUTE_OFF, "Nghỉ"),), "day_off_is_a_rest_day"),
        ((DayIn(date(1999, 1, 1), DayKind.HOLIDAY, "Tết"),), "year_out_of_range"),
    ],
)
def test_a_decree_is_refused(days: tuple[DayIn, ...], reason: str) -> None:
    with pytest.raises(ChangeRefused) as refused:
        decree(*days)
    assert refused.value.reason == reason
    assert not Event.objects.filter(kind__startswith="places.").exists()


def test_a_day_that_is_not_there_is_not_withdrawn() -> None:
    with pytest.raises(ChangeRefused) as refused:
        decree(withdraw=[MONDAY])
    assert refused.value.reason == "no_such_day"


def test_one_body_settles_no_year() -> None:
    desk = queries.organisation_by_key("04.01273@2025-07-01/mc")
    with pytest.raises(ChangeRefused) as refused:
        decree(*SWAP, scope=desk, years=[2027])
    assert refused.value.reason == "years_are_the_provinces"


def test_a_decree_has_a_number() -> None:
    with pytest.raises(ChangeRefused) as refused:
        actions.decree_calendar(
            days=SWAP, basis=" ", published_at=NOW, by=SYSTEM, at=NOW
        )
    assert refused.value.reason == "basis_is_empty"
