"""A round's tree from a file: areas of the province's set, criteria, items."""

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from gandan.figures.published.writing import BadLine, LinesRefused, Written
from gandan.indicators.models import ReformArea, ReformNode, ReformRound
from gandan.indicators.outside import reading
from gandan.indicators.outside.reading import CellRefused, Cells
from gandan.indicators.reform.rules import Group, Method, RoundState

COLUMNS = ("code", "name", "most", "method", "guidance", "basis", "verified")
SEED = Path(__file__).parent.parent / "seed"
AREAS_FILE = SEED / "reform_areas.csv"
INVENTED_TREE = SEED / "reform_demo_tree.csv"
_CODE = re.compile(r"[1-8](\.[1-9]\d?){0,2}", re.ASCII)
_MOST_POINTS = Decimal(100)


@dataclass(frozen=True, slots=True)
class NodeLine:
    code: str
    name: str
    most: Decimal | None
    method: Method
    guidance: str
    basis: str
    verified: bool

    @property
    def parent(self) -> str:
        return self.code.rpartition(".")[0]


def read_line(cells: Cells) -> NodeLine:
    code = cells.text("code", most=16, required=True)
    if not _CODE.fullmatch(code):
        raise CellRefused("code", f"{code!r} is not a code like 3, 3.2 or 3.2.1")
    method = cells.code("method") or Method.APPRAISAL.value
    if method not in set(Method):
        raise CellRefused("method", f"{method!r} is none of {', '.join(Method)}")
    most = cells.number("most")
    if most is not None and not 0 < most <= _MOST_POINTS:
        raise CellRefused("most", f"{most} is not above 0 and up to {_MOST_POINTS}")
    is_area = "." not in code
    return NodeLine(
        code,
        # An area without a name takes that of the province's set.
        cells.text("name", most=400, required=not is_area),
        most,
        Method(method),
        cells.text("guidance", most=2000),
        cells.text("basis", most=200),
        cells.yes("verified"),
    )


def check_tree(told: list[tuple[int, NodeLine]]) -> None:
    """Each code once, under a parent that stands above it; points at leaves only."""
    bad: list[BadLine] = []
    seen: dict[str, NodeLine] = {}
    parents = {node.parent for _line, node in told}
    for line, node in told:
        if node.code in seen:
            bad.append(BadLine(line, "code", f"{node.code} stands twice"))
        if node.parent and node.parent not in seen:
            bad.append(BadLine(line, "code", f"no line {node.parent} stands above"))
        if node.code in parents and node.most is not None:
            reason = "what has parts carries no points of its own"
            bad.append(BadLine(line, "most", reason))
        if node.code not in parents and node.most is None:
            bad.append(BadLine(line, "most", "what has no parts carries points"))
        seen[node.code] = node
    if bad:
        raise LinesRefused(bad)
    if not seen:
        raise LinesRefused([BadLine(1, "file", "there is no line in it")])


def seed_areas() -> int:
    with AREAS_FILE.open(encoding="utf-8", newline="") as file:
        rows = [
            ReformArea(
                code=row["code"],
                name={lang: row[f"name_{lang}"] for lang in ("vi", "en", "fr")},
                verified=row["verified"] == "1",
                basis=row["basis"],
            )
            for row in csv.DictReader(file)
        ]
    ReformArea.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["name", "verified", "basis"],
    )
    return len(rows)


@transaction.atomic
def import_tree(
    path: Path, *, year: int, group: Group, invented: bool = False
) -> Written:
    """The draft of a round; the same file again changes nothing, another replaces the
    draft. An opened round is frozen."""
    told = reading.read_all(path, COLUMNS, read_line)
    check_tree(told)
    found, _is_new = ReformRound.objects.select_for_update().get_or_create(
        year=year, group=group.value, defaults={"invented": invented}
    )
    lines = [line for _number, line in told]
    names = {area.code: area.name["vi"] for area in ReformArea.objects.all()}
    wanted = [_said(line, names) for line in lines]
    kept = [
        (n.code, n.name, n.most, n.method, n.guidance, n.basis, n.verified)
        for n in found.nodes.all()
    ]
    if kept == wanted and found.invented == invented:
        return Written(0, len(lines))
    if found.state != RoundState.DRAFT:
        reason = f"the tree of {year} is frozen, for this round has been opened"
        raise LinesRefused([BadLine(1, "file", reason)])
    found.invented = invented
    found.save(update_fields=["invented"])
    found.nodes.all().delete()
    made: dict[str, ReformNode] = {}
    for ordinal, (line, said) in enumerate(zip(lines, wanted, strict=True), 1):
        made[line.code] = ReformNode.objects.create(
            round=found,
            parent=made.get(line.parent),
            ordinal=ordinal,
            **dict(zip(COLUMNS, said, strict=True)),
        )
    return Written(len(made), 0)


def _said(line: NodeLine, names: dict[str, str]) -> tuple[object, ...]:
    name = line.name or names.get(line.code, "")
    return (
        *(line.code, name, line.most, line.method.value),
        *(line.guidance, line.basis, line.verified),
    )
