"""Open dossiers."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import (
    OURS,
    Definition,
    Direction,
    Section,
    Standing,
    Unit,
)

DEFINITION = Definition(
    code="dossiers.open",
    version=1,
    section=Section.RESULT,
    title=_("Open dossiers"),
    question=_("How many dossiers were open at the end of that day?"),
    numerator=Standing(measures.open_since, measures.ended_since),
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    legal_basis=OURS,
    leaves_out=_(
        "Dossiers that had ended by that day. One that waits for papers is open."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
