"""Decision 766 by hand, and its levers against trying every number."""

import random
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

import pytest

from gandan.indicators.index766.components import (
    BY_CODE,
    COMPONENTS,
    GROUP_POINTS,
    Act,
    Group,
)
from gandan.indicators.index766.levers import lever, levers
from gandan.indicators.index766.score import Counts, cents, exact_points, score


def test_the_six_groups_have_a_hundred_points() -> None:
    assert sum(GROUP_POINTS.values()) == 100
    for group in Group:
        held = sum(c.points for c in COMPONENTS if c.group is group)
        assert held == GROUP_POINTS[group], group


# component, numerator, denominator → points
BY_HAND = (
    ("2.1", 9_856, 10_000, "19.71"),  # 19.712
    ("2.1", 0, 7, "0.00"),
    ("2.1", 7, 7, "20.00"),
    ("2.1", 2, 3, "13.33"),
    ("3", 7_434, 10_000, "8.92"),  # 8.9208
    ("4.1", 1, 8, "0.75"),
    ("4.2", 40, 100, "2.00"),  # half of 80 %
    ("4.2", 80, 100, "4.00"),
    ("4.2", 81, 100, "4.00"),  # no more than full marks
    ("5.A", 1, 3, "2.00"),
    ("5.B", 4, 5, "2.00"),  # min(2, 2.5 × 0.8)
    ("5.B", 2, 5, "1.00"),
    ("5.C", 1, 5, "0.50"),
    ("6.3", 90, 100, "6.00"),
    ("6.3", 45, 100, "3.00"),
    ("6.3", 1, 800, "0.01"),  # 0.00833…
)


@pytest.mark.parametrize(("code", "numerator", "denominator", "points"), BY_HAND)
def test_a_component_scores_as_by_hand(
    code: str, numerator: int, denominator: int, points: str
) -> None:
    exact = exact_points(BY_CODE[code], Counts(numerator, denominator))
    assert exact is not None
    assert cents(exact) == Decimal(points)
    card = score({code: Counts(numerator, denominator)}, province=True)
    measured = BY_CODE[code].measured
    assert card.total == (Decimal(points) if measured else 0)
    assert card.measured == (BY_CODE[code].points if measured else 0)


@pytest.mark.parametrize(
    ("exact", "read"),
    [("1/200", "0.01"), ("3/200", "0.02"), ("1/201", "0.00"), ("1999/100", "19.99")],
)
def test_halves_of_a_cent_go_up(exact: str, read: str) -> None:
    assert cents(Fraction(exact)) == Decimal(read)


def test_nothing_of_nothing_is_neither_zero_nor_full_marks() -> None:
    card = score({"2.1": Counts(0, 0)}, province=False)
    (found,) = [one for one in card.scored if one.component.code == "2.1"]
    assert found.points is None
    assert card.total == 0
    assert card.measured == 0
    assert card.at_most == 100


def test_what_is_not_measured_stays_open_whatever_is_sent() -> None:
    card = score({"6.1": Counts(0, 0), "1.1": Counts(5, 5)}, province=True)
    assert card.total == 0
    assert card.measured == 0


def test_no_feedback_is_worth_six_points_once_feedback_is_recorded() -> None:
    recorded = replace(BY_CODE["6.1"], measured=True)
    assert exact_points(recorded, Counts(0, 0)) == 6


def test_components_of_the_province_stand_on_no_other_card() -> None:
    codes = {one.component.code for one in score({}, province=False).scored}
    assert not codes & {"3", "4.6", "4.7"}
    assert "3" in {one.component.code for one in score({}, province=True).scored}


def test_a_share_is_never_more_than_the_whole() -> None:
    with pytest.raises(ValueError, match="4 of 3"):
        Counts(4, 3)


# --- levers ---------------------------------------------------------------------------


@dataclass
class Record:
    counts: bool  # in the numerator
    may_act: bool


def _total(code: str, unit: list[Record]) -> Fraction:
    """The points of a component, the slow way."""
    inside = sum(1 for record in unit if record.counts)
    rate = Fraction(inside, len(unit))
    points, full_at = BY_CODE[code].points, BY_CODE[code].full_at
    return min(Fraction(points), Fraction(points) * rate / Fraction(full_at))


def _by_trying(code: str, unit: list[Record]) -> int | None:
    before = _total(code, unit)
    pool = [record for record in unit if record.may_act]
    for number in range(1, len(pool) + 1):
        for record in pool[:number]:
            record.counts = True
        raised = _total(code, unit) - before
        for record in pool[:number]:
            record.counts = False
        if raised >= Fraction(1, 10):
            return number
    return None


def test_a_lever_is_the_smallest_number_that_trying_finds() -> None:
    chance = random.Random(766)
    acting = [component.code for component in COMPONENTS if component.act]
    seen: dict[bool, int] = {True: 0, False: 0}
    for _unit in range(200):
        code = chance.choice(acting)
        unit = []
        open_ones = chance.choice((0.0, 0.003, 0.01, 0.5))
        for _record in range(chance.randint(1, 400)):
            inside = chance.random() < chance.choice((0.1, 0.5, 0.79, 0.95))
            unit.append(Record(inside, not inside and chance.random() < open_ones))
        pool = sum(1 for record in unit if record.may_act)
        inside_count = sum(1 for record in unit if record.counts)
        found = lever(code, Counts(inside_count, len(unit)), pool)
        assert found.records == _by_trying(code, unit), (code, unit)
        seen[found.records is None] += 1
    assert min(seen.values()) > 20  # both answers were met


def test_a_lever_never_proposes_to_refuse_to_withdraw_or_to_enter_anew() -> None:
    assert {act.value for act in Act} == {
        "decide_in_time",
        "issue_electronic",
        "digitise",
        "offer_online_payment",
    }


def test_levers_that_shorten_a_wait_come_first() -> None:
    counts = {"2.1": Counts(50, 100), "4.1": Counts(10, 20), "4.2": Counts(10, 20)}
    found = levers(counts, {"4.1": 10, "4.2": 10, "2.1": 30})
    assert [one.code for one in found] == ["2.1", "4.1", "4.2"]
    assert [one.shortens_a_wait for one in found] == [True, False, False]
    assert [one.records for one in found] == [1, 1, 1]


def test_full_marks_leave_nothing_to_pull() -> None:
    found = lever("4.2", Counts(80, 100), 20)
    assert found.records is None
    assert found.at_most == 0
