"""The API's door: `Authorization: Bearer …`."""

from django.db.models import Q
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
        agency = (
            Agency.objects.filter(digest=digest_of(token), starts__lte=on)
            .filter(Q(ends__isnull=True) | Q(ends__gt=on))
            .only("organisation_id", "scopes")
            .first()
        )
        return actor_of(agency, on) if agency else None
