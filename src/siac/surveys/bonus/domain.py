# SPDX-License-Identifier: EUPL-1.2
"""The rule of Ley 20.342: who served six months of the evaluated year on end, and serves when it is paid."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze

MONTHS = 6
YEARLY = Decimal(1_050_000)
"""Pesos of a year at the UF of 1 January 2014."""
INSTALMENTS = 8
"""January, February, April, May, July, August, October, November."""
MOST_SPELLS = 40
_DAY = timedelta(days=1)


class Why(StrEnum):
    """Why somebody is left out."""

    SHORT = "short"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Spell:
    """From and until when somebody served, both days included; without a last day they still do."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Return whether they served on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


def runs(spells: Iterable[Spell], first: date, last: date) -> list[tuple[date, date]]:
    """Return the stretches within two days that somebody served on end; spells that touch are one."""
    found: list[tuple[date, date]] = []
    for each in sorted(spells, key=lambda spell: spell.first):
        begin, end = max(each.first, first), min(each.last or last, last)
        if begin > end:
            continue
        if found and begin <= found[-1][1] + _DAY:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return found


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later; where that month has none, the day after its last one."""
    place = day.year * 12 + day.month - 1 + months
    year, month = place // 12, place % 12 + 1
    try:
        return date(year, month, day.day)
    except ValueError:
        following = place + 1
        return date(following // 12, following % 12 + 1, 1)


def left_out(spells: Sequence[Spell], year: int, paid_on: date) -> list[Why]:
    """Return why the bonus for a year is not due to somebody, nothing where it is (Ley 20.342): six months on
    end within the year, and in service on the day it is paid.
    """
    served = runs(spells, date(year, 1, 1), date(year, 12, 31))
    is_long = any(months_later(begin, MONTHS) <= end + _DAY for begin, end in served)
    found = [] if is_long else [Why.SHORT]
    return found if any(each.covers(paid_on) for each in spells) else [*found, Why.GONE]


def instalment(percent: Decimal, uf_then: Decimal, uf_now: Decimal) -> int:
    """Return one of the eight instalments in whole pesos: what a year came to in UF of 1 January 2014, at the
    UF of the month it is paid, times the part of the bonus that is paid.
    """
    exact = YEARLY / uf_then * uf_now * percent / 100 / INSTALMENTS
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@dataclass(frozen=True, slots=True)
class Served:
    """Somebody on a list, and when they served."""

    code: str
    name: str
    spells: tuple[Spell, ...]


_RUT = re.compile(r"\d{1,3}(\.?\d{3})*-[\dk]", re.ASCII)


def _same(code: str) -> str:
    """Return what is alike of one code however it is written: a RUT with or without points, a letter."""
    folded = fold(code)
    return folded.replace(".", "") if _RUT.fullmatch(folded) else folded


_HEADS = {
    "code": ("codigo", "rut", "documento"), "name": ("nombre",), "first": ("desde", "inicio"),
    "last": ("hasta", "termino", "fin"),
}  # fmt: skip


def read_rows(heads: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> list[Served]:
    """Return the people of a sheet, a row for each time that somebody served, found by their code,
    however it is written.

    Raises:
        Refused: a column is missing (roll_no_column, with `column`), or a row is wrong, with its `line`: no
            code (roll_no_code), no day (roll_bad_day), a last day before the first (roll_days), too many rows
            of one person (roll_spells).
    """
    named = [fold(squeeze(head)) for head in heads]
    at: dict[str, int] = {}
    for column, words in _HEADS.items():
        place = next((place for place, head in enumerate(named) if head in words), None)
        if place is None:
            raise Refused("roll_no_column", column=words[0])
        at[column] = place
    names: dict[str, str] = {}
    spells: dict[str, list[Spell]] = {}
    written: dict[str, str] = {}
    for line, cells in rows:
        told = {name: squeeze(cells[place]) if place < len(cells) else "" for name, place in at.items()}
        if not any(told.values()):
            continue
        code = told["code"][:40]
        if not code:
            raise Refused("roll_no_code", line=line)
        code = written.setdefault(_same(code), code)
        names.setdefault(code, told["name"][:150])
        own = spells.setdefault(code, [])
        own.append(_spell(told["first"], told["last"], line))
        if len(own) > MOST_SPELLS:
            raise Refused("roll_spells", line=line)
    return [Served(code, names[code], tuple(own)) for code, own in spells.items()]


def _spell(first: str, last: str, line: int) -> Spell:
    begin, end = _day(first), _day(last) if last else None
    if begin is None or (last and end is None):
        raise Refused("roll_bad_day", line=line)
    if end is not None and end < begin:
        raise Refused("roll_days", line=line)
    return Spell(begin, end)


def _day(text: str) -> date | None:
    """Return a day written day first («1-3-2025») or in ISO form, a time after it left out."""
    parts = text.split()[0].replace("/", "-").replace(".", "-").split("-") if text else []
    if len(parts) != 3 or not all(each.isascii() and each.isdigit() and len(each) <= 4 for each in parts):
        return None
    year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None
