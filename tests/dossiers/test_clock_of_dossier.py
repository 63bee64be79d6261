"""The dates of a dossier are readings: after every verb they equal a fresh reading of
what was kept, and a reading of what this test itself remembers of the verbs."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gandan.dossiers import actions
from gandan.dossiers.actions import course
from gandan.dossiers.models import Dossier, Pause
from gandan.dossiers.rules.moves import MoveRefused
from gandan.kernel import clock
from gandan.kernel.calendar import WorkCalendar
from gandan.kernel.localtime import at_local, local_day
from gandan.ledger.models import Event, Record
from gandan.notices.models import Message
from gandan.places import queries as places
from tests.factories import (
    BIRTH,
    at,
    counter,
    head,
    opening,
    processing,
    signatory,
    specialist,
)

pytestmark = pytest.mark.django_db

LAND = "1.013978"
A_DAY = timedelta(days=1)
WANTED = [{"key": "map", "name": "Mảnh trích đo", "why": ""}]
KINDS = ("public_posting", "measuring", "tax_assessment", "inheritance")

# Days that hurt: eves of holidays, the swap of units, a year without a decree.
FIRST_DAYS = [
    date(2025, 1, 24),  # Friday before Tết
    date(2025, 4, 29),  # Tuesday before 30 April
    date(2025, 6, 10),
    date(2025, 6, 27),  # Friday, with the new law from Tuesday
    date(2025, 8, 29),
    date(2026, 2, 13),  # Friday before Tết
    date(2026, 12, 10),  # its count runs into a year nobody has decreed
]


@dataclass
class Remembered:
    """What the verbs did, kept by this test beside the database."""

    received: datetime
    allowance: clock.Allowance
    waits: list[clock.Pause] = field(default_factory=list)
    left_out: list[clock.Pause] = field(default_factory=list)
    promised: date | None = None
    extended_to: date | None = None

    def reading(self, calendar: WorkCalendar, hours: clock.OfficeHours) -> Any:
        return clock.read_clock(
            received=self.received,
            allowance=self.allowance,
            pauses=self.waits,
            left_out=self.left_out,
            rules=clock.rules_on(local_day(self.received)),
            calendar=calendar,
            hours=hours,
        )

    def due(self, reading: Any) -> date | None:
        """An accepted new date stands while the clock runs and reads no later one."""
        if reading.due and self.extended_to and self.extended_to > reading.due:
            return self.extended_to
        due: date | None = reading.due
        return due


@dataclass
class Life:
    dossier: Dossier
    kept: Remembered
    now: datetime

    @property
    def day(self) -> date:
        return local_day(self.now)

    def office(self, make: Any) -> Any:
        """The role at the dossier's own commune, whatever the day."""
        return make(local_day(self.kept.received))

    def is_open(self, intervals: list[clock.Pause], kind: str) -> bool:
        return any(one.kind == kind and one.ends is None for one in intervals)

    # --- verbs, with what they mean for the clock -------------------------------------

    def ask(self) -> None:
        asker = specialist if self.dossier.supplements == 0 else signatory
        stops = self.runs_still
        actions.ask_supplement(
            dossier_id=self.dossier.pk,
            wanted=WANTED,
            reason="Mới phát sinh",
            by=self.office(asker),
            at=self.now,
        )
        if stops:
            self.kept.waits.append(clock.Pause(self.day))

    def papers(self) -> None:
        actions.take_papers(
            dossier_id=self.dossier.pk, by=self.office(counter), at=self.now
        )
        calendar = places.work_calendar(self.dossier.competent)
        # Brought after closing, they are in with the next opening.
        arrived = clock.normalise(
            self.now, calendar, course.hours_of(self.dossier)
        ).date()
        self._close(self.kept.waits, "supplement", arrived)

    def leave_out(self, kind: str) -> None:
        stops = self.runs_still
        actions.open_left_out(
            dossier_id=self.dossier.pk,
            kind=kind,
            owner="cơ quan khác",
            paper="TB 1",
            by=self.office(specialist),
            at=self.now,
        )
        if stops:
            self.kept.left_out.append(clock.Pause(self.day, None, kind))

    def bring_back(self, kind: str) -> None:
        actions.close_left_out(
            dossier_id=self.dossier.pk,
            kind=kind,
            paper="BB 1",
            by=self.office(specialist),
            at=self.now,
        )
        self._close(self.kept.left_out, kind, self.day)

    def extend(self, days: int) -> None:
        due = self.dossier.due_on or self.day
        calendar = places.work_calendar(self.dossier.competent)
        new_due = calendar.nth_working_day(due, 1 + days)
        actions.apologise(
            dossier_id=self.dossier.pk,
            reason="Đo đạc chậm",
            new_due=new_due,
            by=self.office(signatory),
            at=self.now,
        )
        self.kept.extended_to = new_due

    @property
    def runs_still(self) -> bool:
        """Before the verb: has the due date in force not passed yet?"""
        return self.dossier.due_on is None or self.day <= self.dossier.due_on

    def _close(self, intervals: list[clock.Pause], kind: str, day: date) -> None:
        for number, one in enumerate(intervals):
            if one.kind == kind and one.ends is None:
                intervals[number] = replace(one, ends=max(day, one.starts))


