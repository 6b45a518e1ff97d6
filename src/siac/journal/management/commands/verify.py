# SPDX-License-Identifier: EUPL-1.2
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from siac.infra.roots_file import roots_path
from siac.journal.commands.verifying import Report, parse_head, verify_institution
from siac.journal.guards import owner_role
from siac.journal.models import JournalEntry
from siac.journal.roots import lost_roots
from siac.journal.texts import PROBLEMS


class Command(BaseCommand):
    help = "Recalcula la bitácora y dice si algo fue alterado, quitado o cambiado de orden."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--institution", metavar="SLUG", help="solo este organismo")
        parser.add_argument(
            "--root",
            metavar="HEX",
            default="",
            help="raíz de un sello anotada aparte, que debe seguir estando",
        )

        parser.add_argument(
            "--roots",
            metavar="ARCHIVO",
            action="append",
            default=[],
            help="copia del archivo de raíces guardada aparte; el de SIAC_HOME se compara siempre",
        )

        parser.add_argument(
            "--head",
            metavar="CADENA#N=HEX",
            action="append",
            default=[],
            help="anotación que imprime un expediente, que debe seguir donde estaba (con --institution)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bodies: Any = JournalEntry._meta.get_field("institution").related_model
        institutions = bodies.objects.order_by("slug")
        if options["institution"]:
            institutions = institutions.filter(slug=options["institution"])
            if not institutions:
                raise CommandError(f"No hay un organismo «{options['institution']}».")
        heads = [parse_head(text) for text in options["head"]]
        if None in heads:
            raise CommandError("Escriba --head como la imprime el expediente: case:12#14=9f… (64 cifras).")
        if heads and not options["institution"]:
            raise CommandError("Con --head indique también --institution.")
        broken = 0
        for institution in institutions:
            report = verify_institution(institution.pk, options["root"], [head for head in heads if head])
            self._print(institution.slug, report)
            broken += bool(report.problems)
        lost = self._roots([roots_path(), *map(Path, options["roots"])])
        self._window()
        if broken or lost:
            sys.exit(1)

    def _roots(self, paths: list[Path]) -> bool:
        lost = list(dict.fromkeys(root for path in paths for root in lost_roots(path)))
        for root in lost:
            said = PROBLEMS["root_lost"].format(
                number=root.number, slug=root.slug, institution=root.institution
            )
            self.stdout.write(f"  ✗ {said}")
        return bool(lost)

    def _window(self) -> None:
        """Say what no check can see, and how long that is."""
        role = owner_role()
        self.stdout.write(
            "Lo que nadie puede ver: lo que quite quien es dueño de "
            "las tablas, si lo escribieron después del último sello"
            " (se sella cada cinco minutos; como mucho son diez)."
        )
        if role:
            self.stdout.write(
                f"Aviso: este programa entra con el rol «{role}», dueño de las tablas. Use uno sin ese poder"
                " (docs/operate.md, «Roles de la base de datos»)."
            )

    def _print(self, slug: str, report: Report) -> None:
        state = "CON PROBLEMAS" if report.problems else "íntegra"
        self.stdout.write(f"{slug}: bitácora {state}")
        self.stdout.write(
            f"  {report.entries} anotaciones en {report.streams} cadenas, {report.checkpoints} sellos;"
            f" {report.per_second} anotaciones por segundo"
        )
        self.stdout.write(f"  sin sellar todavía: {report.unsealed}")
        if report.sealed_at is not None:
            self.stdout.write(f"  último sello: {report.sealed_at:%Y-%m-%d %H:%M:%S}Z")
        if report.last_root:
            self.stdout.write(f"  raíz del último sello: {report.last_root}")
        for problem in report.problems:
            self.stdout.write(f"  ✗ {problem}")
