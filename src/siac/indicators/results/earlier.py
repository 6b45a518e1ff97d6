# SPDX-License-Identifier: EUPL-1.2
"""Results from before the system, brought in a sheet and marked as such."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.db import transaction

from siac.accounts.public import User
from siac.indicators.domain.earlier import Earlier, Followed, read_earlier
from siac.indicators.domain.past_demand import Problem
from siac.indicators.domain.results import Frequency, digest_of_written, first_owed
from siac.indicators.models import Indicator, IndicatorResult
from siac.indicators.results.commands import store_result
from siac.infra.metrics import SHARES
from siac.infra.tables.incoming import uploaded_tables
from siac.kernel.errors import Refused
from siac.kernel.text import fold
from siac.organizations.public import Institution

ROWS = 5000
"""A sheet of results has no more rows: forty years of a hundred yearly indicators."""
_TENTH = Decimal("0.1")


def bring_earlier_results(
    *, institution: Institution, name: str, content: bytes, actor: User, now: datetime
) -> tuple[int, list[Problem]]:
    """Write down the results of a sheet that come from before the body measured with the system; or return
    all that is wrong with its rows and write nothing. What stands already as the sheet says it is passed
    over; a figure that differs is a revision. Read in a process apart (5 SQL, and 2 for each result).

    Returns how many were written.

    Raises:
        Refused: it cannot be read (table_unreadable), it lacks the columns (earlier_columns), has no row
            that says anything (earlier_empty), or more than five thousand (earlier_long).
    """
    tables = uploaded_tables(content, most_rows=ROWS + 1)
    if not tables or not tables[0].rows:
        raise Refused("earlier_empty")
    rows = tables[0].rows
    if len(rows) > ROWS + 1:
        raise Refused("earlier_long", limit="5.000")
    with transaction.atomic():
        indicators = _locked(institution)
        told = read_earlier([(row.line, row.cells) for row in rows], _known(indicators))
        if told is None:
            raise Refused("earlier_columns")
        found, problems = told
        if problems:
            return 0, problems
        if not found:
            raise Refused("earlier_empty")
        return _write(indicators, found, f"Planilla «{name[-100:]}»", actor=actor, now=now)


def _locked(institution: Institution) -> dict[int, Indicator]:
    rows = Indicator.objects.select_for_update(no_key=True).filter(institution=institution)
    return {row.pk: row for row in rows.filter(since__isnull=False).order_by("pk")}


def _known(indicators: dict[int, Indicator]) -> dict[str, Followed]:
    """Return the indicators by code and by name; a name that several have names none."""
    named = Counter(fold(row.name) for row in indicators.values())
    known: dict[str, Followed] = {}
    for row in indicators.values():
        assert row.since is not None
        frequency = Frequency(row.frequency)
        is_percent = row.statistic in SHARES if row.metric else row.unit.strip() == "%"
        of = Followed(row.pk, frequency, first_owed(frequency, row.since), is_percent)
        if named[fold(row.name)] == 1:
            known.setdefault(fold(row.name), of)
        known[fold(row.code)] = of
    return known


def _write(
    indicators: dict[int, Indicator], found: Sequence[Earlier], sheet: str, *, actor: User, now: datetime
) -> tuple[int, list[Problem]]:
    standing: dict[tuple[int, date], IndicatorResult] = {}
    kept = IndicatorResult.objects.filter(indicator__in=indicators).defer("rows")
    for result in kept.order_by("revision"):
        standing[result.indicator_id, result.first] = result
    own = [row for row in found if _is_own(standing.get((row.indicator_id, row.first)))]
    if own:
        return 0, [Problem(row.line, "earlier_measured") for row in own]
    written = 0
    for row in found:
        indicator, before = indicators[row.indicator_id], standing.get((row.indicator_id, row.first))
        value, note = row.value.quantize(_TENTH, ROUND_HALF_UP), row.source or sheet
        target = row.target.quantize(_TENTH, ROUND_HALF_UP) if row.target is not None else None
        if before and (before.value, before.target, before.note) == (value, target, note):
            continue
        result = IndicatorResult(
            value=value, digest=digest_of_written(value, note), note=note, is_earlier=True,
            revision=before.revision + 1 if before else 1, target=target,
        )  # fmt: skip
        store_result(indicator, result, row.first, row.last, actor=actor, now=now)
        written += 1
    return written, []


def _is_own(result: IndicatorResult | None) -> bool:
    """Return whether a period has a result that was measured here."""
    return result is not None and not result.is_earlier
