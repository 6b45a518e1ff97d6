# SPDX-License-Identifier: EUPL-1.2
"""Working out again what a pack says, from its own rows and formulas: no database is asked."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from siac.indicators.public import Counted, digest, worth
from siac.infra.metrics import Statistic
from siac.programme.domain.checking import figures_in


def recomputed(path: Path) -> Iterator[tuple[str, str | None]]:
    """Yield each figure of a pack that was checked, by its path, with what is wrong about it as a sentence;
    empty where its rows give the same; None where it has no rows in the pack: written down by hand, or of a
    metric that tells nothing of few.
    """
    for name, formula, lines in figures_in(path):
        try:
            yield name, _wrong(formula, lines)
        except (ValueError, KeyError, TypeError, InvalidOperation, csv.Error) as error:
            yield name, f"no se puede leer: {type(error).__name__}"


def _wrong(formula: dict[str, Any], lines: Iterator[str]) -> str | None:
    if not formula["con_filas"]:
        return None
    rows = _rows(lines)
    if digest(rows).hex() != formula["filas_sha256"]:
        return "las filas no son las que se fijaron"
    told = worth(rows, Statistic(formula["estadistico"]), formula["limite"], formula["minimo"])
    value = None if formula["valor"] is None else Decimal(formula["valor"])
    if (told.value, told.total, told.met) != (value, formula["total"], formula["cumplen"]):
        return f"sus filas dan {told.value}, y dice {value}"
    return ""


def _rows(lines: Iterator[str]) -> list[Counted]:
    next(lines, None)  # the heads, after the mark
    return [
        Counted(
            int(subject), date.fromisoformat(day),
            tuple((key, code) for key, code in json.loads(codes)), int(value) if value else None,
            is_met == "1",
        )
        for subject, day, value, is_met, codes in csv.reader(lines, delimiter=";")
    ]  # fmt: skip
