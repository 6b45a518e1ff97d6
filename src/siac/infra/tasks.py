# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.idempotency import forget_old_keys
from siac.infra.jobs import job
from siac.infra.ratelimit import forget_old_windows


@job("infra.tidy", cron="17 * * * *")
def tidy(timestamp: int) -> None:
    """Hourly: forget rate windows and idempotency keys that no longer count."""
    forget_old_windows(timezone.now())
    forget_old_keys(timezone.now())
