"""What a printed page is made of. One list of blocks gives PDF, picture and print view.

Blocks are plain JSON: typst templates and `documents/blocks.html` both draw them.
"""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any, TypeAlias

import segno

from gandan.ui.reasons import Line, Reasons

Block: TypeAlias = dict[str, Any]


Row: TypeAlias = tuple[str, str]


def fields(*rows: Row | tuple[Row, ...]) -> Block:
    """Label and value, one under the other; several short ones may share a line.

    What has no value is left out.
    """
    kept = []
    for row in rows:
        line = (row,) if isinstance(row[0], str) else row
        shown = [{"label": label, "value": value} for label, value in line if value]
        if shown:
            kept.append(shown)
    return {"kind": "fields", "rows": kept}


def text(words: str, *, strong: bool = False) -> Block:
    return {"kind": "text", "text": words, "strong": strong}


def numbered(title: str, items: Iterable[tuple[str, str]]) -> Block:
    """A numbered list; each item may carry a note of why."""
    rows = [{"text": words, "note": note} for words, note in items]
    return {"kind": "list", "title": title, "items": rows}


def ticks(title: str, items: Iterable[tuple[str, str, bool]]) -> Block:
    """A list with boxes: what is there, what is still missing."""
    rows = [{"text": w, "note": note, "done": done} for w, note, done in items]
    return {"kind": "ticks", "title": title, "items": rows}


def table(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[float],
    centred: Sequence[int] = (),
    row_height: int = 0,
) -> Block:
    """`widths` are shares of the line; 0 takes what it needs, 5 and more are mm.

    `row_height` in millimetres leaves room to sign.
    """
    return {
        "kind": "table",
        "title": title,
        "head": list(head),
        "rows": [list(row) for row in rows],
        "widths": list(widths),
        "centred": list(centred),
        "row_height": row_height,
    }


def why(title: str, lines: Iterable[Line]) -> Block | None:
    """Why this date: the same lines as on the page, grouped ones under their title."""
    groups: list[Block] = [
        {"title": line.title, "lines": list(line.lines)}
        if isinstance(line, Reasons)
        else {"title": line, "lines": []}
        for line in lines
    ]
    return {"kind": "why", "title": title, "groups": groups} if groups else None


def signatures(*people: tuple[str, str, str]) -> Block:
    """Capacity, how to sign, and the name under the space."""
    rows = [
        {"title": title, "note": note, "name": name} for title, note, name in people
    ]
    return {"kind": "signatures", "people": rows}


def present(*blocks: Block | None) -> list[Block]:
    """Without the empty ones."""
    return [
        block
        for block in blocks
        if block is not None
        and (block["kind"] not in {"fields", "list", "ticks"} or _has_rows(block))
    ]


def _has_rows(block: Block) -> bool:
    return bool(block.get("rows") or block.get("items"))


def lines(body: Iterable[Block], *, across: int = 74) -> int:
    """About how many lines a body fills on a page `across` letters wide.

    Good enough to choose a size of type; a page that comes out longer runs on.
    """

    def of(words: str, width: int = across) -> int:
        return max(1, -(-len(words) // width))

    total = 0
    for block in body:
        match block["kind"]:
            case "fields":
                total += sum(
                    of("   ".join(f"{f['label']}: {f['value']}" for f in row))
                    for row in block["rows"]
                )
            case "text":
                total += of(block["text"])
            case "list" | "ticks":
                total += bool(block["title"])
                for item in block["items"]:
                    total += of(item["text"]) + (
                        of(item["note"]) if item["note"] else 0
                    )
            case "table":
                total += 2 + sum(
                    max(of(cell, across * 2 // 3) for cell in row)
                    for row in block["rows"]
                )
            case "signatures":
                total += 5
    return total


def qr_svg(address: str) -> str:
    """A QR of an address, as one small drawing.

    Whoever places it leaves three modules of white around: with the one drawn here
    that makes the quiet zone. The mask is fixed: any one can be read, and looking for
    the prettiest takes longer than the whole page.
    """
    out = BytesIO()
    segno.make(address, error="m", micro=False, mask=3).save(
        out, kind="svg", border=1, xmldecl=False, svgns=True, omitsize=True
    )
    return out.getvalue().decode()
