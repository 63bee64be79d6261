"""Left-out days: applicants."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import Definition, Direction, Section, Unit, flow

DEFINITION = Definition(
    code="time.left_out_applicant",
    version=1,
    section=Section.TIME,
    title=_("Left-out days: applicants"),
    question=_(
        "How many days did dossiers stand still while the applicant owed something?"
    ),
    numerator=flow(measures.left_out_applicant),
    unit=Unit.DAYS,
    direction=Direction.LOWER,
    legal_basis="Nghị định 61/2018/NĐ-CP, Điều 19 khoản 4; Nghị định 118/2025/NĐ-CP",
    leaves_out=_(
        "Intervals that still run, and requests made after the due day: "
        "they stopped nothing."
    ),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
