# SPDX-License-Identifier: EUPL-1.2
"""`siac token create`: a key of one body for a program, shown once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.accounts.public import Scope, User, account_of
from siac.kernel.errors import Refused
from siac.organizations.access import bodies_of
from siac.organizations.commands.keys import create_program_token
from siac.organizations.models import Institution
from siac.ui.public import refusal_text


class Command(BaseCommand):
    help = (
        "Crea una clave para que un programa use la API de "
        "un organismo en nombre de una persona. Se muestra una"
        " sola vez."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("--user", required=True, help="Correo de la cuenta en cuyo nombre actúa")
        parser.add_argument("--institution", help="Dirección del organismo (si la persona trabaja en varios)")
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
        user = account_of(options["user"])
        if user is None:
            raise CommandError(f"No hay una cuenta con el correo {options['user']}.")
        scopes = [Scope(scope) for scope in options["scope"]]
        try:
            _, token = create_program_token(
                institution=_institution(user, options["institution"]),
                user=user,
                scopes=scopes,
                name=options["name"][:80],
                now=timezone.now(),
                days=options["days"],
                actor=None,
            )
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write(token)


def _institution(user: User, slug: str | None) -> Institution:
    if slug:
        row = Institution.objects.filter(slug=slug).first()
        if row is None:
            raise CommandError(f"No hay un organismo con la dirección {slug}.")
        return row
    bodies = [body for body in bodies_of(user) if not body.is_practice]
    if len(bodies) != 1:
        code = "program_institution_needed" if bodies else "program_without_role"
        raise Refused(code, email=user.email, count=len(bodies))
    return bodies[0]
