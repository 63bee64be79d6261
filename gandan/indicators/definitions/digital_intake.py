"""Digitised at reception."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="digital.intake",
    version=1,
    section=Section.DIGITAL,
    title=_("Digitised at reception"),
    question=_("Of the dossiers received, of how many were the papers digitised?"),
    numerator=flow(measures.digitised),
    denominator=flow(measures.received),
    unit=Unit.SHARE,
    direction=Direction.HIGHER,
    legal_basis="Quyết định 766/QĐ-TTg (2022)",
    leaves_out=_(
        "Nothing of what was received; drafts and rejected filings were never received."
    ),
    verified=False,
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
