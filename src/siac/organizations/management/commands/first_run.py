# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand

from siac.organizations.first_run_code import first_run_notice


class Command(BaseCommand):
    """Say how to open the first body, while there is none; the server prints it when it starts."""

    help = "Muestra la dirección y el código con que se abre el primer organismo; nada, si ya hay uno."

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the line, if there is one to print."""
        if notice := first_run_notice():
            self.stdout.write(notice, ending="")
        self.stdout.flush()
