"""Electronic results."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="digital.results",
    version=1,
    section=Section.DIGITAL,
    title=_("Electronic results"),
    question=_("Of the results issued, how many were issued electronically?"),
    numerator=flow(measures.electronic),
    denominator=flow(measures.with_result),
    unit=Unit.SHARE,
    direction=Direction.HIGHER,
    legal_basis="Quyết định 766/QĐ-TTg (2022)",
    leaves_out=_(
        "Refusals, withdrawn and stopped dossiers: they have no result to issue."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
