"""Extensions."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="care.extensions",
    version=1,
    section=Section.CARE,
    title=_("Extensions"),
    question=_("How many times was a new date given to dossiers that were resolved?"),
    numerator=flow(measures.new_dates),
    unit=Unit.COUNT,
    direction=Direction.LOWER,
    legal_basis="Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9; Nghị định 118/2025/NĐ-CP",
    leaves_out=_("Withdrawn and stopped dossiers: nobody was owed an answer any more."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
