# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import job
from siac.organizations.commands.setup import end_roles as end_those_that_lapsed


@job("organizations.end_roles", cron="5 * * * *")
def end_roles(timestamp: int = 0) -> None:
    """Hourly, for every time zone has its own midnight: take away the roles whose last day has passed."""
    end_those_that_lapsed(now=timezone.now())
