"""Building the demo province: the first quarter of 2025 through the importer, about
four hundred live dossiers by the actions, the parts to play and the six cards.

The pages answer meanwhile: every part is committed as soon as it is made.
"""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from django.db import connection, transaction

from gandan.dossiers.importing.loading import import_file
from gandan.dossiers.models import Dossier
from gandan.kernel.actors import SYSTEM
from gandan.kernel.localtime import at_local
from gandan.places import queries as places
from gandan.procedures.models import ProcedureVersion
from gandan.site.demo import cards, cast, history, live, reform, roles, state, tour
from gandan.site.models import DemoState

# An ordinary Thursday: every commune is one of the 56, the calendar of 2026 is decreed.
TODAY = date(2026, 6, 11)
SEED = 8
WARD = "04.01273@2025-07-01"

Progress = Callable[[str, int], None]

# Rows of people's work, children first by the database itself; catalogues stay.
_EMPTIED = (
    "site_demo",
    "site_democard",
    "dossiers_dossier",
    "dossiers_visit",
    "dossiers_codecounter",
    "dossiers_intake",
    "duties_duty",
    "notices_message",
    "documents_storedfile",
    "documents_printedslip",
    "forms_draft",
    "indicators_reformround",
    "fact_dossier",
    "fact_left_out",
    "fact_visit",
    "figures_state",
    "figures_delta",
    "ledger_event",
    "ledger_entry",
    "people_mandate",
    "people_agency",
    "people_user",
    "django_session",
    "cache_rows",
)


class AlreadyBuilt(Exception):
    """The demo is there; only a reset makes it anew."""


@dataclass(frozen=True, slots=True)
class Built:
    history: int
    live: int


def reset() -> None:
    """Empty a demo database. One without the mark is refused, whatever it holds."""
    if not state.is_marked():
        if state.holds_records():
            raise state.DemoRefused("this database is not marked as the demo's")
        return
    with transaction.atomic(), connection.cursor() as cursor:
        names = ", ".join(f'"{name}"' for name in _EMPTIED)
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")


def is_built() -> bool:
    return DemoState.objects.filter(built_at__isnull=False).exists()


def claim() -> None:
    """Mark the database before the first page asks for the demo's date."""
    state.mark(at_local(TODAY, time(8)))


def build(
    *, history: bool = True, progress: Progress = lambda what, count: None
) -> Built:
    """Build it once. A build that was killed begins again from an empty demo.

    Without its history it is there in a third of the time: enough for a test.
    """
    if is_built():
        raise AlreadyBuilt
    morning = at_local(TODAY, time(8))
    with transaction.atomic():  # a page never meets a demo without its date
        if state.is_marked():
            reset()
        state.mark(morning)
    with places.pinned():
        told = _live(progress)
        imported = _history(progress, at=morning) if history else 0
        _finish(told, at=morning)
    return Built(imported, sum(len(ids) for ids in told.made.values()))


def _history(progress: Progress, *, at: datetime) -> int:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "q1-2025-synthetic.csv"
        history.write(path)
        report = import_file(
            path,
            by=SYSTEM,
            at=at,
            demo=True,
            progress=lambda done: progress("history", done),
        )
    return report.accepted


def _live(progress: Progress) -> live.Teller:
    draw = Random(SEED)
    roles.ensure_roles(at_local(cast.SINCE, time(8)))
    crews = cast.engage(TODAY, draw)
    teller = live.Teller(
        today=TODAY,
        draw=draw,
        crews=crews,
        versions=_versions(),
        calendar=places.work_calendar(),
    )
    for count, _ in enumerate(_stories(teller), start=1):
        if count % 20 == 0:
            progress("live", count)
    return teller


def _versions() -> dict[str, ProcedureVersion]:
    rows = ProcedureVersion.objects.filter(valid_to__isnull=True)
    return {version.code: version for version in rows}


def _stories(teller: live.Teller) -> Iterator[int]:
    yield from tour.tell(teller, teller.crews[WARD])
    yield from live.tell(teller)
    yield from live.departments(teller)
    yield from live.before_reception(teller)
    yield from live.visits(teller)


def _finish(teller: live.Teller, *, at: datetime) -> None:
    farmer = Dossier.objects.get(public_id=teller.made[tour.FARMER][0])
    cards.lay_out(tour.cards(teller.made))
    reform.build(at)
    state.finish(at=at, farmer_dossier=farmer.public_id)
