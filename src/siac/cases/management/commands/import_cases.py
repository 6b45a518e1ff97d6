# SPDX-License-Identifier: EUPL-1.2
"""`siac import cases FILE --institution SLUG`: bring in the register a body kept before."""

import tomllib
from argparse import ArgumentParser
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now as current_time

from siac.cases.domain.layouts import Layout, parse_layout, store_layout
from siac.cases.imports.batches import (
    complete,
    layout_for,
    new_batch,
    read_mapping,
    save_layout,
    updates_saved,
)
from siac.cases.imports.checking import check_batch, why
from siac.cases.imports.loading import load_batch
from siac.cases.imports.reader import read_head, rows_of
from siac.cases.imports.rejected import rejected_lines
from siac.cases.models import BatchState, ImportBatch
from siac.infra.tables.rows import csv_bytes
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

_SAID_EVERY = 5000


class Command(BaseCommand):
    help = "Importa un registro de solicitudes (CSV o XLSX)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take file, body, mapping and what to do with bad rows."""
        parser.add_argument("file", metavar="ARCHIVO")
        parser.add_argument(
            "--institution", required=True, metavar="DIRECCIÓN", help="Como la da: siac institutions"
        )
        parser.add_argument(
            "--mapping",
            metavar="ARCHIVO.toml",
            help="Correspondencia de columnas, o el nombre de una incluida",
        )
        parser.add_argument("--dry-run", action="store_true", help="Solo revisa: no carga nada")
        parser.add_argument(
            "--skip-rejected", action="store_true", help="Carga las filas correctas y deja fuera las demás"
        )
        parser.add_argument("--rejected", metavar="ARCHIVO.csv", help="Dónde escribir las filas rechazadas")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file, then load it unless it is refused or only a trial."""
        institution = Institution.objects.filter(slug=options["institution"], is_active=True).first()
        if institution is None:
            raise CommandError(f"No hay una institución con la dirección «{options['institution']}».")
        try:
            with Path(options["file"]).open("rb") as file:
                self._import(institution, file, options)
        except OSError as error:
            raise CommandError(f"No se puede leer {options['file']}: {error.strerror or error}") from error
        except tomllib.TOMLDecodeError as error:
            raise CommandError(f"La correspondencia no es TOML correcto: {error}") from error
        except Refused as refused:
            raise CommandError(why(refused)) from refused

    def _import(self, institution: Institution, file: IO[bytes], options: Mapping[str, Any]) -> None:
        headers, samples = read_head(rows_of(file))
        layout, updates = self._layout(institution, headers, samples, options["mapping"])
        batch = new_batch(
            institution=institution,
            file=file,
            name=Path(options["file"]).name,
            actor=None,
            now=current_time(),
        )
        batch.mapping, batch.headers, batch.skip_rejected = (
            store_layout(layout) | ({"updates": True} if updates else {}),
            headers,
            options["skip_rejected"],
        )
        batch.save(update_fields=["mapping", "headers", "skip_rejected"])
        check_batch(batch=batch, rows=rows_of(file), now=current_time(), progress=self._progress("Revisadas"))
        self._end_check(batch, options)
        if options["dry_run"]:
            batch.delete()
            return
        save_layout(institution, headers, layout, name=batch.name, updates=updates)
        batch = load_batch(
            batch=batch, rows=rows_of(file), now=current_time(), progress=self._progress("Preparadas")
        )
        if batch.state != BatchState.LOADED:
            raise CommandError(batch.reason)
        self.stdout.write(
            f"Cargadas: {batch.rows_loaded}. Ya estaban: {batch.rows_repeated}. Rechazadas: {batch.rows_rejected}."
        )
        if batch.updates:
            self.stdout.write(f"Puestas al día: {batch.rows_updated}.")

    def _layout(
        self, institution: Institution, headers: list[str], samples: list[list[str]], mapping: str | None
    ) -> tuple[Layout, bool]:
        if mapping:
            raw = read_mapping(mapping)
            return parse_layout(raw), bool(raw.get("updates"))
        return complete(layout_for(institution, headers, samples)), updates_saved(institution, headers)

    def _progress(self, word: str) -> Any:
        def say(done: int) -> None:
            if done % _SAID_EVERY == 0:
                self.stdout.write(f"{word}: {done} filas")

        return say

    def _end_check(self, batch: ImportBatch, options: Mapping[str, Any]) -> None:
        if batch.state == BatchState.REFUSED:
            reason = batch.reason
            if options["dry_run"]:
                batch.delete()
            raise CommandError(reason)
        self.stdout.write(
            f"Revisado: {batch.rows_total} filas, {batch.rows_repeated} ya estaban, {batch.rows_rejected} con problemas."
        )
        if not batch.rows_rejected:
            return
        path = options["rejected"] or f"{options['file']}.rechazadas.csv"
        self._write_rejected(batch, path)
        self.stdout.write(f"Las filas con problemas y sus motivos están en {path}")
        if options["skip_rejected"]:
            return
        count = batch.rows_rejected
        if options["dry_run"]:
            batch.delete()
        else:
            ImportBatch.objects.filter(pk=batch.pk).update(
                state=BatchState.REFUSED, finished_at=current_time()
            )
        raise CommandError(
            f"{count} filas tienen problemas y no se cargó ninguna. Corrija el archivo o use --skip-rejected."
        )

    def _write_rejected(self, batch: ImportBatch, path: str) -> None:
        with Path(path).open("wb") as target:
            target.writelines(csv_bytes((), rejected_lines(batch), as_typed=True))
