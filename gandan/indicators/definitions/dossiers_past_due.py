"""Open past due."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Standing, Unit

DEFINITION = Definition(
    code="dossiers.past_due",
    version=1,
    section=Section.RESULT,
    title=_("Open past due"),
    question=_(
        "Of the dossiers open at the end of that day, how many were past "
        "their due date?"
    ),
    numerator=Standing(measures.overdue_open, measures.overdue_ended),
    denominator=Standing(measures.open_since, measures.ended_since),
    unit=Unit.SHARE,
    direction=Direction.LOWER,
    legal_basis="Nghị định 61/2018/NĐ-CP, Điều 19 khoản 9; Nghị định 118/2025/NĐ-CP",
    leaves_out=_(
        "Dossiers whose clock stands still that day (papers or a payment "
        "are awaited), and those without a due date."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
