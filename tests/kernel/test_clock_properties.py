"""What holds for every clock, whatever the dates."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.clock import (
    RULES,
    Allowance,
    Pause,
    Reading,
    RuleVersion,
    Unit,
    due_date,
    gaps_of,
    judge,
    read_clock,
    read_dates,
)
from gandan.kernel.decreed import decreed_calendar
from gandan.kernel.localtime import at_local, local_day
from gandan.kernel.periods import add_months

A_DAY = timedelta(days=1)
CALENDAR = decreed_calendar()
RESTART = RULES["nd61-2018"]
EXTEND = RULES["extend-by-wait"]

thoroughly = settings(max_examples=200, deadline=None)

days = st.dates(date(2021, 1, 1), date(2026, 12, 31))
moments = st.builds(
    at_local, days, st.times(time(0), time(23, 59)).map(lambda t: t.replace(second=0))
)
quarters = st.integers(1, 160).map(lambda n: Decimal(n) / 4)
two_lengths = st.tuples(st.integers(0, 20), st.integers(0, 20))
whole_months = st.integers(1, 14).map(Decimal)


@st.composite
def allowances(draw: st.DrawFn, units: tuple[Unit, ...] = tuple(Unit)) -> Allowance:
    unit = draw(st.sampled_from(units))
    return Allowance(draw(whole_months if unit == Unit.MONTH else quarters), unit)


@st.composite
def intervals(
    draw: st.DrawFn, received: datetime, *, may_be_open: bool = True
) -> Pause:
    """An interval around the life of a dossier: before, in, touching, after."""
    starts = local_day(received) + timedelta(days=draw(st.integers(-3, 60)))
    if may_be_open and draw(st.integers(0, 9)) == 0:
        return Pause(starts, None, draw(st.sampled_from(("supplement", "tax"))))
    length = draw(st.integers(0, 25))
    return Pause(starts, starts + timedelta(days=length))


@dataclass(frozen=True)
class Inputs:
    """All that a reading depends on, under the decreed calendar and default hours."""

    received: datetime
    allowance: Allowance
    pauses: list[Pause]
    left_out: list[Pause]
    rules: RuleVersion

    def read(self) -> Reading:
        return read_clock(
            received=self.received,
            allowance=self.allowance,
            pauses=self.pauses,
            left_out=self.left_out,
            rules=self.rules,
            calendar=CALENDAR,
        )


@st.composite
def inputs(
    draw: st.DrawFn, units: tuple[Unit, ...] = tuple(Unit), *, may_be_open: bool = True
) -> Inputs:
    received = draw(moments)
    some = st.lists(intervals(received, may_be_open=may_be_open), max_size=3)
    return Inputs(
        received=received,
        allowance=draw(allowances(units)),
        pauses=draw(some),
        left_out=draw(some),
        rules=draw(st.sampled_from(list(RULES.values()))),
    )


def is_later_or_equal(a: Reading, b: Reading) -> bool:
    """A stopped clock is later than any date."""
    if b.due is None:
        return a.due is None
    return a.due is None or a.due >= b.due


def whole(allowance: Allowance, zero: date) -> Decimal:
    """The allowance in the units its days are counted in: a month's calendar days."""
    if allowance.unit != Unit.MONTH:
        return allowance.quantity
    return Decimal((add_months(zero, int(allowance.quantity)) - zero).days)


@thoroughly
@given(case=inputs(), after=st.integers(-3, 60), lengths=two_lengths)
def test_two_pauses_that_touch_equal_one(
    case: Inputs, after: int, lengths: tuple[int, int]
) -> None:
    starts = local_day(case.received) + timedelta(days=after)
    middle = starts + timedelta(days=lengths[0])
    ends = middle + timedelta(days=lengths[1])
    one = replace(case, pauses=[Pause(starts, ends)]).read()
    two = replace(case, pauses=[Pause(starts, middle), Pause(middle, ends)]).read()

    assert (two.due, two.stopped_since) == (one.due, one.stopped_since)
    assert two.reasoning == one.reasoning


@thoroughly
@given(case=inputs())
def test_overlapping_pauses_count_as_their_union(case: Inputs) -> None:
    # One that ends where it starts restarts a count, but covers no day.
    pauses = [pause for pause in case.pauses if pause.starts != pause.ends]
    union = [Pause(gap.starts, gap.ends) for gap in gaps_of(pauses)]
    apart, joined = (
        replace(case, pauses=pauses).read(),
        replace(case, pauses=union).read(),
    )

    assert (apart.due, apart.due_at) == (joined.due, joined.due_at)
    assert apart.stopped_since == joined.stopped_since
    assert apart.days_left == joined.days_left


@thoroughly
@given(case=inputs(), order=st.randoms(use_true_random=False))
def test_the_order_in_which_pauses_are_written_does_not_matter(
    case: Inputs, order: Random
) -> None:
    shuffled = order.sample(case.pauses, len(case.pauses))

    assert replace(case, pauses=shuffled).read().due == case.read().due


@thoroughly
@given(case=inputs(), more=quarters)
def test_a_longer_allowance_is_never_earlier(case: Inputs, more: Decimal) -> None:
    unit = case.allowance.unit
    added = Decimal(ceil(more)) if unit == Unit.MONTH else more
    longer = Allowance(case.allowance.quantity + added, unit)

    assert is_later_or_equal(replace(case, allowance=longer).read(), case.read())


