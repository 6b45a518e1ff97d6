# SPDX-License-Identifier: EUPL-1.2
"""What a letter says of its period: only what is published, so that everybody may read it."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from siac.charters.public import (
    Closed,
    Commitment,
    closed_periods,
    commitments_in_force,
    lineage,
    target_words,
)
from siac.improvement.public import public_deeds
from siac.indicators.public import number_words
from siac.organizations.public import Institution
from siac.reporting.circle.contents import shown_move
from siac.reporting.models import FrozenReport, Letter
from siac.ui.public import long_date


def content_of(row: FrozenReport, now: datetime) -> dict[str, Any]:
    """Return what the letter of a frozen report says, as JSON values (4 SQL when warm)."""
    if row.letter is None:
        raise AssertionError("a report of this kind is of a letter")
    return letter_content(row.institution, row.letter)


def letter_content(institution: Institution, letter: Letter) -> dict[str, Any]:
    """Return what a letter says: its words, and of its period what was promised, kept, broken, repaired and
    improved (4 SQL when warm).
    """
    every = closed_periods(institution, since=letter.first)
    closed = [each for each in every if each.result.last <= letter.last]
    lines = _lines(closed, commitments_in_force(institution, letter.last))
    kept = [line for line in lines if line["verdict"] == "kept"]
    broken = [line for line in lines if line["verdict"] == "broken"]
    repaired = {
        name: sum(getattr(each.given, name) for each in closed)
        for name in ("breaches", "delivered", "owed", "refused")
    }
    improved = _improved(institution, letter.first, letter.last)
    return {
        "title": "Rendición de cuentas",
        "period": letter.period.words,
        "days": f"{long_date(letter.first)} al {long_date(letter.last)}",
        "greeting": letter.greeting,
        "closing": letter.closing,
        "promised": lines,
        "kept": kept,
        "broken": broken,
        "hidden": sum(line["verdict"] == "hidden" for line in lines),
        "repaired": repaired,
        "improved": improved,
        "sentences": sentences(lines, repaired, improved),
    }


def _lines(closed: Sequence[Closed], promised: Sequence[Commitment]) -> list[dict[str, Any]]:
    """Return a line for each promise of the period, those without a closed period too, by charter and place.
    No SQL.
    """
    by_promise: dict[tuple[int, str], tuple[Commitment, list[Closed]]] = {
        lineage(each): (each, []) for each in promised
    }
    for each in closed:
        by_promise.setdefault(lineage(each.commitment), (each.commitment, []))[1].append(each)
    return [_line(*of) for of in sorted(by_promise.values(), key=lambda of: _place(of[0]))]


def _place(promise: Commitment) -> tuple[str, int, int]:
    return promise.edition.charter.title, promise.position, promise.pk


def _line(promise: Commitment, of: Sequence[Closed]) -> dict[str, Any]:
    told = [each for each in of if each.is_reached is not None]
    reached = sum(each.is_reached is True for each in told)
    counted = [each.result for each in told if each.is_guarantee]
    met, total = sum(row.met for row in counted), sum(row.total for row in counted)
    untold = "hidden" if any(each.is_hidden for each in of) else "none"
    verdict = untold if not told else "kept" if reached == len(told) else "broken"
    return {
        "text": promise.text,
        "charter": promise.edition.charter.title,
        "target": of[0].result.target_words if of else target_words(promise),
        "verdict": verdict,
        "periods": f"{reached} de {len(told)}" if told else "—",
        "cases": f"{number_words(met)} de {number_words(total)}" if total else "—",
        "why": next((each.explanation for each in told if each.is_reached is False and each.explanation), ""),
    }


def _improved(institution: Institution, first: date, last: date) -> list[dict[str, str]]:
    found = []
    for row, measured in public_deeds(institution):
        if row.done_on is None or not first <= row.done_on <= last:
            continue
        moved = shown_move(institution, measured)
        effect = f"{moved.indicator}: {moved.before} antes, {moved.after} después" if moved else ""
        found.append(
            {
                "title": row.title, "on": long_date(row.done_on), "effect": effect,
                "word": moved.word if moved else "",
            }
        )  # fmt: skip
    return found


def sentences(
    lines: Sequence[dict[str, Any]], repaired: dict[str, int], improved: Sequence[dict[str, str]]
) -> list[str]:
    """Return the sums of a letter in plain sentences. No SQL."""
    verdicts = [line["verdict"] for line in lines]
    kept, broken, hidden = (verdicts.count(each) for each in ("kept", "broken", "hidden"))
    found = [f"Prometimos {_many(len(lines), 'cosa', 'cosas')}."] if lines else []
    if kept or broken:
        found.append(f"Cumplimos {kept} en todos sus períodos y faltamos en {broken}.")
    if unmeasured := verdicts.count("none"):
        found.append(f"De {unmeasured} todavía no hay datos.")
    if hidden:
        found.append(f"De {hidden} no se muestra la cifra, porque son muy pocas personas.")
    if repaired["breaches"]:
        found.append(
            f"No cumplimos {_many(repaired['breaches'], 'vez', 'veces')}: entregamos "
            f"{_many(repaired['delivered'], 'medida', 'medidas')} y quedan {repaired['owed']} por entregar."
        )
    if improved:
        found.append(f"Terminamos {_many(len(improved), 'mejora', 'mejoras')}.")
    return found or ["En este período no hay todavía nada medido que contar."]


def _many(n: int, one: str, many: str) -> str:
    return f"{number_words(n)} {one if n == 1 else many}"
