"""Resolved."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="dossiers.resolved",
    version=1,
    section=Section.RESULT,
    title=_("Resolved"),
    question=_("How many dossiers got their answer, a result or a refusal?"),
    numerator=flow(measures.resolved),
    unit=Unit.COUNT,
    direction=Direction.NEITHER,
    legal_basis="Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
    leaves_out=_("Withdrawn and stopped dossiers: nobody was owed an answer any more."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
