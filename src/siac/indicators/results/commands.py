# SPDX-License-Identifier: EUPL-1.2
"""Freezing what an indicator said of a period, and saying later what was found to differ."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.documents.public import CheckedFile, Visibility, attach
from siac.indicators.domain.results import (
    Counted,
    Frequency,
    Worth,
    changes,
    digest,
    digest_of_written,
    packed,
    period_at,
    unpacked,
    worth,
)
from siac.indicators.figures.facts import rows_behind
from siac.indicators.figures.guarding import is_told
from siac.indicators.models import Indicator, IndicatorResult, ResultNote, StaleResult
from siac.infra.metrics import Statistic, metric
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution

LONGEST_NOTE = 10_000
NOTE = "result_note"
"""What files of evidence belong to, as they name it."""
_TENTH = Decimal("0.1")


@transaction.atomic
def freeze_result(
    *, institution: Institution, indicator_id: int, first: date, actor: User | None, now: datetime
) -> IndicatorResult:
    """Freeze what an indicator of the registry says of the period that begins on the local day `first`: its
    figure with every row that was counted (6 SQL).

    Raises:
        Refused: there is no such indicator (indicator_unknown), its results are written down by hand
            (result_by_hand), the day begins no period of its frequency (result_period), the period is not
            over (result_early), or it has a result already (result_frozen).
    """
    indicator = _locked(institution, indicator_id)
    if not indicator.metric:
        raise Refused("result_by_hand")
    last = _last_of(indicator, first, institution.local_date(now))
    if _latest(indicator, first, last) is not None:
        raise Refused("result_frozen")
    rows = counted_rows(institution, indicator, first, last)
    return _keep(indicator, first, last, rows, revision=1, note="", found={}, actor=actor, now=now)


@transaction.atomic
def revise_result(
    *, institution: Institution, result_id: int, reason: str, actor: User, now: datetime
) -> IndicatorResult:
    """Freeze the period of a result once more, as it stands now, and say which rows came, went or changed and
    why; the result that stood stays (7 SQL).

    Raises:
        Refused: there is no such result (result_unknown), it is not the latest of its period (result_old), it
            was written down by hand (result_by_hand) or told before the system (result_earlier), no reason
            is given (result_reason), or nothing differs (result_same).
    """
    said = squeeze(reason)
    if not said:
        raise Refused("result_reason")
    standing = _result(institution, result_id)
    indicator = _locked(institution, standing.indicator_id)
    if standing.is_earlier:
        raise Refused("result_earlier")
    if not indicator.metric:
        raise Refused("result_by_hand")
    if _latest(indicator, standing.first, standing.last) != standing:
        raise Refused("result_old")
    rows = counted_rows(institution, indicator, standing.first, standing.last)
    differs = changes(unpacked(bytes(standing.rows)), rows)
    if not differs and indicator.version == standing.version:
        raise Refused("result_same")
    found = {
        "added": len(differs.added), "removed": len(differs.removed), "altered": len(differs.altered),
    }  # fmt: skip
    return _keep(
        indicator, standing.first, standing.last, rows, revision=standing.revision + 1, note=said[:500],
        found=found, actor=actor, now=now,
    )  # fmt: skip


@transaction.atomic
def write_result(
    *,
    institution: Institution,
    indicator_id: int,
    first: date,
    value: Decimal,
    note: str,
    actor: User,
    now: datetime,
) -> IndicatorResult:
    """Write down the figure of an indicator that has no metric, with where it comes from; a second time for
    the same period it is a revision, and the figure that stood stays (5 SQL).

    Raises:
        Refused: there is no such indicator (indicator_unknown), it is worked out from the registry
            (result_worked_out), as `freeze_result` of the period, or nothing says where it comes from
            (result_reason).
    """
    said = squeeze(note)
    if not said:
        raise Refused("result_reason")
    indicator = _locked(institution, indicator_id)
    if indicator.metric:
        raise Refused("result_worked_out")
    last = _last_of(indicator, first, institution.local_date(now))
    standing = _latest(indicator, first, last)
    note, exact = said[:500], value.quantize(_TENTH, ROUND_HALF_UP)
    row = IndicatorResult(
        value=exact,
        digest=digest_of_written(exact, note),
        note=note,
        revision=standing.revision + 1 if standing else 1,
    )
    return store_result(indicator, row, first, last, actor=actor, now=now)


@transaction.atomic
def note_on_result(
    *,
    institution: Institution,
    result_id: int,
    body: str,
    files: Sequence[CheckedFile] = (),
    dated_on: date | None = None,
    actor: User,
    now: datetime,
) -> ResultNote:
    """Write an analysis or an explanation to a result, with the files that are its evidence and the local day
    of which they speak (3 SQL, and 2 with files). Neither is changed or taken away later.

    Raises:
        Refused: there is no such result (result_unknown), nothing is written (text_missing), more than ten
            thousand characters are (text_too_long), or the files speak of a day to come (evidence_ahead).
    """
    text = body.strip()
    if not text:
        raise Refused("text_missing")
    if len(text) > LONGEST_NOTE:
        raise Refused("text_too_long", length=len(text), limit=LONGEST_NOTE)
    if dated_on is not None and dated_on > institution.local_date(now):
        raise Refused("evidence_ahead")
    result = _result(institution, result_id)
    note = ResultNote.objects.create(
        institution=institution, result=result, body=text, dated_on=dated_on, written_by=actor,
        written_at=now,
    )  # fmt: skip
    attach(institution.pk, NOTE, note.pk, files, actor_id=actor.pk, now=now, visibility=Visibility.INTERNAL)
    data = {"result": result.pk, "note": note.pk, "files": len(files)}
    stream = f"indicator:{result.indicator_id}"
    record(institution.pk, stream, "indicators.result_noted", now, actor_id=actor.pk, data=data)
    return note


def counted_rows(institution: Institution, indicator: Indicator, first: date, last: date) -> list[Counted]:
    """Return the rows that an indicator of the registry counts of a period, as they stand now (1 SQL, and
    what the names of its dimensions cost); none where they would tell what somebody said (`Metric.least`).
    """
    of, after = metric(indicator.metric), last + timedelta(days=1)
    if not is_told(institution, of, (first, last), today=after, where=indicator.filters):
        return []
    return rows_behind(institution, of, first, last, where=indicator.filters)


def worth_of(indicator: Indicator, rows: Sequence[Counted]) -> Worth:
    """Return what rows say, told as the indicator tells them. No SQL."""
    least = metric(indicator.metric).least
    return worth(rows, Statistic(indicator.statistic), indicator.within or 0, least)


def _locked(institution: Institution, pk: int) -> Indicator:
    rows = Indicator.objects.select_for_update(no_key=True).filter(institution=institution, pk=pk)
    found = rows.first()
    if found is None:
        raise Refused("indicator_unknown")
    return found


def _result(institution: Institution, pk: int) -> IndicatorResult:
    found = IndicatorResult.objects.filter(institution=institution, pk=pk).first()
    if found is None:
        raise Refused("result_unknown")
    return found


def _last_of(indicator: Indicator, first: date, today: date) -> date:
    begins, last = period_at(Frequency(indicator.frequency), first)
    if begins != first:
        raise Refused("result_period")
    if last >= today:
        raise Refused("result_early")
    return last


def _latest(indicator: Indicator, first: date, last: date) -> IndicatorResult | None:
    return indicator.results.filter(first=first, last=last).order_by("-revision").first()


def _keep(
    indicator: Indicator,
    first: date,
    last: date,
    rows: list[Counted],
    *,
    revision: int,
    note: str,
    found: dict[str, int],
    actor: User | None,
    now: datetime,
) -> IndicatorResult:
    told = worth_of(indicator, rows)
    row = IndicatorResult(
        value=told.value, total=told.total, met=told.met, rows=packed(rows), digest=digest(rows), note=note,
        changes=found, revision=revision,
    )  # fmt: skip
    return store_result(indicator, row, first, last, actor=actor, now=now)


def store_result(
    indicator: Indicator, row: IndicatorResult, first: date, last: date, *, actor: User | None, now: datetime
) -> IndicatorResult:
    """Keep a result of a period, with the version of its indicator, in the chain of the journal (2 SQL, 1
    more for a revision).
    """
    row.institution_id, row.indicator, row.version = indicator.institution_id, indicator, indicator.version
    row.first, row.last = first, last
    if not row.is_earlier:
        row.target = indicator.target
    row.frozen_at, row.frozen_by = now, actor
    row.save(force_insert=True)
    if row.revision > 1:
        StaleResult.objects.filter(result__indicator=indicator, result__first=first).delete()
    data: dict[str, Any] = {
        "result": row.pk, "first": first.isoformat(), "last": last.isoformat(), "revision": row.revision,
        "value": None if row.value is None else str(row.value), "total": row.total, "version": row.version,
        "digest": bytes(row.digest).hex(), "target": None if row.target is None else str(row.target),
        "earlier": row.is_earlier,
    }  # fmt: skip
    kind = "indicators.result_frozen" if row.revision == 1 else "indicators.result_revised"
    actor_id = actor.pk if actor else None
    record(indicator.institution_id, indicator.stream, kind, now, actor_id=actor_id, data=data)
    return row
