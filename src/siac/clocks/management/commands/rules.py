# SPDX-License-Identifier: EUPL-1.2
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from siac.clocks.domain.packs import BadPack, rule_book
from siac.clocks.domain.rules import RuleBook
from siac.clocks.factory import shipped_layers
from siac.clocks.texts import BASIS_NAMES
from siac.countries.public import COUNTRIES


class Command(BaseCommand):
    help = "Revisa los paquetes de reglas: lo no verificado y los huecos de vigencia (siac rules check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", choices=["check"])
        parser.add_argument("--all", action="store_true", help="también las reglas verificadas")
        parser.add_argument("--country", choices=list(COUNTRIES))

    def handle(self, **options: Any) -> None:
        try:
            book = rule_book()
        except BadPack as error:
            raise CommandError(str(error), returncode=2) from None
        counts = dict.fromkeys(BASIS_NAMES, 0)
        for rule in book.rules:
            if options["country"] not in (None, rule.country):
                continue
            if rule.withdrawn:
                if options["all"]:
                    self.stdout.write(f"{rule.id} v{rule.version} · retirada · {rule.withdrawn}")
                continue
            counts[rule.basis] += 1
            if options["all"] or rule.basis != "verified":
                amount = str(rule.amount or "sin número")
                line = f"{rule.id} v{rule.version} · {amount} · {BASIS_NAMES[rule.basis]} · {rule.law}"
                self.stdout.write(f"{line} · {rule.note}" if rule.note else line)
        self._grounds(book, options)
        self._calendars(options["country"])
        gaps = book.gaps()
        for gap in gaps:
            self.stdout.write(f"Vigencia: {gap}")
        totals = ", ".join(f"{count} {BASIS_NAMES[basis]}" for basis, count in counts.items())
        self.stdout.write(
            f"Total: {sum(counts.values())} reglas ({totals}); {len(gaps)} problemas de vigencia."
        )

    def _grounds(self, book: RuleBook, options: dict[str, Any]) -> None:
        known = {
            ground.id: ground
            for rule in book.rules
            if options["country"] in (None, rule.country)
            for ground in rule.grounds
            if options["all"] or ground.basis != "verified"
        }
        for ground in known.values():
            line = f"Causal {ground.id} · {BASIS_NAMES[ground.basis]} · {ground.article}"
            self.stdout.write(f"{line} · {ground.note}" if ground.note else line)

    def _calendars(self, country: str | None) -> None:
        """Say from when each shipped calendar is whole and why, and which days no gazette has
        published yet.
        """
        for code, layer in sorted(shipped_layers().items()):
            claim = layer.claim
            if country not in (None, code[:2]):
                continue
            if claim.whole_from:
                self.stdout.write(
                    f"Calendario {code} · completo desde {claim.whole_from:%d-%m-%Y} · {claim.why}"
                )
            if claim.confirmed_to:
                since = claim.confirmed_to.year + 1
                self.stdout.write(
                    f"Calendario {code} · sin verificar desde {since} · sus días "
                    "de ese año aún no se han confirmado en el boletín oficial."
                )
