"""Shapes of the API. They check form; the actions decide.

Plain pydantic: what comes is JSON and what goes is a dictionary, so that nothing has to
be read from attributes, which would cost a batch a quarter of its time.
"""

import re
from contextlib import suppress
from datetime import date, datetime
from functools import partial
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
)

from gandan.dossiers.rules.moves import Verb
from gandan.kernel.clock import LAST_YEAR
from gandan.kernel.text import clean


def _fits(text: str, *, most: int, least: int) -> str:
    """Cleaning changes the length: signs go, and some become several."""
    cleaned = clean(text)
    if not least <= len(cleaned) <= most:
        raise ValueError(f"is {least} to {most} signs long once it is cleaned")
    return cleaned


def fits(most: int, least: int = 0) -> AfterValidator:
    """Text is cleaned, and then still of a length that its column holds."""
    return AfterValidator(partial(_fits, most=most, least=least))


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _day(text: object) -> date:
    """Only as it is declared: no number of seconds is taken for a day."""
    day = None
    if isinstance(text, str) and _DAY.fullmatch(text):
        with suppress(ValueError):
            day = date.fromisoformat(text)
    if day is None:
        raise ValueError("is written like 2025-03-31")
    if not FIRST_DAY <= day <= LAST_DAY:
        raise ValueError(f"lies between {FIRST_DAY} and {LAST_DAY}")
    return day


FIRST_DAY, LAST_DAY = date(1850, 1, 1), date(LAST_YEAR, 12, 31)
Day = Annotated[date, BeforeValidator(_day)]
Text = Annotated[str, Field(max_length=400), fits(400)]
Name = Annotated[str, Field(min_length=1, max_length=120), fits(120, 1)]
PaperName = Annotated[str, Field(min_length=1, max_length=600), fits(600, 1)]
PaperKey = Annotated[str, Field(min_length=1, max_length=80), fits(80, 1)]
Village = Annotated[str, Field(max_length=120), fits(120)]
Address = Annotated[str, Field(max_length=240), fits(240)]
Reason = Annotated[str, Field(max_length=2000), fits(2000)]
Identity = Annotated[str, Field(pattern=r"^([0-9]{9}|[0-9]{12})?$")]
Year = Annotated[int, Field(ge=1850, le=2200, strict=True)]
_EMAIL = r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$"
Count = Annotated[int, Field(ge=0, le=500, strict=True)]
Dong = Annotated[int, Field(ge=0, le=10**12, strict=True)]


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class PartyIn(Strict):
    role: Literal["owner", "spouse", "representative", "bringer", "helper"] = "owner"
    full_name: Name
    sex: Literal["", "male", "female"] = ""
    born_on: Day | None = None
    born_year: Year | None = None
    identity_number: Identity = ""
    telephone: Annotated[str, Field(pattern=r"^[0-9+ .]{0,20}$")] = ""
    email: Annotated[str, Field(pattern=_EMAIL, max_length=120), fits(120)] = ""
    address: Address = ""
    village: Village = ""


class PaperIn(Strict):
    key: PaperKey
    name: PaperName
    originals: Count = 0
    copies: Count = 0
    electronic: Count = 0


def _once(papers: list[PaperIn]) -> list[PaperIn]:
    keys = [paper.key for paper in papers]
    if len(set(keys)) < len(keys):
        raise ValueError("name each paper once")
    return papers


class DossierIn(Strict):
    """One filing. `state` 1: filed, the desk will receive it; 2: received at once."""

    procedure: Annotated[str, Field(pattern=r"^[0-9]\.[0-9]{6}$")]
    competent: Annotated[str, Field(min_length=1, max_length=80)]
    received_by: Annotated[str, Field(max_length=80)] = ""
    helped_at: Annotated[str, Field(max_length=80)] = ""
    channel: Literal["counter", "online", "post"] = "online"
    state: Literal[1, 2] = 1
    case: Annotated[str, Field(max_length=160), fits(160)] = ""
    place: Annotated[str, Field(max_length=48)] = ""
    village: Village = ""
    parties: Annotated[list[PartyIn], Field(min_length=1, max_length=20)]
    papers: Annotated[list[PaperIn], Field(max_length=60), AfterValidator(_once)] = []
    fee_vnd: Dong | None = None
    paid: Literal["", "none", "cash", "online"] = ""
    language: Literal["vi", "en", "fr"] = "vi"
    due_on: Day | None = None
    due_why: Text = ""


