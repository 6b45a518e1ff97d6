# SPDX-License-Identifier: EUPL-1.2
"""`siac institution create`: a body, asked on the terminal or given in options."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.kernel.errors import Refused
from siac.organizations.public import TypedInstitutionForm, complete, create_institution, keyboard
from siac.ui.public import refusal_text

ASKED = ("name", "short_name", "slug", "place")
OPTIONS = {
    "name": "Nombre completo", "short_name": "Nombre corto o sigla",
    "slug": "Dirección en el portal: minúsculas, números y guiones",
    "place": "Dónde está: un nombre (Coquimbo) o una expresión (CL-CO, PE-LIM, ES-MD+28079). De ahí salen país y hora",
    "time_zone": "Zona horaria, si no es la del lugar", "official_code": "Código oficial", "email": "Correo de contacto",
    "phone": "Teléfono", "address": "Dirección postal", "office_closes_at": "Cierre de la oficina, por ejemplo 17:30",
    "brand_colour": "Color de la cabecera, por ejemplo #0b4f6c",
}  # fmt: skip


class Command(BaseCommand):
    help = "Abre un organismo en esta instalación. Lo que falte de nombre, nombre corto, dirección y lugar se pregunta."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare an option for every field."""
        parser.add_argument("action", choices=["create"])
        for name, words in OPTIONS.items():
            parser.add_argument("--" + name.replace("_", "-"), help=words)

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for what is missing and open the body."""
        form = complete(TypedInstitutionForm, {name: options[name] for name in OPTIONS}, ASKED, keyboard())
        assert isinstance(form, TypedInstitutionForm)
        try:
            institution = create_institution(actor=None, now=timezone.now(), **form.fields_for_command())
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write(f"{institution.name}: su portal está en /{institution.slug}/.")
        self.stdout.write(f"Ahora, quien lo administra: siac admin create --institution {institution.slug}")
