"""The reform index of units: frozen tree, deadlines that lock, rounds, caps, score."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from gandan.duties.models import Duty
from gandan.indicators.models import (
    ReformArea,
    ReformMark,
    ReformNode,
    ReformRound,
    ReformSheet,
)
from gandan.indicators.reform import access, actions, queries, rules, trees
from gandan.indicators.reform.actions import Said
from gandan.indicators.reform.rules import (
    Leaf,
    Method,
    ReformRefused,
    RoundState,
    Stage,
    Verb,
    Why,
)
from gandan.kernel.actors import Role
from gandan.ledger.models import Event
from tests.factories import at
from tests.indicators import reform_rounds as rounds
from tests.indicators.reform_rounds import (
    EXPLAIN_UNTIL,
    OTHER,
    SELF_UNTIL,
    START,
    TODAY,
    leader,
    province,
    sheet_of,
)

# --- rules, by hand -------------------------------------------------------------------

UNIT, PROVINCE = Role.UNIT_LEADER, Role.PROVINCE_STEERING
# Written out from the description of the work, not from the code.
ALLOWED = {
    ("score", "self", UNIT),
    ("hand_in", "self", UNIT),
    ("appraise", "first", PROVINCE),
    ("end_first", "first", PROVINCE),
    ("adjust", "first", PROVINCE),
    ("explain", "explaining", UNIT),
    ("end_explaining", "explaining", UNIT),
    ("appraise_again", "second", PROVINCE),
    ("end_second", "second", PROVINCE),
    ("adjust", "second", PROVINCE),
    ("survey", "appraised", PROVINCE),
}


@pytest.mark.parametrize(
    ("verb", "stage", "role"), list(product(Verb, Stage, (UNIT, PROVINCE)))
)
def test_only_the_written_acts_are_open(verb: Verb, stage: Stage, role: Role) -> None:
    here = rules.open_verbs(state=RoundState.OPEN, stage=stage, roles={role})
    assert (verb in here) == ((verb, stage, role) in ALLOWED)
    for state in (RoundState.DRAFT, RoundState.CLOSED):
        assert not rules.open_verbs(state=state, stage=stage, roles={role})


@pytest.mark.parametrize(
    ("stored", "on", "expected"),
    [
        (Stage.SELF, date(2026, 3, 31), Stage.SELF),  # the last day is the unit's
        (Stage.SELF, date(2026, 4, 1), Stage.FIRST),
        (Stage.EXPLAINING, date(2026, 4, 15), Stage.EXPLAINING),
        (Stage.EXPLAINING, date(2026, 4, 16), Stage.SECOND),
        (Stage.FIRST, date(2027, 1, 1), Stage.FIRST),
        (Stage.APPRAISED, date(2027, 1, 1), Stage.APPRAISED),
    ],
)
def test_a_passed_deadline_locks_by_itself(
    stored: Stage, on: date, expected: Stage
) -> None:
    found = rules.stage_on(
        stored, on, self_until=SELF_UNTIL, explain_until=EXPLAIN_UNTIL
    )
    assert found is expected


OPEN, CLOSED = RoundState.OPEN, RoundState.CLOSED


@pytest.mark.parametrize(
    ("state", "stage", "sees"),
    [
        (OPEN, Stage.SELF, (False, False, False)),
        (OPEN, Stage.FIRST, (False, False, False)),
        (OPEN, Stage.EXPLAINING, (True, False, False)),
        (OPEN, Stage.SECOND, (True, False, False)),
        (OPEN, Stage.APPRAISED, (True, True, False)),  # the survey is still hidden
        (CLOSED, Stage.APPRAISED, (True, True, True)),
    ],
)
def test_a_unit_reads_a_round_once_it_has_ended_and_the_survey_last(
    state: RoundState, stage: Stage, sees: tuple[bool, bool, bool]
) -> None:
    unit = rules.sight(state=state, stage=stage, is_province=False)
    assert (unit.first, unit.second, unit.survey) == sees
    steering = rules.sight(state=state, stage=stage, is_province=True)
    assert (steering.first, steering.second, steering.survey) == (True, True, True)


def leaf(most: str, *given_points: str | None, area: str = "1") -> Leaf:
    first, second = (*given_points, None)[:2]
    return Leaf(
        area,
        Decimal(most),
        Method.APPRAISAL,
        None if first is None else Decimal(first),
        None if second is None else Decimal(second),
    )


def asked_of_people(most: str, points: str | None) -> Leaf:
    survey = None if points is None else Decimal(points)
    return Leaf("8", Decimal(most), Method.SURVEY, survey=survey)


@pytest.mark.parametrize(
    ("leaves", "bonus", "penalty", "appraised", "survey", "par"),
    [
        # (40 + 24) / 100 × 100
        ([leaf("70", "40"), asked_of_people("30", "24")], [], [], "40", "24", "64.00"),
        # The second round has the last word, also when it is a zero.
        (
            [leaf("70", "40", "0"), asked_of_people("30", "24")],
            *([], [], "0", "24", "24.00"),
        ),
        # Bonus 3 is capped at 2, penalty 5 at 3.
        (
            [leaf("70", "40"), asked_of_people("30", "24")],
            *(["1", "2"], ["5"], "39", "24", "63.00"),
        ),
        # A third: two decimals, half up.
        ([leaf("2", "1"), asked_of_people("1", "0")], [], [], "1", "0", "33.33"),
        ([leaf("6", "5"), asked_of_people("2", "0")], [], [], "5", "0", "62.50"),
        # Nobody spoke about it yet: no total, and no zero.
        ([leaf("70", None), asked_of_people("30", "24")], [], [], None, "24", None),
        ([leaf("70", "40"), asked_of_people("30", None)], [], [], "40", None, None),
    ],
)
def test_the_index_is_appraised_and_surveyed_points_of_the_most(
    leaves: list[Leaf],
    bonus: list[str],
    penalty: list[str],
    appraised: str | None,
    survey: str | None,
    par: str | None,
) -> None:
    found = rules.score(
        leaves,
        bonuses=map(Decimal, bonus),
        penalties=map(Decimal, penalty),
        bonus_cap=Decimal(2),
        penalty_cap=Decimal(3),
    )
    assert found.appraised == (None if appraised is None else Decimal(appraised))
    assert found.survey == (None if survey is None else Decimal(survey))
    assert found.par == (None if par is None else Decimal(par))


def test_an_areas_index_is_its_own_points_alone() -> None:
    found = rules.score(
        [leaf("10", "5"), leaf("30", "30", area="2"), asked_of_people("10", None)],
        bonuses=[Decimal(2)],
        bonus_cap=Decimal(2),
        penalty_cap=Decimal(0),
    )
    assert [(a.area, a.index) for a in found.areas] == [
        ("1", Decimal("50.00")),
        ("2", Decimal("100.00")),
        ("8", None),
    ]


@given(st.lists(st.integers(0, 500), max_size=6), st.lists(st.integers(0, 500)))
def test_caps_hold_however_many_bonuses_and_penalties(
    bonuses: list[int], penalties: list[int]
) -> None:
    found = rules.score(
        [leaf("10", "5")],
        bonuses=[Decimal(n) / 100 for n in bonuses],
        penalties=[Decimal(n) / 100 for n in penalties],
        bonus_cap=Decimal(2),
        penalty_cap=Decimal(3),
    )
    assert found.bonus == min(Decimal(sum(bonuses)) / 100, Decimal(2))
    assert found.penalty == min(Decimal(sum(penalties)) / 100, Decimal(3))
    assert found.appraised == 5 + found.bonus - found.penalty


# --- the tree -------------------------------------------------------------------------


def written(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "tree.csv"
    path.write_text("\n".join((",".join(trees.COLUMNS), *lines, "")), encoding="utf-8")
    return path


@pytest.mark.django_db
def test_eight_areas_are_seeded_and_marked_unverified() -> None:
    areas = ReformArea.objects.all()
    assert [area.code for area in areas] == list("12345678")
    assert not any(area.verified for area in areas)
    assert all(set(area.name) == {"vi", "en", "fr"} for area in areas)


@pytest.mark.django_db
def test_the_invented_tree_has_all_areas_and_a_hundred_points() -> None:
    found = rounds.draft()
    assert found.invented
    leaves = found.nodes.filter(most__isnull=False)
    assert sum(node.most or 0 for node in leaves) == 100
    assert {node.area for node in leaves} == set("12345678")
    # A hundred points are the demo's; the area's name is the province set's.
    assert found.nodes.get(code="2").name == "Cải cách thể chế"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["1,,,,,,", "1.1,A,2,,,,", "1.1,B,2,,,,"], "line 4, code: 1.1 stands twice"),
        (["1,,,,,,", "2.1,A,2,,,,"], "line 3, code: no line 2 stands above"),
        (["1,,5,,,,", "1.1,A,2,,,,"], "line 2, most: what has parts"),
        (["1,,,,,,", "1.1,A,,,,,"], "line 3, most: what has no parts"),
        (["9,,,,,,"], "line 2, code: '9' is not a code"),
        (["1,,,,,,", "1.1,,2,,,,"], "line 3, name: is empty"),
        (["1,,,,,,", "1.1,A,0,,,,"], "line 3, most: 0 is not above 0"),
        (["1,,,,,,", "1.1,A,2,guess,,,"], "line 3, method: 'guess' is none of"),
        ([], "line 1, file: there is no line in it"),
    ],
)
def test_a_tree_that_cannot_be_is_refused_whole(
    tmp_path: Path, lines: list[str], said: str
) -> None:
    path = written(tmp_path, *lines)
    with pytest.raises(CommandError) as refused:
        call_command(
            "import_reform_tree", str(path), year=2026, group="communes", verbosity=0
        )
    assert said in str(refused.value)
    assert not ReformRound.objects.exists()


@pytest.mark.django_db
def test_another_file_replaces_a_draft_and_never_an_opened_round(
    tmp_path: Path,
) -> None:
    rounds.draft()
    other = written(tmp_path, "1,,,,,,", "1.1,Khác,5,,,,")
    call_command("import_reform_tree", str(other), year=2026, group="communes")
    assert ReformNode.objects.count() == 2

    rounds.opened()
    assert ReformNode.objects.count() > 2
    with pytest.raises(CommandError, match="is frozen"):
        call_command("import_reform_tree", str(other), year=2026, group="communes")


@pytest.mark.django_db
def test_the_same_tree_again_is_unchanged_also_when_opened() -> None:
    rounds.opened()
    before = list(ReformNode.objects.values_list("pk", flat=True))
    rounds.draft()
    assert list(ReformNode.objects.values_list("pk", flat=True)) == before


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["update", "delete", "insert"])
def test_the_database_itself_keeps_an_opened_tree(how: str) -> None:
    found = rounds.opened()
    nodes = ReformNode.objects.filter(round=found)
    acts: dict[str, Callable[[], Any]] = {
        "update": lambda: nodes.filter(code="1.1").update(most=50),
        "delete": lambda: nodes.filter(code="1.1")._raw_delete("default"),
        "insert": lambda: ReformNode.objects.create(
            round=found, code="1.9", ordinal=99, name="Thêm", most=1
        ),
    }
    with pytest.raises(IntegrityError, match="frozen"), transaction.atomic():
        acts[how]()


# --- the work -------------------------------------------------------------------------


@pytest.mark.django_db
def test_every_commune_gets_its_sheet_with_every_item() -> None:
    found = rounds.opened()
    assert found.sheets.count() == 56
    leaves = found.nodes.filter(most__isnull=False).count()
    assert ReformMark.objects.filter(sheet__round=found).count() == 56 * leaves
    event = Event.objects.get(kind="indicators.reform_round_opened.v1")
    assert event.payload["sheets"] == 56


@pytest.mark.django_db
def test_departments_fill_in_a_tree_of_their_own() -> None:
    units = queries.units_of(rules.Group.DEPARTMENTS, TODAY)
    assert 10 <= len(units) <= 25
    assert not {unit.kind for unit in units} & {"people_committee"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("self_until", "explain_until"),
    [
        (date(2026, 3, 2), date(2026, 4, 1)),  # yesterday
        (date(2026, 3, 31), date(2026, 3, 31)),  # no day to explain
    ],
)
def test_a_round_opens_only_with_days_to_work_in(
    self_until: date, explain_until: date
) -> None:
    with pytest.raises(ReformRefused) as refused:
        actions.open_round(
            round_id=rounds.draft().pk,
            self_until=self_until,
            explain_until=explain_until,
            bonus_cap=Decimal(0),
            penalty_cap=Decimal(0),
            by=province(),
            at=START,
        )
    assert refused.value.why is Why.BAD_DEADLINES


def refused(act: Callable[[], Any]) -> tuple[Why, str]:
    """The refusal, after which nothing has changed."""
    before = (
        list(ReformMark.objects.order_by("pk").values()),
        list(ReformSheet.objects.order_by("pk").values()),
    )
    events = Event.objects.count()
    with pytest.raises(ReformRefused) as raised, transaction.atomic():
        act()
    after = (
        list(ReformMark.objects.order_by("pk").values()),
        list(ReformSheet.objects.order_by("pk").values()),
    )
    assert before == after
    assert Event.objects.count() == events
    return raised.value.why, raised.value.item


@pytest.mark.django_db
def test_a_leader_scores_the_own_unit_and_no_other() -> None:
    rounds.opened()
    ours, other = sheet_of(), sheet_of(OTHER)
    said = {"1.1": Said(Decimal("1.5"), "Kế hoạch 01")}

    actions.score(sheet_id=ours.pk, said=said, by=leader(), at=START)
    why, _item = refused(
        lambda: actions.score(sheet_id=other.pk, said=said, by=leader(), at=START)
    )
    assert why is Why.NOT_YOURS
    mark = ReformMark.objects.get(sheet=ours, node__code="1.1")
    assert (mark.self_points, mark.self_note) == (Decimal("1.5"), "Kế hoạch 01")
    event = Event.objects.get(kind="indicators.reform_sheet_scored.v1")
    assert event.payload == {"items": 1}
    assert event.organisation == ours.organisation.key


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "points", "why"),
    [
        ("1.1", "2.01", Why.OUT_OF_RANGE),  # the most is 2
        ("1.1", "-0.5", Why.OUT_OF_RANGE),
        ("9.9", "1", Why.UNKNOWN_ITEM),
        ("8.1", "5", Why.UNKNOWN_ITEM),  # people's answers are not the unit's to give
    ],
)
def test_points_are_of_an_item_and_within_it(code: str, points: str, why: Why) -> None:
    rounds.opened()
    said = {code: Said(Decimal(points))}
    found = refused(
        lambda: actions.score(sheet_id=sheet_of().pk, said=said, by=leader(), at=START)
    )
    assert found == (why, code)


@pytest.mark.django_db
def test_after_the_deadline_nothing_is_scored_and_the_province_may_begin() -> None:
    rounds.opened()
    sheet, said = sheet_of(), {"1.1": Said(Decimal(1))}
    last, after = at("2026-03-31", "23:59"), at("2026-04-01", "00:00")

    actions.score(sheet_id=sheet.pk, said=said, by=leader(), at=last)
    why, _item = refused(
        lambda: actions.score(sheet_id=sheet.pk, said=said, by=leader(), at=after)
    )
    assert why is Why.NOT_NOW
    actions.appraise(sheet_id=sheet.pk, said=said, by=province(), at=after)
    assert sheet_of().stage == Stage.FIRST


@pytest.mark.django_db
def test_a_sheet_is_handed_in_whole_and_then_locked() -> None:
    rounds.opened()
    sheet = sheet_of()
    actions.score(
        sheet_id=sheet.pk, said={"1.1": Said(Decimal(1))}, by=leader(), at=START
    )
    found = refused(
        lambda: actions.end_stage(
            sheet_id=sheet.pk, verb=Verb.HAND_IN, by=leader(), at=START
        )
    )
    assert found == (Why.UNFINISHED, "1.2.1")

    rounds.handed_in()
    why, _item = refused(
        lambda: actions.score(
            sheet_id=sheet.pk, said={"1.1": Said(Decimal(2))}, by=leader(), at=START
        )
    )
    assert why is Why.NOT_NOW
    assert sheet_of().handed_in_by == leader().id


@pytest.mark.django_db
def test_a_question_needs_its_reason() -> None:
    rounds.opened()
    sheet = rounds.handed_in()
    found = refused(
        lambda: actions.appraise(
            sheet_id=sheet.pk,
            said={"1.1": Said(Decimal(1), "", asks=True)},
            by=province(),
            at=START,
        )
    )
    assert found == (Why.NO_REASON, "1.1")


@pytest.mark.django_db
def test_only_what_was_asked_is_explained_and_appraised_again() -> None:
    rounds.opened()
    sheet = rounds.asked(item="3.2.1")
    assert sheet.stage == Stage.EXPLAINING
    found = refused(
        lambda: actions.explain(
            sheet_id=sheet.pk, said={"1.1": "Xin giải trình"}, by=leader(), at=START
        )
    )
    assert found == (Why.NOT_ASKED, "1.1")
    end = Verb.END_EXPLAINING
    assert refused(
        lambda: actions.end_stage(sheet_id=sheet.pk, verb=end, by=leader(), at=START)
    ) == (Why.UNFINISHED, "3.2.1")

    actions.explain(
        sheet_id=sheet.pk, said={"3.2.1": "12 hồ sơ lỗi mạng"}, by=leader(), at=START
    )
    actions.end_stage(sheet_id=sheet.pk, verb=end, by=leader(), at=START)
    assert refused(
        lambda: actions.explain(
            sheet_id=sheet.pk, said={"3.2.1": "Thêm"}, by=leader(), at=START
        )
    ) == (Why.NOT_NOW, "")
    assert refused(
        lambda: actions.appraise_again(
            sheet_id=sheet.pk, said={"1.1": Said(Decimal(2))}, by=province(), at=START
        )
    ) == (Why.NOT_ASKED, "1.1")

    actions.appraise_again(
        sheet_id=sheet.pk, said={"3.2.1": Said(Decimal(11))}, by=province(), at=START
    )
    actions.end_stage(sheet_id=sheet.pk, verb=Verb.END_SECOND, by=province(), at=START)
    result = queries.score_of(sheet_of())
    # Half of 70, but 11 instead of 6 for the item that was explained.
    assert result.appraised == 35 - 6 + 11
    assert sheet_of().stage == Stage.APPRAISED


@pytest.mark.django_db
def test_without_a_question_the_first_round_is_the_last() -> None:
    rounds.opened()
    assert rounds.appraised().stage == Stage.APPRAISED


@pytest.mark.django_db
def test_the_survey_comes_last() -> None:
    rounds.opened()
    sheet = rounds.asked()
    found = refused(
        lambda: actions.survey(
            sheet_id=sheet.pk, points={"8.1": Decimal(5)}, by=province(), at=START
        )
    )
    assert found == (Why.NOT_NOW, "")


@pytest.mark.django_db
def test_a_round_closes_only_when_every_sheet_has_its_points() -> None:
    found = rounds.opened()
    rounds.surveyed()
    why, _item = refused(
        lambda: actions.close_round(round_id=found.pk, by=province(), at=START)
    )
    assert why is Why.UNFINISHED


@pytest.mark.django_db
def test_a_closed_round_writes_down_what_each_unit_reached() -> None:
    rounds.closed()
    ours, other = sheet_of(), sheet_of(OTHER)
    # Half of 70 appraised; 80 % and 40 % of 30 surveyed.
    assert (ours.appraised, ours.survey, ours.most) == tuple(
        map(Decimal, (35, 24, 100))
    )
    assert (ours.par, other.par) == (Decimal("59.00"), Decimal("47.00"))
    why, _item = refused(
        lambda: actions.score(sheet_id=ours.pk, said={}, by=leader(), at=START)
    )
    assert why is Why.NOT_NOW


@pytest.mark.django_db
def test_bonus_and_penalty_have_a_reason_and_a_cap() -> None:
    rounds.opened()
    sheet = rounds.handed_in()

    def adjusted(points: str, reason: str = "Sáng kiến được công nhận") -> None:
        actions.adjust(
            sheet_id=sheet.pk,
            points=Decimal(points),
            reason=reason,
            by=province(),
            at=START,
        )

    assert refused(lambda: adjusted("1", " ")) == (Why.NO_REASON, "")
    assert refused(lambda: adjusted("0")) == (Why.NO_REASON, "")
    for points in ("1.5", "1.5", "-4"):
        adjusted(points)
    result = queries.score_of(sheet_of())
    assert (result.bonus, result.penalty) == (Decimal(2), Decimal(3))


@pytest.mark.django_db
def test_a_form_of_an_older_version_is_refused() -> None:
    rounds.opened()
    sheet = sheet_of()
    said = {"1.1": Said(Decimal(1))}
    first = sheet.version
    actions.score(sheet_id=sheet.pk, said=said, by=leader(), at=START, version=first)
    why, _item = refused(
        lambda: actions.score(
            sheet_id=sheet.pk, said=said, by=leader(), at=START, version=first
        )
    )
    assert why is Why.CHANGED


def picture() -> BytesIO:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (20, 20), "white").save(out, "PNG")
    out.seek(0)
    return out


@pytest.mark.django_db
def test_evidence_hangs_at_its_item_while_the_unit_may_write() -> None:
    rounds.opened()
    sheet = sheet_of()

    def attach(code: str = "1.1", by: Any = None) -> None:
        actions.attach(
            sheet_id=sheet.pk,
            code=code,
            content=picture(),
            name="ke-hoach.png",
            by=by or leader(),
            at=START,
        )

    attach()
    mark = ReformMark.objects.get(sheet=sheet, node__code="1.1")
    (file,) = queries.files_of(sheet)[str(mark.public_id)]
    assert (file.kind, file.retention_class) == ("reform_evidence", "reform_index")
    assert refused(lambda: attach(by=leader(OTHER))) == (Why.NOT_YOURS, "")

    rounds.asked(item="3.2.1")
    assert refused(lambda: attach("1.1")) == (Why.NOT_ASKED, "1.1")
    attach("3.2.1")
    asked = ReformMark.objects.get(sheet=sheet, node__code="3.2.1")
    (answer,) = queries.files_of(sheet)[str(asked.public_id)]
    assert answer.kind == "reform_explanation"


def owed(code: str = rounds.OURS) -> list[tuple[str, date | None]]:
    """What the unit's leader finds in «Việc của tôi» of this index."""
    rows = Duty.objects.filter(
        room="reform", subject=str(sheet_of(code).public_id), done_at=None
    )
    return [(row.kind, row.due_on) for row in rows]


