"""Which division of the competent body takes a dossier up, by the procedure's field.

The province's own assignment was not found: `seed/routing.csv` is configuration, each
row with its source and marked unverified.
"""

import csv
from datetime import date
from functools import lru_cache
from pathlib import Path

from gandan.kernel.text import fold
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.places.rules import OrganisationKind

_FILE = Path(__file__).parent / "seed" / "routing.csv"


@lru_cache(maxsize=1)
def routing() -> tuple[tuple[str, str], ...]:
    """(words of a field, words of a division's name), both folded, in order."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["field_word"], row["division_word"]) for row in csv.DictReader(file)
        )


def office_for(competent: Organisation, field: str, on: date) -> Organisation:
    """The division in force on `on`; the body itself where it has none."""
    divisions = [
        body
        for body in places.directory().parts_of.get(competent.pk, ())
        if body.kind in {OrganisationKind.DIVISION, OrganisationKind.OFFICE}
        and body.is_in_force(on)
    ]
    if not divisions:
        return competent
    wanted = fold(field)
    for field_word, division_word in routing():
        if field_word in wanted:
            for division in divisions:
                if division_word in division.fold:
                    return division
    return divisions[0]
