# SPDX-License-Identifier: EUPL-1.2
"""When the housekeeping of the installation runs."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from siac.infra.jobs import job, prune_finished, retry_stalled


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", name="siac.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Every minute: queue again the jobs of killed workers."""
    await retry_stalled()


@job("siac.prune_finished_jobs", cron="17 * * * *")
def prune_finished_jobs(timestamp: int) -> None:
    """Every hour: delete finished jobs after three days."""
    prune_finished(datetime.now(UTC))
