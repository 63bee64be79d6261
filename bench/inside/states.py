"""The follower and the reading of states, in a process of their own."""

import statistics
import time
from typing import Any

from django.db import connection

from gandan.figures.models import State
from gandan.indicators.definitions import DEFINITIONS
from gandan.indicators.queries import figures, parse_period
from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import catch_up

_TOUCHED = """
WITH chosen AS (
    SELECT id, public_id FROM dossiers_dossier WHERE received_at IS NOT NULL
    ORDER BY public_id LIMIT %s
), changed AS (
    UPDATE dossiers_dossier d SET digitised = NOT d.digitised
    FROM chosen WHERE d.id = chosen.id RETURNING d.public_id
)
INSERT INTO ledger_event (kind, subject, organisation, payload, by_kind, by_id,
                          occurred_at)
SELECT 'dossiers.passed_on.v1', public_id::text, '', '{}', 'system', '', now()
FROM changed
"""


def follow_book() -> dict[str, Any]:
    """Everything the journal has: a history is followed batch by batch."""
    know_measures()
    started = time.perf_counter()
    changed = catch_up(patience=3600)
    return {"seconds": time.perf_counter() - started, "changes": changed}


def deltas(many: int) -> dict[str, Any]:
    """So many records change, each with its event; seconds until states have them."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(_TOUCHED, [many])
    started = time.perf_counter()
    catch_up()
    return {"seconds": time.perf_counter() - started, "cells": State.objects.count()}


def view(turns: int) -> dict[str, Any]:
    """A unit's figures of a quarter, all definitions at once; milliseconds."""
    unit = State.objects.filter(procedure="").values_list("unit", flat=True).latest("n")
    codes = list(DEFINITIONS)
    period = parse_period("2025-Q1")
    times = []
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE figures_state")
    for _turn in range(turns):
        started = time.perf_counter()
        found = figures(codes, places=[unit], period=period)
        times.append((time.perf_counter() - started) * 1000)
    read = []
    for _turn in range(turns):
        started = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT measure_id, half, key, sum(n) FROM figures_state "
                "WHERE unit = %s AND procedure = '' AND half >= %s AND half < %s "
                "GROUP BY measure_id, half, key",
                [unit, 48600, 48606],
            )
            cursor.fetchall()
        read.append((time.perf_counter() - started) * 1000)
    return {
        "ms": statistics.median(times),
        "by_hand_ms": statistics.median(read),
        "figures": len(found),
    }
