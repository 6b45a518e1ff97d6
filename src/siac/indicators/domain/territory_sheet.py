# SPDX-License-Identifier: EUPL-1.2
"""What a sheet of territories says: people, area, ages, poverty, each row a territory."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from siac.indicators.domain.coverage import AgeBand, bands_fault
from siac.kernel.text import fold, squeeze

HEADS = (
    "Territorio", "Año", "Habitantes", "Mujeres", "Hombres", "Superficie km2", "Población rural %",
    "Pobreza %", "0 a 14 años %", "15 a 64 años %", "65 años o más %", "Fuente",
)  # fmt: skip
_KNOWN = {
    "territorio": "name", "comuna": "name", "distrito": "name", "municipio": "name", "provincia": "name",
    "codigo": "code", "ano": "year", "habitantes": "people", "poblacion": "people", "personas": "people",
    "mujeres": "women", "hombres": "men", "superficie km2": "area", "superficie": "area",
    "poblacion rural %": "rural", "poblacion rural": "rural", "pobreza %": "poor", "pobreza": "poor",
    "fuente": "source",
}  # fmt: skip
_AGES = re.compile(r"(\d{1,3})\s*(?:a|-|–)\s*(\d{1,3})(?: anos)?(?: ?%)?")
_OLDEST = re.compile(r"(\d{1,3})\s*(?:\+|(?:anos )?(?:o|y) mas)(?: anos)?(?: ?%)?")
_WHOLE = ("year", "people", "women", "men")
_PARTS = ("area", "rural", "poor")
MOST_SOURCE = 300


@dataclass(frozen=True, slots=True)
class Told:
    """A row of a sheet, by its line. Shares are per cent; None where the sheet does not say."""

    line: int
    code: str
    year: int
    people: int
    women: int | None
    men: int | None
    area: Decimal | None
    rural: Decimal | None
    poor: Decimal | None
    ages: tuple[AgeBand, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, by its line in the sheet; `code` is worded by `texts`."""

    line: int
    code: str
    value: str = ""


def read_territories(
    rows: Sequence[tuple[int, Sequence[str]]], names: Mapping[str, str], *, years: range
) -> tuple[list[Told], list[Problem]] | None:
    """Read the rows (line, cells) of a sheet, the first with the names of the columns; None without columns
    of territory, year, people and source. `names`: territories in words by code; where two have one name the
    smallest is meant (its code is the longest). `years`: those that the data may be of.

    Numbers are 227.730 or 227730, shares 5,8 or 5.8 or 5,8%.
    """
    if not rows:
        return None
    heads = [_head(cell) for cell in rows[0][1]]
    if not ({"name", "code"} & set(heads)) or not {"year", "people", "source"} <= set(heads):
        return None
    known = _known(names)
    found: list[Told] = []
    problems: list[Problem] = []
    seen: dict[str, int] = {}
    for line, cells in rows[1:]:
        told = {head: squeeze(cell) for head, cell in zip(heads, cells, strict=False) if head}
        told = {head: cell for head, cell in told.items() if cell}
        if not told:
            continue
        read, wrong = _row(line, told, known, names, years)
        if read and read.code in seen:
            wrong.append(Problem(line, "territory_again", str(seen[read.code])))
        if read and not wrong:
            seen[read.code] = line
            found.append(read)
        problems += wrong
    return found, problems


def _head(cell: str) -> str:
    """Return what a column tells: a field, or ages as «0:14» and «65:»."""
    head = squeeze(fold(cell).replace("²", "2").replace("ñ", "n"))
    if match := _AGES.fullmatch(head):
        return f"{int(match[1])}:{int(match[2])}"
    if match := _OLDEST.fullmatch(head):
        return f"{int(match[1])}:"
    return _KNOWN.get(head, "")


def _known(names: Mapping[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for code, name in names.items():
        if code and len(code) >= len(found.get(fold(name), "")):
            found[fold(name)] = code
    return found


def _row(
    line: int, told: Mapping[str, str], known: Mapping[str, str], names: Mapping[str, str], years: range
) -> tuple[Told | None, list[Problem]]:
    wrong: list[Problem] = []
    said = told.get("code") or told.get("name", "")
    code = said if said in names and said else known.get(fold(told.get("name", "")), "")
    if not code:
        wrong.append(Problem(line, "territory_unknown", said))
    whole = {name: _whole(told.get(name, "")) for name in _WHOLE}
    parts = {name: _part(told.get(name, "")) for name in _PARTS}
    for name, number in (*whole.items(), *parts.items()):
        if number is None and told.get(name):
            wrong.append(Problem(line, "territory_number", told[name]))
    ages, bad = _ages(told)
    wrong += [Problem(line, "territory_number", value) for value in bad]
    wrong += [Problem(line, each) for each in _faults(whole, parts, ages, told.get("source", ""), years)]
    if wrong:
        return None, wrong
    year, people = whole["year"] or 0, whole["people"] or 0
    row = Told(
        line, code, year, people, whole["women"], whole["men"], parts["area"], parts["rural"], parts["poor"],
        ages, told.get("source", "")[:MOST_SOURCE],
    )  # fmt: skip
    return row, wrong


def _faults(
    whole: Mapping[str, int | None],
    parts: Mapping[str, Decimal | None],
    ages: Sequence[AgeBand],
    source: str,
    years: range,
) -> Iterator[str]:
    if whole["year"] is None or whole["year"] not in years:
        yield "territory_year"
    if not whole["people"]:
        yield "territory_people"
    if not source:
        yield "territory_source"
    if any(each is not None and each > 100 for name, each in parts.items() if name != "area"):
        yield "territory_percent"
    if fault := bands_fault(ages):
        yield fault
    elif sexes_fault(whole["people"] or 0, whole["women"], whole["men"]):
        yield "territory_sexes"


def sexes_fault(people: int, women: int | None, men: int | None) -> bool:
    """Return whether women and men are more than everybody."""
    return (women or 0) + (men or 0) > people


def _ages(told: Mapping[str, str]) -> tuple[tuple[AgeBand, ...], list[str]]:
    bands, bad = [], []
    for head, value in told.items():
        if ":" not in head:
            continue
        first, last = head.split(":")
        percent = _part(value)
        if percent is None:
            bad.append(value)
        else:
            bands.append(AgeBand(int(first), int(last) if last else None, percent))
    return tuple(sorted(bands, key=lambda band: band.first)), bad


def _whole(text: str) -> int | None:
    plain = re.sub(r"(?<=\d)[.\s](?=\d{3}(?:\D|$))", "", text)
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) <= 9 else None


def _part(text: str) -> Decimal | None:
    """Return a number with at most two decimals; thousands may stand apart (1.429 km², 1429)."""
    plain = text.rstrip("% ").replace(" ", "")
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3})+", plain):
        plain = plain.replace(".", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    if not number.is_finite() or number < 0 or number >= 10_000_000:
        return None
    return number.quantize(Decimal("0.01"))
