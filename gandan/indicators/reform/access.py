"""Whose sheet a person may see: the province all of them, a unit its own; another
unit's only once the round is closed."""

from datetime import date

from django.db.models import Q, QuerySet

from gandan.indicators.models import ReformRound, ReformSheet
from gandan.indicators.reform import rules
from gandan.indicators.reform.rules import RoundState, Stage
from gandan.kernel.actors import Actor, Role

READERS = (Role.UNIT_LEADER, Role.PROVINCE_STEERING)


def is_province(actor: Actor) -> bool:
    return Role.PROVINCE_STEERING in actor.roles


def visible_to(actor: Actor) -> QuerySet[ReformSheet]:
    sheets = ReformSheet.objects.select_related("round", "organisation")
    if is_province(actor):
        return sheets
    led = actor.organisations(Role.UNIT_LEADER)
    if not led:
        return sheets.none()
    own = Q(organisation__in=led)
    return sheets.filter(own | Q(round__state=RoundState.CLOSED.value))


def rounds_for(actor: Actor) -> QuerySet[ReformRound]:
    """A draft is the province's alone."""
    rounds = ReformRound.objects.all()
    if is_province(actor):
        return rounds
    seen = visible_to(actor).values("round")
    return rounds.filter(pk__in=seen)


def holds(actor: Actor, role: Role, sheet: ReformSheet) -> bool:
    """The role for this sheet: a unit's leader at that very unit."""
    if role is Role.PROVINCE_STEERING:
        return is_province(actor)
    return actor.has(role, sheet.organisation_id)


def roles_for(actor: Actor, sheet: ReformSheet) -> frozenset[Role]:
    return frozenset(role for role in READERS if holds(actor, role, sheet))


def stage_of(sheet: ReformSheet, on: date) -> Stage:
    found = sheet.round
    stored = Stage(sheet.stage)
    if found.self_until is None or found.explain_until is None:
        return stored
    return rules.stage_on(
        stored, on, self_until=found.self_until, explain_until=found.explain_until
    )


def sight_of(actor: Actor, sheet: ReformSheet, on: date) -> rules.Sight:
    return rules.sight(
        state=RoundState(sheet.round.state),
        stage=stage_of(sheet, on),
        is_province=is_province(actor),
    )
