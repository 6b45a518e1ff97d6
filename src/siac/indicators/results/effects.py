# SPDX-License-Identifier: EUPL-1.2
"""An indicator before something was done, kept with every row, and the same indicator afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from siac.indicators.domain.effects import LEAST, Compared, Doubt, Effect, compare
from siac.indicators.domain.results import Counted, Worth, digest, packed, unpacked
from siac.indicators.models import Indicator
from siac.indicators.results.commands import counted_rows, worth_of
from siac.infra.metrics import Better, Statistic, metric, metrics
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

_DEFINING = ("metric", "statistic", "within", "filters", "better")


@dataclass(frozen=True, slots=True)
class Baseline:
    """What an indicator said of a window of local days, both ends included: its value, how many it rests on,
    how it was defined, the rows as results keep them and their SHA-256. Without rows where it is written down
    by hand.
    """

    first: date
    last: date
    value: Decimal | None
    total: int
    definition: Mapping[str, Any]
    rows: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Measured:
    """Two windows of an indicator compared, and what must be known besides; `rows` are those of the later
    one, with their SHA-256.
    """

    compared: Compared
    doubts: Sequence[Doubt]
    rows: bytes
    digest: bytes


def digest_of_rows(kept: bytes) -> bytes:
    """Return the SHA-256 of rows as they were kept. No SQL."""
    return digest(unpacked(kept))


def indicator_of(institution: Institution, indicator_id: int) -> Indicator:
    """Return an indicator of a body (1 SQL).

    Raises:
        Refused: there is none (indicator_unknown).
    """
    row = Indicator.objects.filter(institution=institution, pk=indicator_id).first()
    if row is None:
        raise Refused("indicator_unknown")
    return row


def definition_of(indicator: Indicator) -> dict[str, Any]:
    """Return all that its figure depends on, and the version that says so. No SQL."""
    return {
        **{name: getattr(indicator, name) for name in _DEFINING}, "version": indicator.version,
        "unit": indicator.unit,
    }  # fmt: skip


def take_baseline(
    institution: Institution, indicator_id: int, *, first: date, last: date, today: date,
    written: Decimal | None = None,
) -> Baseline:  # fmt: skip
    """Return what an indicator says of a window that is over (3 SQL); `written`: of one without metric, what
    its office wrote down.

    Raises:
        Refused: there is no such indicator (indicator_unknown), the window is not over or ends before it
            begins (baseline_days), or nothing can be told of it (baseline_empty).
    """
    indicator = indicator_of(institution, indicator_id)
    if not first <= last < today:
        raise Refused("baseline_days")
    if not indicator.metric:
        if written is None:
            raise Refused("baseline_empty")
        return Baseline(first, last, written, 0, definition_of(indicator), b"", b"")
    rows = counted_rows(institution, indicator, first, last)
    told = worth_of(indicator, rows)
    if told.value is None:
        raise Refused("baseline_empty")
    return Baseline(first, last, told.value, told.total, definition_of(indicator), packed(rows), digest(rows))


def measure_effect(
    institution: Institution, indicator_id: int, baseline: Baseline, *, first: date, last: date, today: date
) -> Measured:
    """Return an indicator in a window that is over beside its baseline, both counted as it was defined when
    the baseline was taken (5 SQL).

    Raises:
        Refused: there is no such indicator (indicator_unknown), or the window is not over, or begins before
            the baseline ends (effect_days).
    """
    indicator = indicator_of(institution, indicator_id)
    if not baseline.last < first <= last < today:
        raise Refused("effect_days")
    doubts = [Doubt.DEFINITION] if _defined_otherwise(indicator, baseline.definition) else []
    then = _as_defined(indicator, baseline.definition)
    if not then.metric or then.metric not in {each.key for each in metrics()}:
        told, nothing = Worth(baseline.value, 0, 0), Worth(None, 0, 0)
        alone = Compared(Effect.TOO_FEW, told, nothing, None)
        return Measured(alone, [*doubts, Doubt.NOT_COMPARED], b"", b"")
    before = unpacked(baseline.rows)
    after = counted_rows(institution, then, first, last)
    if digest(counted_rows(institution, then, baseline.first, baseline.last)) != baseline.digest:
        doubts.append(Doubt.ROWS)
    worths = (worth_of(then, before), worth_of(then, after))
    days = ((baseline.last - baseline.first).days + 1, (last - first).days + 1)
    found = compare(before, after, worths, days, Statistic(then.statistic), better=Better(then.better))
    doubts += _doubts(then, after, found, (baseline.first, baseline.last), (first, last))
    return Measured(found, doubts, packed(after), digest(after))


def _doubts(
    then: Indicator,
    after: Sequence[Counted],
    found: Compared,
    before_days: tuple[date, date],
    after_days: tuple[date, date],
) -> list[Doubt]:
    doubts = []
    if not after and metric(then.metric).least:
        doubts.append(Doubt.HIDDEN)
    elif found.effect is Effect.TOO_FEW and min(found.before.total, found.after.total) >= LEAST:
        doubts.append(Doubt.NOT_COMPARED)
    months = [(first.month, last.month) for first, last in (before_days, after_days)]
    if found.effect is not Effect.TOO_FEW and months[0] != months[1]:
        doubts.append(Doubt.SEASON)
    return doubts


def _defined_otherwise(indicator: Indicator, before: Mapping[str, Any]) -> bool:
    return any(getattr(indicator, name) != before[name] for name in _DEFINING)


def _as_defined(indicator: Indicator, before: Mapping[str, Any]) -> Indicator:
    """Return the indicator as it was defined, for counting only: never saved."""
    fields = {name: before[name] for name in _DEFINING}
    return Indicator(institution_id=indicator.institution_id, code=indicator.code, **fields)
