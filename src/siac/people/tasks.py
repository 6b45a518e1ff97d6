# SPDX-License-Identifier: EUPL-1.2

from siac.infra.jobs import LONG, job
from siac.people.commands.rotating import renew_terms


@job("people.renew_terms", cron="*/10 * * * *", queue=LONG)
def renew(timestamp: int = 0) -> None:
    """Every ten minutes: after an upgrade, give those known before the terms by which they are found
    today.
    """
    while renew_terms():
        continue
