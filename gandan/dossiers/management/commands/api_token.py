"""`gandan api token ORGANISATION --scope …`: a Bearer token for one agency."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from gandan.dossiers.agencies import FILE, ROLES, digest_of
from gandan.kernel.localtime import local_day
from gandan.people.models import Agency
from gandan.places import queries as places

SCOPES = (*ROLES, FILE)


class Command(BaseCommand):
    help = "Make a Bearer token for an agency's system; it is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("organisation", help="key, agency code or place code")
        parser.add_argument("--name", required=True, help="the system that will call")
        parser.add_argument(
            "--scope", action="append", required=True, choices=SCOPES, help="repeatable"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        on = local_day(timezone.now())
        body = places.agency_by(options["organisation"], on)
        if body is None:
            raise CommandError(
                f"organisation {options['organisation']!r}: no agency of today",
                returncode=1,
            )
        token = secrets.token_urlsafe(32)
        Agency.objects.create(
            name=options["name"],
            organisation=body,
            digest=digest_of(token),
            scopes=sorted(set(options["scope"])),
            starts=on,
        )
        self.stdout.write(token)
