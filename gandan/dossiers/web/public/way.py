"""The way of a dossier and who has it: where it was, where it is, what is to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gandan.dossiers.models import Dossier, StepRun
from gandan.dossiers.rules.moves import ENDED, State
from gandan.dossiers.web import presenting, wording
from gandan.dossiers.web.public.card import desk_name, is_protected, vietnamese
from gandan.kernel.localtime import local_day
from gandan.procedures.rules import Step as Planned
from gandan.procedures.web.wording import said
from gandan.ui import words

# The desk's own first and last steps have lines of their own.
_AT_THE_DESK = frozenset({"receive", "return"})


@dataclass(frozen=True, slots=True)
class Step:
    state: str  # done, current, next
    name: str
    who: str = ""
    day: date | None = None
    note: str = ""


def steps_of(dossier: Dossier) -> list[Step]:
    """The officer's name stands where an officer has the dossier."""
    state = State(dossier.state)
    desk = vietnamese(desk_name(dossier.received_by))
    steps = []
    if at := dossier.submitted_at:
        steps.append(Step("done", _("Filed online"), day=local_day(at)))
    if dossier.received_at is None:
        if state is State.REJECTED:
            return [*steps, Step("current", str(wording.PUBLIC_STATE[state]))]
        return [*steps, Step("current", _("Reception"), who=desk)]
    day = local_day(dossier.received_at)
    steps.append(Step("done", _("Received"), who=desk, day=day))
    steps += _inside(dossier)
    if state is State.STOPPED:
        return [*steps, Step("done", _("Stopped"), day=dossier.ended_on)]
    ended, handed = state in ENDED, state is State.RETURNED
    result = "done" if ended else "next"
    who = vietnamese(dossier.competent.name)
    steps.append(Step(result, _("Result"), who=who, day=dossier.ended_on))
    last = "done" if handed else "current" if ended else "next"
    steps.append(Step(last, _("Handing over"), who=desk, day=dossier.returned_on))
    return steps


def _inside(dossier: Dossier) -> list[Step]:
    """From reception to result: the catalogue's steps as far as they were taken."""
    ended = State(dossier.state) in ENDED
    runs = list(dossier.runs.all())
    plan = [] if is_protected(dossier) else _plan(dossier)
    if not plan:
        state = "done" if ended else "current"
        who = "" if ended else _office(dossier)
        return [Step(state, _("Processing"), who=who, note=_note(dossier))]
    steps = [_taken(dossier, run, plan, ended) for run in runs]
    if ended:
        return steps
    if not runs:  # nobody has taken it up yet
        who = _office(dossier)
        first = Step("current", _name(plan[0]), who=who, note=_note(dossier))
        return [first, *(_to_come(dossier, one) for one in plan[1:])]
    taken = {run.key for run in runs}
    last = max((i for i, one in enumerate(plan) if one.key in taken), default=-1)
    return steps + [_to_come(dossier, one) for one in plan[last + 1 :]]


def _plan(dossier: Dossier) -> list[Planned]:
    return [one for one in dossier.procedure.steps() if one.key not in _AT_THE_DESK]


def _name(planned: Planned) -> str:
    return said(planned.words, planned.key).text


def _taken(
    dossier: Dossier, run: StepRun, plan: Sequence[Planned], ended: bool
) -> Step:
    planned = next((one for one in plan if one.key == run.key), None)
    name = _name(planned) if planned else run.name or str(_("Processing"))
    office = run.office.name if run.office else dossier.competent.name
    if run.outside:
        who = said(planned.owner, run.name).text if planned else run.name
    elif run.officer is not None:
        who = vietnamese(f"{office} · {run.officer.full_name}")
    else:
        who = vietnamese(office)
    if run.ended_at is not None or ended:
        day = local_day(run.ended_at) if run.ended_at else dossier.ended_on
        return Step("done", name, who=who, day=day)
    note = _note(dossier)
    if run.outside and run.due_on and not note:
        note = _("Its own limit: %(day)s") % {"day": words.day(run.due_on)}
    return Step("current", name, who=who, note=note)


def _to_come(dossier: Dossier, planned: Planned) -> Step:
    """Whose it will be; a body outside by its own name."""
    owner = said(planned.owner, "").text
    office = dossier.office or dossier.competent
    inside = dossier.competent if planned.office == "signatory" else office
    return Step("next", _name(planned), who=owner or vietnamese(inside.name))


def _office(dossier: Dossier) -> str:
    office = dossier.office.name if dossier.office else dossier.competent.name
    if dossier.officer is None:
        return vietnamese(office)
    return vietnamese(f"{office} · {dossier.officer.full_name}")


def _note(dossier: Dossier) -> str:
    """For whom the clock waits, and their limit."""
    pause = next((p for p in dossier.pauses.all() if p.ends_on is None), None)
    if pause is None:
        return ""
    if is_protected(dossier) and pause.owner != "applicant":
        return str(_("Waiting for another body"))
    whose = presenting.whose(pause.owner)
    if not pause.limit_on:
        return _("Waiting for %(whose)s") % {"whose": whose}
    return _("Waiting for %(whose)s, whose limit is %(day)s") % {
        "whose": whose,
        "day": words.day(pause.limit_on),
    }
