"""The working calendar by scope, half days, and when a desk is found open."""

from datetime import date, time

import pytest

from gandan.kernel.actors import SYSTEM
from gandan.kernel.calendar import DayKind, WorkCalendar
from gandan.kernel.clock import Allowance, OfficeHours, read_clock, rules_on
from gandan.kernel.decreed import decreed_calendar
from gandan.kernel.localtime import at_local
from gandan.places import actions, queries
from gandan.places.actions import ChangeRefused, DayIn, HoursIn
from gandan.places.models import Organisation
from tests.places import NOW

pytestmark = pytest.mark.django_db

DESK = "04.01273@2025-07-01/mc"
OTHER = "04.01279@2025-07-01/mc"
FRIDAY, SATURDAY = date(2025, 8, 8), date(2025, 8, 9)
MORNING, AFTERNOON = (time(7), time(11, 30)), (time(13, 30), time(17))


def body(key: str) -> Organisation:
    found = queries.organisation_by_key(key)
    assert found is not None
    return found


def decree(*days: DayIn, scope: str = "", years: tuple[int, ...] = ()) -> None:
    actions.decree_calendar(
        days=days,
        years=years,
        basis="Thông báo 1/TB-UBND",
        published_at=NOW,
        scope=body(scope) if scope else None,
        by=SYSTEM,
        at=NOW,
    )


def test_the_tables_hold_the_days_that_come_with_the_program() -> None:
    calendar = queries.work_calendar()
    assert dict(calendar.days) == dict(decreed_calendar().days)
    assert calendar.decreed_years == frozenset(range(2021, 2027))


def test_a_body_without_days_of_its_own_shares_the_provinces_calendar() -> None:
    assert queries.work_calendar(body(DESK)) is queries.work_calendar()


def test_an_undecreed_year_is_provisional_until_its_decree() -> None:
    day = date(2027, 2, 8)
    assert not queries.work_calendar().is_decreed(day)
    decree(DayIn(day, DayKind.HOLIDAY, "Tết Nguyên đán"), years=(2027,))
    assert queries.work_calendar().is_decreed(day)
    assert not queries.work_calendar().is_working_day(day)


def test_a_saturday_morning_of_one_desk_opens_it_and_no_other() -> None:
    decree(
        DayIn(SATURDAY, DayKind.SWAPPED_WORK, "Tiếp nhận sáng thứ Bảy", "morning"),
        scope=DESK,
    )
    assert queries.reception_spans(body(DESK), SATURDAY) == (MORNING,)
    assert queries.reception_spans(body(OTHER), SATURDAY) == ()
    assert queries.is_open(body(DESK), at_local(SATURDAY, time(8)))
    assert not queries.is_open(body(DESK), at_local(SATURDAY, time(14)))


def test_a_saturday_morning_at_the_counter_shortens_no_limit() -> None:
    def due(calendar: WorkCalendar) -> date | None:
        return read_clock(
            received=at_local(FRIDAY, time(9)),
            allowance=Allowance.parse("2 WORKING_DAY"),
            pauses=(),
            rules=rules_on(FRIDAY),
            calendar=calendar,
        ).due

    before = due(queries.work_calendar(body(DESK)))
    decree(
        DayIn(SATURDAY, DayKind.SWAPPED_WORK, "Tiếp nhận sáng thứ Bảy", "morning"),
        scope=DESK,
    )
    assert due(queries.work_calendar(body(DESK))) == before == date(2025, 8, 12)


def test_a_day_of_a_committee_holds_for_its_desk_too() -> None:
    decree(
        DayIn(FRIDAY, DayKind.SWAPPED_OFF, "Nghỉ theo địa phương"),
        scope="04.01273@2025-07-01",
    )
    assert not queries.work_calendar(body(DESK)).is_working_day(FRIDAY)
    assert queries.work_calendar(body(OTHER)).is_working_day(FRIDAY)
    assert queries.reception_spans(body(DESK), FRIDAY) == ()


def test_the_desks_own_day_stands_before_its_committees() -> None:
    decree(
        DayIn(FRIDAY, DayKind.SWAPPED_OFF, "Nghỉ theo địa phương"),
        scope="04.01273@2025-07-01",
    )
    decree(DayIn(FRIDAY, DayKind.HOLIDAY, "Mất điện", "afternoon"), scope=DESK)
    assert queries.reception_spans(body(DESK), FRIDAY) == (MORNING,)


@pytest.mark.parametrize(
    ("day", "spans"),
    [
        (date(2025, 8, 8), (MORNING, AFTERNOON)),  # Friday
        (date(2025, 8, 9), ()),  # Saturday
        (date(2025, 9, 2), ()),  # Tuesday, National Day
        (date(2026, 8, 22), (MORNING, AFTERNOON)),  # Saturday worked for 31 August
        (date(2026, 8, 31), ()),  # Monday, swapped off
    ],
)
def test_when_people_find_a_desk_open(
    day: date, spans: tuple[tuple[time, time], ...]
) -> None:
    assert queries.reception_spans(body(DESK), day) == spans


