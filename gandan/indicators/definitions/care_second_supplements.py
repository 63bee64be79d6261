"""Asked for more papers twice."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="care.second_supplements",
    version=1,
    section=Section.CARE,
    title=_("Asked for more papers twice"),
    question=_(
        "Of the dossiers resolved, how many had two or more supplement requests?"
    ),
    numerator=flow(measures.supplemented_again),
    denominator=flow(measures.resolved),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis="Quyết định 766/QĐ-TTg (2022)",
    leaves_out=_("Withdrawn and stopped dossiers: nobody was owed an answer any more."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
