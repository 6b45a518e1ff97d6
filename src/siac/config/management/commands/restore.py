# SPDX-License-Identifier: EUPL-1.2
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from siac.config.backups.manifest import BackupError
from siac.config.backups.restoring import examine, restore
from siac.infra.postgres_tools import ToolError


class Command(BaseCommand):
    help = (
        "Repone el respaldo DIR en una base de datos vacía; revisa "
        "todo antes de cambiar algo y comprueba la bitácora después."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "dir", type=Path, metavar="DIR", help="carpeta de un respaldo: siac-20261127T031500Z"
        )
        parser.add_argument(
            "--check", action="store_true", help="solo lee el respaldo entero y dice si está completo"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore and verify; exit code 1 where `siac verify` finds something."""
        folder: Path = options["dir"].expanduser().resolve()
        try:
            if options["check"]:
                manifest = examine(folder)
                self.stdout.write(
                    f"Respaldo del {manifest.made_at}, completo: base de datos y {manifest.files} archivos."
                )
                return
            restore(folder, say=self.stdout.write)
        except (BackupError, ToolError) as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"No se pudo restaurar: {error.filename or ''} {error.strerror}.") from None
        call_command("verify")
