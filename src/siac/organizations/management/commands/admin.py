# SPDX-License-Identifier: EUPL-1.2
"""`siac admin create`: who administers a body, with an account that can sign in at once."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.urls import reverse
from django.utils import timezone

from siac.accounts.public import account_of
from siac.infra.environment import text
from siac.kernel.errors import Refused
from siac.organizations.commands.opening import appoint_administrator
from siac.organizations.forms_opening import TypedAdministratorForm
from siac.organizations.models import Institution
from siac.organizations.terminal import complete, keyboard
from siac.ui.public import refusal_text

FROM_ENVIRONMENT = "SIAC_ADMIN_PASSWORD"
WAYS = {"password": f"la clave (--password-stdin, {FROM_ENVIRONMENT} o {FROM_ENVIRONMENT}_FILE)"}


class Command(BaseCommand):
    help = (
        "Da a una persona la administración de un organismo. Lo que "
        "no se indique se pregunta. La clave nunca es una opción: "
        "se escribe dos veces, o viene por la entrada (--password-stdin) "
        f"o en {FROM_ENVIRONMENT} o {FROM_ENVIRONMENT}_FILE."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("action", choices=["create"])
        parser.add_argument("--institution", help="Dirección del organismo (si hay varios)")
        parser.add_argument("--email", help="Correo con que entra")
        parser.add_argument("--name", help="Nombre y apellidos")
        parser.add_argument(
            "--password-stdin", action="store_true", help="Lee la clave de la primera línea de la entrada"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for what is missing and give the role."""
        institution = body_named(options["institution"])
        given = {"email": options["email"], "name": options["name"], "password": given_password(options)}
        asked = ["email", "name", "password"]
        known = account_of(options["email"]) if options["email"] else None
        if known is not None and known.has_usable_password():  # whose name and password stay
            self._appoint(institution, email=known.email, name=known.name, password="")
            return
        form = complete(TypedAdministratorForm, given, asked, keyboard(), WAYS)
        self._appoint(institution, **form.cleaned_data)

    def _appoint(self, institution: Institution, **person: Any) -> None:
        try:
            user = appoint_administrator(institution=institution, now=timezone.now(), **person)
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write(f"{user.name} ({user.email}) administra {institution.name}.")
        self.stdout.write(f"Entra en {settings.SITE_URL}{reverse('workspace:home', args=[institution.slug])}")


def given_password(options: dict[str, Any]) -> str | None:
    """Return the password that came by stdin or the environment; None: it has to be asked for."""
    if options["password_stdin"]:
        return sys.stdin.readline().rstrip("\r\n")
    return text(FROM_ENVIRONMENT, "") or None


def body_named(slug: str | None) -> Institution:
    """Return the body with that address, or the only one.

    Raises:
        CommandError: there is none, or there are several and none was named.
    """
    rows = Institution.objects.order_by("name", "pk")
    found = list(rows.filter(slug=slug) if slug else rows.filter(practice_of=None)[:2])
    if not found:
        message = (
            f"No hay un organismo con la dirección {slug}."
            if slug
            else "Abra primero el organismo: siac institution create"
        )
        raise CommandError(message)
    if len(found) > 1:
        raise CommandError(
            "Hay varios organismos: indique cuál con --institution (véalos con siac institutions)."
        )
    return found[0]
