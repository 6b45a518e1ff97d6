# SPDX-License-Identifier: EUPL-1.2
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from siac.infra.crypto import Unreadable, reseal_all
from siac.people.commands.rotating import rotate_vault


class Command(BaseCommand):
    help = "Bóveda de identidades: «vault rotate» vuelve a cifrar todo con la clave actual."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["rotate"])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            changed, others = rotate_vault(), reseal_all()
        except Unreadable as error:
            raise CommandError(f"Falta una clave anterior en SIAC_VAULT_OLD_KEYS: {error}") from None
        self.stdout.write(f"Identidades cifradas de nuevo: {changed}")
        self.stdout.write(f"Otros datos cifrados de nuevo: {others}")
