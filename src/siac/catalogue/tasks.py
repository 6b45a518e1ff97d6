# SPDX-License-Identifier: EUPL-1.2
"""What the catalogue does by the clock."""

from django.utils import timezone

from siac.catalogue.commands.finding import forget_old
from siac.infra.jobs import job
from siac.organizations.public import in_each_body


@job("catalogue.forget", cron="35 2 * * *")
def forget(timestamp: int = 0) -> None:
    """Every night: erase searches in vain and opinions of pages that are a year old."""
    now = timezone.now()
    in_each_body("catalogue.forget", lambda body: forget_old(body, today=body.local_date(now)), now=now)
