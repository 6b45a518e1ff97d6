# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import job
from siac.signin.commands.identifying import forget_old_identifications


@job("signin.forget_identifications", cron="*/15 * * * *")
def forget_identifications(timestamp: int = 0) -> None:
    """Every quarter of an hour: forget who identified themselves and is here no more."""
    forget_old_identifications(now=timezone.now())
