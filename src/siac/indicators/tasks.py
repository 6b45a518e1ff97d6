# SPDX-License-Identifier: EUPL-1.2
"""When the cube is brought up to date."""

from functools import partial

from django.utils import timezone

from siac.indicators.commands.cube import compute_dirty_days
from siac.indicators.queries import bodies_with_dirty_days
from siac.infra.jobs import job
from siac.infra.turns import each_in_turn


@job("indicators.compute", cron="*/3 * * * *")
def compute(timestamp: int = 0) -> None:
    """Every three minutes: compute the days that changed, body by body, each in transactions of its own."""
    for institution_id in bodies_with_dirty_days():
        each_in_turn(
            "indicators.compute",
            institution_id,
            [("", partial(_compute, institution_id))],
            now=timezone.now(),
        )


def _compute(institution_id: int) -> int:
    done = 0
    while found := compute_dirty_days(institution_id, now=timezone.now()):
        done += found
    return done
