# SPDX-License-Identifier: EUPL-1.2
from procrastinate.contrib.django import app

from siac.accounts.sessions import prune_sessions


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="accounts.prune", name="siac.accounts.prune_expired_sessions")
def prune_expired_sessions(timestamp: int) -> None:
    """Every hour: delete expired sessions."""
    prune_sessions()
