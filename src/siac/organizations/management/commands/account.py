# SPDX-License-Identifier: EUPL-1.2
"""`siac account close|open`: who left the house for good, and who came back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.accounts.public import account_of, reopen_account
from siac.kernel.errors import Refused
from siac.organizations.commands.setup import end_account
from siac.ui.public import refusal_text


class Command(BaseCommand):
    help = (
        "Cierra una cuenta (close): nadie entra más con ella, "
        "sus sesiones y claves terminan, sus roles en todos los "
        "organismos se quitan y lo que tenía asignado queda sin "
        "asignar, con aviso a la jefatura. O la abre de nuevo (open), "
        "sin roles."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("action", choices=["close", "open"])
        parser.add_argument("email", help="Correo con que entra")
        parser.add_argument(
            "--abandon",
            action="store_true",
            help="Ciérrela aunque un organismo quede sin quien lo administre",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Close or open it, and say what became of its roles."""
        user = account_of(options["email"])
        if user is None:
            raise CommandError(f"No hay una cuenta con el correo {options['email']}.")
        if options["action"] == "open":
            opened = reopen_account(user_id=user.pk, barred_too=True)
            self.stdout.write(
                f"{user.email}: {'abierta de nuevo, sin roles' if opened else 'ya estaba abierta'}."
            )
            return
        try:
            roles = end_account(user=user, now=timezone.now(), abandon=options["abandon"])
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write(f"{user.email}: cerrada. Roles que se le quitaron: {roles}.")
