"""Writing: a paper that was printed, a file that was handed in."""

from datetime import datetime

from django.db import transaction

from gandan.documents import events, printing
from gandan.documents.models import PrintedSlip
from gandan.documents.slips import Slip
from gandan.kernel.actors import Actor
from gandan.ledger import journal


@transaction.atomic
def record_print(
    *, subject: str, paper: printing.Printable, by: Actor, at: datetime
) -> PrintedSlip:
    """Count one print of a paper of this record.

    The same words printed again are the same paper; other words are another. The first
    print is the one with `prints == 1`: only that one may show secrets.
    """
    form, form_set, number = paper.template, "", None
    if isinstance(paper, Slip):
        form, form_set = paper.form.value, paper.form_set.id
        number = paper.form_set.forms[paper.form].number
    slip, is_new = PrintedSlip.objects.select_for_update().get_or_create(
        subject=subject,
        form=form,
        form_set=form_set,
        digest=printing.digest(paper.data()),
        defaults={
            "form_number": number,
            "promised_on": printing.promised_on(paper),
            "prints": 1,
            "first_printed_at": at,
            "first_printed_by": by.id,
            "last_printed_at": at,
            "last_printed_by": by.id,
        },
    )
    if not is_new:
        slip.prints += 1
        slip.last_printed_at, slip.last_printed_by = at, by.id
        slip.save(update_fields=["prints", "last_printed_at", "last_printed_by"])
    journal.record(
        events.SlipPrinted(
            subject=subject,
            slip=str(slip.public_id),
            form=slip.form,
            prints=slip.prints,
            promised_on=slip.promised_on,
        ),
        by=by,
        at=at,
    )
    return slip
