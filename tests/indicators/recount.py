# SPDX-License-Identifier: EUPL-1.2
"""A recount in plain Python: facts against their things, and every cell of every family against the facts."""

from collections import Counter
from datetime import date
from typing import Any

from django.db import connection, transaction

from siac.indicators.domain.periods import days_kept_from
from siac.indicators.models import Cell, CubeState
from siac.infra.metrics import Measure, Source, measures_of, sources
from siac.organizations.public import Institution

Key = tuple[str, str, str, str, date]


def differences(institution: Institution) -> list[str]:
    """Return each fact that is not what its thing says, each cell that is not what the facts say, and what of
    either is missing or too many.
    """
    found = []
    for of in sources():
        found += _stale(institution, of)
        expected = _expected(institution, of)
        kept = {
            (cell.measure.key, cell.grain, cell.family, cell.member, cell.period): cell
            for cell in Cell.objects.filter(institution=institution).select_related("measure")
            if cell.measure.key in {each.key for each in measures_of(of.key)}
            and (cell.grain != "d" or cell.period >= _kept_from(institution, of))
        }
        for key in sorted(expected.keys() | kept.keys(), key=str):
            if _told(kept.get(key)) != (counted := _histogram(expected.get(key))):
                found.append(f"{key}: kept {_told(kept.get(key))}, counted {counted}")
    return found


def _stale(institution: Institution, of: Source) -> list[str]:
    """Return the facts that change when they are written anew; they are left as they were."""
    with transaction.atomic():
        before = _rows(institution, of)
        of.refresh(institution.pk, of.after(institution.pk, 0, 100_000))
        after = _rows(institution, of)
        transaction.set_rollback(True)
    return [
        f"{of.key}:{pk} was {before.get(pk)}, is {after[pk]}" for pk in after if before.get(pk) != after[pk]
    ]


def _rows(institution: Institution, of: Source) -> dict[int, str]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {of.subject}, f::text FROM {of.table} f WHERE institution_id = %s",
            [institution.pk],
        )
        return dict(cursor.fetchall())


def _expected(institution: Institution, of: Source) -> dict[Key, Counter[int | None]]:
    counted: dict[Key, Counter[int | None]] = {}
    kept = _kept_from(institution, of)
    for measure in measures_of(of.key):
        for day, value, members in _facts(institution, of, measure):
            for family in of.families:
                member = ",".join(members[key] for key in family)
                for grain, first in (
                    ("d", day),
                    ("m", day.replace(day=1)),
                    ("y", day.replace(month=1, day=1)),
                ):
                    if grain == "d" and first < kept:
                        continue
                    key = (measure.key, grain, ",".join(family), member, first)
                    counted.setdefault(key, Counter())[value] += 1
    return counted


def _kept_from(institution: Institution, of: Source) -> date:
    """Return from when days are told; those before it are on their way out, told by their month only."""
    state = CubeState.objects.filter(institution=institution, source=of.key).first()
    return days_kept_from(institution.local_date(state.computed_at)) if state else date.min


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
