# SPDX-License-Identifier: EUPL-1.2
"""What counters do by the clock."""

from django.utils import timezone

from siac.counter.commands.shifts import close_former_days
from siac.infra.jobs import job
from siac.organizations.public import in_each_body


@job("counter.close", cron="12 * * * *")
def close(timestamp: int = 0) -> None:
    """Every hour, for it is night somewhere: close what earlier days left open at counters."""
    now = timezone.now()
    in_each_body("counter.close", lambda body: close_former_days(body, now=now), now=now)
