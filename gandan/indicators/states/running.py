"""The follower as a process of its own: a turn, a fold, a moment's rest."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

from gandan.indicators.states.counting_anew import know_measures
from gandan.indicators.states.following import Busy, fold, follow

log = logging.getLogger(__name__)
REST = 0.2  # seconds between turns when nothing happens
_AWAY = 2.0  # seconds: the database is restarted, or another follower is at work


def run(is_over: Callable[[], bool]) -> None:
    """Until `is_over`; a database that went away is waited for."""
    known = False
    while not is_over():
        try:
            if not known:
                know_measures()
                known = True
            turn = follow()
            if turn.events:
                fold()
            if not turn.is_full:
                time.sleep(REST)
        except (OperationalError, InterfaceError, Busy) as error:
            log.warning("the follower waits: %s", type(error).__name__)
            connection.close()
            time.sleep(_AWAY)