@contextmanager
def thrown_away() -> Iterator[None]:
    """Each example in a transaction of its own, rolled back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def begin(received: datetime, procedure: str, case: str) -> Life:
    on = local_day(received)
    receipt = actions.open_and_receive(
        opening(on, procedure=procedure, case=case), by=counter(on), at=received
    )
    dossier = Dossier.objects.get(pk=receipt.dossier.pk)
    allowance = course.allowance_of(dossier)
    assert allowance is not None
    kept = Remembered(received, allowance, promised=dossier.due_on)
    life = Life(dossier, kept, received)
    check(life)
    taken = actions.take_up(dossier_id=dossier.pk, by=specialist(on), at=received)
    life.dossier = Dossier.objects.get(pk=taken.pk)
    check(life)
    return life


def check(life: Life) -> None:
    """The row, a fresh reading of its kept inputs, and this test's memory agree."""
    row = Dossier.objects.get(pk=life.dossier.pk)
    calendar = places.work_calendar(row.competent)
    reading = life.kept.reading(calendar, course.hours_of(row))
    assert row.due_on == life.kept.due(reading)
    assert row.day_zero == reading.day_zero
    assert row.left_out_days == reading.left_out_days
    assert row.provisional == reading.provisional
    # The promise printed on the slip never moves.
    assert row.promised_on == life.kept.promised

    cached = (row.due_on, row.due_at, row.left_out_days, row.provisional, row.day_zero)
    course.refresh(row)
    again = (row.due_on, row.due_at, row.left_out_days, row.provisional, row.day_zero)
    assert again == cached
    # What an interval says of itself is what the clock does.
    running = row.due_on is not None
    open_stops = Pause.objects.filter(dossier=row, ends_on__isnull=True, stops=True)
    assert open_stops.exists() != running
    life.dossier = row


verbs = st.one_of(
    st.just(("ask",)),
    st.just(("papers",)),
    st.tuples(st.just("leave_out"), st.sampled_from(KINDS)),
    st.tuples(st.just("bring_back"), st.sampled_from(KINDS)),
    st.tuples(st.just("extend"), st.integers(0, 20)),
)
steps = st.tuples(
    st.integers(0, 9),
    st.sampled_from([time(6, 30), time(9), time(11, 45), time(16, 59), time(20)]),
    verbs,
)


lives = given(
    first=st.sampled_from(FIRST_DAYS),
    hour=st.sampled_from([time(9), time(12), time(17, 30), time(23, 59)]),
    about=st.sampled_from([(LAND, "registration"), (LAND, "certificate"), (BIRTH, "")]),
    course_of_life=st.lists(steps, max_size=12),
    ending=st.sampled_from(["decide", "stop", "withdraw", None]),
)


def as_many_as(examples: int) -> settings:
    slow = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
    return settings(max_examples=examples, deadline=None, suppress_health_check=slow)


@as_many_as(20)
@lives
def test_after_every_verb_the_dates_are_a_fresh_reading(**life: Any) -> None:
    live(**life)


