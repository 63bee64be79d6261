"""Working days: nine in ten."""

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
    code="time.working_days_p90",
    version=1,
    section=Section.TIME,
    title=_("Working days: nine in ten"),
    question=_(
        "Nine in ten dossiers were resolved within how many counted working days?"
    ),
    numerator=Percentile(measures.working_days, Decimal("0.9")),
    unit=Unit.DAYS,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_(
        "Withdrawn and stopped dossiers; days that the law leaves out of the count."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
