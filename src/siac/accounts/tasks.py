# SPDX-License-Identifier: EUPL-1.2
from django.utils import timezone
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from siac.accounts import letters
from siac.accounts.commands.trail import forget_sign_ins
from siac.accounts.sessions import prune_sessions
from siac.infra.jobs import FIRST, OUTGOING, job


@app.periodic(cron="27 * * * *")
@app.task(queueing_lock="accounts.prune", name="siac.accounts.prune_expired_sessions")
def prune_expired_sessions(timestamp: int) -> None:
    """Every hour: delete expired sessions."""
    prune_sessions()


@job("accounts.forget_sign_ins", cron="31 3 * * *")
def forget_old_sign_ins(timestamp: int = 0) -> None:
    """Every night: forget where old sign-ins came from, and in time that there were any."""
    forget_sign_ins(now=timezone.now())


@app.task(
    name=letters.SEND_LETTER,
    queue=OUTGOING,
    priority=FIRST,
    retry=RetryStrategy(max_attempts=8, exponential_wait=4),
)
def send_letter(letter: str) -> None:
    """Send a letter about an account, before the notices that wait: somebody sits there and waits for it.

    It is tried again for some hours while the mail server is away.
    """
    letters.send_letter(letter)
