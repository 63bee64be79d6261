"""The published facts that come with the house; repeatable.

Compact tables, one line a province and year, are spread into one row a value. What
has no value in the source has no row: missing is not zero.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from gandan.figures.published import writing
from gandan.figures.published.rules import Row, Status
from gandan.figures.published.writing import Written
from gandan.indicators.outside import reading, targets
from gandan.indicators.outside.catalogue import (
    GROUPS_766,
    INDICES,
    PAPI_DIMENSION,
    papi_scale,
)

SEED = Path(__file__).parent.parent / "seed" / "outside"
_PAPI = ("PAPI 2011–2024", "https://papi.org.vn")
_PCI = ("PCI 2005–2016", "https://pcivietnam.vn")
_DTI = ("Xếp hạng DTI 2022", "https://dti.gov.vn/xep-hang-2022")
_766 = ("Bảng theo dõi Quyết định 766", "https://dichvucong.gov.vn")


def _table(name: str) -> list[dict[str, str]]:
    with (SEED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def seed() -> Written:
    writing.write_units(
        (row["chart"], row["code"], row["name"], row["neighbour"] == "1")
        for row in _table("units.csv")
    )
    for row in _table("sources.csv"):
        writing.source_named(
            row["title"],
            row["address"],
            publisher=row["publisher"],
            terms=row["terms"],
            read_on=date.fromisoformat(row["read_on"]),
        )
    facts = reading.read_all(SEED / "facts.csv", reading.COLUMNS, reading.published_row)
    rows = [*_papi(), *_pci(), *_dti(), *_index766(), *(row for _line, row in facts)]
    written = writing.write_values(enumerate(rows, 1))
    targets.import_file(SEED / "targets.csv")
    return written


def _ranks(values: dict[str, Decimal]) -> dict[str, int]:
    """1 for the highest; equal values share the better rank."""
    ordered = sorted(values.values(), reverse=True)
    first = {value: at for at, value in reversed(list(enumerate(ordered, 1)))}
    return {code: first[value] for code, value in values.items()}


def _papi() -> Iterator[Row]:
    table = _table("papi.csv")
    for year in sorted({row["year"] for row in table}):
        lines = [row for row in table if row["year"] == year]
        totals = {row["code"]: Decimal(row["total"]) for row in lines if row["total"]}
        ranks = _ranks(totals)
        low, high = papi_scale(int(year))
        for line in lines:
            code = line["code"]
            if code in totals:
                yield _row(
                    *("papi", f"PAPI {year}", year, code, _PAPI, totals[code]),
                    scale=(low, high),
                    rank=(ranks[code], len(totals)),
                )
            for part in INDICES["papi"].parts:
                if line[part]:
                    yield _row(
                        *("papi", f"PAPI {year}", year, code, _PAPI),
                        Decimal(line[part]),
                        dimension=part,
                        scale=PAPI_DIMENSION,
                    )


def _pci() -> Iterator[Row]:
    table = _table("pci.csv")
    ranked = Counter(row["year"] for row in table if row["rank"])
    for line in table:
        year = line["year"]
        yield _row(
            *("pci", f"PCI {year}", year, line["code"], _PCI),
            Decimal(line["weighted"]),
            scale=(Decimal(0), Decimal(100)),
            rank=(int(line["rank"]), ranked[year]),
            note="Không tính tỉnh Hà Tây cũ." if year in {"2006", "2007"} else "",
        )


def _dti() -> Iterator[Row]:
    table = _table("dti.csv")
    for line in table:
        yield _row(
            *("dti", "DTI 2022", line["year"], line["code"], _DTI, None),
            rank=(int(line["rank"]), len(table)),
            rank_derived=False,
        )


def _index766() -> Iterator[Row]:
    table = _table("index766.csv")
    ranked = Counter((row["as_of"], row["period"]) for row in table)
    for line in table:
        period, as_of = line["period"], date.fromisoformat(line["as_of"])
        edition = f"766, đọc ngày {as_of:%d/%m/%Y}"
        for part, most in {"": 100, **GROUPS_766}.items():
            is_total = not part
            yield _row(
                *("index766", edition, period[:4], line["code"], _766),
                Decimal(line[part or "total"]),
                chart="34",
                dimension=part,
                scale=(Decimal(0), Decimal(most)),
                rank=(int(line["rank"]), ranked[line["as_of"], period])
                if is_total
                else None,
                rank_derived=False,
                period=period,
                as_of=as_of,
            )


def _row(
    index: str,
    edition: str,
    year: str,
    code: str,
    source: tuple[str, str],
    value: Decimal | None,
    *,
    chart: str = "63",
    dimension: str = "",
    scale: tuple[Decimal, Decimal] | None = None,
    rank: tuple[int, int] | None = None,
    rank_derived: bool = True,
    period: str = "",
    as_of: date | None = None,
    note: str = "",
) -> Row:
    low, high = scale or (None, None)
    at, of = rank or (None, None)
    return Row(
        index=index,
        edition=edition,
        data_year=int(year),
        chart=chart,
        unit=code,
        source_title=source[0],
        source_address=source[1],
        status=Status.OFFICIAL,
        period=period,
        as_of=as_of,
        dimension=dimension,
        value=value,
        scale_low=low,
        scale_high=high,
        rank=at,
        rank_of=of,
        rank_derived=rank is not None and rank_derived,
        note=note,
    )
