# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import SIGNING, job
from siac.signing.commands.admitting import renew_admissions
from siac.signing.commands.making import SIGN_JOB
from siac.signing.commands.porting import forget_tickets
from siac.signing.commands.reminding import look_after_certificates

__all__ = ["SIGN_JOB", "look_after"]


@job("signing.renewal", cron="*/10 * * * *", queue=SIGNING)
def renew(timestamp: int = 0) -> None:
    """Every ten minutes: ask for what bodies sign by with Firma Perú, before it ends."""
    renew_admissions(now=timezone.now())


@job("signing.admissions", queue=SIGNING)
def admissions() -> None:
    """As `renew`, at once: a body switched Firma Perú on."""
    renew_admissions(now=timezone.now())


@job("signing.certificates", cron="50 * * * *")
def look_after(timestamp: int = 0) -> None:
    """Hourly: remind of certificates that end, let go on what waited for one, delete tickets long over."""
    now = timezone.now()
    look_after_certificates(now=now)
    forget_tickets(now=now)
