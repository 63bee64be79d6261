"""Guided visits."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gandan.indicators import measures
from gandan.indicators.definition import (
    OURS,
    Definition,
    Direction,
    Section,
    Unit,
    flow,
)

DEFINITION = Definition(
    code="care.guided_visits",
    version=1,
    section=Section.CARE,
    title=_("Guided visits"),
    question=_(
        "How many people came and left without a slip, with a list of what was missing?"
    ),
    numerator=flow(measures.guided_visits),
    unit=Unit.COUNT,
    direction=Direction.LOWER,
    legal_basis=OURS,
    leaves_out=_("People who came and left without anybody noting it."),
    reviewed_on=date(2026, 11, 25),
    review_on=date(2027, 11, 25),
)
