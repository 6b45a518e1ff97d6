# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone
from procrastinate.contrib.django import app

from siac.documents.commands.attaching import remove_orphans, rescan_pending


@app.periodic(cron="35 2 * * *")
@app.task(name="documents.tidy", queueing_lock="documents.tidy")
def tidy_store(timestamp: int = 0) -> None:
    """Once a day: delete the bytes of erased files and of uploads whose transaction failed."""
    remove_orphans(timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(name="documents.rescan", queueing_lock="documents.rescan")
def rescan(timestamp: int = 0) -> None:
    """Every five minutes: ask the scanner again about files it did not answer for."""
    rescan_pending()
