# SPDX-License-Identifier: EUPL-1.2
"""Jobs of reports: a summary that was asked for, and those that a body has made by itself."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from django.utils import timezone

from siac.indicators.public import SETTLES, Length
from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.infra.turns import Step
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution, steps_in_each_body
from siac.reporting.models import DatasetFile, Summary, SummarySchedule
from siac.reporting.opendata.commands import make_again
from siac.reporting.opendata.making import LINE as DATASETS
from siac.reporting.opendata.making import publishing
from siac.reporting.summaries.commands import ask_for_summary, periods_due
from siac.reporting.summaries.making import LINE, making

make_summary = declare_long_job(LINE, making)
make_dataset = declare_long_job(DATASETS, publishing)


@job("reporting.scheduled", cron="10 5 * * *")
def scheduled(timestamp: int = 0) -> None:
    """At night, after results are frozen: have the summaries made that bodies ordered, each once."""
    steps_in_each_body("reporting.scheduled", _due, now=timezone.now())


def _due(institution: Institution) -> Iterator[Step]:
    schedule = SummarySchedule.objects.filter(institution=institution).first()
    if schedule is None:
        return
    today = institution.local_date(timezone.now())
    for window in periods_due(schedule, today=today, settles=SETTLES.days):
        of = {"institution": institution, "length": window.length.value, "first": window.first}
        # One that somebody asked for while the period ran does not say what it was in the end.
        _, over = institution.day_bounds(window.end, window.end)
        made = Summary.objects.filter(**of, asked_at__gte=over)
        if not made.exclude(state=WorkState.STOPPED).exists():
            yield "", partial(_ask, institution, window.length, window.first)


def _ask(institution: Institution, length: Length, first: date) -> int:
    ask_for_summary(institution=institution, length=length, first=first, actor=None, now=timezone.now())
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
