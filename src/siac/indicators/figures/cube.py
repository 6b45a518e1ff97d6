# SPDX-License-Identifier: EUPL-1.2
"""Keeping the cells true: facts follow what the journal tells, and cells follow the facts.

One runner at a time for a body and source, held by the row of `CubeState`. The facts of what changed are
written anew; the periods that held them before or hold them now are computed whole, in the same
transaction. So cells and facts are always of the same moment.
"""

import logging
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from siac.indicators.domain.periods import DAY, MONTH, YEAR, days_kept_from, month_of, year_of
from siac.indicators.figures.cells import Numbered, count_facts, merge_cells
from siac.indicators.figures.state import basis_of
from siac.indicators.models import Cell, CubeState
from siac.indicators.models import Measure as NumberedMeasure
from siac.infra.metrics import Measure, Source, measures_of, source, sources
from siac.infra.retrying import is_away
from siac.journal.public import Entry
from siac.organizations.public import Institution, institution_of

log = logging.getLogger(__name__)
_BATCH = 2000
"""Things whose facts are written in one step of a rebuild."""
Days = dict[str, set[date]]
"""By column of days: the local days that hold something else than before."""


def follow(entries: Sequence[Entry]) -> None:
    """Bring facts and cells up to what the entries of one or more bodies tell; SQL as `bring_up` for each
    body and source.

    What cannot be counted stops the figures of no other body: its own are marked as not counted yet, and the
    job that counts anew tries them, and says in `/salud` that it could not, until they are.
    """
    told: dict[tuple[int, str, str], set[int]] = {}
    for each in sources():
        for entry in entries:
            prefix, _, number = entry.stream.partition(":")
            if prefix in (each.stream, *each.through) and number.isdigit():
                told.setdefault((entry.institution_id, each.key, prefix), set()).add(int(number))
    things: dict[tuple[int, str], set[int]] = {}
    for (institution_id, key, prefix), numbers in told.items():
        through = source(key).through.get(prefix)
        ids = through(institution_id, sorted(numbers)) if through else numbers
        things.setdefault((institution_id, key), set()).update(ids)
    now = max(entry.at for entry in entries)
    for (institution_id, key), ids in sorted(things.items()):
        try:
            bring_up(institution_of(institution_id), source(key), sorted(ids), now=now)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("figures of %s of body %s could not follow", key, institution_id)
            _give_up(institution_id, key, now)


def _give_up(institution_id: int, key: str, now: datetime) -> None:
    """Mark the figures of a body and source as to be counted from the beginning (1 SQL)."""
    CubeState.objects.update_or_create(
        institution_id=institution_id,
        source=key,
        defaults={"built_at": None},
        create_defaults={"computed_at": now},
    )


@transaction.atomic
def bring_up(institution: Institution, of: Source, ids: Sequence[int], *, now: datetime) -> None:
    """Write the facts of these things as they are now and compute the periods that they left or came to (some
    ten SQL, and what the refresh of the source costs; no more than four where nothing changed).
    """
    kept = _hold(institution, of, now)
    before = _facts_of(institution.pk, of, ids)
    of.refresh(institution.pk, ids)
    after = _facts_of(institution.pk, of, ids)
    days: Days = {column: set() for column in _day_columns(of)}
    for pk in before.keys() | after.keys():
        if before.get(pk) != after.get(pk):
            for row in (before.get(pk, ()), after.get(pk, ())):
                for column, day in zip(days, row[1:], strict=False):
                    if day is not None:
                        days[column].add(day)
    _compute(institution, of, days, kept)


def _hold(institution: Institution, of: Source, now: datetime) -> date:
    """Lock the state of a body and source, and note that it is computed now; return from when days are kept
    (3 SQL). An entry that is read late must not take for kept what went meanwhile.
    """
    CubeState.objects.bulk_create(
        [CubeState(institution=institution, source=of.key, computed_at=now)], ignore_conflicts=True
    )
    state = CubeState.objects.select_for_update().get(institution=institution, source=of.key)
    if state.computed_at < now:
        CubeState.objects.filter(pk=state.pk).update(computed_at=now)
    kept = days_kept_from(institution.local_date(now))
    return max(kept, state.days_from) if state.days_from else kept


def _day_columns(of: Source) -> list[str]:
    return sorted({each.day for each in measures_of(of.key)})


def _facts_of(institution_id: int, of: Source, ids: Sequence[int]) -> dict[int, tuple[Any, ...]]:
    """Return, by thing, a digest of its fact and its days in the order of `_day_columns` (1 SQL)."""
    days = "".join(f', f."{column}"' for column in _day_columns(of))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT f.{of.subject}, md5(f::text){days} FROM {of.table} f"  # noqa: S608 - the product's own names
            f" WHERE f.institution_id = %s AND f.{of.subject} = ANY(%s)",
            [institution_id, list(ids)],
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def _compute(institution: Institution, of: Source, days: Days, kept: date) -> None:
    """Compute the days, months and years of what changed; of each column of days its own measures."""
    for column, found in days.items():
        if not found:
            continue
        measures = [each for each in measures_of(of.key) if each.day == column]
        recent = sorted(day for day in found if day >= kept)
        months = {month_of(day) for day in found}
        numbers = numbers_of(measures)
        if recent:
            count_facts(institution.pk, of, measures, numbers, grain=DAY, periods=recent)
        _compute_months(institution.pk, of, measures, numbers, months, kept)
        years = sorted({year_of(month) for month in months})
        merge_cells(institution.pk, measures, numbers, grain=YEAR, periods=years)