@pytest.mark.parametrize(
    ("clock", "is_open"),
    [
        (time(6, 59), False),
        (time(7), True),
        (time(11, 29), True),
        (time(11, 30), False),
        (time(13, 30), True),
        (time(17), False),
    ],
)
def test_open_now(clock: time, is_open: bool) -> None:
    assert queries.is_open(body(DESK), at_local(FRIDAY, clock)) is is_open


def test_the_default_hours_are_there_and_marked_unverified() -> None:
    assert queries.office_hours(body(DESK), FRIDAY) == OfficeHours()
    assert not queries.hours_verified(body(DESK), FRIDAY)


def test_hours_of_a_worked_saturday_are_those_of_a_working_day() -> None:
    assert queries.office_hours(body(DESK), date(2026, 8, 22)) == OfficeHours()


def set_hours(starts: date, *hours: HoursIn, key: str = DESK) -> None:
    actions.set_opening_hours(
        organisation_id=body(key).pk,
        starts=starts,
        hours=hours,
        basis="Quyết định 5/QĐ-UBND",
        by=SYSTEM,
        at=NOW,
    )


def test_own_hours_hold_from_their_day_and_others_follow_the_default() -> None:
    set_hours(FRIDAY, HoursIn(4, time(8), time(11)), HoursIn(5, time(8), time(10)))
    assert queries.reception_spans(body(DESK), date(2025, 8, 1)) == (MORNING, AFTERNOON)
    assert queries.reception_spans(body(DESK), FRIDAY) == ((time(8), time(11)),)
    assert queries.reception_spans(body(DESK), SATURDAY) == ((time(8), time(10)),)
    assert queries.reception_spans(body(DESK), date(2025, 8, 11)) == (
        MORNING,
        AFTERNOON,
    )
    assert queries.hours_verified(body(DESK), FRIDAY)
    assert not queries.is_open(body(OTHER), at_local(SATURDAY, time(9)))


def test_a_holiday_closes_a_saturday_with_hours_of_its_own() -> None:
    set_hours(FRIDAY, HoursIn(5, time(8), time(10)))
    decree(DayIn(SATURDAY, DayKind.HOLIDAY, "Ngày lễ"))
    assert queries.reception_spans(body(DESK), SATURDAY) == ()


def test_new_hours_end_the_old_ones() -> None:
    set_hours(date(2025, 8, 1), HoursIn(4, time(8), time(11)))
    set_hours(date(2025, 9, 1), HoursIn(4, time(9), time(10)))
    assert queries.reception_spans(body(DESK), FRIDAY) == ((time(8), time(11)),)
    september = date(2025, 9, 5)  # a Friday
    assert queries.reception_spans(body(DESK), september) == ((time(9), time(10)),)
    with pytest.raises(ChangeRefused) as refused:
        set_hours(date(2025, 8, 15), HoursIn(4, time(8), time(9)))
    assert refused.value.reason == "later_hours_decided"


@pytest.mark.parametrize(
    "hours",
    [
        (HoursIn(0, time(11), time(8)),),
        (HoursIn(0, time(8), time(8)),),
        (HoursIn(0, time(8), time(11)), HoursIn(0, time(10), time(12))),
    ],
)
def test_hours_out_of_order_are_refused(hours: tuple[HoursIn, ...]) -> None:
    with pytest.raises(ChangeRefused) as refused:
        set_hours(FRIDAY, *hours)
    assert refused.value.reason == "hours_out_of_order"


def test_a_desk_sits_in_one_place_at_a_time() -> None:
    def plan(opens: time, closes: time, day: date = FRIDAY) -> None:
        actions.plan_mobile_desk(
            desk_id=body(DESK).pk,
            day=day,
            opens=opens,
            closes=closes,
            place_id=body(DESK).place_id,
            location="Nhà văn hóa xóm Nà Lũng",
            by=SYSTEM,
            at=NOW,
        )

    plan(time(8), time(10))
    plan(time(10), time(11))
    for opens, closes, reason in (
        (time(9), time(9, 30), "desk_sits_elsewhere"),
        (time(12), time(11), "hours_out_of_order"),
    ):
        with pytest.raises(ChangeRefused) as refused:
            plan(opens, closes)
        assert refused.value.reason == reason
    with pytest.raises(ChangeRefused) as refused:
        plan(time(8), time(9), date(2025, 6, 30))
    assert refused.value.reason == "not_in_force"


def test_the_calendar_is_asked_for_in_one_query(django_assert_num_queries) -> None:  # type: ignore[no-untyped-def]
    desk = body(DESK)
    queries.work_calendar(desk)
    with django_assert_num_queries(2):  # the versions, for chain and calendar
        queries.work_calendar(desk)
    with queries.pinned(), django_assert_num_queries(1):
        for _again in range(50):
            queries.work_calendar(desk)
            queries.office_hours(desk, FRIDAY)
