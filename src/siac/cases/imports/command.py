# SPDX-License-Identifier: EUPL-1.2
"""`siac import cases FILE --institution SLUG`: bring in the register a body kept before."""

import json
import tomllib
from argparse import ArgumentParser
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import now as current_time

from siac.cases.imports.batches import new_batch
from siac.cases.imports.checking import check_batch
from siac.cases.imports.layouts import DATES, parse_layout, unused
from siac.cases.imports.loading import load_batch
from siac.cases.imports.mappings import (
    complete,
    layout_for,
    mapping_of,
    read_mapping,
    save_mapping,
    saved_choices,
)
from siac.cases.imports.old_dates import FORMATS
from siac.cases.imports.opening import Source, read_beginning, rows_of
from siac.cases.imports.reader import read_head
from siac.cases.imports.rejected import rejected_lines
from siac.cases.imports.report import reason_lines, unknown_lines
from siac.cases.imports.working import why
from siac.cases.models import REFUSED, ImportBatch, StagedRow
from siac.infra.tables.reading import ENCODINGS
from siac.infra.tables.rows import csv_bytes
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution, open_institution

_SAID_EVERY = 5000
_TOLD_ROWS = 200


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
        parser.add_argument(
            "--sheet", default="", metavar="HOJA", help="Hoja del libro; si no, la primera que es una tabla"
        )
        parser.add_argument(
            "--header-row",
            type=int,
            default=0,
            metavar="N",
            help="Fila con los nombres de las columnas; si no, se descubre",
        )
        parser.add_argument(
            "--encoding", default="", choices=ENCODINGS, help="Codificación del CSV; si no, se descubre"
        )
        parser.add_argument(
            "--date-order",
            default="",
            choices=FORMATS,
            help="Orden de las fechas, cuando se pueden leer de dos maneras",
        )
        parser.add_argument(
            "--without-wrong",
            action="store_true",
            help="Carga las filas sin el documento, correo o teléfono mal escritos",
        )
        parser.add_argument("--json", action="store_true", help="Dice el resultado de la revisión como JSON")
        parser.add_argument("--dry-run", action="store_true", help="Solo revisa: no carga nada")
        parser.add_argument(
            "--skip-rejected", action="store_true", help="Carga las filas correctas y deja fuera las demás"
        )
        parser.add_argument("--rejected", metavar="ARCHIVO.csv", help="Dónde escribir las filas rechazadas")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check the file, then load it unless it is refused or only a trial."""
        self._is_json = options["json"]
        institution = open_institution(options["institution"])
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
        asked = Source(options["sheet"], options["encoding"], options["header_row"])
        head = read_beginning(file, asked)
        headers, samples = read_head(rows_of(file, asked))
        mapping = self._mapping(institution, headers, samples, options)
        batch = new_batch(
            institution=institution,
            file=file,
            name=Path(options["file"]).name,
            actor=None,
            now=current_time(),
        )
        batch.mapping, batch.headers, batch.skip_rejected = mapping, headers, options["skip_rejected"]
        batch.source, batch.sheets = head.source.stored(), head.sheets
        batch.save()
        self._say_columns(batch)
        check_batch(
            batch=batch, rows=rows_of(file, asked), now=current_time(), progress=self._progress("Revisadas")
        )
        self._end_check(batch, options)
        if options["dry_run"]:
            batch.delete()
            return
        save_mapping(institution, headers, mapping, name=batch.name)
        batch = load_batch(
            batch=batch, rows=rows_of(file, asked), now=current_time(), progress=self._progress("Preparadas")
        )
        if batch.state != WorkState.DONE:
            raise CommandError(batch.reason)
        self._say(
            f"Cargadas: {batch.rows_loaded}. Ya estaban: "
            f"{batch.rows_repeated}. Rechazadas: {batch.rows_rejected}."
        )
        if batch.updates:
            self._say(f"Puestas al día: {batch.rows_updated}.")

    def _say(self, line: str) -> None:
        if not self._is_json:
            self.stdout.write(line)

    def _say_columns(self, batch: ImportBatch) -> None:
        source = Source.of(batch.source)
        told = [f"fila {source.header}", *filter(None, (source.sheet, source.encoding))]
        self._say(f"Nombres de las columnas: {', '.join(told)}.")
        ignored = unused(parse_layout(batch.mapping), batch.headers)
        self._say(f"Columnas usadas: {', '.join(n for n in batch.headers if n not in ignored)}.")
        self._say(f"Columnas que no se usan: {', '.join(ignored) or 'ninguna'}.")

    def _mapping(
        self,
        institution: Institution,
        headers: list[str],
        samples: list[list[str]],
        options: Mapping[str, Any],
    ) -> dict[str, Any]:
        if options["mapping"]:
            raw = read_mapping(options["mapping"])
            chosen = {name: bool(raw.get(name)) for name in ("updates", "without")}
            layout = parse_layout(raw)
        else:
            layout, chosen = layout_for(institution, headers, samples), saved_choices(institution, headers)
            if options["date_order"]:
                layout |= {n: replace(layout[n], format=options["date_order"]) for n in DATES & set(layout)}
            complete(layout)
        chosen["without"] = chosen["without"] or options["without_wrong"]
        return mapping_of(layout, **chosen)

    def _progress(self, word: str) -> Any:
        def say(done: int) -> None:
            if done % _SAID_EVERY == 0:
                self._say(f"{word}: {done} filas")

        return say

    def _say_report(self, batch: ImportBatch) -> None:
        for reason, count in reason_lines(batch.report["reasons"]):
            self._say(f"  {reason}: {count}")
        for reason, count in reason_lines(batch.report["without"]):
            self._say(f"  {reason}: {count} entran sin ese dato")
        for name, values in unknown_lines(batch.report):
            self._say(f"  {name} sin correspondencia: {', '.join(f'«{v}» ({n})' for v, n in values)}")

    def _end_check(self, batch: ImportBatch, options: Mapping[str, Any]) -> None:
        if batch.state == REFUSED:
            reason = batch.reason
            if options["dry_run"]:
                batch.delete()
            raise CommandError(reason)
        if self._is_json:
            self.stdout.write(json.dumps(_told(batch), ensure_ascii=False, indent=2))
        self._say(
            f"Revisado: {batch.total} filas, {batch.rows_repeated} "
            f"ya estaban, {batch.rows_rejected} con problemas."
        )
        self._say_report(batch)
        if not batch.rows_rejected:
            return
        path = options["rejected"] or f"{options['file']}.rechazadas.csv"
        self._write_rejected(batch, path)
        self._say(f"Las filas con problemas y sus motivos están en {path}")
        if options["skip_rejected"]:
            return
        count = batch.rows_rejected
        if options["dry_run"]:
            batch.delete()
        else:
            ImportBatch.objects.filter(pk=batch.pk).update(state=REFUSED, ended_at=current_time())
        raise CommandError(
            f"{count} filas tienen problemas y no se cargó ninguna. Corrija el archivo o use --skip-rejected."
        )

    def _write_rejected(self, batch: ImportBatch, path: str) -> None:
        with Path(path).open("wb") as target:
            target.writelines(csv_bytes((), rejected_lines(batch), as_typed=True))


def _told(batch: ImportBatch) -> dict[str, Any]:
    """Return what a check found, for programs: the first rows with problems without their cells."""
    ignored = unused(parse_layout(batch.mapping), batch.headers)
    rows = StagedRow.objects.filter(batch=batch).order_by("line")[:_TOLD_ROWS]
    return {
        "file": batch.name,
        "sha256": batch.sha256,
        "source": batch.source,
        "sheets": batch.sheets,
        "columns": [{"name": name, "used": name not in ignored} for name in batch.headers],
        "rows": batch.total,
        "repeated": batch.rows_repeated,
        "rejected": batch.rows_rejected,
        **batch.report,
        "problems": [{"line": row.line, "problems": row.problems} for row in rows],
    }
