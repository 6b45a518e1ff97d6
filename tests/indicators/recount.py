# SPDX-License-Identifier: EUPL-1.2
"""A recount in plain Python: reads the facts one by one and holds every cell of every family against them."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import connection

from siac.indicators.models import Cell
from siac.infra.metrics import Measure, Source, measures_of, sources
from siac.organizations.public import Institution

Key = tuple[str, str, str, str, date]


def differences(institution: Institution) -> list[str]:
    """Return each cell that is not what the facts say, and each that is missing or too many."""
    found = []
    for of in sources():
        expected = _expected(institution, of)
        kept = {
            (cell.measure.key, cell.grain, cell.family, cell.member, cell.period): cell
            for cell in Cell.objects.filter(institution=institution).select_related("measure")
            if cell.measure.key in {each.key for each in measures_of(of.key)}
        }
        for key in sorted(expected.keys() | kept.keys(), key=str):
            if _told(kept.get(key)) != (counted := _histogram(expected.get(key))):
                found.append(f"{key}: kept {_told(kept.get(key))}, counted {counted}")
    return found


def _expected(institution: Institution, of: Source) -> dict[Key, Counter[int | None]]:
    counted: dict[Key, Counter[int | None]] = {}
    for measure in measures_of(of.key):
        for day, value, members in _facts(institution, of, measure):
            for family in of.families:
                member = ",".join(members[key] for key in family)
                for grain, first in (
                    ("d", day),
                    ("m", day.replace(day=1)),
                    ("y", day.replace(month=1, day=1)),
                ):
                    key = (measure.key, grain, ",".join(family), member, first)
                    counted.setdefault(key, Counter())[value] += 1
    return counted


def _facts(
    institution: Institution, of: Source, measure: Measure
) -> list[tuple[date, int | None, dict[str, str]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT f.*, ({measure.where}) AS meets FROM {of.table} f WHERE institution_id = %s",
            [institution.pk],
        )
        names = [column.name for column in cursor.description or ()]
        rows: list[dict[str, Any]] = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    found = []
    for row in rows:
        value = row[measure.value] if measure.value else None
        if row["meets"] and row[measure.day] is not None and not (measure.value and value is None):
            members = {each.key: str(row[each.column]) for each in of.dimensions}
            found.append((row[measure.day], value, members))
    return found


def _told(cell: Cell | None) -> tuple[int, int, list[tuple[int, int]]] | None:
    if cell is None:
        return None
    pairs, before = [], 0
    for value, below in zip(cell.vals or (), cell.cum or (), strict=True):
        pairs.append((value, below - before))
        before = below
    return cell.n, cell.total, pairs


def _histogram(counted: "Counter[int | None] | None") -> tuple[int, int, list[tuple[int, int]]] | None:
    if counted is None:
        return None
    pairs = sorted((value, n) for value, n in counted.items() if value is not None)
    return sum(counted.values()), sum(value * n for value, n in pairs), pairs
