# SPDX-License-Identifier: EUPL-1.2
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from siac.infra.health import details, findings


class Command(BaseCommand):
    """What GET /salud says, with the numbers behind it; exit code 1 where something is wrong."""

    help = "Dice si todo anda, con los números detrás; código de salida 1 si algo anda mal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--quiet", action="store_true", help="solo lo que anda mal")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line per check, and its numbers."""
        now = timezone.now()
        found = findings(now)
        for name, said in found.items():
            if options["quiet"] and not said:
                continue
            self.stdout.write(f"{'✗' if said else '✓'} {name}: {said or 'well'}")
            for line in details(name, now):
                self.stdout.write(f"    {line}")
        if any(found.values()):
            sys.exit(1)
