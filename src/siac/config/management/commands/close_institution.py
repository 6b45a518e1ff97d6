# SPDX-License-Identifier: EUPL-1.2
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.kernel.errors import Refused
from siac.organizations.public import close_institution, institutions_by_slug, reopen_institution
from siac.ui.public import refusal_text


class Command(BaseCommand):
    help = (
        "Cierra un organismo: su portal, su gestión y sus trabajos se detienen; sus datos quedan."
        " --open lo abre de nuevo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the body."""
        parser.add_argument("body", metavar="ORGANISMO", help="dirección del organismo")
        parser.add_argument("--open", action="store_true", help="lo abre de nuevo")
        parser.add_argument(
            "--now-at", metavar="URL", default="",
            help="dónde está ahora: su portal lo dice; también se puede decir de uno ya cerrado",
        )  # fmt: skip

    def handle(self, *args: Any, **options: Any) -> None:
        """Close it, or open it again."""
        body = institutions_by_slug([options["body"]]).get(options["body"])
        if body is None:
            raise CommandError(f"No hay un organismo con la dirección {options['body']}.")
        now, address = timezone.now(), options["now_at"].strip()
        if options["open"] and address:
            raise CommandError("--now-at se dice al cerrar.")
        try:
            if options["open"]:
                reopen_institution(institution_id=body.pk, now=now)
            else:
                close_institution(institution_id=body.pk, now=now, now_at=address)
        except Refused as refused:
            raise CommandError(refusal_text(refused)) from None
        self.stdout.write(f"{body.name}: {'abierto' if options['open'] else 'cerrado'}.")
        if address:
            self.stdout.write(f"Su portal dice que está ahora en {address}.")
