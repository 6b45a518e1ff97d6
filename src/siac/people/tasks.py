# SPDX-License-Identifier: EUPL-1.2
from procrastinate.contrib.django import app

from siac.people.commands.rotating import renew_terms


@app.periodic(cron="*/10 * * * *")
@app.task(name="people.renew_terms", queueing_lock="people.renew_terms", lock="people.renew_terms")
def renew(timestamp: int = 0) -> None:
    """Every ten minutes: after an upgrade, give those known before the terms by which they are found today."""
    while renew_terms():
        continue
