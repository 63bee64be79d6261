"""The filled form on paper: Vietnamese, numbered, archival; our layout, and it says so.

Vietnamese is the language of procedures, whatever language the pages were read in.
"""

from datetime import datetime
from typing import Any

from gandan.documents import typeset, vietnamese
from gandan.forms import conditions, shown
from gandan.forms.schema import Answers, Definition
from gandan.kernel.localtime import local_day

TEMPLATE = "forms/typst/form"


def form_pdf(
    definition: Definition, answers: Answers, *, at: datetime, code: str = ""
) -> bytes:
    """PDF/A-2b of the answers that are asked; hidden ones are not printed."""
    return typeset.compile_pdf(
        TEMPLATE, page_data(definition, answers, at=at, code=code), at=at
    )


def page_data(
    definition: Definition, answers: Answers, *, at: datetime, code: str = ""
) -> dict[str, Any]:
    """What the template is given: words only, in the order of the form."""
    on = local_day(at)
    kept = conditions.keep(definition, answers, on=on)
    return {
        "title": definition.paper_title,
        "procedure": definition.procedure,
        "version": f"{definition.key} {definition.version}",
        "code": code,
        "day": vietnamese.long_day(on),
        "declaration": definition.declaration.vi,
        "basis": ", ".join(definition.basis),
        "unofficial": definition.unofficial,
        "blocks": [
            {
                "title": block.title,
                "is_item": block.item is not None,
                "rows": [
                    {
                        "number": row.number,
                        "label": row.label,
                        "value": row.value,
                        "on_paper": not row.asked.question.is_asked,
                    }
                    for row in block.rows
                ],
            }
            for block in shown.blocks(definition, kept, on=on, on_paper=True)
        ],
    }
