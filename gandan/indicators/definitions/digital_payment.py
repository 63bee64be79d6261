"""Paid online."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="digital.payment",
    version=1,
    section=Section.DIGITAL,
    title=_("Paid online"),
    question=_(
        "Of the dossiers received with something to pay, how many were paid online?"
    ),
    numerator=flow(measures.paid_online),
    denominator=flow(measures.with_fee),
    unit=Unit.SHARE,
    direction=Direction.HIGHER,
    legal_basis="Quyết định 766/QĐ-TTg (2022)",
    leaves_out=_(
        "Dossiers without a fee, and those of which no payment is known to be owed."
    ),
    verified=False,
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
