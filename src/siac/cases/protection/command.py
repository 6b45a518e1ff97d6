# SPDX-License-Identifier: EUPL-1.2
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from siac.cases.models import Case
from siac.cases.protection.ledger import read_ledger, values_of
from siac.cases.protection.runs import apply_ledger
from siac.infra.erasures import ledger_line, ledger_path
from siac.journal.public import history
from siac.people.public import erased_people, erased_person


class Command(BaseCommand):
    help = (
        "Borrados por fin de plazo: «apply ARCHIVO» los repite "
        "tras restaurar un respaldo; «export ARCHIVO» los anota."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["apply", "export"])
        parser.add_argument("file", nargs="?", help=f"por omisión, {ledger_path().name} en SIAC_HOME")

    def handle(self, *args: Any, **options: Any) -> None:
        path = Path(options["file"]) if options["file"] else ledger_path()
        if options["action"] == "export":
            self._export(path)
        else:
            self._apply(path)

    def _apply(self, path: Path) -> None:
        try:
            lines = list(read_ledger(path.read_text(encoding="utf-8").splitlines(keepends=True)))
        except OSError as error:
            raise CommandError(f"No se puede leer {path}: {error.strerror}.") from None
        except ValueError as error:
            raise CommandError(str(error)) from None
        again, missing = apply_ledger(lines, now=timezone.now())
        self.stdout.write(f"Borrados anotados: {len(lines)}. Borrados ahora otra vez: {again}.")
        if missing:
            self.stdout.write(f"No están en esta base de datos: {missing}.")

    def _export(self, path: Path) -> None:
        written = 0
        with path.open("x", encoding="utf-8") as target:
            for case in Case.objects.exclude(erased_at=None).select_related("institution").order_by("pk"):
                entries = history(case.institution_id, case.stream)
                entry = next((each for each in entries if each.kind == "cases.erased"), None)
                what = entry.data["what"] if entry else []
                at = case.erased_at or timezone.now()
                target.write(ledger_line(values_of(case.institution, case, erases=what, at=at)))
                written += 1
            for person in erased_people():
                line = asdict(erased_person(person, at=person.erased_at or timezone.now()))
                target.write(ledger_line(line))
                written += 1
        self.stdout.write(f"Borrados anotados en {path}: {written}")
