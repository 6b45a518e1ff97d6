# SPDX-License-Identifier: EUPL-1.2
"""What can still happen to a commitment in a period that runs."""

from datetime import date
from decimal import Decimal
from math import ceil

TOLD_BEFORE = 2
"""Months before that day from which somebody is told."""


def months_after(day: date, months: int) -> date:
    """Return the day so many months later; of the last days of a month, the 28th at the latest. Past the last
    day that can be written, that day.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return day.replace(year=year, month=month + 1, day=min(day.day, 28))


def still_possible(may_fail: int, left: int, best: Decimal | None) -> str:
    """Return what may still happen in words. `may_fail`: how many of the `left` may fail and the target be
    reached, below 0 where it cannot be; `best`: the share if none fails.
    """
    if may_fail < 0:
        if not left:
            return "ya no vence ninguna este mes"
        return f"aunque no falle ninguna más: {str(best).replace('.', ',')} %"
    if may_fail >= left:
        return f"quedan {left}: se alcanza aunque fallen"
    word = "puede" if may_fail == 1 else "pueden"
    return f"{word} fallar {may_fail} de las {left} que quedan"


def still_needed(met: int, total: int, target: Decimal) -> str:
    """Return in words how many more must be kept, one after the other, until the share of `met` in `total`
    reaches `target`, below which it is: where nobody knows how many will come.
    """
    if target >= 100:
        return "este mes ya no llega a la meta"
    more = ceil((target * total - 100 * met) / (100 - target))
    return f"llega si se cumple en {'la próxima' if more == 1 else f'las {more} próximas'}"
