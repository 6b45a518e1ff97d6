# SPDX-License-Identifier: EUPL-1.2
"""`siac token create`: a key for a program, shown once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.accounts.commands.tokens import create_token
from siac.accounts.domain.scopes import Scope
from siac.accounts.models import User
from siac.kernel.errors import Refused
from siac.ui.public import refusal_text


class Command(BaseCommand):
    help = "Crea una clave para que un programa use la API en nombre de una persona. Se muestra una sola vez."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--user", required=True, help="Correo de la cuenta en cuyo nombre actúa")
        parser.add_argument(
            "--scope",
            required=True,
            action="append",
            choices=[scope.value for scope in Scope],
            help="Alcance",
        )
        parser.add_argument("--days", type=int, help="Días de vigencia (sin límite si se omite)")
        parser.add_argument("--name", default="", help="Para qué se usa")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the token, alone on its line."""
        user = User.objects.filter(email=options["user"].strip().lower()).first()
        if user is None:
            raise CommandError(f"No hay una cuenta con el correo {options['user']}.")
        scopes = [Scope(scope) for scope in options["scope"]]
        try:
            _, token = create_token(
                user=user,
                scopes=scopes,
                name=options["name"][:80],
                now=timezone.now(),
                days=options["days"],
            )
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write(token)
