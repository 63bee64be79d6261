"""Working days: median."""

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
    code="time.working_days_median",
    version=1,
    section=Section.TIME,
    title=_("Working days: median"),
    question=_(
        "Half of the dossiers were resolved within how many counted working days?"
    ),
    numerator=Percentile(measures.working_days, Decimal("0.5")),
    unit=Unit.DAYS,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_(
        "Withdrawn and stopped dossiers; days that the law leaves out of the count."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
