"""The API's door: `Authorization: Bearer …`."""

from django.http import HttpRequest
from ninja.security import HttpBearer

from gandan.dossiers.agencies import actor_of, digest_of
from gandan.kernel.actors import Actor
from gandan.kernel.localtime import local_day
from gandan.people.models import Agency


class Token(HttpBearer):
    """`Authorization: Bearer …`; an unknown or ended token is a 401."""

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        on = local_day(request.now)  # type: ignore[attr-defined]
        rows = Agency.objects.filter(digest=digest_of(token))  # its own, or nobody's
        for agency in rows.only("organisation_id", "scopes", "starts", "ends"):
            if agency.starts <= on and (agency.ends is None or on < agency.ends):
                return actor_of(agency, on)
        return None
