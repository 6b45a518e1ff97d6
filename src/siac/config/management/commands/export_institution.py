# SPDX-License-Identifier: EUPL-1.2
import os
from argparse import ArgumentParser
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from siac.config.moving.exporting import Exported, export_body
from siac.config.moving.sealing import new_key
from siac.config.moving.words import MovingError
from siac.infra.retrying import StoreAway
from siac.organizations.public import Institution, institutions_by_slug


class Command(BaseCommand):
    help = (
        "Escribe el organismo ORGANISMO entero (filas, bitácora, archivos) en ARCHIVO, cifrado con una"
        " clave de un solo uso que va a otro archivo. Ninguna clave de esta instalación va dentro."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare body, file and where its key goes."""
        parser.add_argument("body", metavar="ORGANISMO", help="dirección del organismo")
        parser.add_argument("file", type=Path, metavar="ARCHIVO", help="archivo nuevo: puerto.siac")
        parser.add_argument(
            "--key-to",
            type=Path,
            required=True,
            metavar="ARCHIVO",
            help="archivo nuevo para la clave; llévelo por otro camino",
        )

        parser.add_argument(
            "--without-lost-files",
            action="store_true",
            help="deja atrás los archivos que faltan en el almacén o están dañados, y dice cuáles",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write both."""
        target, secret = (options[name].expanduser().resolve() for name in ("file", "key_to"))
        body = institutions_by_slug([options["body"]]).get(options["body"])
        if body is None:
            raise CommandError(f"No hay un organismo con la dirección {options['body']}.")
        if target == secret:
            raise CommandError("La clave va en un archivo aparte.")
        try:
            found = self._export(body, target, secret, without_lost=options["without_lost_files"])
        except MovingError as error:
            raise CommandError(str(error)) from None
        except StoreAway:
            raise
        except OSError as error:
            where = error.filename or f"{target} o en la carpeta de archivos temporales ({gettempdir()})"
            raise CommandError(f"No se pudo leer o escribir en {where}: {error.strerror}.") from None
        size = target.stat().st_size / 1_000_000
        self.stdout.write(f"{body.name}: exportado en {target} ({size:.1f} MB).")
        self.stdout.write(f"  {found.rows} filas de {found.tables} tablas, {found.files} archivos")
        self.stdout.write(f"  bitácora íntegra: {found.entries} anotaciones")
        self.stdout.write(f"  raíz del último sello: {found.root}")
        self.stdout.write(f"Clave del traslado en {secret}: llévela por otro camino y bórrela después.")
        for missing in found.missing:
            self.stdout.write(f"  ✗ {missing}: falta en el almacén o está dañado; no va")

    def _export(self, body: Institution, target: Path, secret: Path, *, without_lost: bool) -> Exported:
        key = new_key()
        with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as sink:
            sink.write(key.hex() + "\n")
        try:
            return export_body(
                body, target, key, now=timezone.now(), say=self.stdout.write, without_lost=without_lost
            )
        except BaseException:
            secret.unlink()
            raise
