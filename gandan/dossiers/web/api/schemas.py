"""Shapes of the API. They check form; the actions decide."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field

from gandan.dossiers.rules.moves import Verb
from gandan.kernel.text import clean


def _clean(text: str) -> str:
    return clean(text)


Text = Annotated[str, Field(max_length=400), AfterValidator(_clean)]
Name = Annotated[str, Field(min_length=1, max_length=120), AfterValidator(_clean)]
Identity = Annotated[str, Field(pattern=r"^([0-9]{9}|[0-9]{12})?$")]
Year = Annotated[int, Field(ge=1850, le=2200)]
Count = Annotated[int, Field(ge=0, le=500)]


class Strict(Schema):
    model_config = ConfigDict(extra="forbid")


class PartyIn(Strict):
    role: Literal["owner", "spouse", "representative", "bringer", "helper"] = "owner"
    full_name: Name
    sex: Literal["", "male", "female"] = ""
    born_on: date | None = None
    born_year: Year | None = None
    identity_number: Identity = ""
    telephone: Annotated[str, Field(pattern=r"^[0-9+ .]{0,20}$")] = ""
    email: Annotated[
        str, Field(pattern=r"^([^@\s]+@[^@\s]+\.[^@\s]+)?$", max_length=120)
    ] = ""
    address: Annotated[str, Field(max_length=240), AfterValidator(_clean)] = ""
    village: Annotated[str, Field(max_length=120), AfterValidator(_clean)] = ""


class PaperIn(Strict):
    key: Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_clean)]
    name: Annotated[str, Field(min_length=1, max_length=600), AfterValidator(_clean)]
    originals: Count = 0
    copies: Count = 0
    electronic: Count = 0


class DossierIn(Strict):
    """One filing. `state` 1: filed, the desk will receive it; 2: received at once."""

    procedure: Annotated[str, Field(pattern=r"^[0-9]\.[0-9]{6}$")]
    competent: Annotated[str, Field(min_length=1, max_length=80)]
    received_by: Annotated[str, Field(max_length=80)] = ""
    helped_at: Annotated[str, Field(max_length=80)] = ""
    channel: Literal["counter", "online", "post"] = "online"
    state: Literal[1, 2] = 1
    case: Annotated[str, Field(max_length=160), AfterValidator(_clean)] = ""
    place: Annotated[str, Field(max_length=48)] = ""
    village: Annotated[str, Field(max_length=120), AfterValidator(_clean)] = ""
    parties: Annotated[list[PartyIn], Field(min_length=1, max_length=20)]
    papers: Annotated[list[PaperIn], Field(max_length=60)] = []
    fee_vnd: Annotated[int, Field(ge=0, le=10**12)] | None = None
    paid: Literal["", "none", "cash", "online"] = ""
    language: Literal["vi", "en", "fr"] = "vi"
    due_on: date | None = None
    due_why: Text = ""


class BatchIn(Strict):
    """Up to 100 filings, each with the sender's own key."""

    class Item(Strict):
        key: Annotated[
            str, Field(min_length=8, max_length=80, pattern=r"^[\x21-\x7e]+$")
        ]
        dossier: DossierIn

    dossiers: Annotated[list[Item], Field(min_length=1, max_length=100)]


class DossierOut(Schema):
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


class Page(Schema):
    dossiers: list[DossierOut]
    before: str | None  # pass it on to read further


class Refused(Schema):
    """`code` is stable, `detail` one sentence."""

    code: str
    detail: str


class BatchLine(Schema):
    key: str
    status: int
    dossier: Opened | None = None
    error: Refused | None = None


class BatchOut(Schema):
    results: list[BatchLine]


class Wanted(Strict):
    key: Annotated[str, Field(min_length=1, max_length=80), AfterValidator(_clean)]
    name: Annotated[str, Field(min_length=1, max_length=600), AfterValidator(_clean)]
    why: Text = ""


class VerbIn(Strict):
    """What the verb needs; anything it does not use is refused."""

    version: int | None = None
    wanted: Annotated[list[Wanted], Field(max_length=60)] | None = None
    reason: Annotated[str, Field(max_length=2000), AfterValidator(_clean)] | None = None
    bring_by: date | None = None
    new_due: date | None = None
    due_on: date | None = None
    due_why: Text | None = None
    kind: Annotated[str, Field(max_length=32)] | None = None
    owner: Annotated[str, Field(max_length=160), AfterValidator(_clean)] | None = None
    paper: Annotated[str, Field(max_length=200), AfterValidator(_clean)] | None = None
    limit_on: date | None = None
    amount_vnd: Annotated[int, Field(ge=0, le=10**12)] | None = None
    paid: Literal["cash", "online"] | None = None
    electronic: bool | None = None
    means: Literal["counter", "post", "online"] | None = None
    to: Annotated[str, Field(max_length=80)] | None = None
    step: Annotated[str, Field(max_length=48), AfterValidator(_clean)] | None = None
    token: Annotated[str, Field(max_length=30)] | None = None


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
