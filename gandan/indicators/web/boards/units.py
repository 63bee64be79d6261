"""Which unit an address names, and who may read it."""

from django.http import Http404
from django.urls import reverse

from gandan.indicators import unit_access
from gandan.indicators.charts_of_units import Chart
from gandan.indicators.queries import PROVINCE
from gandan.kernel.actors import Actor

WHOLE = "toan-tinh"  # the province in an address


def unit_or_404(actor: Actor, key: str, chart: Chart) -> str:
    """The row a key stands in today; forbidden and missing look alike."""
    if not unit_access.may_see(actor, key):
        raise Http404
    if key not in chart.book.organisation_of_key:
        raise Http404
    return chart.row(key)


def row_or_404(actor: Actor, key: str, chart: Chart) -> str:
    """A unit's row, or the whole province's for who steers it."""
    if key != WHOLE:
        return unit_or_404(actor, key, chart)
    if not unit_access.sees_every_unit(actor):
        raise Http404
    return PROVINCE


def page_of(key: str) -> str:
    """The page whose numbers lead on to records."""
    if key == WHOLE:
        return reverse("figures:board")
    return reverse("figures:scorecard", args=[key])
