"""What a unit owes of its sheet, as rows of «Việc của tôi»: never of two stages."""

from collections.abc import Iterable
from datetime import datetime

from gandan.duties import actions as duties
from gandan.duties.actions import Owed
from gandan.indicators.models import ReformSheet
from gandan.indicators.reform.rules import Stage
from gandan.kernel.actors import Role

ROOM = "reform"
_KINDS = {Stage.SELF: "reform_score", Stage.EXPLAINING: "reform_explain"}


def _owed(sheet: ReformSheet) -> list[Owed]:
    found, stage = sheet.round, Stage(sheet.stage)
    if stage not in _KINDS:
        return []
    until = found.self_until if stage is Stage.SELF else found.explain_until
    return [
        Owed(
            kind=_KINDS[stage],
            organisation=sheet.organisation_id,
            role=Role.UNIT_LEADER.value,
            label=f"CCHC {found.year}",
            detail="Chỉ số cải cách hành chính của đơn vị",
            due_on=until,
            link=f"/so-lieu/cai-cach/phieu/{sheet.public_id}/cham",
        )
    ]


def begin(sheets: Iterable[ReformSheet], at: datetime) -> None:
    """The first duty of every sheet of a round that opens."""
    owed = [(str(s.public_id), duty) for s in sheets for duty in _owed(s)]
    duties.owe(room=ROOM, owed=owed, at=at)


def renew(sheet: ReformSheet, at: datetime) -> None:
    """What is owed in the stage the sheet is in now; nothing while the province reads.

    A deadline that passed stays owed, late, until the province takes the sheet up.
    """
    duties.set_duties(room=ROOM, subject=str(sheet.public_id), owed=_owed(sheet), at=at)
