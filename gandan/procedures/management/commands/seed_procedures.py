"""The procedures of a new installation; a second time changes nothing."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from gandan.kernel.actors import SYSTEM
from gandan.procedures.importing.seeds import seed


class Command(BaseCommand):
    help = "Seed the procedures that local government handles."

    def handle(self, *args: Any, **options: Any) -> None:
        done = seed(by=SYSTEM, at=timezone.now())
        self.stdout.write(
            f"procedures: {done.added} added, {done.changed} changed, "
            f"{done.unchanged} unchanged"
        )
