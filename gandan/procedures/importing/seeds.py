"""The procedures an installation begins with: facts restated from the portal, and ours.

`seed/national.jsonl` has one procedure a line: what the portal says, its traps read by
`portal`, with the digests of the rows it was made from, so that an import of the same
catalogue finds nothing new. `seed/ours/<code>.json` lays our words, questions and
readings over it; a section that stands there replaces the national one.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.db import transaction

from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.procedures import actions, rules
from gandan.procedures.models import ProcedureVersion

FOLDER = Path(__file__).resolve().parent.parent / "seed"


@dataclass(frozen=True, slots=True)
class Seeded:
    added: int
    changed: int
    unchanged: int


def seed(*, by: Actor, at: datetime, folder: Path = FOLDER) -> Seeded:
    """Add what is missing, renew what only a seed wrote; twice changes nothing."""
    with transaction.atomic():
        actions.lock_catalogue()
        held = _newest()
        added, changed, unchanged = [], [], 0
        for publication in publications(folder):
            version = held.get(publication.draft.code)
            if version is None:
                added.append(publication)
            elif version["reason"] != "seed" or (
                version["sources"].get("seed") == publication.sources["seed"]
            ):
                unchanged += 1
            else:
                changed.append(replace(publication, valid_from=local_day(at)))
        if added or changed:
            actions.publish_many(publications=[*added, *changed], by=by, at=at)
    return Seeded(len(added), len(changed), unchanged)


def publications(folder: Path = FOLDER) -> Iterator[actions.Publication]:
    for line in (folder / "national.jsonl").read_text("utf-8").splitlines():
        data = json.loads(line)
        code = data["draft"]["code"]
        path = folder / "ours" / f"{code}.json"
        ours = path.read_text("utf-8") if path.exists() else "{}"
        yield actions.Publication(
            draft=rules.Draft.from_json(_laid_over(data["draft"], json.loads(ours))),
            sources=data["sources"]
            | {"seed": sha256((line + ours).encode()).hexdigest()},
            reason="seed",
        )


def _laid_over(national: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    content = national.get("content", {}) | ours.get("content", {})
    return national | ours | {"content": content}


def _newest() -> dict[str, dict[str, Any]]:
    rows = (
        ProcedureVersion.objects.order_by("code", "-number")
        .distinct("code")
        .values("code", "reason", "sources")
    )
    return {row["code"]: dict(row) for row in rows}