@pytest.mark.django_db
def test_a_unit_owes_its_points_then_its_explanation_then_nothing() -> None:
    rounds.opened()
    assert Duty.objects.filter(room="reform", done_at=None).count() == 56
    assert owed() == [("reform_score", SELF_UNTIL)]
    rounds.handed_in(OTHER)
    assert owed(OTHER) == []
    sheet = rounds.asked()
    assert owed() == [("reform_explain", EXPLAIN_UNTIL)]
    actions.explain(
        sheet_id=sheet.pk, said={"3.2.1": "Lỗi mạng"}, by=leader(), at=START
    )
    actions.end_stage(
        sheet_id=sheet.pk, verb=Verb.END_EXPLAINING, by=leader(), at=START
    )
    assert owed() == []


@pytest.mark.django_db
def test_a_missed_deadline_stays_owed_until_the_province_takes_the_sheet() -> None:
    rounds.opened()
    assert owed() == [("reform_score", SELF_UNTIL)]
    actions.appraise(
        sheet_id=sheet_of().pk,
        said={"1.1": Said(Decimal(0))},
        by=province(),
        at=at("2026-04-01"),
    )
    assert owed() == []


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_a_sheet_is_handed_in_once() -> None:
    rounds.opened()
    sheet, by = sheet_of(), leader()
    said = rounds.all_said(sheet)
    actions.score(sheet_id=sheet.pk, said=said, by=by, at=START)

    def press(_: int) -> str:
        try:
            actions.end_stage(sheet_id=sheet.pk, verb=Verb.HAND_IN, by=by, at=START)
        except ReformRefused as refusal:
            return refusal.why.value
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, range(2)))
    assert answers == ["done", "not_now"]
    ended = Event.objects.filter(kind="indicators.reform_stage_ended.v1")
    assert ended.count() == 1


