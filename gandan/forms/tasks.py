"""The nightly sweep; a missed night only delays it."""

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from gandan.forms import sweeps

SWEEP = "forms.delete_expired"


@app.periodic(cron="37 3 * * *")
@app.task(name=SWEEP, queueing_lock=SWEEP)
def delete_expired_drafts(timestamp: int) -> None:
    """Delete what nobody saved for thirty days, some hundred at a time.

    Drafts carry the time of the pages, so the demo's own date counts here too.
    """
    now = import_string(settings.GANDAN_NOW) if settings.GANDAN_NOW else timezone.now
    while sweeps.delete_expired(now()):
        continue
