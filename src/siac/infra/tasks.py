# SPDX-License-Identifier: EUPL-1.2
from functools import partial

from django.utils import timezone

from siac.infra.idempotency import forget_old_keys
from siac.infra.jobs import job
from siac.infra.longwork import queue_lost
from siac.infra.ratelimit import forget_old_windows
from siac.infra.turns import each_alone


@job("infra.tidy", cron="17 * * * *")
def tidy(timestamp: int) -> None:
    """Hourly: forget rate windows and idempotency keys that no longer count."""
    now = timezone.now()
    each_alone(partial(forget_old_windows, now), partial(forget_old_keys, now))


@job("infra.queue_lost_works", cron="*/5 * * * *")
def queue_lost_works(timestamp: int) -> None:
    """Every five minutes: queue again what was begun and no job will do."""
    queue_lost(now=timezone.now())
