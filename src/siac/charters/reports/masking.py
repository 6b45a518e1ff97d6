# SPDX-License-Identifier: EUPL-1.2
"""A report as everybody reads it where it tells of closed periods that count very few people.

Their figures are not shown, nor what would give them away: what is added up of their promise over the year,
what it led to, and sentences that name it.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from siac.charters.domain.reports import Told
from siac.charters.models import PeriodResult
from siac.charters.register.closed import UNTOLD
from siac.charters.reports.contents import NO_DATA, NOTHING, verdict_words

Row = list[list[str]]


def masked(content: Mapping[str, Any], few: Sequence[PeriodResult], *, least: int) -> dict[str, Any]:
    """Return what everybody reads of a report, in the same form, without what rests on `few`; `least`: fewer
    people than these are not told of. No SQL.
    """
    periods = {f"period:{row.pk}" for row in few}
    kept = next((each for each in content["sections"] if each["code"] == Told.KEPT), None)
    promises = {
        table["caption"]
        for table in (kept["tables"] if kept else ())
        if any(cell[1] in periods for row in table["rows"] for cell in row)
    }
    said = f"{{}}: no se muestra, porque cuenta un período de menos de {least} personas."
    sections = [
        _kept(each, promises, periods)
        if each["code"] == Told.KEPT
        else _without(each, promises, [said.format(name) for name in sorted(promises)])
        for each in content["sections"]
    ]
    return {**content, "verdict": _verdict(kept, promises, content["verdict"]), "sections": sections}


def _kept(section: Mapping[str, Any], promises: Collection[str], periods: Collection[str]) -> dict[str, Any]:
    """Return the section of figures: what is added up of a masked promise, and its periods of few, untold."""
    tables = []
    for table in section["tables"]:
        if table["caption"] in promises:
            rows = [_untold(row) if _names(row, periods) else row for row in table["rows"]]
        else:
            rows = [[*row[:3], *_blank(row[3:])] if row[0][0] in promises else row for row in table["rows"]]
        tables.append({**table, "rows": rows})
    return {**section, "tables": tables}


def _names(row: Row, periods: Collection[str]) -> bool:
    return any(cell[1] in periods for cell in row)


def _untold(row: Row) -> Row:
    """Return the row of a period without its result; its target is that of the charter."""
    when, _, _, target, _ = row
    return [when, [UNTOLD, ""], [NOTHING, ""], target, [NOTHING, ""]]


def _blank(cells: Row) -> Row:
    return [[UNTOLD, ""] for _ in cells]


_OF_PROMISES = (Told.DEVIATIONS, Told.CORRECTIONS, Told.REMEDIES, Told.CLAIMS)


def _without(section: Mapping[str, Any], promises: Collection[str], said: Sequence[str]) -> dict[str, Any]:
    """Return a section without the rows of masked promises and without its own sentences, which tell of all
    promises together; sections that tell of none stay as they are.
    """
    if section["code"] not in _OF_PROMISES or not promises:
        return dict(section)
    tables = [
        {**table, "rows": [row for row in table["rows"] if not any(cell[0] in promises for cell in row)]}
        for table in section["tables"]
    ]
    return {**section, "words": list(said), "tables": [each for each in tables if each["rows"]]}


def _verdict(kept: Mapping[str, Any] | None, promises: Collection[str], before: str) -> str:
    """Return the sentence of a report, of the promises whose figures everybody reads."""
    if kept is None or not promises:
        return before
    rows = [row for row in kept["tables"][0]["rows"] if row[0][0] not in promises]
    told = [row for row in rows if row[3][0] != NO_DATA and (row[4][0], row[5][0]) != ("0", "0")]
    untold = f"De {len(promises)} no se muestra."
    if not told:
        return f"{NO_DATA} que mostrar. {untold}"
    kept_of = sum(row[5][0] == "0" for row in told)
    return f"{verdict_words(kept_of, len(told), len(rows) - len(told))} {untold}"
