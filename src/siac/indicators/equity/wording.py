# SPDX-License-Identifier: EUPL-1.2
"""How a difference between groups of people is said."""

from collections.abc import Sequence
from decimal import Decimal

from siac.indicators.domain.differences import Verdict
from siac.indicators.equity.comparing import Compared, Group
from siac.indicators.figures.wording import number_words, value_words
from siac.infra.metrics import SHARES, Better, Statistic

VERDICTS = {
    Verdict.BEYOND_CHANCE: "Más de lo que explica el azar",
    Verdict.MAY_BE_CHANCE: "Puede ser azar",
    Verdict.TOO_FEW: "Muy pocos para decirlo",
}
_HALF = Decimal(50)


def difference_words(group: Group, statistic: Statistic) -> str:
    """Return a difference in words: «8,1 puntos menos (entre 3,0 y 13,2 menos)»; of values «más en 62 de cada
    100 comparaciones».
    """
    found = group.difference
    if found is None:
        return ""
    if statistic not in SHARES:
        return _pairs(found.by)
    if found.low is None or found.high is None:
        return _points(found.by)
    return f"{_points(found.by)} (entre {_signed(found.low)} y {_signed(found.high)})"


def _points(by: Decimal) -> str:
    if not by:
        return "Igual"
    unit = "punto" if abs(by) == 1 else "puntos"
    return f"{number_words(abs(by))} {unit} {'más' if by > 0 else 'menos'}"


def _signed(points: Decimal) -> str:
    if not points:
        return "0"
    return f"{number_words(abs(points))} {'más' if points > 0 else 'menos'}"


def _pairs(by: Decimal) -> str:
    """Say in how many of a hundred pairs, one of the group and one of the others, it has the higher value."""
    if not by:
        return "Igual"
    return f"{'Más' if by > 0 else 'Menos'} en {number_words(_HALF + abs(by))} de cada 100 comparaciones"


def finding(compared: Compared) -> str:
    """Return what a metric says of its groups, in one sentence."""
    odd = [group for group in compared.groups if group.verdict is Verdict.BEYOND_CHANCE]
    if not odd:
        return "Ninguna diferencia mayor que el azar."
    return " ".join(_said(group, compared) for group in odd)


def _said(group: Group, compared: Compared) -> str:
    words = difference_words(group, compared.statistic).split(" (")[0]
    value = value_words(group.told, compared.statistic) if group.told else ""
    return f"{group.name}: {value}, {words[0].lower()}{words[1:]} que los demás{_worth(group, compared)}."


def _worth(group: Group, compared: Compared) -> str:
    """Say whether a difference is for the better or the worse, where the metric knows."""
    if group.difference is None or compared.metric.better is Better.NEITHER:
        return ""
    better = (group.difference.by > 0) == (compared.metric.better is Better.HIGHER)
    return ", a su favor" if better else ", en su contra"


def summary(found: Sequence[Compared], trait: str, period: str) -> tuple[str, str]:
    """Return what all comparisons of a trait say: how many differences, and of how many."""
    asked = sum(group.verdict in _DECIDED for each in found for group in each.groups)
    beyond = sum(each.beyond for each in found)
    if not asked:
        return "Nada que comparar", f"{trait}, {period}"
    many = "1 diferencia" if beyond == 1 else f"{beyond} diferencias"
    head = f"{many} que el azar no explica" if beyond else "Ninguna diferencia mayor que el azar"
    return head, f"{trait}, {period}: {asked} {'comparación' if asked == 1 else 'comparaciones'}"


_DECIDED = (Verdict.BEYOND_CHANCE, Verdict.MAY_BE_CHANCE)
