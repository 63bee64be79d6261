"""With an apology."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="care.apologies",
    version=1,
    section=Section.CARE,
    title=_("With an apology"),
    question=_("Of the dossiers resolved, how many had an apology with a new date?"),
    numerator=flow(measures.apologised),
    denominator=flow(measures.resolved),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis="Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9; Nghị định 118/2025/NĐ-CP",
    leaves_out=_("Withdrawn and stopped dossiers: nobody was owed an answer any more."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
