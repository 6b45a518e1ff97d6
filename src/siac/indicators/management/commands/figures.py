# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from siac.indicators.figures.cube import rebuild
from siac.infra.metrics import sources
from siac.organizations.public import institutions


class Command(BaseCommand):
    help = (
        "Cuenta de nuevo todas las cifras, organismo por organismo; lo que pase entretanto se cuenta igual."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rebuild"])
        parser.add_argument("--institution", metavar="SLUG", help="solo este organismo")

    def handle(self, *args: Any, **options: Any) -> None:
        slug = options["institution"]
        bodies = [body for body in institutions() if slug in (None, body.slug)]
        if not bodies:
            raise CommandError(f"No hay un organismo «{slug}»." if slug else "No hay organismos.")
        for body in bodies:
            for of in sources():
                for step in rebuild(body, of, now=timezone.now()):
                    self.stdout.write(f"{body.slug} · {of.key} · {step}")
            self.stdout.write(f"{body.slug}: cifras contadas de nuevo.")
