"""On time: Decision 766."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="ontime.d766",
    version=1,
    section=Section.RESULT,
    title=_("On time: Decision 766"),
    question=_(
        "Of the dossiers that ended, how many were on time as Decision 766 judges it?"
    ),
    numerator=flow(measures.d766_kept),
    denominator=flow(measures.d766_judged),
    unit=Unit.SHARE,
    direction=Direction.HIGHER,
    legal_basis="Quyết định 766/QĐ-TTg (2022)",
    leaves_out=_(
        "What the decision counts otherwise: the wait for papers is taken "
        "off, and a second request makes a dossier late."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
