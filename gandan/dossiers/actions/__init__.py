"""The only code that writes dossiers: one function per verb, by family.

opening: draft, receive what was filed, send back, reject
intake: submit, open and receive, serve at once; one or many
filing: complete what was sent back
parking: change or drop a parked intake, file several together
handling: take up, pass on, opinions, left-out time, payment, chase, re-route
asking: supplements, papers in, apology and extension
ending: decide, refuse, withdrawal, stop, hand over
beside: guided visits, nudges, ratings
"""

from gandan.dossiers.actions.asking import (
    apologise,
    ask_supplement,
    take_papers,
)
from gandan.dossiers.actions.beside import (
    answer_nudge,
    count_ballots,
    guide_visit,
    nudge,
    rate,
)
from gandan.dossiers.actions.course import DossierChanged
from gandan.dossiers.actions.ending import (
    ask_withdrawal,
    decide,
    grant_withdrawal,
    hand_over,
    keep,
    refuse,
    stop,
)
from gandan.dossiers.actions.filing import resubmit
from gandan.dossiers.actions.handling import (
    answer_opinion,
    ask_opinion,
    ask_payment,
    chase,
    close_left_out,
    open_left_out,
    pass_on,
    reread,
    reroute,
    take_over,
    take_payment,
    take_up,
)
from gandan.dossiers.actions.intake import (
    Given,
    Taken,
    Way,
    open_and_receive,
    serve_at_once,
    submit,
    take_in,
    take_one,
)
from gandan.dossiers.actions.opening import (
    KeyReused,
    Opening,
    PaperIn,
    PartyIn,
    Receipt,
    draft,
    preview,
    receive,
    reject,
    send_back,
)
from gandan.dossiers.actions.parking import bundle_of, discard, revise

__all__ = [
    "DossierChanged",
    "Given",
    "KeyReused",
    "Opening",
    "PaperIn",
    "PartyIn",
    "Receipt",
    "Taken",
    "Way",
    "answer_nudge",
    "answer_opinion",
    "apologise",
    "ask_opinion",
    "ask_payment",
    "ask_supplement",
    "ask_withdrawal",
    "bundle_of",
    "chase",
    "close_left_out",
    "count_ballots",
    "decide",
    "discard",
    "draft",
    "grant_withdrawal",
    "guide_visit",
    "hand_over",
    "keep",
    "nudge",
    "open_and_receive",
    "open_left_out",
    "pass_on",
    "preview",
    "rate",
    "receive",
    "refuse",
    "reject",
    "reread",
    "reroute",
    "resubmit",
    "revise",
    "send_back",
    "serve_at_once",
    "stop",
    "submit",
    "take_in",
    "take_one",
    "take_over",
    "take_papers",
    "take_payment",
    "take_up",
]
