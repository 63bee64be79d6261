"""Visits in vain per finished dossier."""

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
    code="cost.visits",
    version=1,
    section=Section.COST,
    title=_("Visits in vain per finished dossier"),
    question=_(
        "How many times did people come and leave without a slip before "
        "their dossier was received, per finished dossier?"
    ),
    numerator=flow(measures.visits_closed),
    denominator=flow(measures.resolved),
    unit=Unit.PER_DOSSIER,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_(
        "People who came and left without anybody noting it; handing in and "
        "fetching the result are not counted as visits."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
