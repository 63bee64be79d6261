"""Resolved early."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="dossiers.early",
    version=1,
    section=Section.RESULT,
    title=_("Resolved early"),
    question=_("Of the dossiers resolved, how many were ready before their due date?"),
    numerator=flow(measures.resolved_early),
    denominator=flow(measures.resolved_with_due),
    unit=Unit.SHARE,
    direction=Direction.HIGHER,
    legal_basis="Nghị định 61/2018/NĐ-CP; Nghị định 118/2025/NĐ-CP",
    leaves_out=_("Withdrawn and stopped dossiers, and dossiers without a due date."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
