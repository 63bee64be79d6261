"""The reasons of a date, span by span, and the parts a reading is made of."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest

from gandan.kernel.calendar import DayKind, SpecialDay, WorkCalendar
from gandan.kernel.clock import (
    RULES,
    Allowance,
    ClockRefused,
    OfficeHours,
    Pause,
    RuleVersion,
    Span,
    Unit,
    normalise,
    parse_limit,
    read_clock,
    rules_on,
    same_day_result_on,
    transfer_by,
)
from gandan.kernel.decreed import decreed_calendar
from gandan.kernel.localtime import ZONE, at_local

RESTART, EXTEND = RULES["nd61-2018"], RULES["extend-by-wait"]
CALENDAR = decreed_calendar()
MORNING_ONLY = OfficeHours(((time(7, 30), time(11)),))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def reasons(
    received: str,
    limit: str,
    *pauses: Pause,
    rules: RuleVersion = RESTART,
    left_out: tuple[Pause, ...] = (),
) -> list[str]:
    """«30/04–01/05 holiday 0», one line a span; «…» while still open."""
    reading = read_clock(
        received=at(received),
        allowance=parse_limit(limit),
        pauses=pauses,
        rules=rules,
        calendar=CALENDAR,
        left_out=left_out,
    )
    return [line(span) for span in reading.reasoning]


def line(span: Span) -> str:
    last = f"{span.ends:%d/%m}" if span.ends else "…"
    return f"{span.starts:%d/%m}-{last} {span.why} {span.counts.normalize():f}"


def test_rest_days_are_named_by_what_they_are() -> None:
    assert reasons("2025-04-29T09:00", "2 WORKING_DAY") == [
        "29/04-29/04 day_zero 0",
        "30/04-30/04 holiday 0",  # Victory Day
        "01/05-01/05 holiday 0",  # Labour Day
        "02/05-02/05 swapped_off 0",
        "03/05-04/05 weekend 0",
        "05/05-06/05 counted 2",
    ]


def test_a_worked_saturday_is_named() -> None:
    assert reasons("2025-04-24T09:00", "3 WORKING_DAY") == [
        "24/04-24/04 day_zero 0",
        "25/04-25/04 counted 1",
        "26/04-26/04 swapped_work 1",
        "27/04-27/04 weekend 0",
        "28/04-28/04 counted 1",
    ]


def test_a_substitute_day_off_is_named_and_the_move_too() -> None:
    assert reasons("2026-04-24T09:00", "3 DAY") == [
        "24/04-24/04 day_zero 0",
        "25/04-27/04 counted 3",
        "28/04-28/04 moved_on 0",
    ]
    assert reasons("2026-04-24T09:00", "2 DAY")[2:] == [
        "27/04-27/04 substitute_off 0",
        "28/04-28/04 moved_on 0",
    ]


def test_the_last_day_counts_only_what_is_left_of_the_limit() -> None:
    assert reasons("2025-03-10T09:00", "1.25 WORKING_DAY")[-1] == (
        "11/03-12/03 counted 1.25"
    )


def test_a_reception_after_hours_is_explained() -> None:
    assert reasons("2025-03-14T18:00", "1 WORKING_DAY") == [
        "14/03-14/03 outside_hours 0",
        "15/03-16/03 weekend 0",
        "17/03-17/03 day_zero 0",
        "18/03-18/03 counted 1",
    ]


def test_a_restart_drops_what_was_counted() -> None:
    pause = Pause(date(2025, 3, 12), date(2025, 3, 14))

    assert reasons("2025-03-10T09:00", "2 WORKING_DAY", pause) == [
        "10/03-10/03 day_zero 0",
        "11/03-11/03 dropped 0",
        "12/03-13/03 paused 0",
        "14/03-14/03 day_of_completion 0",
        "15/03-16/03 weekend 0",
        "17/03-18/03 counted 2",
    ]


def test_an_extension_keeps_what_was_counted() -> None:
    pause = Pause(date(2025, 3, 12), date(2025, 3, 14))

    assert reasons("2025-03-10T09:00", "2 WORKING_DAY", pause, rules=EXTEND) == [
        "10/03-10/03 day_zero 0",
        "11/03-11/03 counted 1",
        "12/03-13/03 paused 0",
        "14/03-14/03 counted 1",
    ]


def test_an_open_wait_has_no_end_yet() -> None:
    pause = Pause(date(2025, 3, 12))

    assert reasons("2025-03-10T09:00", "5 WORKING_DAY", pause, rules=EXTEND) == [
        "10/03-10/03 day_zero 0",
        "11/03-11/03 counted 1",
        "12/03-… paused 0",
    ]


def test_a_wait_is_named_before_time_the_law_leaves_out() -> None:
    wait = Pause(date(2025, 3, 12), date(2025, 3, 14), "supplement", "applicant")
    posting = Pause(date(2025, 3, 11), date(2025, 3, 18), "posting", "Sơn Lộ")
    reading = read_clock(
        received=at("2025-03-10T09:00"),
        allowance=Allowance.parse("1 WORKING_DAY"),
        pauses=[wait],
        left_out=[posting],
        rules=EXTEND,
        calendar=CALENDAR,
    )
    named = [(span.why, span.detail, span.owner) for span in reading.reasoning]

    assert named == [
        ("day_zero", "", ""),
        ("left_out", "posting", "Sơn Lộ"),
        ("paused", "supplement", "applicant"),
        ("left_out", "posting", "Sơn Lộ"),
        ("counted", "", ""),
    ]


def test_hours_are_listed_day_by_day() -> None:
    reading = read_clock(
        received=at("2025-03-14T08:20"),
        allowance=Allowance.parse("8 HOUR"),
        pauses=(),
        rules=RESTART,
        calendar=CALENDAR,
    )
    hours = [(s.why, s.detail, s.counts) for s in reading.reasoning]

    assert hours == [
        ("counted", "08:20–11:30, 13:30–17:00", Decimal("6.6667")),
        ("weekend", "", Decimal(0)),
        ("counted", "07:00–08:20", Decimal("1.3333")),
    ]
    assert reading.due_at == at("2025-03-17T08:20")


def test_a_calendar_with_a_half_day_gives_its_hours_only() -> None:
    saturday = date(2025, 3, 15)
    desk = SpecialDay(saturday, DayKind.SWAPPED_WORK, "", "", "morning")
    calendar = WorkCalendar({saturday: desk}, frozenset({2025}))

    def read(limit: str) -> datetime | date | None:
        reading = read_clock(
            received=at("2025-03-14T16:00"),
            allowance=Allowance.parse(limit),
            pauses=(),
            rules=RESTART,
            calendar=calendar,
        )
        return reading.due_at or reading.due

    assert read("4 HOUR") == at("2025-03-15T10:00")  # 1 hour Friday, 3 on Saturday
    assert read("1 WORKING_DAY") == date(2025, 3, 17)  # Saturday is no working day
    assert normalise(at("2025-03-15T08:00"), calendar) == at("2025-03-15T08:00")
    assert normalise(at("2025-03-15T13:00"), calendar) == at("2025-03-17T07:00")


def test_an_afternoon_is_what_is_left_of_a_day_whose_morning_is_off() -> None:
    friday = date(2025, 3, 14)
    off = SpecialDay(friday, DayKind.HOLIDAY, "", "", "morning")
    calendar = WorkCalendar({friday: off}, frozenset({2025}))
    through = OfficeHours(((time(8), time(16)),))

    assert through.on(friday, calendar) == ((time(12), time(16)),)
    assert OfficeHours().on(friday, calendar) == ((time(13, 30), time(17)),)


@pytest.mark.parametrize(
    ("received", "counts_from"),
    [
        ("2025-03-10T06:59", "2025-03-10T07:30"),
        ("2025-03-10T11:00", "2025-03-10T11:00"),
        ("2025-03-10T11:01", "2025-03-11T07:30"),
        ("2025-03-14T15:00", "2025-03-17T07:30"),
    ],
)
def test_a_desk_open_in_the_mornings_counts_from_its_own_opening(
    received: str, counts_from: str
) -> None:
    assert normalise(at(received), CALENDAR, MORNING_ONLY) == at(counts_from)


@pytest.mark.parametrize(
    ("received", "leaves_by", "same_day"),
    [
        # Mon 10/3/2025
        ("2025-03-10T09:00", "2025-03-10T17:00", date(2025, 3, 10)),
        ("2025-03-10T15:00", "2025-03-10T17:00", date(2025, 3, 10)),
        ("2025-03-10T15:01", "2025-03-11T07:00", date(2025, 3, 11)),
        ("2025-03-10T18:00", "2025-03-11T17:00", date(2025, 3, 11)),
        # Fri 14/3/2025
        ("2025-03-14T16:30", "2025-03-17T07:00", date(2025, 3, 17)),
        ("2025-03-15T16:30", "2025-03-17T17:00", date(2025, 3, 17)),
    ],
)
def test_after_three_papers_and_same_day_results_may_wait_for_the_next_working_day(
    received: str, leaves_by: str, same_day: date
) -> None:
    assert transfer_by(at(received), CALENDAR) == at(leaves_by)
    assert same_day_result_on(at(received), CALENDAR) == same_day


@pytest.mark.parametrize(
    "spans",
    [
        (),
        ((time(11), time(7)),),
        ((time(7), time(7)),),
        ((time(13), time(17)), (time(7), time(11))),
        ((time(7), time(12)), (time(11), time(17))),
    ],
)
def test_office_hours_are_spans_in_order(spans: tuple[tuple[time, time], ...]) -> None:
    with pytest.raises(ClockRefused):
        OfficeHours(spans)


@pytest.mark.parametrize(
    ("text", "quantity", "unit", "ledger"),
    [
        ("2 WORKING_DAY", "2", Unit.WORKING_DAY, "2wd"),
        ("7.5 working_day", "7.5", Unit.WORKING_DAY, "7.5wd"),
        (" 10 DAY ", "10", Unit.DAY, "10d"),
        ("1 MONTH", "1", Unit.MONTH, "1m"),
        ("4 HOUR", "4", Unit.HOUR, "4h"),
        ("12.50 WORKING_DAY", "12.5", Unit.WORKING_DAY, "12.5wd"),
        ("100 DAY", "100", Unit.DAY, "100d"),
    ],
)
def test_an_allowance_is_a_number_and_its_unit(
    text: str, quantity: str, unit: Unit, ledger: str
) -> None:
    allowance = Allowance.parse(text)

    assert allowance == Allowance(Decimal(quantity), unit)
    assert str(allowance) == f"{quantity} {unit}"
    assert allowance.ledger_code == ledger


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2",
        "WORKING_DAY",
        "2 YEAR",
        "-1 DAY",
        "0 DAY",
        "7,5 DAY",
        "1e3 DAY",
        "5001 DAY",
        "121 MONTH",
        "1.5 MONTH",
        "NaN DAY",
        "٣ DAY",
        "2 DAY 3",
    ],
)
def test_what_is_no_allowance_is_refused(text: str) -> None:
    with pytest.raises(ClockRefused):
        Allowance.parse(text)


def test_a_number_that_is_not_finite_is_no_allowance() -> None:
    for number in ("NaN", "Infinity"):
        with pytest.raises(ClockRefused):
            Allowance(Decimal(number), Unit.DAY)


def test_the_ledger_writes_quarters_only() -> None:
    with pytest.raises(ClockRefused, match="quarters"):
        _ = Allowance(Decimal("0.3"), Unit.DAY).ledger_code


def test_a_limit_may_be_a_text() -> None:
    assert parse_limit("text") is None
    assert parse_limit("2 DAY") == Allowance(Decimal(2), Unit.DAY)


def test_a_pause_cannot_end_before_it_starts() -> None:
    with pytest.raises(ClockRefused, match="before it starts"):
        Pause(date(2025, 5, 8), date(2025, 5, 5))


def test_a_pause_resumes_on_the_day_it_ends() -> None:
    with pytest.raises(ClockRefused, match="on the day it ends"):
        Pause(
            date(2025, 5, 5),
            date(2025, 5, 8),
            resumed_at=at_local(date(2025, 5, 7), time(9)),
        )


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2018, 6, 21), "nd61-2018"),
        (date(2025, 6, 30), "nd61-2018"),
        (date(2025, 7, 1), "nd118-2025"),
        (date(2030, 1, 1), "nd118-2025"),
    ],
)
def test_the_rules_are_those_in_force_on_the_day_of_receipt(
    day: date, rules: str
) -> None:
    assert rules_on(day) is RULES[rules]


def test_no_rules_are_guessed_for_the_time_before() -> None:
    with pytest.raises(ClockRefused, match="2018-06-20"):
        rules_on(date(2018, 6, 20))


def test_the_new_decree_is_marked_unverified_and_allows_one_extension() -> None:
    new = RULES["nd118-2025"]

    assert (new.resume, new.verified, new.max_extensions) == ("RESTART", False, 1)
    assert RULES["nd61-2018"].resume == "RESTART"
    assert RULES["nd61-2018"].verified


@pytest.mark.parametrize(
    ("received", "pause"),
    [
        (datetime(1970, 1, 1, tzinfo=ZONE), Pause(date(2025, 1, 1))),
        (datetime(9999, 12, 30, tzinfo=ZONE), Pause(date(2025, 1, 1))),
        (datetime(2025, 1, 2, tzinfo=ZONE), Pause(date(2025, 1, 3), date(9999, 1, 1))),
    ],
)
def test_dates_no_dossier_has_are_refused(received: datetime, pause: Pause) -> None:
    with pytest.raises(ClockRefused, match="between 1976 and 2199"):
        read_clock(
            received=received,
            allowance=Allowance.parse("1 DAY"),
            pauses=[pause],
            rules=RESTART,
            calendar=CALENDAR,
        )
