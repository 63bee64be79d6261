"""Dossiers received."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="dossiers.received",
    version=1,
    section=Section.INTAKE,
    title=_("Dossiers received"),
    question=_("How many dossiers were received?"),
    numerator=flow(measures.received),
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    legal_basis="Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
    leaves_out=_(
        "Nothing of what was received; drafts and rejected filings were never received."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
