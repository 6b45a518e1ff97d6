# SPDX-License-Identifier: EUPL-1.2
"""When the housekeeping of the installation runs."""

from procrastinate.contrib.django import app

from siac.infra.jobs import prune_finished, retry_stalled


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", name="siac.retry_stalled_jobs")
async def retry_stalled_jobs(timestamp: int) -> None:
    """Every minute: queue again the jobs of killed workers."""
    await retry_stalled()


@app.periodic(cron="17 * * * *")
@app.task(queueing_lock="prune_finished_jobs", name="siac.prune_finished_jobs")
async def prune_finished_jobs(timestamp: int) -> None:
    """Every hour: delete finished jobs after three days."""
    await prune_finished()
