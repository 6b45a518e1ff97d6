# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import PROGRAMS, job
from siac.integrations.webhooks.commands.forgetting import forget_old, forget_removed
from siac.integrations.webhooks.commands.sending import deliver_due, settle_broken_off, something_due
from siac.integrations.webhooks.commands.telling import DELIVER_TASK, deliver_soon

_AT_ONCE = 200


@job(DELIVER_TASK, queue=PROGRAMS, once=True)
def deliver() -> None:
    """Tell what is due; deferred with what is queued."""
    _deliver_some()


@job("webhooks.sweep", cron="* * * * *", queue=PROGRAMS)
def sweep(timestamp: int = 0) -> None:
    """Every minute: settle tries whose worker died, tell what is due again, and go on forgetting what was
    removed.
    """
    settle_broken_off(timezone.now())
    _deliver_some()
    forget_removed(timezone.now)


@job("webhooks.tidy", cron="41 3 * * *")
def tidy(timestamp: int = 0) -> None:
    """Every night: forget what was told long ago."""
    forget_old(timezone.now())


def _deliver_some() -> None:
    """Tell some of what is due; the rest waits for another turn of the lane."""
    if deliver_due(timezone.now, _AT_ONCE) and something_due(timezone.now()):
        deliver_soon()
