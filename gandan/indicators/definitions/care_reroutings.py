"""Sent to another agency."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import (
    OURS,
    Definition,
    Direction,
    Section,
    Unit,
    flow,
)

DEFINITION = Definition(
    code="care.reroutings",
    version=1,
    section=Section.CARE,
    title=_("Sent to another agency"),
    question=_(
        "Of the dossiers resolved, how many were sent to another competent "
        "agency on the way?"
    ),
    numerator=flow(measures.rerouted),
    denominator=flow(measures.resolved),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_("Withdrawn and stopped dossiers: nobody was owed an answer any more."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
