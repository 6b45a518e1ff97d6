# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone

from siac.infra.jobs import job
from siac.journal.commands.consuming import run_consumers
from siac.journal.commands.sealing import make_checkpoints

_BATCH = 500


@job("journal.consume", cron="* * * * * */10")
def consume(timestamp: int = 0) -> None:
    """Every ten seconds, and whenever deferred: let the readers of the journal catch up."""
    while run_consumers(_BATCH):
        continue


@job("journal.seal", cron="*/5 * * * *")
def seal_often(timestamp: int = 0) -> None:
    """Every five minutes: seal what changed, so that nothing can be taken away unseen that is older."""
    make_checkpoints(timezone.now())
