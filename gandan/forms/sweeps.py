"""What time alone makes true: a draft is not kept longer than it was promised."""

from datetime import datetime

from django.db import transaction

from gandan.documents import actions as documents
from gandan.forms import events
from gandan.forms.models import Draft
from gandan.kernel.actors import SYSTEM
from gandan.ledger import journal

AT_ONCE = 500


@transaction.atomic
def delete_expired(at: datetime) -> int:
    """Delete drafts past their day, submitted ones too; at most some hundred a call.

    A missed night only delays: nothing opens an expired draft meanwhile.
    """
    expired = Draft.objects.expired(at).select_for_update(skip_locked=True)
    gone = list(expired.order_by("expires_at")[:AT_ONCE])
    for draft in gone:
        documents.erase(subject=str(draft.public_id), by=SYSTEM, at=at)
        if draft.state == Draft.State.OPEN:
            event = events.DraftExpired(
                subject=str(draft.public_id),
                form=f"{draft.form_key}.{draft.form_version}",
            )
            journal.record(event, by=SYSTEM, at=at)
    Draft.objects.filter(pk__in=[draft.pk for draft in gone]).delete()
    return len(gone)
