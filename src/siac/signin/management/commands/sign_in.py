# SPDX-License-Identifier: EUPL-1.2
"""`siac sign-in passwords`: the way back in where the provider of a body is the only one, and away."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.organizations.public import open_institution
from siac.signin.public import allow_passwords


class Command(BaseCommand):
    help = (
        "Deja que las personas de un organismo entren otra vez con su clave o su llave de acceso, "
        "cuando su servidor de identidad no contesta y era la única forma (passwords)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("action", choices=["passwords"])
        parser.add_argument("institution", help="Dirección del organismo")

    def handle(self, *args: Any, **options: Any) -> None:
        """Allow passwords again, and say whether that changed anything."""
        institution = open_institution(options["institution"])
        if institution is None:
            raise CommandError(f"No hay un organismo con la dirección {options['institution']}.")
        changed = allow_passwords(institution=institution, now=timezone.now())
        self.stdout.write(
            f"{institution.slug}: se entra con clave."
            if changed
            else f"{institution.slug}: ya se entraba con clave."
        )