# --- who sees -------------------------------------------------------------------------


@pytest.mark.django_db
def test_a_unit_never_sees_another_sheet_before_the_round_is_closed() -> None:
    found = rounds.opened()
    assert [s.pk for s in access.visible_to(leader())] == [sheet_of().pk]
    assert access.visible_to(province()).count() == 56
    found.sheets.exclude(pk__in=[sheet_of().pk, sheet_of(OTHER).pk]).delete()
    for code in (rounds.OURS, OTHER):
        rounds.surveyed(code)
        assert access.visible_to(leader()).count() == 1
    actions.close_round(round_id=found.pk, by=province(), at=START)
    assert access.visible_to(leader()).count() == 2


@pytest.mark.django_db
def test_a_draft_is_the_provinces_alone() -> None:
    rounds.draft()
    assert not access.rounds_for(leader()).exists()
    assert access.rounds_for(province()).count() == 1


@pytest.mark.django_db
def test_a_unit_does_not_learn_the_survey_from_its_total() -> None:
    rounds.opened()
    sheet = rounds.surveyed()
    seen = access.sight_of(leader(), sheet, TODAY)
    result = queries.score_of(sheet, seen=seen)
    assert result.survey is None
    assert result.par is None
    assert all(area.given is None for area in result.areas if area.area == "8")
