# SPDX-License-Identifier: EUPL-1.2
"""`siac sign-in passwords`: the way back in where the provider of a body is the only one, and away;
`siac sign-in domains`: which addresses are of a body.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.kernel.errors import Refused
from siac.organizations.public import Institution, open_institution
from siac.signin.public import add_domain, allow_passwords, mail_domains, remove_domain
from siac.ui.public import refusal_text


class Command(BaseCommand):
    help = (
        "Deja que las personas de un organismo entren otra vez con su clave o su llave de acceso, "
        "cuando su servidor de identidad no contesta y era la única forma (passwords). O dice qué dominios "
        "de correo son de un organismo (domains ORGANISMO add|remove|list DOMINIO): por correos de ellos, y "
        "no otros, reconocen a las personas su servidor de identidad y su directorio. Antes de agregar uno, "
        "asegúrese de que es suyo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the options."""
        parser.add_argument("action", choices=["passwords", "domains"])
        parser.add_argument("institution", help="Dirección del organismo")
        parser.add_argument("change", nargs="?", choices=["add", "remove", "list"], help="Solo con domains")
        parser.add_argument("domain", nargs="?", default="", help="Dominio, como municipio.cl")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do what was asked, and say whether that changed anything."""
        institution = open_institution(options["institution"])
        if institution is None:
            raise CommandError(f"No hay un organismo con la dirección {options['institution']}.")
        if options["action"] == "domains":
            self._domains(institution, options["change"] or "list", options["domain"])
            return
        changed = allow_passwords(institution=institution, now=timezone.now())
        self.stdout.write(
            f"{institution.slug}: se entra con clave."
            if changed
            else f"{institution.slug}: ya se entraba con clave."
        )

    def _domains(self, institution: Institution, change: str, domain: str) -> None:
        if change != "list":
            if not domain:
                raise CommandError("Falta el dominio, como municipio.cl.")
            do = add_domain if change == "add" else remove_domain
            try:
                changed = do(institution=institution, domain=domain, now=timezone.now())
            except Refused as refused:
                raise CommandError(refusal_text(refused)) from refused
            if not changed:
                self.stdout.write(f"{institution.slug}: ya estaba así.")
        found = mail_domains(institution)
        self.stdout.write(f"{institution.slug}: {', '.join(found) or 'sin dominios de correo'}.")
