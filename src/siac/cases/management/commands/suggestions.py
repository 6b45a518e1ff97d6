# SPDX-License-Identifier: EUPL-1.2
"""`siac suggestions evaluate`: how often words tell the topic, on the latest
part in time, beside the most frequent.
"""

import csv
from argparse import ArgumentParser
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError

from siac.cases.imports.old_dates import FORMATS, read_moment
from siac.cases.models import SuggestionTarget
from siac.cases.suggesting.domain import OFFERED, Evaluation, Example, evaluate
from siac.cases.suggesting.queries import examples_of
from siac.infra.search import tokens
from siac.organizations.public import open_institution


class Command(BaseCommand):
    help = (
        "Mide las sugerencias de tema y unidad en lo último "
        "ingresado, junto a proponer siempre lo más frecuente."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a body, or a register in CSV and what its columns hold."""
        parser.add_argument("action", choices=["evaluate"])
        source = parser.add_mutually_exclusive_group(required=True)
        source.add_argument("--institution", metavar="DIRECCIÓN", help="Como la da: siac institutions")
        source.add_argument(
            "--file", metavar="ARCHIVO.csv", help="Mide un registro en vez de la base de datos"
        )
        parser.add_argument("--date", metavar="COLUMNA")
        parser.add_argument("--order", choices=FORMATS, default="ymd")
        parser.add_argument("--text", metavar="COLUMNA", nargs="+")
        parser.add_argument("--label", metavar="COLUMNA", help="El tema o la unidad")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print one line of figures a target."""
        if options["file"]:
            self._say(options["label"], evaluate(self._register(options)))
            return
        institution = open_institution(options["institution"])
        if institution is None:
            raise CommandError(f"No hay una institución con la dirección «{options['institution']}».")
        for target in SuggestionTarget:
            self._say(target.label, evaluate(examples_of(institution, target.value)))

    def _register(self, options: dict[str, Any]) -> list[Example[str]]:
        if not (options["date"] and options["text"] and options["label"]):
            raise CommandError("Con --file indique también --date, --text y --label.")
        try:
            with Path(options["file"]).open(encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CommandError(f"No se puede leer {options['file']}: {error}") from error
        missing = {options["date"], options["label"], *options["text"]} - set(rows[0] if rows else ())
        if missing:
            raise CommandError(f"El archivo no tiene: {', '.join(sorted(missing))}.")
        dated = [(_moment(row[options["date"]], options["order"]), row) for row in rows]
        known = [(at, row) for at, row in dated if at is not None and (row[options["label"]] or "").strip()]
        known.sort(key=lambda pair: pair[0])
        return [
            Example(
                tokens(" ".join(row[name] or "" for name in options["text"])), row[options["label"]].strip()
            )
            for _, row in known
        ]

    def _say(self, name: str, found: Evaluation) -> None:
        if not found.measured:
            self.stdout.write(f"{name}: no hay solicitudes suficientes.")
            return
        figures: Sequence[tuple[str, int, int]] = (
            ("la primera acierta", found.first, found.frequent_first),
            (f"una de {OFFERED} acierta", found.among, found.frequent_among),
        )
        told = "; ".join(
            f"{words} {_percent(right, found.measured)} (lo más frecuente, {_percent(usual, found.measured)})"
            for words, right, usual in figures
        )
        shown = "se muestran" if found.is_better else "no se muestran"
        self.stdout.write(
            f"{name.strip()}: {told}; n = {found.measured}, aprendido "
            f"de {found.learned}, {found.labels} distintos; {shown}."
        )


def _moment(text: str | None, order: str) -> datetime | None:
    return read_moment(text or "", order, ZoneInfo("UTC"))


def _percent(part: int, whole: int) -> str:
    """Return a share in percent with one decimal, rounded down, as Spanish writes it."""
    tenths = 1000 * part // whole
    return f"{tenths // 10},{tenths % 10} %"
