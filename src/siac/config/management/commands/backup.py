# SPDX-License-Identifier: EUPL-1.2
import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.config.backups.making import make_backup
from siac.config.keys import keys_in_use
from siac.infra.postgres_tools import ToolError


class Command(BaseCommand):
    help = (
        "Respalda base de datos, archivos y lista de borrados en "
        "una carpeta nueva dentro de DIR. Las claves no van dentro."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dir", type=Path, metavar="DIR")
        parser.add_argument(
            "--keep", type=int, metavar="N", help="deja los N respaldos más nuevos y borra los demás"
        )
        parser.add_argument(
            "--keys-to",
            type=Path,
            metavar="ARCHIVO",
            help="escribe además las claves en ARCHIVO, fuera de DIR",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Make the backup; exit code 1 where a file of the store could not be saved as it was received."""
        target: Path = options["dir"].expanduser().resolve()
        keys: Path | None = options["keys_to"] and options["keys_to"].expanduser().resolve()
        if options["keep"] is not None and options["keep"] < 1:
            raise CommandError("--keep: al menos 1.")
        if keys and keys.is_relative_to(target):
            raise CommandError(f"Las claves no se guardan con el respaldo: elija un lugar fuera de {target}.")
        try:
            folder, manifest = make_backup(target, now=timezone.now(), keep=options["keep"])
            if keys:
                self._write_keys(keys)
        except ToolError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(
                f"No se pudo respaldar en {error.filename or target}: {error.strerror}."
            ) from None
        self.stdout.write(f"Respaldo en {folder}")
        size = manifest.file_bytes + sum(part.size for part in manifest.parts)
        self.stdout.write(f"  base de datos y {manifest.files} archivos, {size / 1_000_000:.1f} MB en total")
        for trouble in manifest.troubles:
            self.stdout.write(f"  ✗ {trouble}")
        if manifest.troubles:
            sys.exit(1)

    def _write_keys(self, path: Path) -> None:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as target:
            target.writelines(f"{name}={value}\n" for name, value in keys_in_use().items())
        self.stderr.write(
            f"Claves en {path}. Quien tenga este archivo y un respaldo lee "
            "las identidades de todas las personas: llévelo a otro lugar."
        )
