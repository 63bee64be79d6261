"""Where an intake's time goes: the journal and the ledger's entry, timed inside."""

import json
import secrets
import time
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gandan.ledger import entries, journal

WARM = 30
_WRITERS = (
    (journal, "record"),
    (journal, "record_rows"),
    (entries, "append"),
    (entries, "append_many"),
)


class _Watch:
    """Adds up the time inside the writers; one that calls another counts once."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self._depth = 0

    def around(self, writer: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            started, self._depth = time.perf_counter(), self._depth + 1
            try:
                return writer(*args, **kwargs)
            finally:
                self._depth -= 1
                if self._depth == 0:
                    self.seconds += time.perf_counter() - started

        return timed


def parts(token: str, bodies: list[dict[str, Any]]) -> dict[str, Any]:
    """Through the API in this process: share of journal and entry, and queries."""
    watch = _Watch()
    for module, name in _WRITERS:
        if writer := getattr(module, name, None):
            setattr(module, name, watch.around(writer))
    client = Client()

    def send(body: dict[str, Any]) -> None:
        answer = client.post(
            "/api/v1/dossiers",
            json.dumps(body),
            content_type="application/json",
            HTTP_AUTHORIZATION=f"Bearer {token}",
            HTTP_IDEMPOTENCY_KEY=secrets.token_hex(12),
        )
        assert answer.status_code == 200, answer.content

    for body in bodies[:WARM]:
        send(body)
    watch.seconds = 0.0
    started = time.perf_counter()
    for body in bodies[WARM:]:
        send(body)
    seconds = time.perf_counter() - started
    with CaptureQueriesContext(connection) as caught:
        send(bodies[0])
    return {
        "share": watch.seconds / seconds,
        "seconds_each": seconds / (len(bodies) - WARM),
        "queries": len(caught),
        "statements": [query["sql"][:160] for query in caught.captured_queries],
    }
