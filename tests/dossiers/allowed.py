"""Who may do what in which state, written by hand from Decree 61/2018 arts 17-20 and
domain/01 §1.3, not from the code."""

from itertools import product

# Verb, state, who → state after ("=" the same, "<" the one before).
DESK = ("counter", "head_one_stop")
ALLOWED: dict[tuple[str, str, str], str] = {}


def _allow(verb: str, states: str, who: tuple[str, ...] | str, after: str) -> None:
    people = (who,) if isinstance(who, str) else who
    for state, person in product(states.split(), people):
        ALLOWED[verb, state, person] = after


_allow("submit", "draft sent_back", ("applicant", *DESK), "submitted")
_allow("receive", "draft submitted", DESK, "received")
_allow("serve_at_once", "draft", DESK, "returned")
_allow("send_back", "submitted", DESK, "sent_back")
_allow("reject", "draft submitted sent_back", DESK, "rejected")
_allow("take_up", "received", "specialist", "processing")
_allow("pass_on", "processing", ("specialist", "signatory"), "=")
_allow("ask_opinion", "processing", "specialist", "=")
_allow("answer_opinion", "processing supplement payment", "specialist", "=")
_allow("chase", "processing payment", ("specialist", *DESK), "=")
_allow("ask_supplement", "received processing", "specialist", "supplement")
_allow("ask_supplement_again", "received processing", "signatory", "supplement")
_allow("take_papers", "supplement", DESK, "processing")
_allow("open_left_out", "processing", "specialist", "=")
_allow("close_left_out", "processing", "specialist", "=")
_allow("ask_payment", "processing", "specialist", "payment")
_allow("take_payment", "payment", ("specialist", *DESK), "processing")
_allow("apologise", "received processing", "signatory", "=")
_allow("reroute", "received processing", ("head_one_stop", "unit_leader"), "received")
_allow(
    "ask_withdrawal",
    "submitted sent_back received processing supplement payment",
    ("applicant", *DESK),
    "withdrawal_asked",
)
_allow("keep", "withdrawal_asked", ("applicant", *DESK), "<")
_allow(
    "grant_withdrawal", "withdrawal_asked", ("head_one_stop", "signatory"), "stopped"
)
_allow("stop", "received processing supplement payment", "signatory", "stopped")
_allow("refuse", "processing", "signatory", "refused")
_allow("decide", "processing", "signatory", "done")
_allow("hand_over", "done refused", DESK, "returned")
