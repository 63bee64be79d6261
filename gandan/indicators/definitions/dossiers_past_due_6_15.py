"""Open, 6–15 days past due."""

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
    code="dossiers.past_due_6_15",
    version=1,
    section=Section.RESULT,
    title=_("Open, 6–15 days past due"),
    question=_(
        "Of the dossiers open past due at the end of that day, how many "
        "were 6–15 days past due, in calendar days?"
    ),
    numerator=Standing(measures.overdue_open, measures.overdue_ended, ages=(6, 15)),
    denominator=Standing(measures.overdue_open, measures.overdue_ended),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_(
        "Dossiers whose clock stands still that day (papers or a payment "
        "are awaited), and those without a due date."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
