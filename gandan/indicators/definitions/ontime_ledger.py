"""On time: ontime/v1 of the public ledger."""

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
    code="ontime.ledger",
    version=1,
    section=Section.RESULT,
    title=_("On time: ontime/v1 of the public ledger"),
    question=_(
        "Of the dossiers closed in the public ledger, how many were on time "
        "by its strict rule?"
    ),
    numerator=flow(measures.ledger_kept),
    denominator=flow(measures.ledger_judged),
    unit=Unit.SHARE,
    direction=Direction.HIGHER,
    legal_basis=OURS,
    leaves_out=_(
        "Withdrawn dossiers and imported history. Accepted extensions, "
        "payment waits and re-routing do not move its due day."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
