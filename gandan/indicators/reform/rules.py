"""Stages of a sheet, who may do what in each, what each side may read, the score."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from gandan.kernel.actors import Role


class Group(StrEnum):
    """Units of one group fill in the same tree."""

    DEPARTMENTS = "departments"
    COMMUNES = "communes"


class RoundState(StrEnum):
    DRAFT = "draft"  # the tree may still change
    OPEN = "open"  # the tree is frozen, units score
    CLOSED = "closed"  # results stand, every unit reads every sheet


class Stage(StrEnum):
    SELF = "self"
    FIRST = "first"
    EXPLAINING = "explaining"
    SECOND = "second"
    APPRAISED = "appraised"


class Method(StrEnum):
    APPRAISAL = "appraisal"
    SURVEY = "survey"


class Verb(StrEnum):
    SCORE = "score"
    HAND_IN = "hand_in"
    APPRAISE = "appraise"
    END_FIRST = "end_first"
    EXPLAIN = "explain"
    END_EXPLAINING = "end_explaining"
    APPRAISE_AGAIN = "appraise_again"
    END_SECOND = "end_second"
    ADJUST = "adjust"
    SURVEY = "survey"


@dataclass(frozen=True, slots=True)
class Rule:
    stages: frozenset[Stage]
    by: Role


def _rule(by: Role, *stages: Stage) -> Rule:
    return Rule(frozenset(stages), by)


_UNIT, _PROVINCE = Role.UNIT_LEADER, Role.PROVINCE_STEERING
RULES: dict[Verb, Rule] = {
    Verb.SCORE: _rule(_UNIT, Stage.SELF),
    Verb.HAND_IN: _rule(_UNIT, Stage.SELF),
    Verb.APPRAISE: _rule(_PROVINCE, Stage.FIRST),
    Verb.END_FIRST: _rule(_PROVINCE, Stage.FIRST),
    Verb.EXPLAIN: _rule(_UNIT, Stage.EXPLAINING),
    Verb.END_EXPLAINING: _rule(_UNIT, Stage.EXPLAINING),
    Verb.APPRAISE_AGAIN: _rule(_PROVINCE, Stage.SECOND),
    Verb.END_SECOND: _rule(_PROVINCE, Stage.SECOND),
    Verb.ADJUST: _rule(_PROVINCE, Stage.FIRST, Stage.SECOND),
    # Last, when nothing of the appraisal can move any more.
    Verb.SURVEY: _rule(_PROVINCE, Stage.APPRAISED),
}


class Why(StrEnum):
    NOT_NOW = "not_now"
    NOT_YOURS = "not_yours"
    OUT_OF_RANGE = "out_of_range"
    UNKNOWN_ITEM = "unknown_item"
    NOT_ASKED = "not_asked"
    UNFINISHED = "unfinished"
    NO_REASON = "no_reason"
    FROZEN = "frozen"
    BAD_DEADLINES = "bad_deadlines"
    CHANGED = "changed"
    NO_UNITS = "no_units"
    EMPTY_TREE = "empty_tree"


class ReformRefused(Exception):
    """Not now, not by this person, or not with these points; `item` is its code."""

    def __init__(self, why: Why, item: str = "") -> None:
        super().__init__(f"{why.value} {item}".strip())
        self.why, self.item = why, item


def stage_on(
    stored: Stage, on: date, *, self_until: date, explain_until: date
) -> Stage:
    """A passed deadline locks by itself: nobody has to press a button at midnight.

    The last day still belongs to the unit.
    """
    if stored is Stage.SELF and on > self_until:
        return Stage.FIRST
    if stored is Stage.EXPLAINING and on > explain_until:
        return Stage.SECOND
    return stored


def check(verb: Verb, *, state: RoundState, stage: Stage, is_theirs: bool) -> None:
    """`is_theirs`: the actor holds the verb's role for this sheet."""
    if not is_theirs:
        raise ReformRefused(Why.NOT_YOURS)
    if state is not RoundState.OPEN or stage not in RULES[verb].stages:
        raise ReformRefused(Why.NOT_NOW)


