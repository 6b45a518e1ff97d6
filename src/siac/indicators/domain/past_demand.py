# SPDX-License-Identifier: EUPL-1.2
"""What a sheet of past demand says: a day or a month, what came, and of which kind, channel and point."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from siac.indicators.domain.windows import EARLIEST
from siac.kernel.text import fold

HEADS = ("Día o mes", "Tipo de solicitud", "Canal", "Punto de atención", "Cantidad")
_KNOWN = {
    "dia o mes": "day", "dia": "day", "mes": "day", "fecha": "day",
    "tipo de solicitud": "kind", "tipo": "kind", "canal": "channel",
    "punto de atencion": "point", "punto": "point", "cantidad": "count", "solicitudes": "count",
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[ T]00:00(?::00)?)?")
_MONTH = re.compile(r"(\d{1,2})[-/.](\d{4})")
MOST = 1_000_000
"""More than this in one row is a slip."""
DIMENSIONS = ("kind", "channel", "point")


@dataclass(frozen=True, slots=True)
class Past:
    """A row of a sheet, by its line: what came on a day, or in the month that begins on it; members of the
    body's own dimensions, empty where the sheet does not say.
    """

    line: int
    day: date
    is_month: bool
    count: int
    kind: str = ""
    channel: str = ""
    point: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, by its line in the sheet; `code` is worded by `texts`."""

    line: int
    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What a sheet says, and all that is wrong with it."""

    rows: list[Past]
    problems: list[Problem]


def read_past(
    rows: Sequence[tuple[int, Sequence[str]]], names: Mapping[str, Mapping[str, str]], *, today: date
) -> Read | None:
    """Read the rows (line, cells) of a sheet, the first with the names of the columns; None without a column
    of days and one of counts. `names`: by dimension (kind, channel, point), its members in words.

    Days are 27-03-2024 or 2024-03-27, months 03-2024 or 2024-03. An empty count is a gap and says nothing; 0
    says that nothing came.
    """
    if not rows:
        return None
    heads = [_KNOWN.get(fold(cell).strip(), "") for cell in rows[0][1]]
    if "day" not in heads or "count" not in heads:
        return None
    known = {key: {fold(name): code for code, name in of.items()} for key, of in names.items()}
    found, problems = [], []
    for line, cells in rows[1:]:
        told = {head: cell.strip() for head, cell in zip(heads, cells, strict=False) if head}
        if not any(told.values()) or not told.get("count"):
            continue
        wrong, when = list(_problems(line, told, known, today)), _when(told.get("day", ""))
        problems += wrong
        if not wrong and when is not None:
            kind, channel, point = (known[key].get(fold(told.get(key, "")), "") for key in DIMENSIONS)
            day, is_month = when
            found.append(Past(line, day, is_month, int(told["count"]), kind, channel, point))
    return Read(found, problems)


def _problems(
    line: int, told: Mapping[str, str], known: Mapping[str, Mapping[str, str]], today: date
) -> Iterator[Problem]:
    when = _when(told.get("day", ""))
    if when is None or when[0] < EARLIEST:
        yield Problem(line, "past_day", told.get("day", ""))
    elif when[0] >= today:
        yield Problem(line, "past_future", told["day"])
    count = told["count"]
    if not count.isascii() or not count.isdigit() or int(count[:8]) > MOST or len(count) > 7:
        yield Problem(line, "past_count", count)
    for key in DIMENSIONS:
        said = told.get(key, "")
        if said and fold(said) not in known[key]:
            yield Problem(line, f"past_{key}", said)


def _when(said: str) -> tuple[date, bool] | None:
    """Return the day, or the first of the month and that it is one; None where it is neither."""
    try:
        if match := _DAY.fullmatch(said):
            day, month, year = map(int, match.groups())
            return date(year, month, day), False
        if match := _MONTH.fullmatch(said):
            month, year = map(int, match.groups())
            return date(year, month, 1), True
        if match := _ISO.fullmatch(said):
            return date(int(match[1]), int(match[2]), int(match[3] or 1)), match[3] is None
    except ValueError:
        return None
    return None
