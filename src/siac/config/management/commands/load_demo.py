# SPDX-License-Identifier: EUPL-1.2
import sys
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.config.demonstration.accounts import PASSWORD
from siac.config.demonstration.load import FILES, load_body, missing, settle
from siac.infra.supervisor import Child, stop_all
from siac.organizations.public import has_real_bodies


class Command(BaseCommand):
    help = "Carga los organismos de demostración, con personas y solicitudes inventadas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--cases", type=int, help="solicitudes por organismo (por omisión, las de cada guion)"
        )
        parser.add_argument("--script", choices=FILES, help="solo este organismo")

    def handle(self, *args: Any, cases: int | None, script: str | None = None, **options: Any) -> None:
        if has_real_bodies():
            raise CommandError(
                "Ya hay organismos en esta instalación: la demostración se carga en una vacía."
            )
        if script:
            load_body(script, now=timezone.now(), password=PASSWORD, say=self._say, cases=cases)
        elif names := missing():
            self._load_beside(names, cases)
            settle(now=timezone.now())

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def _load_beside(self, names: list[str], cases: int | None) -> None:
        """Load each body in a process of its own: they share nothing, and every processor is put to use."""
        command = [sys.executable, "-c", "from siac.config.cli import main; main()", "load_demo"]
        amount = [] if cases is None else ["--cases", str(cases)]
        children = [Child(name, [*command, "--script", name, *amount]) for name in names]
        try:
            for child in children:
                child.start()
            while None in (codes := [child.died() for child in children]):
                if any(codes):
                    break
                time.sleep(0.1)
        finally:
            stop_all(children)
        if any(codes):
            raise CommandError("No se pudo cargar la demostración: lo anterior dice por qué.")
