"""The outside indices known here: what their parts are called in files, and how wide
a part or a total may be. Words for people are in `web/outside_wording.py`."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Index:
    code: str
    slug: str
    parts: tuple[str, ...] = ()


_PAPI = tuple(f"d{number}" for number in range(1, 9))
# Decision 766/QĐ-TTg: the greatest number of points of each group.
GROUPS_766: Mapping[str, int] = {
    "transparency": 18,
    "progress": 20,
    "online_service": 12,
    "digitisation": 22,
    "online_payment": 10,
    "satisfaction": 18,
}
INDICES: Mapping[str, Index] = {
    index.code: index
    for index in (
        Index("par_index", "par-index"),
        Index("sipas", "sipas"),
        Index("papi", "papi", _PAPI),
        Index("pci", "pci"),
        Index("dti", "dti"),
        Index("index766", "766", tuple(GROUPS_766)),
    )
}
BY_SLUG = {index.slug: index for index in INDICES.values()}

# Each dimension of PAPI runs from 1 to 10: six of them until 2017, eight since.
PAPI_DIMENSION = (Decimal(1), Decimal(10))


def papi_scale(year: int) -> tuple[Decimal, Decimal]:
    dimensions = 8 if year >= 2018 else 6
    return Decimal(dimensions), Decimal(10 * dimensions)
