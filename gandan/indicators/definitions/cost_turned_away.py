"""Left without a slip."""

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
    code="cost.turned_away",
    version=1,
    section=Section.COST,
    title=_("Left without a slip"),
    question=_(
        "Of the visits to a counter to hand in a dossier, how many ended "
        "without a slip?"
    ),
    numerator=flow(measures.guided_visits),
    denominator=flow(measures.guided_visits, measures.received_counter),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_(
        "Visits that nobody noted. Visits count at the desk, dossiers at "
        "the competent agency."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
