"""Papers of our own that the law gives no form to; they speak the reader's language.

What is missing for somebody who came in vain, my list of papers before going, the calls
of a desk, the cards of a village.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gandan.documents import blocks
from gandan.documents.slips import Office
from gandan.ui import words


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """One paper of a list: brought or missing, and what it must be like."""

    name: str
    note: str = ""
    brought: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitList:
    """The slip of a guided visit: who leaves without a receipt leaves with this."""

    template: ClassVar[str] = "list"

    office: Office
    procedure: str  # its everyday name
    official_name: str = ""
    missing: tuple[Paper, ...]
    brought: tuple[Paper, ...] = ()
    visited_on: date
    person: str = ""  # optional: nobody has to say who they are
    fee: str = ""
    officer: str = ""
    follow_url: str = ""

    def data(self) -> dict[str, Any]:
        o = self.office
        return _page(
            office=o,
            title=_("What is still missing"),
            subtitle=self.procedure,
            small=self.official_name,
            day=self.visited_on,
            qr=self.follow_url,
            body=blocks.present(
                blocks.fields((_("For"), self.person)),
                blocks.ticks(
                    _("Please bring:"),
                    [(paper.name, paper.note, False) for paper in self.missing],
                ),
                blocks.ticks(
                    _("You have already:"),
                    [(paper.name, paper.note, True) for paper in self.brought],
                ),
                blocks.fields(
                    (_("Fee"), self.fee),
                    (_("Where"), ", ".join(p for p in (o.name, o.address) if p)),
                    (_("Open"), o.hours),
                    (_("Telephone"), o.telephone),
                    (_("Guided by"), self.officer),
                ),
                blocks.text(
                    _(
                        "This list is complete. With these papers your dossier can"
                        " be received."
                    )
                ),
            ),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class MyList:
    """The official list of a procedure, turned into mine by a few questions."""

    template: ClassVar[str] = "list"

    procedure: str
    official_name: str = ""
    code: str
    papers: tuple[Paper, ...]
    answers: tuple[tuple[str, str], ...] = ()  # question and my answer
    allowance: str = ""
    fee: str = ""
    where: str = ""
    source: str = ""  # of the catalogue, with its day
    telephone: str
    printed_on: date
    address: str = ""  # of the procedure's page

    def data(self) -> dict[str, Any]:
        return _page(
            office=None,
            telephone=self.telephone,
            title=_("My list of papers"),
            subtitle=self.procedure,
            small=" · ".join(p for p in (self.official_name, self.code) if p),
            day=self.printed_on,
            qr=self.address,
            body=blocks.present(
                blocks.fields(*self.answers),
                blocks.ticks(
                    _("Please bring:"),
                    [(p.name, p.note, p.brought) for p in self.papers],
                ),
                blocks.fields(
                    (_("Time limit"), self.allowance),
                    (_("Fee"), self.fee),
                    (_("Where"), self.where),
                    (_("Source"), self.source),
                ),
            ),
        )


def _page(
    *,
    office: Office | None,
    title: str,
    day: date,
    body: list[blocks.Block],
    telephone: str = "",
    subtitle: str = "",
    small: str = "",
    qr: str = "",
) -> dict[str, Any]:
    return {
        "title": title,
        "language": get_language() or "vi",
        "paper": "a5",
        "office": office.name if office else "",
        "telephone": office.telephone if office else telephone,
        "telephone_word": _("Telephone"),
        "page_word": _("Page"),
        "subtitle": subtitle,
        "small": small,
        "day": words.day(day),
        "qr": blocks.qr_svg(qr) if qr else "",
        "qr_alt": _("QR of the page"),
        "blocks": body,
    }
