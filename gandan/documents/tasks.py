"""Once a night: bytes that no row names. A missed night only delays."""

from django.utils import timezone
from procrastinate.contrib.django import app

from gandan.documents.sweeps import remove_orphans


# The system's clock, not the demo's: files carry the machine's time.
@app.periodic(cron="17 3 * * *")
@app.task(name="documents.remove_orphans", queueing_lock="documents.remove_orphans")
def sweep(timestamp: int) -> None:
    remove_orphans(at=timezone.now())
