"""The fact tables as they were last computed, one for each schema of a room.

What a record counted for is taken back from here when it changes, so the states always
are the sum of these rows. Columns come from the schema itself: a table cannot differ
from its description.
"""

from collections.abc import Sequence
from typing import Any

from django.db import models

from gandan.dossiers import facts as desk
from gandan.figures.facts import Column, FactTable, Kind

PREFIX = "fact_"


def _field(column: Column) -> "models.Field[Any, Any]":
    match column.kind:
        case Kind.TEXT:
            return models.CharField(max_length=160, blank=True)
        case Kind.BOOLEAN:
            return models.BooleanField(null=column.nullable)
        case Kind.INTEGER:
            return models.BigIntegerField(null=column.nullable)
        case Kind.DAY | Kind.HALF:
            return models.IntegerField(null=column.nullable)


def relation(table: FactTable) -> str:
    """The name of its table in the database."""
    return f"{PREFIX}{table.name}"


def _model(
    name: str,
    table: FactTable,
    key: Sequence[str],
    halves: Sequence[str],
    days: Sequence[str],
) -> type[models.Model]:
    meta = type(
        "Meta",
        (),
        {
            "db_table": relation(table),
            "constraints": [
                models.UniqueConstraint(
                    fields=list(key), name=f"{relation(table)}_is_one_row"
                )
            ],
            # What stands behind a figure is looked for by agency and half.
            "indexes": [
                models.Index(
                    fields=["unit", half], name=f"{relation(table)}_{half[:8]}"
                )
                for half in halves
            ]
            # Whether anything happened after a day, and what did in a few days.
            + [
                models.Index(fields=[day], name=f"{relation(table)}_{day}")
                for day in days
            ],
        },
    )
    body: dict[str, Any] = {column.name: _field(column) for column in table.columns}
    body |= {"__module__": __name__, "__doc__": table.meaning, "Meta": meta}
    return type(name, (models.Model,), body)


DossierFact = _model(
    "DossierFact",
    desk.DOSSIER,
    ["record"],
    ["received_half", "ended_half"],
    ["received_day", "ended_day"],
)
LeftOutFact = _model(
    "LeftOutFact", desk.LEFT_OUT, ["record", "ordinal"], [], ["ended_day"]
)
VisitFact = _model(
    "VisitFact", desk.VISIT, ["record"], ["visited_half"], ["visited_day"]
)
