# SPDX-License-Identifier: EUPL-1.2
"""What processes do by the clock."""

from django.utils import timezone

from siac.infra.jobs import job
from siac.organizations.public import in_each_body
from siac.processes.commands.reminding import remind


@job("processes.remind", cron="20 11 * * *")
def remind_people(timestamp: int = 0) -> None:
    """Once a day: remind people of the tasks that they have."""
    now = timezone.now()
    in_each_body("processes.remind", lambda body: remind(body, now=now), now=now)
