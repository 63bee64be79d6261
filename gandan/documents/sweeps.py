"""Bytes without a row: what an upload that rolled back left behind."""

from datetime import datetime, timedelta
from itertools import islice

from gandan.documents import store
from gandan.documents.models import StoredFile

# No transaction lasts as long as this.
SAFE_AGE = timedelta(days=1)


def remove_orphans(*, at: datetime) -> int:
    """Remove files that no row names; returns how many."""
    removed, old = 0, store.written_before(at - SAFE_AGE)
    while names := list(islice(old, 500)):
        known = set(
            StoredFile.objects.filter(storage_name__in=names).values_list(
                "storage_name", flat=True
            )
        )
        lost = [name for name in names if name not in known]
        store.remove(lost)
        removed += len(lost)
    return removed
