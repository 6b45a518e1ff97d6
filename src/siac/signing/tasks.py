# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import job
from siac.signing.commands.making import SIGN_JOB
from siac.signing.commands.porting import forget_tickets
from siac.signing.commands.reminding import look_after_certificates

__all__ = ["SIGN_JOB", "look_after"]


@job("signing.certificates", cron="50 * * * *")
def look_after(timestamp: int = 0) -> None:
    """Hourly: remind of certificates that end, let go on what waited for one, delete tickets long over."""
    now = timezone.now()
    look_after_certificates(now=now)
    forget_tickets(now=now)
