"""Wakes the followers. Rows are the truth: a missed wake only delays."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate.contrib.django import app

from gandan.dossiers import sweeps as dossiers
from gandan.dossiers import usual
from gandan.forms import sweeps as forms
from gandan.journeys import rereading, taking_over
from gandan.kernel.localtime import local_day
from gandan.places import sweeps as places


def _now() -> datetime:
    now = import_string(settings.GANDAN_NOW) if settings.GANDAN_NOW else timezone.now
    moment: datetime = now()
    return moment


@app.periodic(cron="*/2 * * * *")
@app.task(name="journeys.follow_decrees", queueing_lock="journeys.follow_decrees")
def follow_decrees(timestamp: int) -> None:
    rereading.follow_decrees(at=_now())


@app.periodic(cron="5 17 * * *")
@app.task(name="journeys.night", queueing_lock="journeys.night")
def night(timestamp: int) -> None:
    """Five past midnight in the province (17:05 UTC): what the new day makes true."""
    at = _now()
    places.take_names_of(local_day(at))
    dossiers.note_overdue(at=at)
    dossiers.invite_to_rate(at=at)
    forms.delete_expired(at)
    taking_over.assign_ended(at=at)
    usual.keep(local_day(at))
