"""Asked where it is."""

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
    code="care.nudges",
    version=1,
    section=Section.CARE,
    title=_("Asked where it is"),
    question=_(
        "Of the dossiers received, how many had to be asked after by the applicant?"
    ),
    numerator=flow(measures.nudged),
    denominator=flow(measures.received),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_("Questions by telephone or at the desk that nobody noted."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
