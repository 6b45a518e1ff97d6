# SPDX-License-Identifier: EUPL-1.2
"""What charters do by the clock."""

from django.utils import timezone

from siac.charters.commands.freezing import freeze_periods
from siac.infra.jobs import LONG, job
from siac.organizations.public import in_each_body


@job("charters.freeze", cron="50 4 * * *", queue=LONG)
def freeze(timestamp: int = 0) -> None:
    """Every night: freeze how promises were kept in the periods that are over."""
    now = timezone.now()
    in_each_body("charters.freeze", lambda body: freeze_periods(body, now=now), now=now)