class BatchIn(Strict):
    """Up to 100 filings, each with the sender's own key."""

    class Item(Strict):
        key: Annotated[
            str, Field(min_length=8, max_length=80, pattern=r"^[\x21-\x7e]+$")
        ]
        dossier: DossierIn

    dossiers: Annotated[list[Item], Field(min_length=1, max_length=100)]


class DossierOut(BaseModel):
    """A dossier without its people: what the sender already knows stays with it."""

    public_id: UUID
    code: str | None
    state: int | None  # the national state, 1 to 10
    state_name: str
    version: int
    procedure: str
    competent: str
    received_by: str | None
    helped_at: str | None
    channel: str
    submitted_at: datetime | None
    received_at: datetime | None
    due_on: date | None
    promised_on: date | None
    provisional: bool
    extended_to: date | None
    supplements: int
    left_out_days: int
    ended_on: date | None
    outcome: str
    returned_on: date | None
    imported: bool


class Opened(DossierOut):
    """With the secrets of the receipt; `token` only in the first answer."""

    secret: str
    token: str


class Explained(DossierOut):
    why: list[str]


class Page(BaseModel):
    dossiers: list[DossierOut]
    before: UUID | None  # the last one of the page: pass it on to read further


class Refused(BaseModel):
    """`code` is stable, `detail` one sentence."""

    code: str
    detail: str


class BatchLine(BaseModel):
    key: str
    status: int
    dossier: Opened | None = None
    error: Refused | None = None


class BatchOut(BaseModel):
    results: list[BatchLine]


class Wanted(Strict):
    key: PaperKey
    name: PaperName
    why: Text = ""


class VerbIn(Strict):
    """What the verb needs; anything it does not use is refused."""

    version: Annotated[int, Field(strict=True)] | None = None
    wanted: Annotated[list[Wanted], Field(max_length=60)] | None = None
    reason: Reason | None = None
    bring_by: Day | None = None
    new_due: Day | None = None
    due_on: Day | None = None
    due_why: Text | None = None
    kind: Annotated[str, Field(pattern=r"^[a-z_]{1,32}$")] | None = None
    owner: Annotated[str, Field(max_length=160), fits(160)] | None = None
    paper: Annotated[str, Field(max_length=200), fits(200)] | None = None
    limit_on: Day | None = None
    amount_vnd: Dong | None = None
    paid: Literal["cash", "online"] | None = None
    electronic: StrictBool | None = None
    means: Literal["counter", "post", "online"] | None = None
    to: Annotated[str, Field(max_length=80)] | None = None
    step: Annotated[str, Field(min_length=1, max_length=48), fits(48, 1)] | None = None
    token: Annotated[str, Field(pattern=r"^[\x21-\x7e]{0,30}$")] | None = None


# Verb → (members it needs, members it may have).
VERBS: dict[Verb, tuple[tuple[str, ...], tuple[str, ...]]] = {
    Verb.RECEIVE: ((), ("due_on", "due_why")),
    Verb.SEND_BACK: (("wanted",), ()),
    Verb.REJECT: (("reason",), ()),
    Verb.TAKE_UP: ((), ()),
    Verb.PASS_ON: (("step",), ()),
    Verb.ASK_SUPPLEMENT: (("wanted",), ("reason", "bring_by")),
    Verb.TAKE_PAPERS: ((), ("due_on", "due_why")),
    Verb.OPEN_LEFT_OUT: (("kind", "owner", "paper"), ("limit_on",)),
    Verb.CLOSE_LEFT_OUT: (("kind", "paper"), ()),
    Verb.ASK_PAYMENT: (("paper",), ("amount_vnd", "limit_on")),
    Verb.TAKE_PAYMENT: (("paper", "paid"), ()),
    Verb.APOLOGISE: (("reason", "new_due"), ()),
    Verb.REROUTE: (("to", "reason"), ()),
    Verb.ASK_WITHDRAWAL: ((), ("token", "reason")),
    Verb.KEEP: ((), ()),
    Verb.GRANT_WITHDRAWAL: ((), ()),
    Verb.STOP: (("reason",), ()),
    Verb.REFUSE: (("reason",), ()),
    Verb.DECIDE: ((), ("electronic",)),
    Verb.HAND_OVER: ((), ("means",)),
}


def plain(wanted: list[Wanted]) -> list[dict[str, Any]]:
    return [row.model_dump() for row in wanted]
