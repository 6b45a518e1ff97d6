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
from siac.reporting.models import Summary, SummarySchedule
from siac.reporting.summaries.commands import ask_for_summary, periods_due
from siac.reporting.summaries.making import LINE, making

make_summary = declare_long_job(LINE, making)


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
        made = Summary.objects.filter(**of, asked_at__date__gt=window.end)
        if not made.exclude(state=WorkState.STOPPED).exists():
            yield "", partial(_ask, institution, window.length, window.first)


def _ask(institution: Institution, length: Length, first: date) -> int:
    ask_for_summary(institution=institution, length=length, first=first, actor=None, now=timezone.now())
    return 1