def open_verbs(
    *, state: RoundState, stage: Stage, roles: Collection[Role]
) -> frozenset[Verb]:
    if state is not RoundState.OPEN:
        return frozenset()
    return frozenset(
        verb
        for verb, rule in RULES.items()
        if stage in rule.stages and rule.by in roles
    )


def check_points(points: Decimal | None, most: Decimal, item: str) -> None:
    if points is not None and not 0 <= points <= most:
        raise ReformRefused(Why.OUT_OF_RANGE, item)


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a sheet a reader is shown. The unit reads a round once it has ended, and
    points of the survey only once the whole round is closed."""

    first: bool
    second: bool
    survey: bool


def sight(*, state: RoundState, stage: Stage, is_province: bool) -> Sight:
    if is_province or state is RoundState.CLOSED:
        return Sight(first=True, second=True, survey=True)
    ended_first = stage in {Stage.EXPLAINING, Stage.SECOND, Stage.APPRAISED}
    return Sight(first=ended_first, second=stage is Stage.APPRAISED, survey=False)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One item that carries points, with what was given so far."""

    area: str
    most: Decimal
    method: Method
    first: Decimal | None = None
    second: Decimal | None = None
    survey: Decimal | None = None

    @property
    def given(self) -> Decimal | None:
        """The last word on it; None while nobody has spoken: no zero."""
        if self.method is Method.SURVEY:
            return self.survey
        return self.first if self.second is None else self.second


@dataclass(frozen=True, slots=True)
class AreaScore:
    area: str
    given: Decimal | None
    most: Decimal

    @property
    def index(self) -> Decimal | None:
        return share(self.given, self.most)


@dataclass(frozen=True, slots=True)
class Score:
    """`appraised` holds bonus and penalty, each no more than its cap."""

    areas: tuple[AreaScore, ...]
    bonus: Decimal
    penalty: Decimal
    appraised: Decimal | None
    survey: Decimal | None
    most: Decimal

    @property
    def par(self) -> Decimal | None:
        """(appraised + survey) / max × 100; none while a part is missing."""
        if self.appraised is None or self.survey is None:
            return None
        return share(self.appraised + self.survey, self.most)


_CENT = Decimal("0.01")
NOTHING = Decimal(0)


def share(given: Decimal | None, most: Decimal) -> Decimal | None:
    """In per cent, two decimals, half up."""
    if given is None or most == 0:
        return None
    return (given * 100 / most).quantize(_CENT, rounding=ROUND_HALF_UP)


def _sum(leaves: Sequence[Leaf]) -> Decimal | None:
    given = [leaf.given for leaf in leaves]
    if any(points is None for points in given):
        return None
    return sum((points for points in given if points is not None), Decimal(0))


def score(
    leaves: Iterable[Leaf],
    *,
    bonuses: Iterable[Decimal] = (),
    penalties: Iterable[Decimal] = (),
    bonus_cap: Decimal,
    penalty_cap: Decimal,
) -> Score:
    """An area's index is its own points alone; bonus and penalty move the total."""
    all_of = tuple(leaves)
    bonus = min(sum(bonuses, Decimal(0)), bonus_cap)
    penalty = min(sum(penalties, Decimal(0)), penalty_cap)
    appraised = _sum([leaf for leaf in all_of if leaf.method is Method.APPRAISAL])
    areas = sorted({leaf.area for leaf in all_of})
    return Score(
        areas=tuple(
            AreaScore(
                area,
                _sum([leaf for leaf in all_of if leaf.area == area]),
                sum((leaf.most for leaf in all_of if leaf.area == area), Decimal(0)),
            )
            for area in areas
        ),
        bonus=bonus,
        penalty=penalty,
        appraised=None if appraised is None else appraised + bonus - penalty,
        survey=_sum([leaf for leaf in all_of if leaf.method is Method.SURVEY]),
        most=sum((leaf.most for leaf in all_of), Decimal(0)),
    )
