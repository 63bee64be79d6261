"""Who sees which row of «Việc của tôi», in what order, and at what price."""

from datetime import date, timedelta
from typing import Any

import pytest

from gandan.duties import actions, queries
from gandan.duties.actions import Owed
from gandan.duties.models import Duty
from gandan.duties.queries import CAP, PAGE, Wanted
from gandan.kernel.actors import SYSTEM, Actor, Capacity, Role
from gandan.people.actors import actor_of
from gandan.people.models import Mandate, User
from gandan.places import queries as places
from gandan.places.models import Organisation
from tests.factories import at, committee, commune, desk, official

pytestmark = pytest.mark.django_db

NOW = at("2026-03-31")
TODAY = NOW.date()
WARD = "01273"


def division(code: str = WARD) -> Organisation:
    found = places.organisation_by_key(f"04.{code}@2025-07-01/vhxh")
    assert found is not None
    return found


def owe(subject: str, **changes: Any) -> Duty:
    """An open row of the ward's culture division; due in a week."""
    wanted: dict[str, Any] = {
        "kind": "process",
        "organisation": division().pk,
        "role": "specialist",
        "label": subject,
        "link": f"/ho-so/{subject}",
        "due_on": TODAY + timedelta(days=7),
    }
    owed = Owed(**wanted | changes)
    actions.set_duties(room="dossiers", subject=subject, owed=[owed], at=NOW)
    return Duty.objects.get(subject=subject, done_at__isnull=True)


def at_office(username: str, *held: tuple[Role, Organisation]) -> Actor:
    return official(username, *held, on=TODAY)


def seen(actor: Actor, **arguments: Any) -> list[str]:
    return [row.label for row in queries.page_of(actor, **arguments).rows]


def test_each_sees_the_rows_of_own_offices_and_roles() -> None:
    """A table by hand: row × reader."""
    here, other = division(), division("01279")
    lan = at_office("lan", (Role.SPECIALIST, here))
    mai = at_office("mai", (Role.SPECIALIST, here))
    head = at_office("head", (Role.UNIT_LEADER, here))
    counter = at_office("counter", (Role.COUNTER, desk(TODAY)))
    far = at_office("far", (Role.SPECIALIST, other))
    both = at_office("both", (Role.SPECIALIST, here), (Role.COUNTER, desk(TODAY)))
    owe("anyone", role="")
    owe("free")
    owe("lans", user=lan.user_id)
    owe("sign", role="signatory")
    owe("desk", organisation=desk(TODAY).pk, role="counter")

    assert {
        who: sorted(seen(actor))
        for who, actor in locals_of(
            lan=lan, mai=mai, head=head, counter=counter, far=far, both=both
        ).items()
    } == {
        "lan": ["anyone", "free", "lans"],
        "mai": ["anyone", "free"],
        "head": ["anyone", "free", "lans", "sign"],
        "counter": ["desk"],
        "far": [],
        "both": ["anyone", "desk", "free"],
    }


def test_a_deputy_sees_what_the_holder_on_leave_has_taken_up() -> None:
    here = division()
    lan = at_office("lan", (Role.SPECIALIST, here))
    mai = at_office("mai", (Role.SPECIALIST, here))
    owe("lans", user=lan.user_id)
    owe("lans elsewhere", user=lan.user_id, organisation=division("01279").pk)
    assert seen(mai) == []
    Mandate.objects.create(
        user_id=mai.user_id or 0,
        role="specialist",
        organisation=here,
        starts=TODAY,
        ends=TODAY + timedelta(days=10),
        deputy_for_id=lan.user_id,
    )
    stand_in = User.objects.get(pk=mai.user_id or 0)
    assert seen(actor_of(stand_in, TODAY)) == ["lans"]
    assert seen(actor_of(stand_in, TODAY + timedelta(days=10))) == []


def locals_of(**actors: Actor) -> dict[str, Actor]:
    return actors


