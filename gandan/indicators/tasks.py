"""Every night the states are counted a second time."""

import logging

from procrastinate.contrib.django import app

from gandan.indicators.states.proving import prove

log = logging.getLogger(__name__)
NAME = "indicators.prove"


@app.periodic(cron="35 17 * * *")
@app.task(name=NAME, queueing_lock=NAME)
def prove_states(timestamp: int) -> None:
    """Half past midnight in the province, after the sweeps of the new day. A difference
    is an error in the log and a failed job, which the operator's list shows."""
    proof = prove()
    for difference in proof.differences:
        log.error("figures: %s", difference)
    if not proof.holds:
        raise DifferenceFound(f"{len(proof.differences) + proof.more} differences")
    log.info("figures: %s cells and %s records agree", proof.cells, proof.records)


class DifferenceFound(Exception):
    """The states are not what the records say; the log names the cells."""
