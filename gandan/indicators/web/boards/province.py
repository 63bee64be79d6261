"""The province's board: which field is late, where, since when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Min, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from gandan.figures.facts import day_number, day_of
from gandan.indicators import crossing, queries
from gandan.indicators.bands import Band, Placed, Share, bands
from gandan.indicators.charts_of_units import Chart, chart_of
from gandan.indicators.crossing import CLOSED, Catalogue, Cell
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.models import DossierFact
from gandan.indicators.queries import AS_IS, PROVINCE, Figure
from gandan.indicators.web.boards import asked as asking
from gandan.indicators.web.boards import drawing, wording
from gandan.indicators.web.boards.asked import Asked
from gandan.indicators.web.boards.card766 import card
from gandan.indicators.web.boards.scorecard import behind_href, open_words
from gandan.indicators.web.boards.sentences import sentence
from gandan.indicators.web.boards.units import WHOLE
from gandan.kernel.actors import Role
from gandan.kernel.localtime import local_day
from gandan.kernel.text import fold
from gandan.people.guards import StaffRequest, officials
from gandan.places.queries.tiles import tile_places
from gandan.places.rules import Level, OrganisationKind
from gandan.ui import words
from gandan.ui.charts import Tile, TileMap, steps_of, tile_map

PAST_DUE, LATE = DEFINITIONS["dossiers.past_due"], DEFINITIONS["dossiers.late"]
FEW = 10  # resolved dossiers below which a tile has no shade
SERIES = 18  # months, so that the change of units is in sight


@dataclass(frozen=True, slots=True)
class Number:
    n: int
    href: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    key: str
    name: str
    numbers: tuple[Number, ...]
    total: Number
    share: str


@dataclass(frozen=True, slots=True)
class Table:
    fields: tuple[str, ...]
    groups: tuple[tuple[str, tuple[Line, ...]], ...]
    totals: tuple[Number, ...]
    total: Number


@dataclass(frozen=True, slots=True)
class Worst:
    """The field with most, the agency with most of it, and the oldest of these."""

    field: str
    n: int
    href: str
    agency: str
    agency_key: str
    of_agency: int
    of_agency_href: str
    since: date | None


@officials(Role.PROVINCE_STEERING)
@require_safe
@gzip_page
def board(request: StaffRequest) -> HttpResponse:
    today = local_day(request.now)
    asked = asking.read(request, today)
    chart, known = chart_of(AS_IS), crossing.catalogue()
    crossed = crossing.cross(
        PAST_DUE, period=asked.period, as_of=asked.as_of, chart=chart, known=known
    )
    cells = crossed.by_agency_and_field()
    late = queries.figures(
        [LATE.code],
        period=asked.period,
        by=queries.AGENCY,
        chart=AS_IS,
        as_of=asked.as_of,
    )
    [whole] = queries.figures(
        [LATE.code], period=asked.period, chart=AS_IS, as_of=asked.as_of
    )
    months = queries.figures(
        [LATE.code],
        period=asked.months(SERIES),
        by=queries.MONTH,
        chart=AS_IS,
        as_of=asked.as_of,
    )
    # Months before the first that is known say nothing here.
    while len(months) > 2 and months[0].value is None:
        del months[0]
    address = f"{reverse('figures:board')}?{asked.query}"
    context: dict[str, Any] = {
        "asked": asked,
        "standing_on": min(asked.period.last_day, asked.as_of),
        "periods": asking.choices(asked),
        "table": _table(cells, chart, known, asked),
        "worst": _worst(cells, chart, known, asked),
        "tiles": _tiles(late, chart, asked),
        "map_rows": _map_rows(late, chart, asked.as_of),
        "bands": _bands(late, chart, asked.as_of),
        "charts": drawing.months(LATE, months, asked.runs),
        "lines": [
            (
                wording.short_month(figure.period),
                wording.value(LATE, figure),
                wording.counts(figure),
            )
            for figure in months
        ],
        "whole": wording.value(LATE, whole),
        "whole_counts": wording.counts(whole),
        "whole_href": behind_href(LATE, whole, PROVINCE, asked),
        "whole_open": open_words(LATE, whole),
        "card766": card(PROVINCE, asked),
        "sentence": sentence(
            LATE, whole, as_of=asked.as_of, address=request.build_absolute_uri(address)
        ),
    }
    return render(request, "indicators/board.html", context)


# --- late now, agency by field --------------------------------------------------------


def cell_href(code: str, agency: str, asked: Asked, field: str = "") -> str:
    address = reverse("figures:behind", args=[agency, code])
    more = f"&{urlencode({'linh-vuc': field})}" if field else ""
    return f"{address}?{asked.query}{more}"


def _number(
    cell: Cell, agency: str, asked: Asked, field: str | None, known: Catalogue
) -> Number:
    """What holds something sensitive is counted and leads nowhere."""
    if not cell.numerator or not known.may_part(field, None):
        return Number(cell.numerator)
    return Number(cell.numerator, cell_href(PAST_DUE.code, agency, asked, field or ""))


def _table(
    cells: dict[tuple[str, str], Cell], chart: Chart, known: Catalogue, asked: Asked
) -> Table | None:
    """Agencies and fields that have something late, the most first."""
    of_field: dict[str, Cell] = {}
    of_agency: dict[str, Cell] = {}
    for (agency, name), cell in cells.items():
        of_field[name] = of_field.get(name, Cell()) + cell
        of_agency[agency] = of_agency.get(agency, Cell()) + cell
    fields = sorted(
        (name for name, cell in of_field.items() if cell.numerator),
        # What is closed stands last, however much it is.
        key=lambda name: (name == CLOSED, -of_field[name].numerator, fold(name)),
    )
    if not fields:
        return None
    groups: dict[int, list[Line]] = {rank: [] for rank in range(len(GROUPS))}
    for agency, total in of_agency.items():
        if not total.numerator:
            continue
        groups[rank_of(agency, chart)].append(
            Line(
                agency,
                short_name(agency, chart, asked.as_of),
                tuple(
                    _number(
                        cells.get((agency, name), Cell()), agency, asked, name, known
                    )
                    for name in fields
                ),
                _number(total, agency, asked, None, known),
                words.share(total.numerator, total.denominator),
            )
        )
    shown = []
    for rank, lines in groups.items():
        if lines:
            lines.sort(key=lambda line: (-line.total.n, fold(line.name)))
            shown.append((str(GROUPS[rank]), tuple(lines)))
    whole = sum(of_field.values(), Cell())
    return Table(
        tuple(fields),
        tuple(shown),
        tuple(_number(of_field[name], WHOLE, asked, name, known) for name in fields),
        _number(whole, WHOLE, asked, None, known),
    )


GROUPS = (
    gettext_lazy("Departments and the province"),
    gettext_lazy("Districts, until 30 June 2025"),
    gettext_lazy("Communes and wards"),
    gettext_lazy("Other bodies"),
)


def rank_of(agency: str, chart: Chart) -> int:
    """Departments first: few dossiers are late at communes."""
    body = chart.book.organisation_of_key.get(agency)
    if body is None:
        return 3
    if body.kind == OrganisationKind.DEPARTMENT:
        return 0
    if body.kind != OrganisationKind.PEOPLE_COMMITTEE:
        return 3
    return {Level.PROVINCE: 0, Level.DISTRICT: 1}.get(Level(body.place.level), 2)


def short_name(agency: str, chart: Chart, day: date) -> str:
    """A committee goes by its territory: «Xã Bảo Lạc»."""
    if rank_of(agency, chart) in {1, 2}:
        return chart.name(chart.place(agency), day)
    return chart.name(agency, day)


def _worst(
    cells: dict[tuple[str, str], Cell], chart: Chart, known: Catalogue, asked: Asked
) -> Worst | None:
    of_field: dict[str, int] = {}
    for (_agency, name), cell in cells.items():
        if known.may_part(name, None):
            of_field[name] = of_field.get(name, 0) + cell.numerator
    name = max(of_field, key=lambda name: (of_field[name], name), default="")
    if not of_field.get(name):
        return None
    there = {
        agency: cell.numerator for (agency, of), cell in cells.items() if of == name
    }
    agency = max(there, key=lambda key: (there[key], key))
    return Worst(
        field=name,
        n=of_field[name],
        href=cell_href(PAST_DUE.code, WHOLE, asked, name),
        agency=short_name(agency, chart, asked.as_of),
        agency_key=agency,
        of_agency=there[agency],
        of_agency_href=cell_href(PAST_DUE.code, agency, asked, name),
        since=_oldest(chart.units_of(agency), known.codes_of(name), asked),
    )


def _oldest(
    units: frozenset[str], procedures: frozenset[str], asked: Asked
) -> date | None:
    """The first day on which the oldest of them was past due."""
    on = day_number(min(asked.period.last_day, asked.as_of))
    found = DossierFact._default_manager.filter(
        Q(ended_day=None) | Q(ended_day__gt=on),
        unit__in=units,
        procedure__in=procedures,
        overdue_from__lte=on,
    ).aggregate(first=Min("overdue_from"))["first"]
    return None if found is None else day_of(found)


# --- the communes, side by side -------------------------------------------------------


def _communes(late: Sequence[Figure], chart: Chart) -> list[Figure]:
    return [figure for figure in late if rank_of(figure.place, chart) == 2]


def _tiles(late: Sequence[Figure], chart: Chart, asked: Asked) -> TileMap | None:
    by_place = {chart.place(figure.place): figure for figure in _communes(late, chart)}
    grid = tile_places(asked.today)
    if not grid or not any(key in by_place for key in grid):
        return None
    tiles = []
    for key, (column, row) in grid.items():
        figure = by_place.get(key)
        place = chart.book.place_of_key[key]
        # A share of very few is no shade: the tile says the two counts.
        few = figure is not None and (figure.denominator or 0) < FEW
        value = None if figure is None or few else figure.value
        href = ""
        if figure is not None:
            href = f"{reverse('figures:scorecard', args=[figure.place])}?{asked.query}"
        tiles.append(
            Tile(
                place.name,
                column,
                row,
                value,
                _on_tile(figure, few=few),
                href,
            )
        )
    values = [tile.value for tile in tiles if tile.value is not None]
    return tile_map(tiles, steps_of(values))


def _on_tile(figure: Figure | None, *, few: bool) -> str:
    if figure is None or not figure.denominator:
        return "–"
    if few:
        return f"{figure.numerator}/{figure.denominator}"
    return words.share(figure.numerator, figure.denominator)


def _map_rows(
    late: Sequence[Figure], chart: Chart, day: date
) -> list[tuple[str, str, str, str]]:
    """In the order of the alphabet."""
    return [
        (
            figure.place,
            short_name(figure.place, chart, day),
            wording.value(LATE, figure),
            wording.counts(figure),
        )
        for figure in _communes(late, chart)
        if figure.denominator
    ]


@dataclass(frozen=True, slots=True)
class BandLine:
    key: str
    name: str
    share: str
    counts: str
    interval: str


def _bands(
    late: Sequence[Figure], chart: Chart, day: date
) -> list[tuple[str, list[tuple[Any, list[BandLine]]]]]:
    """Like with like: departments beside departments, communes beside communes."""
    found = []
    for rank, title in enumerate(GROUPS):
        names = {
            figure.place: short_name(figure.place, chart, day)
            for figure in late
            if rank_of(figure.place, chart) == rank and figure.denominator
        }
        if len(names) < 2:
            continue
        placed = bands(
            Share(
                figure.place,
                fold(names[figure.place]),
                figure.numerator,
                figure.denominator or 0,
            )
            for figure in late
            if figure.place in names
        )
        found.append(
            (
                str(title),
                [
                    (BANDS[band], [_band_line(one, names) for one in several])
                    for band, several in placed.items()
                ],
            )
        )
    return found


BANDS = {
    Band.ABOVE: gettext_lazy("Late more often than all together"),
    Band.LIKE: gettext_lazy("Not to be told apart from all together"),
    Band.BELOW: gettext_lazy("Late less often than all together"),
}


def _band_line(placed: Placed, names: dict[str, str]) -> BandLine:
    share = placed.share
    return BandLine(
        share.key,
        names[share.key],
        words.share(share.numerator, share.denominator),
        f"{words.number(share.numerator)} / {words.number(share.denominator)}",
        wording.between(placed.interval),
    )