@pytest.mark.parametrize(
    "actor",
    [
        SYSTEM,
        Actor(kind="citizen", id="", user_id=None),
        Actor(kind="official", id="x", user_id=1),
    ],
)
def test_without_a_mandate_there_is_no_list(actor: Actor) -> None:
    owe("free", role="")
    assert seen(actor) == []
    assert queries.head(actor) == queries.Head()
    assert queries.by_village(actor) == []
    assert queries.done(actor).rows == ()
    assert not queries.owed_by(actor).exists()


def test_a_row_held_in_two_capacities_is_shown_and_counted_once() -> None:
    here = division()
    lan = at_office("lan", (Role.SPECIALIST, here), (Role.UNIT_LEADER, here))
    owe("lans", user=lan.user_id)
    owe("free")
    assert sorted(seen(lan)) == ["free", "lans"]
    assert len(queries.head(lan).to_do) == 2


def test_the_least_time_left_stands_first_and_rows_without_a_date_last() -> None:
    lan = at_office("lan", (Role.SPECIALIST, division()))
    for subject, days in (("late", -3), ("far", 30), ("soon", 1)):
        owe(subject, due_on=TODAY + timedelta(days=days))
    owe("undated", due_on=None)
    assert seen(lan) == ["late", "soon", "far", "undated"]


def test_what_waits_for_others_stands_apart() -> None:
    lan = at_office("lan", (Role.SPECIALIST, division()))
    owe("mine")
    owe("theirs", waiting_for="Chi cục Thuế", waiting_since=TODAY)
    assert seen(lan) == ["mine"]
    assert seen(lan, waiting=True) == ["theirs"]
    head = queries.head(lan)
    assert (len(head.to_do), len(head.waiting)) == (1, 1)


def test_pages_by_key_hold_every_row_once_in_both_directions() -> None:
    here = division()
    lan = at_office("lan", (Role.SPECIALIST, here), (Role.COUNTER, desk(TODAY)))
    total = 2 * PAGE + 17
    for number in range(total):
        # Many share a due date, some have none, some are lan's own, some the desk's.
        owe(
            f"{number:03}",
            due_on=None if number % 10 == 9 else TODAY + timedelta(days=number % 4),
            user=lan.user_id if number % 3 == 0 else None,
            organisation=desk(TODAY).pk if number % 5 == 0 else here.pk,
            role="counter" if number % 5 == 0 else "specialist",
        )
    forwards, page = [], queries.page_of(lan)
    assert page.before is None
    forwards += [row.label for row in page.rows]
    while page.after:
        page = queries.page_of(lan, after=page.after)
        forwards += [row.label for row in page.rows]
    assert len(forwards) == len(set(forwards)) == total

    backwards = [row.label for row in page.rows]
    while page.before:
        page = queries.page_of(lan, before=page.before)
        backwards = [row.label for row in page.rows] + backwards
    assert backwards == forwards


def test_counts_stop_at_the_cap() -> None:
    here = division()
    lan = at_office("lan", (Role.SPECIALIST, here))
    Duty.objects.bulk_create(
        Duty(
            room="dossiers",
            subject=str(number),
            kind="process",
            organisation=here,
            role="specialist",
            label=str(number),
            link="/",
            since_at=NOW,
            due_on=TODAY,
        )
        for number in range(CAP + 40)
    )
    assert len(queries.head(lan).to_do) == CAP + 1


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (Wanted(), ["late", "today", "sign", "far"]),
        (Wanted(last=TODAY - timedelta(days=1)), ["late"]),
        (Wanted(first=TODAY, last=TODAY + timedelta(days=3)), ["today", "sign"]),
        (Wanted(kind="sign"), ["sign"]),
        (Wanted(place=queries.NOWHERE, village=""), ["today", "sign", "far"]),
    ],
)
def test_filters_narrow_the_same_list(wanted: Wanted, found: list[str]) -> None:
    here = division()
    lan = at_office("lan", (Role.UNIT_LEADER, here))
    owe("far", due_on=TODAY + timedelta(days=30))
    owe("sign", kind="sign", due_on=TODAY + timedelta(days=3))
    owe("late", due_on=TODAY - timedelta(days=1), place=commune(TODAY).pk)
    owe("today", due_on=TODAY)
    assert seen(lan, wanted=wanted) == found


