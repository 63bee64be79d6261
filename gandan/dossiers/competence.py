"""Which body decides on a procedure: proposed from its level, chosen by the officer.

The catalogue names bodies in words («Sở Tư pháp», «Ủy ban nhân dân cấp xã»); what no
words decide, the officer does. Any desk may receive for any of them.
"""

import re
from datetime import date

from django.conf import settings

from gandan.kernel.text import fold
from gandan.places import queries as places
from gandan.places.models import Organisation, Place
from gandan.places.rules import Level, OrganisationKind
from gandan.procedures.models import ProcedureVersion

_PROVINCE = re.compile(r"(uy ban nhan dan|ubnd) (cap )?tinh")


def candidates(on: date) -> dict[str, list[Organisation]]:
    """Bodies that decide on dossiers, by kind: communes, departments, land offices."""
    committees = places.of_kind(OrganisationKind.PEOPLE_COMMITTEE, on)
    above = [body for body in committees if body.place.level != Level.COMMUNE]
    return {
        "communes": [body for body in committees if body not in above],
        "province": [*places.of_kind(OrganisationKind.DEPARTMENT, on), *above],
        "land": places.of_kind(OrganisationKind.LAND_OFFICE, on),
    }


def proposed(
    version: ProcedureVersion, place: Place | None, on: date
) -> Organisation | None:
    """The commune's committee where communes handle it, else the department named,
    else the province's committee; which land office serves a commune is not known."""
    if version.level == Level.COMMUNE:
        in_commune = place is not None and place.level == Level.COMMUNE
        return places.committee_of(place, on) if place and in_commune else None
    named = fold(f"{version.competent} {version.executing}")
    for body in places.of_kind(OrganisationKind.DEPARTMENT, on):
        if fold(body.name).partition(" tinh ")[0] in named:
            return body
    province = places.province(on, settings.PROVINCE_CODE)
    if province is not None and _PROVINCE.search(named):
        return places.committee_of(province, on)
    return None
