# SPDX-License-Identifier: EUPL-1.2
"""Pages of `reporting`."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import Role
from siac.indicators.public import Length, count_all
from siac.infra.longwork import run_long
from siac.reporting.accountability.commands import approve_letter, open_letter, prepare_letter
from siac.reporting.domain.letters import year_of
from siac.reporting.frozen.making import LINE, making
from siac.reporting.models import Letter, LetterRevision
from siac.reporting.opendata.commands import save_dataset
from siac.reporting.opendata.making import LINE as DATASETS
from siac.reporting.opendata.making import publishing
from siac.reporting.own.commands import freeze_own_report, save_own_report
from siac.reporting.own.describing import last_over
from siac.reporting.summaries.commands import ask_for_summary
from tests.architecture.samples.whom import INDICATORS, Made, R, Sample, with_
from tests.factories import House

MAKERS = frozenset({R.QUALITY_MANAGER, R.AUTHORITY})
_TABLE = with_(name="dataset_slug")
_FROZEN = with_(frozen_id="frozen")
_COPY = with_(frozen_id="copy")
_LETTER, _LETTER_COPY = with_(letter_id="account_letter"), with_(frozen_id="account_copy")
_REPORT = with_(report_id="own_report")
SAMPLES = {
    "portal:reporting:data": Sample(),
    "portal:reporting:improving": Sample(),
    "portal:reporting:letters": Sample(),
    "portal:reporting:letter": Sample(arguments=_LETTER),
    "portal:reporting:letter_paper": Sample(arguments=_LETTER),
    "portal:reporting:catalogue": Sample(),
    "portal:reporting:dataset": Sample(arguments=_TABLE),
    "portal:reporting:dataset_csv": Sample(arguments=_TABLE),
    "portal:reporting:dataset_package": Sample(arguments=_TABLE),
    "workspace:reporting:datasets": Sample(MAKERS),
    "workspace:reporting:dataset_new": Sample(MAKERS),
    "workspace:reporting:dataset": Sample(MAKERS, with_(dataset_id="dataset")),
    "workspace:reporting:home": Sample(INDICATORS),
    "workspace:reporting:circle": Sample(INDICATORS),
    "workspace:reporting:circle_rows": Sample(INDICATORS, lambda made: {"code": "compromisos"}),
    "workspace:reporting:letters": Sample(INDICATORS),
    "workspace:reporting:letter_new": Sample(MAKERS),
    "workspace:reporting:letter": Sample(INDICATORS, _LETTER),
    "workspace:reporting:letter_words": Sample(MAKERS, _LETTER),
    "workspace:reporting:letter_prepare": Sample(MAKERS, _LETTER, post=True),
    "workspace:reporting:letter_approve": Sample(frozenset({R.AUTHORITY}), _LETTER, post=True),
    "workspace:reporting:letter_sent": Sample(MAKERS, _LETTER),
    "workspace:reporting:letter_copy": Sample(INDICATORS, _LETTER_COPY),
    "workspace:reporting:letter_copy_paper": Sample(INDICATORS, _LETTER_COPY),
    "workspace:reporting:letter_copy_go_on": Sample(MAKERS, _LETTER_COPY, post=True),
    "workspace:reporting:yearly": Sample(INDICATORS),
    "workspace:reporting:own_reports": Sample(INDICATORS),
    "workspace:reporting:own_report_new": Sample(MAKERS),
    "workspace:reporting:own_report_add": Sample(MAKERS, lambda made: {"key": "cases.received"}),
    "workspace:reporting:own_report": Sample(INDICATORS, _REPORT),
    "workspace:reporting:own_report_change": Sample(MAKERS, _REPORT),
    "workspace:reporting:signs": Sample(frozenset({R.QUALITY_MANAGER, R.AUTHORITY, R.AUDITOR})),
    "workspace:reporting:summaries": Sample(INDICATORS),
    "workspace:reporting:summary": Sample(INDICATORS, _FROZEN),
    "workspace:reporting:summary_paper": Sample(INDICATORS, _FROZEN),
    "workspace:reporting:summary_go_on": Sample(MAKERS, _FROZEN, post=True),
    "workspace:reporting:own_copy": Sample(INDICATORS, _COPY),
    "workspace:reporting:own_copy_paper": Sample(INDICATORS, _COPY),
    "workspace:reporting:own_copy_go_on": Sample(MAKERS, _COPY, post=True),
    "workspace:reporting:own_report_freeze": Sample(MAKERS, _REPORT, post=True),
    "workspace:reporting:own_report_copies": Sample(INDICATORS, _REPORT),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a summary of the month before, publish a table, and freeze a report."""
    row = ask_for_summary(
        institution=house.institution, length=Length.MONTH, first=date(2026, 8, 1),
        actor=house.user(Role.QUALITY_MANAGER), now=now,
    )  # fmt: skip
    run_long(LINE, row.pk, making, clock=lambda: now)
    count_all(house.institution, now=now)
    table = save_dataset(
        institution=house.institution, what="cases.received", by="unit", title="Recibidas por unidad",
        since=date(2026, 1, 1), licence="CC-BY-4.0", actor=house.user(Role.QUALITY_MANAGER), now=now,
    )  # fmt: skip
    run_long(DATASETS, table.file.pk, publishing, clock=lambda: now)
    report = save_own_report(
        institution=house.institution, title="Informe de la dirección", actor=None, now=now,
        sections=[
            {"kind": "words", "title": "", "text": "Lo que llegó y cómo se respondió."},
            {"kind": "figure", "title": "", "metric": "cases.received", "asked": {"por": "unidad"},
             "shown": "groups"},
            {"kind": "figure", "title": "", "metric": "cases.answer_days", "asked": {}, "shown": "months"},
        ],
    )  # fmt: skip
    letter, approved = _letter(house, now)
    window = last_over(report.every, today=house.institution.local_date(now))
    copy = freeze_own_report(report=report, window=window, actor=None, now=now)
    run_long(LINE, copy.pk, making, clock=lambda: now)
    return {
        "own_report": report.pk,
        "frozen": row.pk,
        "account_letter": letter.pk,
        "account_copy": approved.report_id,
        "copy": copy.pk,
        "dataset": table.pk,
        "dataset_slug": table.slug,
    }


def _letter(house: House, now: datetime) -> tuple[Letter, LetterRevision]:
    """Make a letter on the year before, and approve it."""
    common: dict[str, Any] = {"institution": house.institution, "actor": house.user(Role.AUTHORITY)}
    with transaction.atomic():
        row = open_letter(period=year_of(2025), now=now, **common)
        report = prepare_letter(letter=row, now=now, **common)
    run_long(LINE, report.pk, making, clock=lambda: now)
    return row, approve_letter(letter=row, now=now, **common)
