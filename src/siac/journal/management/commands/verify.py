# SPDX-License-Identifier: EUPL-1.2
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from siac.journal.commands.verifying import Report, parse_head, verify_institution
from siac.journal.models import JournalEntry


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
        if broken:
            sys.exit(1)

    def _print(self, slug: str, report: Report) -> None:
        state = "CON PROBLEMAS" if report.problems else "íntegra"
        self.stdout.write(f"{slug}: bitácora {state}")
        self.stdout.write(
            f"  {report.entries} anotaciones en {report.streams} cadenas, {report.checkpoints} sellos;"
            f" {report.per_second} anotaciones por segundo"
        )
        self.stdout.write(f"  sin sellar todavía: {report.unsealed}")
        if report.last_root:
            self.stdout.write(f"  raíz del último sello: {report.last_root}")
        for problem in report.problems:
            self.stdout.write(f"  ✗ {problem}")
