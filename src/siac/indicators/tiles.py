# SPDX-License-Identifier: EUPL-1.2
"""What of indicators stands on the first page of those who look after them."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse

from siac.indicators.domain.results import Frequency, Standing, period_at
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.results.due import (
    SETTLES,
    followed_ones,
    newest_results,
    owed_results,
)
from siac.indicators.results.pages import period_words, stands, value_of
from siac.organizations.public import Access
from siac.ui.tiles import Ahead, AheadItem, Tile, TileRow


def _keeps(access: Access) -> bool:
    return access.has(IndicatorRight.KEEP)


def _owed_rows(access: Access, today: date) -> Sequence[TileRow]:
    return [
        TileRow(
            each.indicator.name,
            reverse("workspace:indicators:indicator", args=[access.institution.slug, each.indicator.pk]),
            period_words(each.indicator.frequency, each.first),
            due_on=each.last + SETTLES,
            act="Fijar" if each.indicator.metric else "Anotar",
        )
        for each in owed_results(access.institution, today=today)
    ]


def _missed_rows(access: Access, today: date) -> Sequence[TileRow]:
    rows = newest_results(access.institution)
    return [
        TileRow(
            row.indicator.name,
            reverse("workspace:indicators:result", args=[access.institution.slug, row.pk]),
            period_words(row.indicator.frequency, row.first),
            f"{value_of(row.indicator, row.value)} · meta {value_of(row.indicator, row.target)}",
            act="Comentar",
        )
        for row in rows
        if stands(row.indicator, row.value, row.target) is Standing.MISSED
    ]


def _ends_ahead(access: Access, first: date, last: date) -> Sequence[AheadItem]:
    """Return the days on which the house freezes what is over, with how many results."""
    days: Counter[date] = Counter()
    for row in followed_ones(access.institution):
        if not row.metric or row.since is None:
            continue
        for day in (first, last):
            ends = period_at(Frequency(row.frequency), day - SETTLES)[1]
            frozen_on = ends + SETTLES + timedelta(days=1)
            if first <= frozen_on <= last and ends > row.since:
                days[frozen_on] += 1
                break
    url = reverse("workspace:indicators:indicators", args=[access.institution.slug])
    return [
        AheadItem(day, f"Se fija{'n' if n > 1 else ''} {n} resultado{'s' if n > 1 else ''}", url)
        for day, n in days.items()
    ]


TILES = (
    Tile(
        "Resultados por fijar",
        "workspace:indicators:indicators",
        _keeps,
        42,
        rows=_owed_rows,
        sql=1,
        query="?vista=por-fijar",
    ),
    Tile(
        "Indicadores bajo su meta",
        "workspace:indicators:indicators",
        _keeps,
        46,
        rows=_missed_rows,
        sql=1,
        query="?vista=bajo-su-meta",
    ),
)
AHEAD = Ahead("indicators.results", _keeps, _ends_ahead, 0)
