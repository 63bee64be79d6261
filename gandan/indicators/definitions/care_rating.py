"""Rating."""

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
    code="care.rating",
    version=1,
    section=Section.CARE,
    title=_("Rating"),
    question=_(
        "Which rating from 1 to 5 did people give the dossiers that ended, on average?"
    ),
    numerator=flow(measures.stars),
    denominator=flow(measures.rated),
    unit=Unit.POINTS,
    direction=Direction.HIGHER,
    legal_basis=OURS,
    leaves_out=_(
        "Dossiers that nobody rated. Below ten ratings nothing is shown, "
        "and the ratings themselves are never listed."
    ),
    least=10,
    opens=False,
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
