# SPDX-License-Identifier: EUPL-1.2
"""When the cube is built and cleaned; the reader of the journal keeps it up to date."""

from functools import partial

from django.utils import timezone

from siac.indicators.demand.making import LINE, making
from siac.indicators.figures.cube import forget_old_days, rebuild
from siac.indicators.figures.state import unbuilt
from siac.indicators.results.commands import freeze_result
from siac.indicators.results.due import Owed, check_result, to_check, to_freeze
from siac.infra.jobs import LONG, job
from siac.infra.longwork import declare_long_job
from siac.infra.metrics import Source
from siac.infra.turns import Step
from siac.organizations.public import Institution, in_each_body, steps_in_each_body

make_demand_plan = declare_long_job(LINE, making)


@job("indicators.build", queue=LONG, cron="*/3 * * * *")
def build(timestamp: int = 0) -> None:
    """Every three minutes: count from the beginning what was never counted, body by body."""

    def steps(institution: Institution) -> list[Step]:
        return [(each.key, partial(_build, institution, each)) for each in unbuilt(institution)]

    steps_in_each_body("indicators.build", steps, now=timezone.now())


def _build(institution: Institution, of: Source) -> int:
    return sum(1 for _ in rebuild(institution, of, now=timezone.now()))


@job("indicators.forget_old_days", cron="20 3 * * *")
def forget(timestamp: int = 0) -> None:
    """At night: days that are older than those kept stay counted in their months only."""
    now = timezone.now()
    in_each_body(
        "indicators.forget_old_days",
        lambda body: forget_old_days(body, today=body.local_date(now)),
        now=now,
    )


@job("indicators.freeze", queue=LONG, cron="40 4 * * *")
def freeze(timestamp: int = 0) -> None:
    """At night: freeze the results of periods that are over since more than five days, each alone."""
    now = timezone.now()

    def steps(institution: Institution) -> list[Step]:
        due = to_freeze(institution, today=institution.local_date(now))
        return [(f"indicator:{each.indicator.pk}", partial(_freeze, institution, each)) for each in due]

    steps_in_each_body("indicators.freeze", steps, now=now)


@job("indicators.check_results", queue=LONG, cron="10 5 * * *")
def check_results(timestamp: int = 0) -> None:
    """At night: note which frozen results would be others today, each alone."""
    now = timezone.now()

    def steps(institution: Institution) -> list[Step]:
        today = institution.local_date(now)
        return [
            (f"result:{each.pk}", partial(check_result, institution, each, today=today))
            for each in to_check(institution, today=today)
        ]

    steps_in_each_body("indicators.check_results", steps, now=now)


def _freeze(institution: Institution, owed: Owed) -> int:
    freeze_result(
        institution=institution,
        indicator_id=owed.indicator.pk,
        first=owed.first,
        actor=None,
        now=timezone.now(),
    )
    return 1
