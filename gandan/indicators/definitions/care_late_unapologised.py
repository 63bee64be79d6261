"""Late without an apology."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="care.late_unapologised",
    version=1,
    section=Section.CARE,
    title=_("Late without an apology"),
    question=_("Of the dossiers resolved late, how many never had an apology?"),
    numerator=flow(measures.late_unapologised),
    denominator=flow(measures.resolved_late),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis="Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9; Nghị định 118/2025/NĐ-CP",
    leaves_out=_("Withdrawn and stopped dossiers, and dossiers without a due date."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
