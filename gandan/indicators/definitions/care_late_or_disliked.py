"""Late or disliked."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import (
    Definition,
    Direction,
    Section,
    Unit,
    flow,
)

DEFINITION = Definition(
    code="care.late_or_disliked",
    version=1,
    section=Section.CARE,
    title=_("Late or disliked"),
    question=_(
        "Of the resolved dossiers, how many were late, or rated one or two of five?"
    ),
    numerator=flow(measures.late_or_disliked),
    denominator=flow(measures.resolved),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis="Quyết định 766/QĐ-TTg (23/6/2022), nhóm 6",
    leaves_out=_(
        "Feedback, which is not recorded here yet. What counts as a dislike is ours: "
        "the decision names none."
    ),
    least=10,
    opens=False,
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
    verified=False,
)
