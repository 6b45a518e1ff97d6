# SPDX-License-Identifier: EUPL-1.2
"""What a record of a procedure says: its time, in which unit, and whether it kept what was promised."""

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from fractions import Fraction
from hashlib import blake2b
from math import floor

from siac.kernel.text import fold, squeeze

BLANK = frozenset({"", "-", "–", "—", "s/i", "n/a", "no aplica"})
"""What people write in a cell that says nothing; folded."""
_YEAR = re.compile(r"((?:19|20)\d\d)[ _]+(\S.*)")
_NUMBER = re.compile(r"\d{1,12}(?:[.,]\d{1,9})?")


class TimeUnit(StrEnum):
    BUSINESS_DAYS = "business_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    MINUTES = "minutes"


_WORDS = {
    TimeUnit.BUSINESS_DAYS: "dia habil|dias habiles|habil|habiles|bd",
    TimeUnit.CALENDAR_DAYS: "dia corrido|dias corridos|corridos|dia calendario|dias calendario|dia natural|"
    "dias naturales|cd",
    TimeUnit.HOURS: "hora|horas|hrs|h",
    TimeUnit.MINUTES: "minuto|minutos|min",
}
_UNITS = {word: unit for unit, words in _WORDS.items() for word in words.split("|")}


def key_of(name: str) -> str:
    """Return what a procedure is known by from year to year: its name, case and accents aside."""
    return blake2b(fold(squeeze(name)).encode(), digest_size=16).hexdigest()


def time_unit(word: str) -> TimeUnit | None:
    """Return the unit that a word means: «día hábil» and «días hábiles» are one; None where it is none."""
    key = fold(squeeze(word)).rstrip(".")
    return _UNITS.get(key) or next((unit for unit in TimeUnit if unit.value == key), None)


def is_blank(text: str) -> bool:
    """Return whether a cell says nothing."""
    return fold(squeeze(text)) in BLANK


def number(text: str) -> Decimal | None:
    """Return a number that is not negative, with a comma or a point before its decimals; None where it is
    none.
    """
    written = squeeze(text)
    if not _NUMBER.fullmatch(written):
        return None
    try:
        return Decimal(written.replace(",", "."))
    except InvalidOperation:
        return None


def kept_part(beyond: int | None, handled: int) -> Fraction | None:
    """Return which part of what was handled took no longer than promised, exact: 1 − `beyond` ÷ `handled`,
    the former never above the latter. None where nothing was handled, or nobody counted.
    """
    return None if beyond is None or handled == 0 else 1 - Fraction(beyond, handled)


def compliance(promised: int | None, beyond: int | None, handled: int) -> Fraction | None:
    """Return how a procedure kept its promise in a year, as `kept_part`; None («sin dato») also where nothing
    was promised: a term of 0 is none.
    """
    return kept_part(beyond, handled) if promised else None


def whole_percent(part: Fraction | None) -> int | None:
    """Return a part as so many in a hundred, half up; None of none."""
    return None if part is None else floor(part * 100 + Fraction(1, 2))


def keeps(median: Decimal | None, promised: int | None) -> bool | None:
    """Return whether half of what was handled took no longer than promised; None where either is unknown."""
    return None if median is None or promised is None else median <= promised


def unfolded(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """Yield a table whose columns repeat by year («2024_mediana») as one with a row for each year, the header
    first: the columns that do not repeat, «Año», and the others once. Years of which a row says nothing are
    left out; a table without such columns stays as it is.
    """
    named = [_YEAR.fullmatch(squeeze(name)) for name in header]
    years = sorted({match[1] for match in named if match})
    if not years:
        yield list(header)
        yield from (list(cells) for cells in rows)
        return
    fixed = [place for place, match in enumerate(named) if match is None]
    columns = list(dict.fromkeys(match[2] for match in named if match))
    places = {(match[1], match[2]): place for place, match in enumerate(named) if match}
    yield [*(header[place] for place in fixed), "Año", *columns]
    for cells in rows:
        for year in years:
            own = [_cell(cells, places.get((year, column))) for column in columns]
            if not all(is_blank(cell) for cell in own):
                yield [*(_cell(cells, place) for place in fixed), year, *own]


def _cell(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""