def test_villages_gather_what_is_to_do_with_the_soonest_date() -> None:
    lan = at_office("lan", (Role.SPECIALIST, division()))
    ward = commune(TODAY).pk
    owe("a", place=ward, village="Nà Lũng", due_on=TODAY + timedelta(days=9))
    owe("b", place=ward, village="Nà Lũng", user=lan.user_id)
    owe("c", place=ward, village="Bản Giới", due_on=TODAY)
    owe("d", place=ward, village="Nà Lũng", waiting_for="applicant")
    lines = [(v.village, v.count, v.soonest) for v in queries.by_village(lan)]
    assert lines == [
        ("Bản Giới", 1, TODAY),
        ("Nà Lũng", 2, TODAY + timedelta(days=7)),
    ]


def test_what_is_done_moves_to_done_the_newest_first() -> None:
    here = division()
    lan = at_office("lan", (Role.SPECIALIST, here))
    mai = at_office("mai", (Role.SPECIALIST, here))
    for number, user in enumerate((lan.user_id, mai.user_id, None)):
        owe(f"row {number}", user=user)
        actions.clear(
            room="dossiers",
            subject=f"row {number}",
            at=NOW + timedelta(minutes=number),
        )
    assert [row.label for row in queries.done(lan).rows] == ["row 2", "row 0"]
    assert seen(lan) == []


def test_done_is_paged_by_key_even_where_many_ended_together() -> None:
    here = division()
    lan = at_office("lan", (Role.SPECIALIST, here))
    for number in range(PAGE + 20):
        owe(f"{number}")
        actions.clear(room="dossiers", subject=f"{number}", at=NOW)
    first = queries.done(lan)
    second = queries.done(lan, after=first.after)
    labels = [row.label for row in first.rows + second.rows]
    assert len(labels) == len(set(labels)) == PAGE + 20
    assert second.after is None


# --- a leader's lines -----------------------------------------------------------------


def test_a_chair_reads_the_whole_commune_but_not_its_desks_work() -> None:
    body = committee(TODAY)
    chair = at_office("chair", (Role.SIGNATORY, body))
    owe("to sign", kind="sign", role="signatory", organisation=body.pk)
    owe("late in a division", due_on=TODAY - timedelta(days=2))
    owe("late and waiting", due_on=TODAY - timedelta(days=2), waiting_for="applicant")
    owe("soon in a division", due_on=TODAY + timedelta(days=2))
    owe("late at the desk", organisation=desk(TODAY).pk, due_on=date(2026, 3, 2))
    owe("late elsewhere", organisation=division("01279").pk, due_on=date(2026, 3, 2))

    lines = queries.five_lines(chair, on=TODAY, soon=TODAY + timedelta(days=3))
    assert (lines.to_sign, lines.late, lines.late_soon) == (1, 2, 1)
    assert seen(chair) == ["to sign"]
    assert sorted(seen(chair, led=True)) == [
        "late in a division",
        "soon in a division",
        "to sign",
    ]


def test_the_head_of_a_desk_reads_the_desk() -> None:
    head = at_office("head", (Role.HEAD_ONE_STOP, desk(TODAY)))
    owe("late at the desk", organisation=desk(TODAY).pk, due_on=date(2026, 3, 2))
    owe("late in a division", due_on=date(2026, 3, 2))
    lines = queries.five_lines(head, on=TODAY, soon=TODAY)
    assert (lines.to_sign, lines.late, lines.late_soon) == (0, 1, 0)


def test_one_question_answers_every_count(django_assert_num_queries: Any) -> None:
    lan = at_office("lan", (Role.SPECIALIST, division()), (Role.COUNTER, desk(TODAY)))
    owe("free")
    with places.pinned():
        places.directory()
        with django_assert_num_queries(1):
            queries.head(lan)
        with django_assert_num_queries(2):
            queries.page_of(lan)


def test_a_denunciation_has_no_row_and_no_kind() -> None:
    from gandan.duties.web.wording import SAID

    assert not any("denunc" in kind for kind in SAID)
    capacity = Capacity(Role.SPECIALIST, division().pk, division().key)
    actor = Actor("official", "x", 0, (capacity,))
    assert queries.head(actor).to_do == ()
