# SPDX-License-Identifier: EUPL-1.2
"""What pages and papers say of an effect: both values, on how many they rest, and the word for it."""

from dataclasses import dataclass

from siac.improvement.models import ActionBaseline, ActionEffect
from siac.improvement.texts import DOUBTS, EFFECT_COLOURS, EFFECT_SENTENCES
from siac.indicators.public import Doubt, Effect, Indicator, number_words, value_of
from siac.infra.metrics import SHARES, Statistic
from siac.ui.public import long_date


@dataclass(frozen=True, slots=True)
class Moved:
    """An indicator before and after, in words."""

    indicator: str
    before: str
    after: str
    before_days: str
    days: str
    before_total: int
    total: int
    word: str
    colour: str
    sentence: str
    by: str
    """How far it moved, with its interval; empty where nothing is said."""
    doubts: list[str]
    goal: str
    number: int


def moved_words(row: ActionEffect) -> Moved:
    """Return an effect in words. No SQL where its action was read with its baseline and indicator."""
    of = row.action.baseline
    then = as_defined(of)
    return Moved(
        of.indicator.name, value_of(then, row.before_value), value_of(then, row.value),
        days_words(row.before_first, row.before_last), days_words(row.first, row.last),
        row.before_total, row.total, row.get_effect_display(), EFFECT_COLOURS[Effect(row.effect)],
        EFFECT_SENTENCES[Effect(row.effect)], _by(row, then), _doubts(row),
        value_of(then, of.goal), row.number,
    )  # fmt: skip


def _doubts(row: ActionEffect) -> list[str]:
    """Return what to know before believing an effect; that it was measured before too, since whoever measures
    often enough finds what they look for.
    """
    found = [DOUBTS[Doubt(each)] for each in row.doubts]
    return [*found, f"Se midió {row.number} veces; esta es la última."] if row.number > 1 else found


def as_defined(of: ActionBaseline) -> Indicator:
    """Return the indicator as the baseline froze its definition, to say its values: never saved. No SQL."""
    fields = {name: of.definition[name] for name in ("metric", "statistic", "within", "better", "unit")}
    return Indicator(institution_id=of.institution_id, **fields)


def days_words(first: object, last: object) -> str:
    """Return a window of days in words."""
    return f"{long_date(first)} al {long_date(last)}"  # type: ignore[arg-type]


def _by(row: ActionEffect, then: Indicator) -> str:
    if row.by is None:
        return ""
    between = ""
    if row.low is not None and row.high is not None:
        between = f" (entre {number_words(row.low)} y {number_words(row.high)}, 95 de cada 100 veces)"
    if then.statistic == Statistic.COUNT:
        return f"{_signed(row.by)} % por día{between}"
    if then.statistic in SHARES:
        return f"{_signed(row.by)} puntos{between}"
    return (
        f"En {number_words(row.by + 50)} de cada 100 pares de un caso de después y uno de antes, el de "
        f"después es "
        "mayor"
    )


def _signed(number: object) -> str:
    said = number_words(number)  # type: ignore[arg-type]
    return said if said.startswith(("-", "−", "0")) else f"+{said}"
