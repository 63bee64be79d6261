"""The card a scanner types: its seven fields go to one person's boxes."""

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext as _

from gandan.dossiers.residence import Residence, read_residence
from gandan.dossiers.rules.identity import CardFields, read_card
from gandan.dossiers.web.desk import counter_form as shapes
from gandan.kernel.localtime import local_day
from gandan.people.guards import StaffRequest


def scan(request: StaffRequest, data: QueryDict) -> tuple[str, str]:
    """Fill the boxes of the person whose card was read: (role filled, what to say).

    The raw string ends here: it is neither kept nor shown again.
    """
    raw = data.pop("scan", [""])[-1]
    if not raw.strip():
        return "", ""
    card = read_card(str(raw))
    if card is None:
        return "", _("This is no identity card's code: nothing was filled in.")
    role = data.get("scan_for", "owner")
    role = role if role in shapes.SCANNED else "owner"
    said = _fill(data, role, card, local_day(request.now))
    return role, said


def _fill(data: QueryDict, role: str, card: CardFields, on: date) -> str:
    """The seven fields, and the card's old commune as the one it is today."""
    boxes = {
        "full_name": card.full_name,
        "identity_number": card.number,
        "old_identity_number": card.old_number,
        "born": f"{card.born_on:%d/%m/%Y}" if card.born_on else "",
        "sex": card.sex,
        "address": card.residence,
        "identity_issued_on": f"{card.issued_on:%d/%m/%Y}" if card.issued_on else "",
    }
    lies = read_residence(card.residence, on)
    said = ""
    if "place" in shapes.BOXES[role]:
        boxes["place"] = lies.today[0].key if len(lies.today) == 1 else ""
        boxes["village"] = lies.village
        said = _where(lies, card.residence)
    for name, value in boxes.items():
        if name in shapes.BOXES[role]:
            data[f"{role}-{name}"] = value
    return said


def _where(lies: Residence, residence: str) -> str:
    if lies.was is None:
        return _("The card's residence is in no commune known here: choose one.")
    if len(lies.today) > 1:
        return _("%(was)s is part of several communes today: choose one.") % {
            "was": lies.was.full_name
        }
    if lies.has_moved and lies.today:
        return _("%(was)s on the card is %(today)s today.") % {
            "was": lies.was.full_name,
            "today": lies.today[0].full_name,
        }
    return ""
