# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from siac.journal.commands.sealing import make_checkpoints


class Command(BaseCommand):
    help = "Sella la bitácora: firma las últimas anotaciones de cada organismo."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institution", metavar="SLUG", help="solo este organismo")

    def handle(self, *args: Any, **options: Any) -> None:
        made = make_checkpoints(timezone.now(), options["institution"])
        self.stdout.write(f"Sellos nuevos: {made}")
