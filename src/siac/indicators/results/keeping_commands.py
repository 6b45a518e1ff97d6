# SPDX-License-Identifier: EUPL-1.2
"""Keeping what a body follows."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.indicators.domain.results import Frequency
from siac.indicators.domain.windows import EARLIEST
from siac.indicators.models import Indicator
from siac.infra.metrics import LIMITED, SHARES, Better, Metric, Statistic, metric, source
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration, save_version, unit_tree

_YEARS_AHEAD = 3


@transaction.atomic
def save_indicator(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    code: str,
    name: str,
    definition: str,
    target: Decimal,
    metric_key: str = "",
    statistic: str = Statistic.WITHIN,
    within: int | None = None,
    filters: Mapping[str, Sequence[str]] | None = None,
    unit: str = "",
    better: str = "",
    near: Decimal | None = None,
    baseline: Decimal | None = None,
    source_words: str = "",
    instrument: str = "",
    verification: str = "",
    frequency: str = "month",
    since: date | None = None,
    responsible_id: int | None = None,
    is_active: bool = True,
    indicator: Indicator | None = None,
    based_on: int | None = None,
) -> Indicator:
    """Add an indicator, or change `indicator` as its next version (see
    `organizations.versioned.save_version`).

    `metric_key` empty: its results are written down by hand, in `unit`. Numbers are in the unit of the metric
    and statistic, per cent for shares.

    Raises:
        Refused: nobody registered the metric or it has no such statistic (indicator_metric), the statistic
            needs a limit (indicator_limit), a filter names what the metric or the body does not have
            (indicator_filter), a share's target lies outside 0 to 100 (indicator_percent), the band lies
            beyond the target (indicator_band), it is measured from before 1990 or more than three years ahead
            (indicator_since), or more often than what it measures is known (indicator_yearly), it has results
            of another frequency (indicator_frequency), the
            unit is unknown (unit_unknown), one of that code exists
            (indicator_taken), or somebody saved it meanwhile (saved_meanwhile).
    """
    chosen = _metric(metric_key, statistic)
    _check_periods(chosen, frequency, since, today=institution.local_date(now))
    kept = _filters(institution, chosen, filters or {})
    if chosen and statistic in LIMITED and within is None:
        raise Refused("indicator_limit")
    direction = better or _usual(chosen, statistic)
    if chosen and statistic in SHARES and not 0 <= target <= 100:
        raise Refused("indicator_percent")
    if near is not None and (near < target) == (direction == Better.LOWER):
        raise Refused("indicator_band")
    if responsible_id is not None and responsible_id not in unit_tree(institution).nodes:
        raise Refused("unit_unknown")
    fields: dict[str, Any] = {
        "name": squeeze(name), "definition": squeeze(definition), "metric": metric_key,
        "statistic": statistic,
        "within": within if statistic in LIMITED else None, "filters": kept, "unit": squeeze(unit),
        "better": direction, "target": target, "near": near, "baseline": baseline,
        "source": squeeze(source_words), "instrument": squeeze(instrument),
        "verification": squeeze(verification), "frequency": frequency, "since": since,
        "responsible_id": responsible_id, "is_active": is_active,
    }  # fmt: skip
    row = indicator or Indicator(institution=institution, code=code)
    if indicator and indicator.frequency != frequency and indicator.results.exists():
        raise Refused("indicator_frequency")
    try:
        saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("indicator_taken", code=code) from error
    if saved.is_changed:
        data = {"indicator": saved.row.pk, "metric": metric_key, "version": saved.row.version}
        note_configuration(institution.pk, "indicators.indicator_saved", actor=actor, now=now, data=data)
    return saved.row


def _metric(key: str, statistic: str) -> Metric | None:
    if not key:
        return None
    try:
        found = metric(key)
    except KeyError:
        raise Refused("indicator_metric") from None
    if statistic not in found.statistics:
        raise Refused("indicator_metric")
    return found


def _check_periods(chosen: Metric | None, frequency: str, since: date | None, *, today: date) -> None:
    """Refuse periods that nobody can mean: of before there were such registers, or of years to come."""
    last = today.year + _YEARS_AHEAD
    if since is not None and not EARLIEST.year <= since.year <= last:
        raise Refused("indicator_since", first=EARLIEST.year, last=last)
    if chosen is not None and chosen.is_yearly and frequency != Frequency.YEAR:
        raise Refused("indicator_yearly")


def _filters(
    institution: Institution, chosen: Metric | None, filters: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    kept = {key: sorted(set(members)) for key, members in filters.items() if members}
    if kept and chosen is None:
        raise Refused("indicator_filter")
    for key, members in kept.items():
        try:
            of = source(chosen.of.source).dimension(key) if chosen else None
            known = of.names(institution) if of and not of.is_trait else {}
        except KeyError:
            raise Refused("indicator_filter") from None
        if not set(members) <= set(known):
            raise Refused("indicator_filter")
    return dict(sorted(kept.items()))


def _usual(chosen: Metric | None, statistic: str) -> str:
    """Return which way is better where nobody says it: as of the metric, and the other way round for the
    share that does not go above a limit.
    """
    lower = chosen is not None and chosen.better == Better.LOWER
    if chosen is not None and statistic == Statistic.WITHIN:
        lower = chosen.better == Better.HIGHER
    return Better.LOWER if lower else Better.HIGHER
