# SPDX-License-Identifier: EUPL-1.2
"""The sentences over drawings: what a figure shows, told by a rule and never written by hand."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import sqrt

FEW = 10
"""Of fewer things a share is drawn hollow."""
_PARTS = {2: "la mitad", 3: "un tercio", 4: "un cuarto", 5: "un quinto"}
_NEAR = Decimal("0.02")


def counted(number: int, one: str, many: str) -> str:
    """Return a number with its noun: «1 solicitud», «12 solicitudes»."""
    return f"{number} {one if number == 1 else many}"


def trend(month: str, met: int, total: int, target: Decimal | None) -> str:
    """Return what the last month shows: whether its target was reached, and of how many."""
    name = f"{month[0].upper()}{month[1:]}"
    if not total:
        return f"En {month} no venció ninguna solicitud"
    said = f"{met} de {total} a tiempo"
    if target is None:
        return f"{name}: {said}"
    reached = Decimal(met * 100) >= target * total
    return f"{name} cumplió la meta: {said}" if reached else f"{name} no alcanzó la meta: {said}"


def spread(late: int, waiting: int, answered: int) -> str:
    """Return how the answers lie about their terms: how many came late, and how many have not come."""
    if not answered and not waiting:
        return "Ninguna respuesta con plazo en este período"
    if not late and not waiting:
        said = "La única respuesta salió" if answered == 1 else f"Las {answered} respuestas salieron"
        return f"{said} a tiempo"
    parts = [f"{counted(late, 'respuesta salió', 'respuestas salieron')} tarde"] if late else []
    if waiting:
        parts.append(f"{waiting} no ha{'n' if waiting > 1 else ''} salido")
    return " y ".join(parts)


def busiest(days: Sequence[int], names: Sequence[str]) -> str:
    """Return which day most arrives on, and about which part of all; nothing where nothing arrived."""
    total = sum(days)
    if not total:
        return "Ninguna solicitud llegó en este período"
    place = max(range(len(days)), key=lambda each: days[each])
    part = about(Decimal(days[place]) / total)
    return f"{part[0].upper()}{part[1:]} llega en {names[place]}"


def about(share: Decimal) -> str:
    """Return a part in words: «casi un cuarto», «más de la mitad», «el 17 %»."""
    for whole, words in _PARTS.items():
        gap = share - Decimal(1) / whole
        if abs(gap) <= _NEAR:
            return f"casi {words}" if gap < 0 else f"algo más de {words}" if gap else words
    return f"el {round(100 * share)} %"


def farthest(shares: Mapping[str, tuple[int, int]], target: Decimal | None) -> str:
    """Return which unit is farthest from the target, or has the lowest share where there is none. `shares`:
    by name, how many are met of how many; those of nothing count nowhere.
    """
    known = {name: Decimal(met * 100) / total for name, (met, total) in shares.items() if total}
    if not known:
        return "Ninguna unidad con plazos vencidos en este período"
    name, lowest = min(known.items(), key=lambda item: (item[1], item[0]))
    said = f"{round(lowest)} %"
    if target is None:
        return f"El menor cumplimiento: {name}, {said}"
    if lowest >= target:
        all_of_them = counted(len(known), "unidad alcanza", "unidades alcanzan")
        return f"{'Las' if len(known) > 1 else 'La'} {all_of_them} la meta"
    return f"{name}, la más lejos de la meta: {said}"


def overdue(count: int) -> str:
    """Return how many are late without an answer."""
    if not count:
        return "Ninguna solicitud vencida sin responder"
    return f"{counted(count, 'solicitud vencida', 'solicitudes vencidas')} sin responder"


def funnel(received: int, answered: int, resolved: int) -> str:
    """Return what became of what was received."""
    if not received:
        return "Ninguna solicitud recibida en este período"
    of = "De la solicitud recibida" if received == 1 else f"De {received} recibidas"
    return f"{of}, {answered} con respuesta y {resolved} resuelta{'' if resolved == 1 else 's'}"


FEWEST = 5
"""Of fewer answers to surveys nothing is told: somebody could be known again."""


def net_margin(now: Decimal, answers: int, before: Decimal, answers_before: int) -> Decimal:
    """Return the 95 % margin of the difference of two net indexes in points, at most: as wide as it is where
    nobody was indifferent. Both rest on answers.
    """
    parts = [(1 - (float(net) / 100) ** 2) / n for net, n in ((now, answers), (before, answers_before))]
    return Decimal(str(round(196 * sqrt(sum(parts)), 1)))


def margin(met: int, total: int, met_before: int, total_before: int) -> Decimal | None:
    """Return the 95 % margin of the difference of two shares, in points with one decimal; None where one is
    of nothing.
    """
    if not total or not total_before:
        return None
    now, before = met / total, met_before / total_before
    spread_ = sqrt(now * (1 - now) / total + before * (1 - before) / total_before)
    return Decimal(str(round(196 * spread_, 1)))
