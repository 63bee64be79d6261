"""The article's file read into rows; repeatable, and what left the file leaves too."""

import csv
from pathlib import Path

from django.db import transaction

from gandan.programmes.models import Claim
from gandan.programmes.rules import Claim as Said
from gandan.programmes.rules import ClaimUnreadable, claim_of

ARTICLE = Path(__file__).parent / "seed" / "article.csv"


def read(path: Path = ARTICLE) -> list[Said]:
    """Every claim of the file, in its order, each once."""
    with path.open(encoding="utf-8", newline="") as file:
        said = [claim_of(row, n) for n, row in enumerate(csv.DictReader(file), 2)]
    seen: set[str] = set()
    for line, claim in enumerate(said, 2):
        if claim.code in seen:
            raise ClaimUnreadable(line, "id", claim.code)
        seen.add(claim.code)
    return said


@transaction.atomic
def seed() -> int:
    """Write the claims; how many there are."""
    said = read()
    Claim.objects.exclude(pk__in=[claim.code for claim in said]).delete()
    rows = [
        Claim(
            code=claim.code,
            ordinal=ordinal,
            quantity=claim.quantity,
            value=claim.value,
            number=claim.number,
            out_of=claim.out_of,
            unit=claim.unit,
            qualifier=claim.qualifier.value,
            subject=dict(claim.subject),
            period=claim.period,
            ambiguity=dict(claim.ambiguity),
            kind=claim.kind,
            lives=claim.lives,
        )
        for ordinal, claim in enumerate(said, 1)
    ]
    fields = [f.name for f in Claim._meta.fields if not f.primary_key]
    Claim.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=fields
    )
    return len(rows)
