"""What is counted of the facts: the stock from which definitions are put together.

Codes are lasting: states are kept under them. A changed meaning is a new code.
"""

from gandan.dossiers.facts import DOSSIER, LEFT_OUT, VISIT
from gandan.figures.facts import Column, FactTable
from gandan.indicators.algebra import (
    ALWAYS,
    Aggregate,
    All,
    Any,
    Compare,
    CompareColumns,
    Condition,
    Count,
    Histogram,
    IsSet,
    Measure,
    Not,
    OneOf,
    Sum,
    Test,
)

_D = DOSSIER


def is_(column: Column, value: str | bool) -> Compare:
    return Compare(column, Test.EQUAL, value)


def at_least(column: Column, number: int) -> Compare:
    return Compare(column, Test.AT_LEAST, number)


def _measure(table: FactTable, half: str, code: str, aggregate: Aggregate) -> Measure:
    unit, procedure = table["unit"], table["procedure"]
    return Measure(code, table, aggregate, table[half], unit, procedure)


def _received(code: str, where: Condition = ALWAYS) -> Measure:
    return _measure(_D, "received_half", code, Count(where))


def _ended(code: str, where: Condition = ALWAYS) -> Measure:
    return _measure(_D, "ended_half", code, Count(where))


# By the day of receipt.
ONLINE = is_(_D["channel"], "online")
ASSISTED = is_(_D["assisted"], True)
PAYS = Any((at_least(_D["fee_vnd"], 1), OneOf(_D["paid"], ("cash", "online"))))

received = _received("received")
received_online = _received("received_online", ONLINE)
received_counter = _received("received_counter", is_(_D["channel"], "counter"))
received_post = _received("received_post", is_(_D["channel"], "post"))
self_filed = _received("self_filed", All((ONLINE, Not(ASSISTED))))
assisted = _received("assisted", All((ONLINE, ASSISTED)))
digitised = _received("digitised", is_(_D["digitised"], True))
nudged = _received("nudged", at_least(_D["nudges"], 1))
with_fee = _received("with_fee", PAYS)
paid_online = _received("paid_online", is_(_D["paid"], "online"))

# By the day of the end. Whoever withdrew, or whose dossier was stopped, is owed no
# answer: only results and refusals are resolved.
ANSWERED = OneOf(_D["outcome"], ("result", "refused"))
WITH_RESULT = is_(_D["outcome"], "result")
IN_TIME = ("early", "on_time")
JUDGED = (*IN_TIME, "late")


def _answered(code: str, *conditions: Condition) -> Measure:
    return _ended(code, All((ANSWERED, *conditions)))


def _by(judgement: str, *values: str) -> OneOf:
    return OneOf(_D[judgement], values)


resolved = _answered("resolved")
resolved_with_due = _answered("resolved_with_due", _by("judged_extended", *JUDGED))
resolved_early = _answered("resolved_early", _by("judged_extended", "early"))
resolved_on_the_day = _answered(
    "resolved_on_the_day", _by("judged_extended", "on_time")
)
resolved_late = _answered("resolved_late", _by("judged_extended", "late"))
late_unapologised = _answered(
    "late_unapologised",
    _by("judged_extended", "late"),
    Compare(_D["extensions"], Test.EQUAL, 0),
)

promise_judged = _answered("promise_judged", _by("judged_promise", *JUDGED))
promise_kept = _answered("promise_kept", _by("judged_promise", *IN_TIME))
extended_kept = _answered("extended_kept", _by("judged_extended", *IN_TIME))
# Decision 766 and the ledger say themselves what they judge.
d766_judged = _ended("d766_judged", _by("judged_766", *JUDGED))
d766_kept = _ended("d766_kept", _by("judged_766", *IN_TIME))
# A closing that proves nothing (void) counts there as one that is not on time.
ledger_judged = _ended("ledger_judged", _by("judged_ledger", *JUDGED, "void"))
ledger_kept = _ended("ledger_kept", _by("judged_ledger", *IN_TIME))

supplemented = _answered("supplemented", at_least(_D["supplements"], 1))
supplemented_again = _answered("supplemented_again", at_least(_D["supplements"], 2))
apologised = _answered("apologised", at_least(_D["extensions"], 1))
rerouted = _answered("rerouted", at_least(_D["reroutings"], 1))
with_result = _ended("with_result", WITH_RESULT)
electronic = _ended(
    "electronic", All((WITH_RESULT, is_(_D["result_electronic"], True)))
)
rated = _ended("rated", IsSet(_D["rating"]))
DISLIKED = OneOf(_D["rating"], (1, 2))
late_or_disliked = _ended(
    "late_or_disliked",
    All((ANSWERED, Any((_by("judged_extended", "late"), DISLIKED)))),
)
new_dates = _measure(_D, "ended_half", "new_dates", Sum(_D["extensions"], ANSWERED))
visits_closed = _measure(_D, "ended_half", "visits_closed", Sum(_D["visits"], ANSWERED))
stars = _measure(_D, "ended_half", "stars", Sum(_D["rating"]))
working_days = _measure(
    _D, "ended_half", "working_days", Histogram(_D["working_days"], ANSWERED)
)
days_all = _measure(_D, "ended_half", "days_all", Histogram(_D["days_all"], ANSWERED))

# What stands: those without an end, and the others by the half in which they ended.
OPEN = Not(IsSet(_D["ended_day"]))
ENDED_LATE = CompareColumns(_D["ended_day"], Test.AT_LEAST, _D["overdue_from"])

open_since = _measure(
    _D, "received_half", "open_since", Histogram(_D["received_half"], OPEN)
)
ended_since = _measure(_D, "ended_half", "ended_since", Histogram(_D["received_half"]))
overdue_open = _measure(
    _D, "received_half", "overdue_open", Histogram(_D["overdue_from"], OPEN)
)
overdue_ended = _measure(
    _D, "ended_half", "overdue_ended", Histogram(_D["overdue_from"], ENDED_LATE)
)

# Intervals by the day on which they ended: one that still runs has no length yet.
STOPS = is_(LEFT_OUT["stops"], True)
APPLICANT = is_(LEFT_OUT["owner"], "applicant")


def _left_out(code: str, owner: Condition) -> Measure:
    days = Sum(LEFT_OUT["days"], All((STOPS, owner)))
    return _measure(LEFT_OUT, "ended_half", code, days)


left_out_applicant = _left_out("left_out_applicant", APPLICANT)
left_out_others = _left_out("left_out_others", Not(APPLICANT))

guided_visits = _measure(VISIT, "visited_half", "guided_visits", Count())
