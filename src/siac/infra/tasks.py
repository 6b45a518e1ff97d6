# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone
from procrastinate.contrib.django import app

from siac.infra.idempotency import forget_old_keys
from siac.infra.ratelimit import forget_old_windows


@app.periodic(cron="17 * * * *")
@app.task(name="infra.tidy", queueing_lock="infra.tidy")
def tidy(timestamp: int) -> None:
    """Hourly: forget rate windows and idempotency keys that no longer count."""
    forget_old_windows(timezone.now())
    forget_old_keys(timezone.now())