@thoroughly
@given(case=inputs(), data=st.data())
def test_a_pause_never_makes_an_extended_date_earlier(
    case: Inputs, data: st.DataObject
) -> None:
    one_more = data.draw(intervals(case.received))
    case = replace(case, rules=EXTEND)
    waited = replace(case, pauses=[*case.pauses, one_more])
    left_out = replace(case, left_out=[*case.left_out, one_more])

    assert is_later_or_equal(waited.read(), case.read())
    assert is_later_or_equal(left_out.read(), case.read())


@thoroughly
@given(case=inputs(units=(Unit.WORKING_DAY, Unit.DAY, Unit.HOUR)))
def test_a_restart_is_never_earlier_than_an_extension(case: Inputs) -> None:
    restarted = replace(case, rules=RESTART).read()
    extended = replace(case, rules=EXTEND).read()

    assert is_later_or_equal(restarted, extended)


@thoroughly
@given(case=inputs())
def test_reasons_tile_the_time_from_reception_to_the_due_date(case: Inputs) -> None:
    reading = case.read()
    spans = reading.reasoning

    assert spans[0].starts == local_day(case.received)
    for before, after in pairwise(spans):
        assert before.ends is not None
        assert after.starts == before.ends + A_DAY
    assert spans[-1].ends == reading.due
    assert (reading.due is None) == (reading.stopped_since is not None)


@thoroughly
@given(case=inputs())
def test_what_the_days_count_adds_up_to_the_allowance(case: Inputs) -> None:
    reading = case.read()
    counted = sum((span.counts for span in reading.reasoning), Decimal(0))
    left = reading.days_left or Decimal(0)
    if case.allowance.unit == Unit.HOUR:
        left *= 8
    wholes = {whole(case.allowance, reading.counted_from)}
    if counted == 0 and reading.stopped_since:  # all of it, as from the stop
        wholes.add(whole(case.allowance, reading.stopped_since))

    assert counted + left in wholes
    assert all(span.counts >= 0 for span in reading.reasoning)


@thoroughly
@given(case=inputs(may_be_open=False))
def test_a_due_date_is_a_working_day_on_which_the_clock_runs(case: Inputs) -> None:
    reading = case.read()

    assert reading.due is not None
    assert CALENDAR.is_working_day(reading.due)
    assert reading.reasoning[-1].why in {"counted", "swapped_work", "moved_on"}
    if reading.due_at is None:
        assert reading.due > reading.counted_from >= reading.day_zero
    else:
        assert case.allowance.is_by_the_hour
        assert reading.due_at > reading.starts_at


@thoroughly
@given(case=inputs())
def test_the_due_date_alone_is_that_of_the_reading(case: Inputs) -> None:
    alone = due_date(
        received=case.received,
        allowance=case.allowance,
        pauses=case.pauses,
        left_out=case.left_out,
        rules=case.rules,
        calendar=CALENDAR,
    )
    assert alone == case.read().due


def day_by_day(
    zero: date, number: int, pauses: list[Pause], calendar: WorkCalendar
) -> date:
    """The law read the slow way, with no arithmetic on intervals."""
    day, left = zero, number
    while left:
        day += A_DAY
        waiting = any(pause.covers(day) for pause in pauses)
        left -= calendar.is_working_day(day) and not waiting
    return day


@thoroughly
@given(
    zero=days,
    number=st.integers(1, 60),
    starts=st.integers(1, 30),
    lengths=st.lists(st.integers(1, 20), min_size=1, max_size=3),
)
def test_extending_equals_counting_day_by_day(
    zero: date, number: int, starts: int, lengths: list[int]
) -> None:
    assume(CALENDAR.is_working_day(zero))
    first = zero + timedelta(days=starts)
    pauses = [Pause(first, first + timedelta(days=length)) for length in lengths]
    in_time = first <= day_by_day(zero, number, [], CALENDAR)
    reading = read_clock(
        received=at_local(zero, time(9)),
        allowance=Allowance(Decimal(number), Unit.WORKING_DAY),
        pauses=pauses,
        rules=EXTEND,
        calendar=CALENDAR,
    )
    expected = day_by_day(zero, number, pauses if in_time else [], CALENDAR)

    assert reading.due == expected


@thoroughly
@given(due=days, ended=days)
def test_on_time_is_judged_by_date(due: date, ended: date) -> None:
    expected = {-1: "early", 0: "on_time", 1: "late"}
    assert judge(due, ended) == expected[(ended > due) - (ended < due)]


@thoroughly
@given(rules=st.sampled_from(list(RULES.values())), day=days)
def test_one_rule_version_at_most_is_in_force_on_a_day(
    rules: RuleVersion, day: date
) -> None:
    others = [other for other in RULES.values() if other is not rules]
    assert not (rules.in_force(day) and any(other.in_force(day) for other in others))


@thoroughly
@given(case=inputs())
def test_the_dates_alone_are_those_of_the_whole_reading(case: Inputs) -> None:
    """What a million lines of history are given is what a dossier would show."""
    case = replace(case, left_out=[])
    reading = case.read()
    dates = read_dates(
        received=case.received,
        allowance=case.allowance,
        pauses=case.pauses,
        rules=case.rules,
        calendar=CALENDAR,
    )
    assert (dates.day_zero, dates.due, dates.provisional) == (
        reading.day_zero,
        reading.due,
        reading.provisional,
    )
