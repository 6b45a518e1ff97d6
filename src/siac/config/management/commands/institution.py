# SPDX-License-Identifier: EUPL-1.2
"""`siac institution create`: a body, asked on the terminal or given in options;
`practice`: one to learn on, beside it.
"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from siac.cases.public import BodyType, adopt, kit_for
from siac.infra.retrying import Busy
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.forms_opening import TypedInstitutionForm
from siac.organizations.management.commands.admin import body_named
from siac.organizations.public import (
    Institution,
    begin_practice,
    create_institution,
    latest_run,
    open_practice,
)
from siac.organizations.terminal import complete, keyboard
from siac.ui.public import refusal_text

ASKED = ("name", "short_name", "slug", "place")
OPTIONS = {
    "name": "Nombre completo",
    "short_name": "Nombre corto o sigla",
    "slug": "Dirección en el portal: minúsculas, números y guiones",
    "place": (
        "Dónde está: un nombre (Coquimbo) o una expresión "
        "(CL-CO, PE-LIM, ES-MD+28079). De ahí salen país y hora"
    ),
    "time_zone": "Zona horaria, si no es la del lugar",
    "official_code": "Código oficial",
    "email": "Correo de contacto",
    "phone": "Teléfono",
    "address": "Dirección postal",
    "office_closes_at": "Cierre de la oficina, por ejemplo 17:30",
    "brand_colour": "Color de la cabecera, por ejemplo #0b4f6c",
}
KITS = {"municipio": BodyType.MUNICIPALITY, "servicio": BodyType.SERVICE}


class Command(BaseCommand):
    help = (
        "create: abre un organismo en esta instalación; lo que falte "
        "de nombre, nombre corto, dirección y lugar se pregunta."
        " practice ORGANISMO: abre junto a él uno de práctica, o lo hace de nuevo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare an option for every field."""
        parser.add_argument("action", choices=["create", "practice"])
        parser.add_argument(
            "body", nargs="?", metavar="ORGANISMO", help="dirección del organismo, para practice"
        )
        for name, words in OPTIONS.items():
            parser.add_argument("--" + name.replace("_", "-"), help=words)
        parser.add_argument(
            "--kit",
            choices=list(KITS),
            help=(
                "Agrega el paquete inicial de su país: unidades, tipos "
                "de solicitud, temas, causas, plantillas y derivación"
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for what is missing and open the body, or open the practice body of one."""
        if options["action"] == "practice":
            self._open_practice(options["body"])
            return
        form = complete(TypedInstitutionForm, {name: options[name] for name in OPTIONS}, ASKED, keyboard())
        assert isinstance(form, TypedInstitutionForm)
        try:
            with transaction.atomic():
                institution = create_institution(actor=None, now=timezone.now(), **form.fields_for_command())
                parts = _take_kit(institution, options["kit"])
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write(f"{institution.name}: su portal está en /{institution.slug}/.")
        if parts:
            self.stdout.write(f"Se agregaron {parts} partes del paquete inicial: revíselas en Configuración.")
        self.stdout.write(f"Ahora, quien lo administra: siac admin create --institution {institution.slug}")

    def _open_practice(self, slug: str | None) -> None:
        source, now = body_named(slug), timezone.now()
        run = latest_run(source)
        try:
            if run is None or not run.is_moving:  # else whoever began it was ended, or goes on beside us
                run = begin_practice(institution=source, actor=None, now=now, by_job=False)
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from refused
        self.stdout.write("Copiando la configuración e inventando las solicitudes…")
        try:
            open_practice(run_id=run.pk)
        except Busy as busy:
            raise CommandError("Otro proceso lo está preparando: siga en Configuración.") from busy
        run = latest_run(source)
        if run is None or run.practice is None or run.state != WorkState.DONE:
            raise CommandError(
                (run.trouble if run else "") or "No se pudo terminar; repita la orden para seguir."
            )
        self.stdout.write(f"{run.practice.name}: se entra en /{run.practice.slug}/gestion/.")


def _take_kit(institution: Institution, name: str | None) -> int:
    """Adopt the whole kit of the body's country; return how many parts."""
    if name is None:
        return 0
    kit = kit_for(institution.jurisdiction, KITS[name])
    keys = [part.key for part in kit.parts]
    return len(adopt(institution=institution, kit=kit, keys=keys, actor=None, now=timezone.now()))
