"""Days in all: median."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import (
    OURS,
    Definition,
    Direction,
    Percentile,
    Section,
    Unit,
)

DEFINITION = Definition(
    code="cost.days_all_median",
    version=1,
    section=Section.COST,
    title=_("Days in all: median"),
    question=_(
        "Half of the dossiers were resolved within how many days in all, "
        "pauses and other bodies' time included?"
    ),
    numerator=Percentile(measures.days_all, Decimal("0.5")),
    unit=Unit.DAYS,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_("Withdrawn and stopped dossiers: nobody was owed an answer any more."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