@pytest.mark.full
@as_many_as(400)
@lives
def test_after_every_verb_of_many_lives_the_dates_are_a_fresh_reading(
    **life: Any,
) -> None:
    live(**life)


def live(
    first: date,
    hour: time,
    about: tuple[str, str],
    course_of_life: list[tuple[int, time, tuple[Any, ...]]],
    ending: str | None,
) -> None:
    with thrown_away():
        life = begin(at_local(first, hour), *about)
        for days, clock_time, (verb, *given_with) in course_of_life:
            life.now = max(life.now, at_local(life.day + days * A_DAY, clock_time))
            with transaction.atomic():
                sid = transaction.savepoint()
                try:
                    getattr(life, verb)(*given_with)
                except MoveRefused:
                    transaction.savepoint_rollback(sid)
            check(life)
        if ending:
            check_ending(life, ending)


def check_ending(life: Life, ending: str) -> None:
    """Ended, the days in all and those left out of them stand side by side."""
    stood, pk = life.dossier.due_on, life.dossier.pk
    try:
        match ending:
            case "decide":
                actions.decide(dossier_id=pk, by=life.office(signatory), at=life.now)
            case "stop":
                actions.stop(
                    dossier_id=pk,
                    reason="Hết hạn bổ sung",
                    by=life.office(signatory),
                    at=life.now,
                )
            case _:
                actions.ask_withdrawal(
                    dossier_id=pk, by=life.office(counter), at=life.now
                )
                actions.grant_withdrawal(
                    dossier_id=pk, by=life.office(head), at=life.now
                )
    except MoveRefused:
        return
    row = Dossier.objects.get(pk=pk)
    assert not row.pauses.filter(ends_on__isnull=True).exists()
    for intervals in (life.kept.waits, life.kept.left_out):
        for number, one in enumerate(intervals):
            if one.ends is None:
                ends = max(life.day, one.starts)
                intervals[number] = replace(one, ends=ends)
    calendar = places.work_calendar(row.competent)
    reading = life.kept.reading(calendar, course.hours_of(row))
    assert row.left_out_days == reading.left_out_days
    assert row.promised_on == life.kept.promised
    # Judged by the date in force; a clock that stood still is read as it would go on.
    assert row.due_on == (stood or life.kept.due(reading))

    (ended,) = Event.objects.filter(
        subject=str(row.public_id), kind="dossiers.ended.v1"
    )
    said = ended.payload
    in_all = (life.day - local_day(life.kept.received)).days
    assert (said["days"], said["left_out"]) == (in_all, reading.left_out_days)
    assert 0 <= said["left_out"] <= said["days"]
    assert row.due_on is not None
    assert said["due"] == row.due_on.isoformat()
    assert said["judged"] == clock.judge(row.due_on, life.day)


# --- by hand -------------------------------------------------------------------------

ON = date(2025, 6, 10)


def land(case: str = "registration", **changes: Any) -> Dossier:
    return processing(at("2025-06-10"), procedure=LAND, case=case, **changes)


def post(dossier: Dossier, when: str) -> None:
    actions.open_left_out(
        dossier_id=dossier.pk,
        kind="public_posting",
        owner="UBND",
        paper="TB 12",
        by=specialist(ON),
        at=at(when),
    )


def end_of_posting(dossier: Dossier, when: str) -> None:
    actions.close_left_out(
        dossier_id=dossier.pk,
        kind="public_posting",
        paper="BB 3",
        by=specialist(ON),
        at=at(when),
    )


def public(dossier: Dossier) -> list[tuple[str, str | None]]:
    rows = Record.objects.filter(dossier=dossier.ledger_id).order_by("seq")
    texts = [json.loads(bytes(row.record)) for row in rows]
    return [(text["event"], text.get("due")) for text in texts]


def told(dossier: Dossier) -> list[str]:
    rows = Message.objects.filter(subject=str(dossier.public_id)).order_by("id")
    return [row.template for row in rows]


