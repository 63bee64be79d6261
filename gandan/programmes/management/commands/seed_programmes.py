"""The claims of the source article, as data."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gandan.programmes.rules import ClaimUnreadable
from gandan.programmes.seeding import ARTICLE, seed


class Command(BaseCommand):
    help = "Write the claims of the source article; repeatable."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = seed()
        except ClaimUnreadable as unreadable:
            raise CommandError(f"{ARTICLE.name}: {unreadable}") from None
        if options["verbosity"]:
            self.stdout.write(f"{count} claims")
