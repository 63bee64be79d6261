"""Papers of this room: my list on A5, and the poster of one procedure on A4."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from gandan.documents import blocks
from gandan.kernel.localtime import local_day
from gandan.procedures import rules
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.web import showing, wording
from gandan.procedures.web.asking import MyPapers
from gandan.ui import words


@dataclass(frozen=True, slots=True)
class MyList:
    """To tick off at home, one box for each paper."""

    template: ClassVar[str] = "procedures/typst/my_list"

    mine: MyPapers
    address: str

    def data(self) -> dict[str, Any]:
        mine = self.mine
        return {
            "lang": wording.language(),
            "title": str(mine.title),
            "official": mine.version.name,
            "code": mine.version.code,
            "heading": _("My list of papers"),
            "answers": [[str(q), str(a)] for q, a in mine.answered],
            "needed": [_paper(p) for p in mine.needed],
            "perhaps_heading": _("Perhaps also, depending on your answers"),
            "perhaps": [_paper(p) for p in mine.perhaps],
            "fees_heading": _("Fees and charges"),
            "fees": [_fee(fee) for fee in mine.fees],
            "time_heading": _("How long it takes"),
            "times": [_time(time) for time in mine.times],
            "qr": blocks.qr_svg(self.address),
            "footer": _source(mine.version),
        }


@dataclass(frozen=True, slots=True)
class Poster:
    """One procedure for the wall of a desk or a village hall."""

    template: ClassVar[str] = "procedures/typst/poster"

    version: ProcedureVersion
    at: datetime
    address: str

    def data(self) -> dict[str, Any]:
        facts = self.version.facts()
        # It hangs at a desk, so whoever reads it has come to the desk.
        at_the_desk = rules.my_list(facts, {"channel": rules.Channel.COUNTER.value})
        return {
            "lang": wording.language(),
            "title": str(wording.title(self.version)),
            "official": self.version.name,
            "code": self.version.code,
            "papers_heading": _("Bring these papers"),
            "papers": [_paper(showing.paper_line(p)) for p in at_the_desk.needed],
            "by_case_heading": _("By case"),
            "by_case": [_paper(showing.paper_line(p)) for p in at_the_desk.perhaps],
            "time_heading": _("How long it takes"),
            "times": [_time(t) for t in showing.times(self.version, at=self.at)],
            "fees_heading": _("Fees and charges"),
            "fees": [_fee(fee) for fee in showing.fee_lines(facts.fees)],
            "scan": _("Scan for your own list of papers"),
            "qr": blocks.qr_svg(self.address),
            "footer": " · ".join(
                [
                    _("Version %(number)s, printed %(day)s")
                    % {
                        "number": self.version.number,
                        "day": words.plain_day(local_day(self.at)),
                    },
                    _source(self.version),
                ]
            ),
        }


def _paper(paper: showing.PaperLine) -> dict[str, str]:
    return {
        "name": str(paper.name),
        "copies": paper.copies,
        "note": str(paper.note),
    }


def _fee(fee: showing.FeeLine) -> dict[str, str]:
    name = f"{fee.name} ({fee.channel})" if fee.channel else fee.name
    return {"name": name, "said": fee.amount or str(fee.rule) or fee.text}


def _time(time: showing.Time) -> dict[str, Any]:
    about = ", ".join(part for part in (str(time.case), time.where) if part)
    mark = "" if time.verified else _("not verified")
    return {
        "about": about,
        "said": str(time.words),
        "mark": mark,
        "plain": time.is_text,
    }


def _source(version: ProcedureVersion) -> str:
    parts = [version.source, version.source_date]
    if version.national_only:
        parts.append(_("national limit; the province's decision is not loaded"))
    return ", ".join(part for part in parts if part)
