# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand

from siac.config.demonstration.accounts import PASSWORD, lines


class Command(BaseCommand):
    help = "Muestra con qué cuentas se entra a la demostración."

    def handle(self, *args: Any, **options: Any) -> None:
        found = lines()
        if found:
            self.stdout.write(f"Cuentas de demostración (clave: {PASSWORD}):")
            self.stdout.write("\n".join(found))
