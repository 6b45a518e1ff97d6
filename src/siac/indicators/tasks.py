# SPDX-License-Identifier: EUPL-1.2
"""When the cube is brought up to date."""

from django.utils import timezone
from procrastinate.contrib.django import app

from siac.indicators.commands.cube import compute_dirty_days
from siac.indicators.queries import bodies_with_dirty_days


@app.periodic(cron="*/3 * * * *")
@app.task(name="indicators.compute", queueing_lock="indicators.compute")
def compute(timestamp: int = 0) -> None:
    """Every three minutes: compute the days that changed, body by body, each in transactions of its own."""
    for institution_id in bodies_with_dirty_days():
        while compute_dirty_days(institution_id, now=timezone.now()):
            continue
