# SPDX-License-Identifier: EUPL-1.2
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from siac.clocks.domain.packs import BadPack, rule_book
from siac.clocks.texts import BASIS_NAMES


class Command(BaseCommand):
    help = "Revisa los paquetes de reglas: lo no verificado y los huecos de vigencia (siac rules check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check"])
        parser.add_argument("--all", action="store_true", help="también las reglas verificadas")
        parser.add_argument("--country", choices=["CL", "PE", "ES"])

    def handle(self, **options: Any) -> None:
        try:
            book = rule_book()
        except BadPack as error:
            raise CommandError(str(error), returncode=2) from None
        counts = dict.fromkeys(BASIS_NAMES, 0)
        for rule in book.rules:
            if options["country"] not in (None, rule.country):
                continue
            counts[rule.basis] += 1
            if options["all"] or rule.basis != "verified":
                amount = str(rule.amount or "sin número")
                line = f"{rule.id} v{rule.version} · {amount} · {BASIS_NAMES[rule.basis]} · {rule.law}"
                self.stdout.write(f"{line} · {rule.note}" if rule.note else line)
        gaps = book.gaps()
        for gap in gaps:
            self.stdout.write(f"Vigencia: {gap}")
        totals = ", ".join(f"{count} {BASIS_NAMES[basis]}" for basis, count in counts.items())
        self.stdout.write(
            f"Total: {sum(counts.values())} reglas ({totals}); {len(gaps)} problemas de vigencia."
        )
