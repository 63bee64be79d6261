"""Stages, verbs and refusals of the reform index in words."""

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from gandan.indicators.models import ReformArea, ReformRound
from gandan.indicators.reform.rules import (
    Group,
    ReformRefused,
    RoundState,
    Stage,
    Verb,
    Why,
)
from gandan.ui.words import TagKind

Words = str | Promise

GROUPS: dict[Group, Words] = {
    Group.DEPARTMENTS: pgettext_lazy("reform", "departments"),
    Group.COMMUNES: pgettext_lazy("reform", "communes and wards"),
}
STATES: dict[RoundState, tuple[TagKind, Words]] = {
    RoundState.DRAFT: ("ended", pgettext_lazy("reform", "Being prepared")),
    RoundState.OPEN: ("you", pgettext_lazy("reform", "Under way")),
    RoundState.CLOSED: ("ok", pgettext_lazy("reform", "Closed")),
}
STAGES: dict[Stage, tuple[TagKind, Words]] = {
    Stage.SELF: ("you", pgettext_lazy("reform", "Unit scores itself")),
    Stage.FIRST: ("paused", pgettext_lazy("reform", "First appraisal")),
    Stage.EXPLAINING: ("you", pgettext_lazy("reform", "Unit explains")),
    Stage.SECOND: ("paused", pgettext_lazy("reform", "Second appraisal")),
    Stage.APPRAISED: ("ok", pgettext_lazy("reform", "Appraised")),
}
# The page on which a verb is done: its name and its buttons.
FILL: dict[Verb, Words] = {
    Verb.SCORE: gettext_lazy("Score the own unit"),
    Verb.APPRAISE: gettext_lazy("Appraise, first round"),
    Verb.EXPLAIN: gettext_lazy("Explain what was asked"),
    Verb.APPRAISE_AGAIN: gettext_lazy("Appraise, second round"),
    Verb.SURVEY: gettext_lazy("Enter points of the survey"),
}
END: dict[Verb, Words] = {
    Verb.HAND_IN: gettext_lazy("Save and hand in"),
    Verb.END_FIRST: gettext_lazy("Save and end the first round"),
    Verb.END_EXPLAINING: gettext_lazy("Save and lock the explanations"),
    Verb.END_SECOND: gettext_lazy("Save and end the second round"),
}
_REFUSALS: dict[Why, Words] = {
    Why.NOT_NOW: gettext_lazy("The sheet is in another stage now. Open it again."),
    Why.NOT_YOURS: gettext_lazy("This is for somebody with another role."),
    Why.OUT_OF_RANGE: gettext_lazy("Points are from 0 to the most of the item."),
    Why.UNKNOWN_ITEM: gettext_lazy("This item is not on the sheet."),
    Why.NOT_ASKED: gettext_lazy("No explanation was asked for this item."),
    Why.UNFINISHED: gettext_lazy("Something is still missing here."),
    Why.NO_REASON: gettext_lazy("Write the reason."),
    Why.FROZEN: gettext_lazy("The tree is frozen."),
    Why.BAD_DEADLINES: gettext_lazy(
        "The first deadline is today or later, and the second after the first."
    ),
    Why.CHANGED: gettext_lazy(
        "Somebody has changed the sheet meanwhile. What you typed stands below;"
        " open the sheet again to see the change."
    ),
    Why.NO_UNITS: gettext_lazy("The group has no unit today."),
    Why.EMPTY_TREE: gettext_lazy("The tree has no item with points."),
}


def explain(refusal: ReformRefused) -> str:
    return str(_REFUSALS[refusal.why])


def title(found: ReformRound) -> str:
    """«2026, xã, phường»."""
    return _("%(year)s, %(group)s") % {
        "year": found.year,
        "group": GROUPS[Group(found.group)],
    }


def area_name(area: ReformArea) -> str:
    language = (get_language() or "vi").split("-")[0]
    return str(area.name.get(language) or area.name["vi"])
