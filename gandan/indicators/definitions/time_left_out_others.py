"""Left-out days: other bodies."""

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
    code="time.left_out_others",
    version=1,
    section=Section.TIME,
    title=_("Left-out days: other bodies"),
    question=_(
        "How many days did dossiers stand still while another body owed something?"
    ),
    numerator=flow(measures.left_out_others),
    unit=Unit.DAYS,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_(
        "Intervals that still run, and requests made after the due day: "
        "they stopped nothing."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
