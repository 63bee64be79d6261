"""Wakes the loop once a minute. Rows are the truth: a missed minute only delays."""

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

from gandan.notices.sending import send_due

SEND = "notices.send"


# No `lock`: a worker killed in the middle would hold it, and the rows lock themselves.
@app.periodic(cron="* * * * *")
@app.task(name=SEND, queueing_lock=SEND)
def send(timestamp: int) -> None:
    now = import_string(settings.GANDAN_NOW) if settings.GANDAN_NOW else timezone.now
    send_due(at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="notices.recover", queueing_lock="notices.recover", pass_context=True)
async def recover(context: JobContext, timestamp: int) -> None:
    """Close what a dead worker had begun; the next wake takes up its messages.

    Not put back in the queue: a later wake already waits there under the same lock.
    """
    jobs = context.app.job_manager
    for job in await jobs.get_stalled_jobs(task_name=SEND):
        await jobs.finish_job(job, Status.ABORTED, delete_job=False)
