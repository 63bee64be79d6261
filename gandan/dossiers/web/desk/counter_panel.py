"""A dossier as plain values to copy into a national system.

In the order of the message DongBoHoSo (domain handbook §2.5): identity of the dossier,
applicant, times, papers. Their names are those of the message; nothing is sent here.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from gandan.dossiers.models import Dossier
from gandan.dossiers.web import wording
from gandan.kernel.localtime import local

_CHANNEL = {"counter": "1", "online": "2", "post": "3"}


@dataclass(frozen=True, slots=True)
class Value:
    name: str  # of the message, kept in every language
    label: str
    value: str


def portal_fields(dossier: Dossier) -> list[Value]:
    """What is known; an empty value has no row."""
    owner = next((p for p in dossier.parties.all() if p.role == "owner"), None)
    version = dossier.procedure
    papers = "; ".join(paper.name for paper in dossier.papers.all())
    rows = [
        Value("MaHoSo", _("Dossier code"), dossier.code or ""),
        Value("MaTTHC", _("Procedure code"), version.code),
        Value("TenTTHC", _("Official name"), version.name),
        Value("TenLinhVuc", _("Field"), dossier.field),
        Value("KenhThucHien", _("How it came"), _channel(dossier)),
        Value("ChuHoSo", _("Owner of the dossier"), dossier.owner_name),
    ]
    if owner is not None:
        born = owner.born_on
        year = str(owner.born_year) if owner.born_year else ""
        rows += [
            Value("SoDinhDanh", _("Personal number"), owner.identity_number),
            Value("NgaySinh", _("Born"), f"{born:%d/%m/%Y}" if born else year),
            Value("DiaChi", _("Address"), _address(dossier, owner.address)),
            Value("SoDienThoai", _("Telephone"), owner.telephone),
            Value("Email", _("E-mail"), owner.email),
        ]
    rows += [
        Value("NgayTiepNhan", _("Received"), _moment(dossier.received_at)),
        Value("NgayHenTra", _("Due date"), _day(dossier.due_on)),
        Value("DonViXuLy", _("Competent body"), dossier.competent.name),
        Value("NoiNopHoSo", _("Received by"), getattr(dossier.received_by, "name", "")),
        Value("TaiLieuNop", _("Papers in the dossier"), papers),
    ]
    return [row for row in rows if row.value]


def _address(dossier: Dossier, typed: str) -> str:
    place = dossier.place.full_name if dossier.place else ""
    return typed or ", ".join(part for part in (dossier.village, place) if part)


def _channel(dossier: Dossier) -> str:
    """The message's number, with its word for whoever copies it."""
    return f"{_CHANNEL[dossier.channel]} ({wording.CHANNEL[dossier.channel]})"


def _moment(at: datetime | None) -> str:
    return f"{local(at):%d/%m/%Y %H:%M}" if at else ""


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""
