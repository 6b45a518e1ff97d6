# SPDX-License-Identifier: EUPL-1.2
"""Jobs of reports: one that is to be frozen, those that a body has frozen by itself, and published files."""

from collections.abc import Iterator
from functools import partial

from django.utils import timezone

from siac.indicators.public import SETTLES, Window
from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.infra.turns import Step
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution, steps_in_each_body
from siac.reporting.frozen.commands import ask_for_frozen
from siac.reporting.frozen.kinds import Schedule, frozen_kinds, periods_due
from siac.reporting.frozen.making import LINE, making
from siac.reporting.models import DatasetFile, FrozenReport
from siac.reporting.opendata.commands import make_again
from siac.reporting.opendata.making import LINE as DATASETS
from siac.reporting.opendata.making import publishing

make_frozen = declare_long_job(LINE, making)
make_dataset = declare_long_job(DATASETS, publishing)


@job("reporting.scheduled", cron="10 5 * * *")
def scheduled(timestamp: int = 0) -> None:
    """At night, after results are frozen: have the reports frozen that bodies ordered, each once."""
    steps_in_each_body("reporting.scheduled", _due, now=timezone.now())


def _due(institution: Institution) -> Iterator[Step]:
    today = institution.local_date(timezone.now())
    for schedule in [each for kind in frozen_kinds() for each in kind.schedules(institution)]:
        for window in periods_due(schedule, today=today, settles=SETTLES.days):
            of = {"report": schedule.report, "length": window.length.value, "first": window.first}
            # One that somebody asked for before late entries came in does not say what it was in the end.
            settled = window.end + SETTLES
            _, since = institution.day_bounds(settled, settled)
            made = FrozenReport.objects.filter(
                institution=institution, letter=None, **of, asked_at__gte=since
            )
            if not made.exclude(state=WorkState.STOPPED).exists():
                yield _key(schedule), partial(_ask, institution, schedule, window)


def _key(schedule: Schedule) -> str:
    return f"report:{schedule.report.pk}" if schedule.report else ""


def _ask(institution: Institution, schedule: Schedule, window: Window) -> int:
    ask_for_frozen(
        institution=institution, report=schedule.report, window=window, actor=None, now=timezone.now()
    )
    return 1


@job("reporting.datasets", cron="40 5 * * *")
def datasets(timestamp: int = 0) -> None:
    """At night: have the files of what bodies publish made anew, each by a job of its own."""
    steps_in_each_body("reporting.datasets", _published, now=timezone.now())


def _published(institution: Institution) -> Iterator[Step]:
    rows = DatasetFile.objects.filter(institution=institution, dataset__is_published=True).order_by("pk")
    for pk in rows.values_list("pk", flat=True):
        yield f"dataset:{pk}", partial(_again, institution, pk)


def _again(institution: Institution, pk: int) -> int:
    return int(make_again(institution=institution, file_id=pk, now=timezone.now()))
