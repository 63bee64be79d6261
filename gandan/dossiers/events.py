"""What happened to a dossier, in the past tense: public ids, counts and dates only."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Happened:
    """Every fact of a dossier; `organisation` is the competent agency's key."""

    KIND: ClassVar[str]
    subject: str
    organisation: str


@dataclass(frozen=True, slots=True)
class Submitted(Happened):
    KIND: ClassVar[str] = "dossiers.submitted.v1"
    procedure: str
    channel: str


@dataclass(frozen=True, slots=True)
class Received(Happened):
    KIND: ClassVar[str] = "dossiers.received.v1"
    procedure: str
    channel: str
    received_by: str
    helped_at: str
    day_zero: date
    due: date | None


@dataclass(frozen=True, slots=True)
class SentBack(Happened):
    KIND: ClassVar[str] = "dossiers.sent_back.v1"
    papers: int


@dataclass(frozen=True, slots=True)
class Resubmitted(Happened):
    """The applicant completed a filing that was sent back; `files` of the papers."""

    KIND: ClassVar[str] = "dossiers.resubmitted.v1"
    papers: int
    files: int


@dataclass(frozen=True, slots=True)
class Rejected(Happened):
    KIND: ClassVar[str] = "dossiers.rejected.v1"


@dataclass(frozen=True, slots=True)
class TakenUp(Happened):
    KIND: ClassVar[str] = "dossiers.taken_up.v1"
    office: str


@dataclass(frozen=True, slots=True)
class PassedOn(Happened):
    KIND: ClassVar[str] = "dossiers.passed_on.v1"
    step: str
    office: str


@dataclass(frozen=True, slots=True)
class OpinionAsked(Happened):
    KIND: ClassVar[str] = "dossiers.opinion_asked.v1"
    of: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class OpinionAnswered(Happened):
    KIND: ClassVar[str] = "dossiers.opinion_answered.v1"
    of: str


@dataclass(frozen=True, slots=True)
class Chased(Happened):
    KIND: ClassVar[str] = "dossiers.chased.v1"
    means: str


@dataclass(frozen=True, slots=True)
class DocumentsAsked(Happened):
    KIND: ClassVar[str] = "dossiers.documents_asked.v1"
    number: int
    papers: int
    stops: bool


@dataclass(frozen=True, slots=True)
class DocumentsTaken(Happened):
    KIND: ClassVar[str] = "dossiers.documents_taken.v1"
    due: date | None


@dataclass(frozen=True, slots=True)
class LeftOutOpened(Happened):
    KIND: ClassVar[str] = "dossiers.left_out_opened.v1"
    reason: str
    starts: date


@dataclass(frozen=True, slots=True)
class LeftOutClosed(Happened):
    KIND: ClassVar[str] = "dossiers.left_out_closed.v1"
    reason: str
    days: int
    due: date | None


@dataclass(frozen=True, slots=True)
class Extended(Happened):
    KIND: ClassVar[str] = "dossiers.extended.v1"
    number: int
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True)
class ClockReread(Happened):
    KIND: ClassVar[str] = "dossiers.clock_reread.v1"
    before: date | None
    due: date | None
    because: str


@dataclass(frozen=True, slots=True)
class Rerouted(Happened):
    KIND: ClassVar[str] = "dossiers.rerouted.v1"
    before: str


@dataclass(frozen=True, slots=True)
class WithdrawalAsked(Happened):
    KIND: ClassVar[str] = "dossiers.withdrawal_asked.v1"
    by_token: bool


@dataclass(frozen=True, slots=True)
class Kept(Happened):
    KIND: ClassVar[str] = "dossiers.kept.v1"


@dataclass(frozen=True, slots=True)
class Ended(Happened):
    """Result, refusal, withdrawal or stop; `days` in all, `left_out` of them."""

    KIND: ClassVar[str] = "dossiers.ended.v1"
    outcome: str
    due: date | None
    ended: date
    judged: str
    days: int
    left_out: int


@dataclass(frozen=True, slots=True)
class Overdue(Happened):
    """The due day passed with the clock running; occurred at that day's end."""

    KIND: ClassVar[str] = "dossiers.overdue.v1"
    due: date


@dataclass(frozen=True, slots=True)
class HandedOver(Happened):
    KIND: ClassVar[str] = "dossiers.handed_over.v1"
    means: str


@dataclass(frozen=True, slots=True)
class Nudged(Happened):
    KIND: ClassVar[str] = "dossiers.nudged.v1"


@dataclass(frozen=True, slots=True)
class NudgeAnswered(Happened):
    KIND: ClassVar[str] = "dossiers.nudge_answered.v1"


@dataclass(frozen=True, slots=True)
class Rated(Happened):
    KIND: ClassVar[str] = "dossiers.rated.v1"
    means: str


@dataclass(frozen=True, slots=True)
class BallotsCounted:
    """Subject and organisation are the desk's key; how many, never which answer."""

    KIND: ClassVar[str] = "dossiers.ballots_counted.v1"
    subject: str
    organisation: str
    means: str
    ballots: int


@dataclass(frozen=True, slots=True)
class HistoryImported(Happened):
    """A batch of imported rows; the subject is their `import_batch`."""

    KIND: ClassVar[str] = "dossiers.history_imported.v1"
    rows: int
    file: str


@dataclass(frozen=True, slots=True)
class VisitGuided:
    """Subject is the visit; nothing of the person."""

    KIND: ClassVar[str] = "dossiers.visit_guided.v1"
    subject: str
    organisation: str
    procedure: str
    papers: int
