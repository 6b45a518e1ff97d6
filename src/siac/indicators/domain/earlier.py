# SPDX-License-Identifier: EUPL-1.2
"""What a sheet of results from before the system says: indicator, period, figure, target and source."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from siac.indicators.domain.past_demand import Problem
from siac.indicators.domain.results import Frequency, period_at
from siac.indicators.domain.windows import EARLIEST
from siac.kernel.text import fold, squeeze

HEADS = ("Código", "Período", "Resultado", "Meta", "Fuente")
_KNOWN = {
    "codigo": "code", "codigo del indicador": "code", "indicador": "code",
    "periodo": "period", "ano": "period", "resultado": "value", "valor": "value", "meta": "target",
    "fuente": "source", "de donde viene": "source",
}  # fmt: skip
_YEAR, _MONTH = (
    re.compile(r"(\d{4})", re.ASCII),
    re.compile(r"(\d{4})-(\d{1,2})|(\d{1,2})[-/.](\d{4})", re.ASCII),
)
_PART = re.compile(r"(\d{4})[- ]?([tsTS])([1-4])|([tsTS])([1-4])[- /]?(\d{4})", re.ASCII)
_FIGURE = re.compile(r"-?\d{1,8}(?:[.,]\d{1,6})?", re.ASCII)
LONGEST_SOURCE = 500


@dataclass(frozen=True, slots=True)
class Followed:
    """An indicator as a sheet names it: how often it has a result, the first day of the first that it owes
    itself, and whether it is told in parts of a hundred.
    """

    pk: int
    frequency: Frequency
    begins: date
    is_percent: bool


@dataclass(frozen=True, slots=True)
class Earlier:
    """A result of before the system."""

    line: int
    indicator_id: int
    first: date
    last: date
    value: Decimal
    target: Decimal | None
    source: str


def read_earlier(
    rows: Sequence[tuple[int, Sequence[str]]], known: Mapping[str, Followed]
) -> tuple[list[Earlier], list[Problem]] | None:
    """Read the rows (line, cells) of a sheet, the first with the names of the columns; None without those of
    indicator, period and figure. `known`: the indicators by their folded code and by their folded name.

    A period is 2023, 2023-05, 2023-T2 (a quarter) or 2023-S1 (half a year), as the indicator has them. Rows
    without a figure say nothing.
    """
    if not rows:
        return None
    heads = [_KNOWN.get(squeeze(fold(cell)), "") for cell in rows[0][1]]
    if not {"code", "period", "value"} <= set(heads):
        return None
    found: list[Earlier] = []
    problems: list[Problem] = []
    seen: set[tuple[int, date]] = set()
    for line, cells in rows[1:]:
        told = {head: squeeze(cell) for head, cell in zip(heads, cells, strict=False) if head}
        if not told.get("value"):
            continue
        wrong = list(_problems(line, told, known))
        row = None if wrong else _row(line, told, known)
        if row and (row.indicator_id, row.first) in seen:
            wrong = [Problem(line, "earlier_twice", told["period"])]
        problems += wrong
        if row and not wrong:
            seen.add((row.indicator_id, row.first))
            found.append(row)
    return found, problems


def _problems(line: int, told: Mapping[str, str], known: Mapping[str, Followed]) -> Iterator[Problem]:
    of = known.get(fold(told.get("code", "")))
    if of is None:
        yield Problem(line, "earlier_indicator", told.get("code", ""))
    else:
        days = period_of(of.frequency, told.get("period", ""))
        if days is None:
            yield Problem(line, "earlier_period", told.get("period", ""))
        elif days[1] >= of.begins:
            yield Problem(line, "earlier_own", told["period"])
    for head in ("value", "target"):
        said = told.get(head, "")
        figure = _figure(said)
        if said and figure is None:
            yield Problem(line, f"earlier_{head}", said)
        elif figure is not None and of is not None and of.is_percent and not 0 <= figure <= 100:
            yield Problem(line, "earlier_percent", said)


def _row(line: int, told: Mapping[str, str], known: Mapping[str, Followed]) -> Earlier | None:
    of = known[fold(told["code"])]
    days, value = period_of(of.frequency, told["period"]), _figure(told["value"])
    if days is None or value is None:
        return None
    source = told.get("source", "")[:LONGEST_SOURCE]
    return Earlier(line, of.pk, *days, value, _figure(told.get("target", "")), source)


def period_of(frequency: Frequency, said: str) -> tuple[date, date] | None:
    """Return the first and last local day of a period as people write it; None where it is none of that
    frequency, or lies before 1990.
    """
    year, month = 0, 1
    if frequency is Frequency.YEAR and (match := _YEAR.fullmatch(said)):
        year = int(match[1])
    elif frequency is Frequency.MONTH and (match := _MONTH.fullmatch(said)):
        year, month = int(match[1] or match[4]), int(match[2] or match[3])
    elif match := _PART.fullmatch(said):
        letter, place = (match[2] or match[4]).lower(), int(match[3] or match[5])
        length = {"t": 3, "s": 6}[letter]
        if frequency is not {"t": Frequency.QUARTER, "s": Frequency.HALF}[letter] or place * length > 12:
            return None
        year, month = int(match[1] or match[6]), (place - 1) * length + 1
    if not EARLIEST.year <= year <= 9998 or not 1 <= month <= 12:
        return None
    return period_at(frequency, date(year, month, 1))


def _figure(said: str) -> Decimal | None:
    """Return a figure as people write it, «87,5» or «87.5 %»; None where it is none."""
    bare = said.removesuffix("%").strip()
    if not _FIGURE.fullmatch(bare):
        return None
    try:
        return Decimal(bare.replace(",", "."))
    except InvalidOperation:
        return None