def test_papers_come_in_while_a_body_outside_still_has_it() -> None:
    """No date can be promised, yet the public clock runs on: `got` names the date
    there would be if the posting ended today."""
    dossier = land()
    post(dossier, "2025-06-11")
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=WANTED, by=specialist(ON), at=at("2025-06-12")
    )
    actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-06-16"))
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on) == ("processing", None)
    events = public(dossier)
    calendar = places.work_calendar(dossier.competent)
    limit = int(dossier.limit_quantity or 0)
    as_if = calendar.nth_working_day(date(2025, 6, 16), limit)
    assert events[1:] == [("need", None), ("got", as_if.isoformat())]
    end_of_posting(dossier, "2025-06-26")
    dossier.refresh_from_db()
    assert dossier.due_on is not None
    assert public(dossier)[-1] == ("extend", dossier.due_on.isoformat())
    assert dossier.due_on > as_if


def test_what_opens_between_the_old_date_and_an_apologys_new_one_stops_nothing() -> (
    None
):
    dossier = land()
    due = dossier.due_on
    assert due is not None
    actions.apologise(
        dossier_id=dossier.pk,
        reason="Đo đạc chậm",
        new_due=date(2025, 8, 29),
        by=signatory(ON),
        at=at("2025-06-20"),
    )
    request = actions.ask_supplement(
        dossier_id=dossier.pk,
        wanted=WANTED,
        by=specialist(ON),
        at=at((due + A_DAY).isoformat()),
    )
    dossier.refresh_from_db()
    assert (dossier.state, dossier.due_on) == ("supplement", date(2025, 8, 29))
    assert dossier.pauses.get(opening_paper=f"02/{request.number}").stops is False
    asked = Event.objects.get(kind="dossiers.documents_asked.v1")
    assert asked.payload["stops"] is False


def test_an_interval_that_stopped_nothing_moves_no_date_and_sends_no_letter() -> None:
    party = actions.PartyIn(role="owner", full_name="Lý A Sùng", telephone="0912345678")
    dossier = land(parties=(party,))
    due = dossier.due_on
    assert due is not None
    late = (due + A_DAY).isoformat()
    post(dossier, late)
    before = public(dossier), told(dossier)
    end_of_posting(dossier, (due + 20 * A_DAY).isoformat())
    dossier.refresh_from_db()
    assert (dossier.due_on, dossier.left_out_days) == (due, 0)
    assert (public(dossier), told(dossier)) == before


def test_days_left_out_of_a_limit_in_words_are_kept_too() -> None:
    """The officer's date stands; beside it stand the days that were not counted."""
    dossier = land(
        "after_notice", due_on=date(2025, 7, 31), due_why="Theo thông báo của chi cục"
    )
    assert (dossier.limit_quantity, dossier.due_on) == (None, date(2025, 7, 31))
    post(dossier, "2025-06-11")
    end_of_posting(dossier, "2025-06-26")
    dossier.refresh_from_db()
    assert (dossier.due_on, dossier.left_out_days) == (date(2025, 7, 31), 15)


def test_a_limit_in_words_has_no_date_while_papers_are_waited_for() -> None:
    """Nobody is late while the applicant has it; then the officer sets a new date."""
    dossier = land(
        "after_notice", due_on=date(2025, 6, 30), due_why="Theo thông báo của chi cục"
    )
    actions.ask_supplement(
        dossier_id=dossier.pk, wanted=WANTED, by=specialist(ON), at=at("2025-06-12")
    )
    assert Dossier.objects.get(pk=dossier.pk).due_on is None
    assert not Dossier.objects.late(date(2025, 8, 1)).exists()
    with pytest.raises(MoveRefused, match="needs_date"):
        actions.take_papers(dossier_id=dossier.pk, by=counter(ON), at=at("2025-07-10"))
    actions.take_papers(
        dossier_id=dossier.pk,
        due_on=date(2025, 7, 25),
        due_why="Như lần trước",
        by=counter(ON),
        at=at("2025-07-10"),
    )
    dossier.refresh_from_db()
    assert (dossier.due_on, dossier.promised_on) == (
        date(2025, 7, 25),
        date(2025, 6, 30),
    )
    assert public(dossier)[-1] == ("got", "2025-07-25")
