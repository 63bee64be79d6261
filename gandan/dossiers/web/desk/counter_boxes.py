"""A stored dossier as boxes of the intake's page."""

from django.http import QueryDict

from gandan.dossiers.models import Dossier
from gandan.dossiers.web.desk import counter_form as shapes


def boxes_of(dossier: Dossier, *, whole: bool) -> QueryDict:
    """A stored dossier as boxes of the page: all of a parked one, or its people only,
    for the next dossier of the same person."""
    data = QueryDict(mutable=True)
    seen: set[str] = set()
    kept = {"owner", "spouse", "representative", "bringer", "interpreter", "witness"}
    for party in dossier.parties.all():
        if party.role in seen or (not whole and party.role not in kept):
            continue
        seen.add(party.role)
        boxes = {
            name: getattr(party, name)
            for name in shapes.BOXES[party.role]
            if hasattr(party, name)
        }
        boxes["place"] = party.place.key if party.place else ""
        born = party.born_on
        boxes["born"] = f"{born:%d/%m/%Y}" if born else party.born_year or ""
        issued = party.identity_issued_on
        boxes["identity_issued_on"] = f"{issued:%d/%m/%Y}" if issued else ""
        boxes["fingerprint"] = "on" if party.fingerprint else ""
        for name, value in boxes.items():
            if name in shapes.BOXES[party.role] and value:
                data[f"{party.role}-{name}"] = str(value)
    if dossier.place and not data.get("owner-place"):
        data["owner-place"] = dossier.place.key
    data["owner-village"] = dossier.village
    data["language"] = dossier.language
    if whole:
        _rest(data, dossier)
    return data


def _rest(data: QueryDict, dossier: Dossier) -> None:
    data["procedure"] = dossier.procedure_code
    data["case"], data["channel"] = dossier.case, dossier.channel
    data["competent"] = dossier.competent.key
    data["helped_at"] = dossier.helped_at.key if dossier.helped_at else ""
    data["fee_vnd"] = "" if dossier.fee_vnd is None else str(dossier.fee_vnd)
    data["paid"] = dossier.paid if dossier.paid != "none" else ""
    data["version"] = str(dossier.version)
    if dossier.form_key:
        data["form_here"] = "on"
    for paper in dossier.papers.all():
        stem = f"p-{paper.key}"
        data[f"{stem}-have"] = "on"
        data[f"{stem}-originals"] = str(paper.originals)
        data[f"{stem}-copies"] = str(paper.copies)
