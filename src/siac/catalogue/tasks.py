# SPDX-License-Identifier: EUPL-1.2
"""What the catalogue does by the clock."""

from django.utils import timezone

from siac.catalogue.commands.finding import forget_old
from siac.catalogue.commands.reminding import remind
from siac.catalogue.commands.services import end_due
from siac.infra.jobs import job
from siac.organizations.public import in_each_body


@job("catalogue.forget", cron="35 2 * * *")
def forget(timestamp: int = 0) -> None:
    """Every night: erase searches in vain and opinions of pages that are a year old."""
    now = timezone.now()
    in_each_body("catalogue.forget", lambda body: forget_old(body, today=body.local_date(now)), now=now)


@job("catalogue.end", cron="10 * * * *")
def end_services(timestamp: int = 0) -> None:
    """Every hour, as days begin by the clock of each body: end the services whose last day is over."""
    now = timezone.now()
    in_each_body("catalogue.end", lambda body: end_due(body, now=now), now=now)


@job("catalogue.remind", cron="40 11 * * *")
def remind_of_reviews(timestamp: int = 0) -> None:
    """Once a day: remind those who answer for a sheet that it is to be reviewed."""
    now = timezone.now()
    in_each_body("catalogue.remind", lambda body: remind(body, now=now), now=now)
