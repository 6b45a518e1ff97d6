# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.documents.commands.attaching import remove_orphans
from siac.documents.commands.rescanning import rescan_pending
from siac.documents.prepared import expire_prepared
from siac.infra.jobs import job


@job("documents.tidy", cron="35 2 * * *")
def tidy_store(timestamp: int = 0) -> None:
    """Once a day: delete the bytes of erased files and of uploads whose transaction failed."""
    remove_orphans(timezone.now())


@job("documents.rescan", cron="*/2 * * * *")
def rescan(timestamp: int = 0) -> None:
    """Every two minutes, for one at most: ask the scanner again about files it did not answer for."""
    rescan_pending(timezone.now())


@job("documents.expire_prepared", cron="27 * * * *")
def expire(timestamp: int = 0) -> None:
    """Hourly: erase the prepared files whose time is over."""
    expire_prepared(now=timezone.now())
