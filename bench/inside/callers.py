"""Who calls the API: the portal for the whole province, and each commune's system."""

import secrets
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from gandan.dossiers.agencies import digest_of
from gandan.kernel.localtime import local_day
from gandan.people.models import Agency
from gandan.places import queries as places
from gandan.places.models import Organisation
from gandan.procedures.models import ProcedureVersion
from gandan.procedures.rules import LimitUnclear

PAPERS = 3
PROCEDURES = 12


def _token(body: Organisation, *scopes: str) -> str:
    token = secrets.token_urlsafe(32)
    Agency.objects.create(
        name="bench",
        organisation=body,
        digest=digest_of(token),
        scopes=list(scopes),
        starts=date(2020, 1, 1),
    )
    return token


def make() -> dict[str, Any]:
    """Tokens of the portal and of every commune, and procedures to file."""
    on = local_day(timezone.now())
    with places.pinned():
        province = places.province(on, settings.PROVINCE_CODE)
        committee = places.committee_of(province, on) if province else None
        assert committee is not None
        portal = _token(committee, "dossiers:file", "dossiers:receive")
        communes = []
        for place in places.communes(on):
            body = places.committee_of(place, on)
            if body is not None and places.desk_of(body, on) is not None:
                token = _token(body, "dossiers:process", "dossiers:sign")
                communes.append({"key": body.key, "token": token})
    return {"portal": portal, "communes": communes, "procedures": procedures(on)}


def procedures(on: date) -> list[dict[str, Any]]:
    """Of communes, with one plain limit, and the papers an applicant brings."""
    found = []
    rows = ProcedureVersion.objects.on(on).filter(handled_by="local_government")
    for version in rows.order_by("code"):
        if "commune" not in version.levels:
            continue
        try:
            limit = version.limit_for("", "online", frozenset())
        except LimitUnclear:
            continue
        papers = version.papers()[:PAPERS]
        if limit.allowance is None or len(papers) < PAPERS:
            continue
        brought = [
            {"key": paper.key, "name": paper.name[:600], "electronic": 1}
            for paper in papers
        ]
        found.append({"code": version.code, "papers": brought})
        if len(found) == PROCEDURES:
            break
    return found
