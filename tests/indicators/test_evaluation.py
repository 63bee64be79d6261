"""Marks of the circular by hand."""

from datetime import date
from decimal import Decimal

import pytest

from gandan.indicators.evaluation.rules import (
    NOT_MEASURED,
    OFFICER,
    Grade,
    Handled,
    Indicator,
    Mean,
    Task,
    grade_of,
    is_verified,
    officer_means,
    online_mark,
    readable_from,
    task_of,
)
from gandan.kernel.calendar import WorkCalendar


def value(indicator: Indicator, *handled: Handled) -> Decimal | None:
    (mean,) = [m for m in officer_means(handled) if m.indicator is indicator]
    return mean.value


def one(judged: str = "on_time", *own: str, contacts: int = 0) -> Handled:
    return Handled(judged, own, contacts)


@pytest.mark.parametrize(
    ("judged", "mark"), [("early", "2.0"), ("on_time", "1.0"), ("late", "0.0")]
)
def test_shorter_than_the_limit_is_two_equal_one_longer_none(
    judged: str, mark: str
) -> None:
    assert value(Indicator.TOTAL_TIME, one(judged)) == Decimal(mark)


def test_the_worst_of_ones_own_steps_counts() -> None:
    assert value(Indicator.OWN_TIME, one("late", "early", "on_time")) == 1


def test_a_late_step_of_somebody_else_is_not_ones_own() -> None:
    # The dossier is late; the official's own step was early.
    found = {m.indicator: m.value for m in officer_means([one("late", "early")])}
    assert found[Indicator.TOTAL_TIME] == 0
    assert found[Indicator.OWN_TIME] == 2


@pytest.mark.parametrize(("contacts", "mark"), [(0, 2), (1, 1), (2, 0), (5, 0)])
def test_every_further_request_costs_a_mark(contacts: int, mark: int) -> None:
    assert value(Indicator.EXTRA_CONTACTS, one(contacts=contacts)) == mark


def test_a_mean_has_one_decimal_halves_up() -> None:
    # 7 marks on 4 dossiers: 1.75.
    handled = [one("early"), one("early"), one("early"), one("on_time")]
    assert value(Indicator.TOTAL_TIME, *handled) == Decimal("1.8")


def test_a_dossier_without_a_due_day_is_not_marked_for_time() -> None:
    handled = [one(""), one("early")]
    (mean,) = [m for m in officer_means(handled) if m.indicator == "1"]
    assert (mean.dossiers, mean.value) == (1, Decimal("2.0"))


def test_what_no_record_answers_has_no_mean_and_leaves_the_task_open() -> None:
    means = officer_means([one("early", "early")])
    empty = {mean.indicator for mean in means if mean.value is None}
    assert empty == NOT_MEASURED & set(OFFICER)
    assert task_of(means) is None


@pytest.mark.parametrize(
    ("marks", "task"),
    [
        ((10, 10, 10, 10, 10), Task.WHOLE),
        ((10, 10, 10, 10, 9), Task.MOST),
        ((7, 7, 7, 7, 7), Task.MOST),
        ((7, 7, 7, 7, 6), Task.LESS),
    ],
)
def test_the_five_means_say_how_far_a_task_is_done(
    marks: tuple[int, ...], task: Task
) -> None:
    means = [Mean(i, 10, mark) for i, mark in zip(OFFICER, marks, strict=True)]
    assert task_of(means) is task


@pytest.mark.parametrize(
    ("total", "grade"),
    [
        ("18", Grade.EXCELLENT),
        ("15", Grade.EXCELLENT),
        ("14.9", Grade.GOOD),
        ("12", Grade.GOOD),
        ("9", Grade.FAIR),
        ("6", Grade.AVERAGE),
        ("5.9", Grade.WEAK),
    ],
)
def test_the_nine_give_an_agency_its_grade(total: str, grade: Grade) -> None:
    assert grade_of(Decimal(total)) is grade


@pytest.mark.parametrize(
    ("procedures", "dossiers", "mark"),
    [
        ((20, 100), (30, 100), 2),
        ((19, 100), (30, 100), 1),
        ((20, 100), (29, 100), 1),
        ((0, 100), (15, 100), 1),
        ((100, 100), (14, 100), 0),
        ((0, 0), (0, 0), 0),
    ],
)
def test_online_services_are_marked_by_procedures_and_dossiers(
    procedures: tuple[int, int], dossiers: tuple[int, int], mark: int
) -> None:
    assert online_mark(procedures=procedures, dossiers=dossiers) == mark


def test_the_circular_ends_on_the_fourteenth_of_september() -> None:
    assert is_verified(date(2025, 9, 14))
    assert not is_verified(date(2025, 9, 30))


def test_an_official_reads_a_working_day_before_the_leader() -> None:
    calendar = WorkCalendar({}, frozenset({2025}))
    own, leader = readable_from(date(2025, 6, 30), calendar.next_working_day)
    assert (own, leader) == (date(2025, 7, 1), date(2025, 7, 2))
    # A quarter that ends on a Friday.
    own, leader = readable_from(date(2025, 10, 31), calendar.next_working_day)
    assert (own, leader) == (date(2025, 11, 3), date(2025, 11, 4))
