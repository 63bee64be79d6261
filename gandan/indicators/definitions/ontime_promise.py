"""On time: the first promise."""

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
    code="ontime.promise",
    version=1,
    section=Section.RESULT,
    title=_("On time: the first promise"),
    question=_(
        "Of the dossiers resolved, how many were ready by the date first "
        "printed on the slip?"
    ),
    numerator=flow(measures.promise_kept),
    denominator=flow(measures.promise_judged),
    unit=Unit.SHARE,
    direction=Direction.HIGHER,
    legal_basis=OURS,
    leaves_out=_("Withdrawn and stopped dossiers, and dossiers without a due date."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
