# SPDX-License-Identifier: EUPL-1.2
"""Housekeeping of the job queue: what a killed worker left `doing`, what is done and old."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

STALLED_AFTER = 30  # seconds without a sign of life of its worker; one is given every 10
KEEP_HOURS = 72


async def retry_stalled() -> int:
    """Queue again every job whose worker died; return how many."""
    count = 0
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER):
        await app.job_manager.retry_job(job, retry_at=datetime.now(UTC))
        count += 1
    await app.job_manager.prune_stalled_workers(STALLED_AFTER)
    return count


async def prune_finished() -> None:
    """Delete finished jobs after three days; failed ones stay to be seen."""
    await app.job_manager.delete_old_jobs(nb_hours=KEEP_HOURS, include_failed=False)
