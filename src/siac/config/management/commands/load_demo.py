# SPDX-License-Identifier: EUPL-1.2
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.config.demonstration.accounts import PASSWORD
from siac.config.demonstration.load import load_all
from siac.organizations.public import institutions


class Command(BaseCommand):
    help = "Carga los organismos de demostración, con personas y solicitudes inventadas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--cases", type=int, help="solicitudes por organismo (por omisión, las de cada guion)"
        )

    def handle(self, *args: Any, cases: int | None, **options: Any) -> None:
        if institutions().exists():
            raise CommandError(
                "Ya hay organismos en esta instalación: la demostración se carga en una vacía."
            )

        def say(line: str) -> None:
            self.stdout.write(line)
            self.stdout.flush()

        load_all(now=timezone.now(), password=PASSWORD, say=say, cases=cases)
