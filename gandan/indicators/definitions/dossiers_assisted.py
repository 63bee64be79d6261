"""Filed online with help."""

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
    code="dossiers.assisted",
    version=1,
    section=Section.INTAKE,
    title=_("Filed online with help"),
    question=_(
        "Of the dossiers filed online, how many were filed with an "
        "official's or helper's help?"
    ),
    numerator=flow(measures.assisted),
    denominator=flow(measures.received_online),
    unit=Unit.SHARE,
    direction=Direction.NEITHER,
    legal_basis=OURS,
    leaves_out=_("Help that nobody noted."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