def _compute_months(
    institution_id: int, of: Source, measures: Sequence[Measure], numbers: Numbered,
    months: Collection[date], kept: date,
) -> None:  # fmt: skip
    recent = sorted(month for month in months if month >= kept)
    older = sorted(month for month in months if month < kept)
    if recent:
        merge_cells(institution_id, measures, numbers, grain=MONTH, periods=recent)
    if older:
        count_facts(institution_id, of, measures, numbers, grain=MONTH, periods=older)


def numbers_of(measures: Sequence[Measure]) -> Numbered:
    """Return the number of each measure (1 SQL), given at its first use (2 more).

    Not remembered: numbers belong to a database, and a process may outlive one (a restore).
    """
    keys = [each.key for each in measures]
    found = dict(NumberedMeasure.objects.filter(key__in=keys).values_list("key", "pk"))
    if len(found) < len(keys):
        new = [NumberedMeasure(key=key) for key in keys if key not in found]
        NumberedMeasure.objects.bulk_create(new, ignore_conflicts=True)
        found = dict(NumberedMeasure.objects.filter(key__in=keys).values_list("key", "pk"))
    return found


def rebuild(institution: Institution, of: Source, *, now: datetime) -> Iterator[str]:
    """Count a body's things of a source from the beginning, in short transactions; yield what was done, in
    words.

    What changes meanwhile is followed by the reader of the journal as ever: both hold the same row. Ends with
    cells as if everything had been counted at once.
    """
    with transaction.atomic():
        _hold(institution, of, now)
    basis = basis_of(of, institution_of(institution.pk))
    last, done = 0, 0
    while ids := of.after(institution.pk, last, _BATCH):
        with transaction.atomic():
            _hold(institution, of, now)
            of.refresh(institution.pk, ids)
        last, done = ids[-1], done + len(ids)
        yield f"{done} hechos"
    yield from recount(institution, of, now=now)
    CubeState.objects.filter(institution=institution, source=of.key).update(rests_on=basis)


def recount(institution: Institution, of: Source, *, now: datetime) -> Iterator[str]:
    """Compute every cell of a body's source from its facts, month by month in short transactions; yield what
    was done, in words.
    """
    measures = measures_of(of.key)
    for column in _day_columns(of):
        yield from _rebuild_column(institution, of, [each for each in measures if each.day == column], now)
    CubeState.objects.filter(institution=institution, source=of.key).update(built_at=now)


def _rebuild_column(
    institution: Institution, of: Source, measures: Sequence[Measure], now: datetime
) -> Iterator[str]:
    numbers = numbers_of(measures)
    column = measures[0].day
    months = _months_of(institution.pk, of, column, numbers)
    for month in months:
        with transaction.atomic():
            kept = _hold(institution, of, now)
            if month >= kept:
                days = _days_in(institution.pk, of, column, month, numbers)
                count_facts(institution.pk, of, measures, numbers, grain=DAY, periods=days)
            _compute_months(institution.pk, of, measures, numbers, [month], kept)
        yield f"{column} {month:%Y-%m}"
    years = sorted({year_of(month) for month in months})
    if years:
        with transaction.atomic():
            _hold(institution, of, now)
            merge_cells(institution.pk, measures, numbers, grain=YEAR, periods=years)


_MONTHS = """
SELECT DISTINCT date_trunc('month', f."{day}")::date FROM {table} f
WHERE f.institution_id = %(institution)s AND f."{day}" IS NOT NULL
UNION SELECT DISTINCT date_trunc('month', period)::date FROM indicators_cell
WHERE institution_id = %(institution)s AND measure_id = ANY(%(measures)s) ORDER BY 1
"""
_DAYS = """
SELECT DISTINCT f."{day}" FROM {table} f
WHERE f.institution_id = %(institution)s AND f."{day}" >= %(month)s AND f."{day}" < %(month)s + interval '1
month' UNION SELECT DISTINCT period FROM indicators_cell
WHERE institution_id = %(institution)s AND measure_id = ANY(%(measures)s) AND grain = 'd'
  AND period >= %(month)s AND period < %(month)s + interval '1 month' ORDER BY 1
"""


def _months_of(institution_id: int, of: Source, day: str, numbers: Numbered) -> list[date]:
    """Return the months that have facts, or cells that may count what is gone (1 SQL)."""
    return _days(_MONTHS, of, day, {"institution": institution_id, "measures": list(numbers.values())})


def _days_in(institution_id: int, of: Source, day: str, month: date, numbers: Numbered) -> list[date]:
    values = {"institution": institution_id, "measures": list(numbers.values()), "month": month}
    return _days(_DAYS, of, day, values)


def _days(statement: str, of: Source, day: str, values: dict[str, Any]) -> list[date]:
    with connection.cursor() as cursor:
        cursor.execute(statement.format(table=of.table, day=day), values)
        return [row[0] for row in cursor.fetchall()]


@transaction.atomic
def forget_old_days(institution: Institution, *, today: date) -> int:
    """Delete the days that are older than those kept, and note from when they are; their months stay. Return
    how many cells went (3 SQL).
    """
    kept = days_kept_from(today)
    states = CubeState.objects.filter(institution=institution)
    list(states.select_for_update().order_by("pk").values_list("pk"))
    states.filter(Q(days_from=None) | Q(days_from__lt=kept)).update(days_from=kept)
    old = Cell.objects.filter(institution=institution, grain=Cell.Grain.DAY, period__lt=kept)
    return old.delete()[0]


def count_all(institution: Institution, *, keys: Collection[str] | None = None, now: datetime) -> None:
    """Count all of a body from the beginning, every source or those of these `keys`; SQL as `rebuild`."""
    for each in sources() if keys is None else map(source, keys):
        for _ in rebuild(institution, each, now=now):
            continue
