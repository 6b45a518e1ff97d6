# SPDX-License-Identifier: EUPL-1.2
"""The job that erases files of entries that became nothing."""

from django.utils import timezone

from siac.infra.jobs import job
from siac.integrations.sicres.commands.tidying import erase_old


@job("sicres.tidy", cron="37 3 * * *")
def tidy(timestamp: int = 0) -> None:
    """Every night: erase the files of rejected and unreadable entries past their retention."""
    erase_old(timezone.now())
