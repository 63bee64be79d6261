"""What a procedure says, as values: limits, papers, fees, steps; choosing and
comparing.

Pure Python. Official names are Vietnamese only; `Words` carry ours in three languages.
"""

from gandan.procedures.rules.content import Content, ContentRefused, check
from gandan.procedures.rules.diff import Change, changes
from gandan.procedures.rules.draft import Draft
from gandan.procedures.rules.facts import (
    Basis,
    Case,
    Channel,
    FactRefused,
    Fee,
    LeftOut,
    Limit,
    Option,
    Paper,
    Question,
    Result,
    Step,
    Words,
    said,
)
from gandan.procedures.rules.limits import LimitUnclear, choose_limit
from gandan.procedures.rules.mylist import MyList, my_list, read_answers

__all__ = [
    "Basis",
    "Case",
    "Change",
    "Channel",
    "Content",
    "ContentRefused",
    "Draft",
    "FactRefused",
    "Fee",
    "LeftOut",
    "Limit",
    "LimitUnclear",
    "MyList",
    "Option",
    "Paper",
    "Question",
    "Result",
    "Step",
    "Words",
    "changes",
    "check",
    "choose_limit",
    "my_list",
    "read_answers",
    "said",
]
