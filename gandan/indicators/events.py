"""What happened around figures: public ids and counts, no person in them."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ReformRoundOpened:
    """The tree is frozen, and every unit of the group has its sheet."""

    KIND: ClassVar[str] = "indicators.reform_round_opened.v1"
    subject: str  # the round
    year: int
    group: str
    sheets: int
    self_until: date
    explain_until: date


@dataclass(frozen=True, slots=True)
class ReformRoundClosed:
    KIND: ClassVar[str] = "indicators.reform_round_closed.v1"
    subject: str
    year: int
    group: str
    sheets: int


@dataclass(frozen=True, slots=True)
class ReformSheetScored:
    """The unit gave its own points; the points themselves stay in the sheet."""

    KIND: ClassVar[str] = "indicators.reform_sheet_scored.v1"
    subject: str  # the sheet
    organisation: str
    items: int


@dataclass(frozen=True, slots=True)
class ReformSheetAppraised:
    KIND: ClassVar[str] = "indicators.reform_sheet_appraised.v1"
    subject: str
    organisation: str
    turn: int  # 1 or 2
    items: int


@dataclass(frozen=True, slots=True)
class ReformSheetExplained:
    KIND: ClassVar[str] = "indicators.reform_sheet_explained.v1"
    subject: str
    organisation: str
    items: int


@dataclass(frozen=True, slots=True)
class ReformStageEnded:
    """Handed in, a round of appraisal ended, explanations locked."""

    KIND: ClassVar[str] = "indicators.reform_stage_ended.v1"
    subject: str
    organisation: str
    stage: str
    then: str


@dataclass(frozen=True, slots=True)
class ReformSheetAdjusted:
    KIND: ClassVar[str] = "indicators.reform_sheet_adjusted.v1"
    subject: str
    organisation: str
    is_bonus: bool


@dataclass(frozen=True, slots=True)
class ReformSheetSurveyed:
    KIND: ClassVar[str] = "indicators.reform_sheet_surveyed.v1"
    subject: str
    organisation: str
    items: int


@dataclass(frozen=True, slots=True)
class EditionDrafted:
    KIND: ClassVar[str] = "indicators.edition_drafted.v1"
    subject: str  # the edition
    slug: str
    number: int


@dataclass(frozen=True, slots=True)
class EditionApproved:
    """By a second person; from now on it is public and stays as it is."""

    KIND: ClassVar[str] = "indicators.edition_approved.v1"
    subject: str
    slug: str
    number: int


@dataclass(frozen=True, slots=True)
class EditionDiscarded:
    KIND: ClassVar[str] = "indicators.edition_discarded.v1"
    subject: str
    slug: str
    number: int
