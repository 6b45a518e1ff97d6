# SPDX-License-Identifier: EUPL-1.2
"""What surveys do by the clock."""

from django.utils import timezone

from siac.infra.jobs import LONG, job
from siac.organizations.public import in_each_body, steps_in_each_body
from siac.surveys.commands.answering import settle_answers
from siac.surveys.commands.inviting import invite_after_answers
from siac.surveys.commands.made import unasked
from siac.surveys.commands.panel import drop_unconfirmed
from siac.surveys.commands.waves import reminders, sendings


@job("surveys.settle", cron="25 * * * *")
def settle(timestamp: int = 0) -> None:
    """Every hour, for it is night somewhere: settle the answers of the local days that are over; forget who
    did not confirm that they join the panel.
    """
    now = timezone.now()
    in_each_body("surveys.settle", lambda body: settle_answers(body, now=now), now=now)
    in_each_body("surveys.panel", lambda body: drop_unconfirmed(body, now=now), now=now)


@job("surveys.invite", cron="5 * * * *", queue=LONG)
def invite(timestamp: int = 0) -> None:
    """Every hour, for it is morning somewhere: ask those who got an answer lately."""
    now = timezone.now()
    in_each_body("surveys.invite", lambda body: invite_after_answers(body, now=now), now=now)


@job("surveys.waves", cron="*/2 * * * *", queue=LONG)
def waves(timestamp: int = 0) -> None:
    """Every two minutes: go on asking those drawn by the waves that are being sent."""
    now = timezone.now()
    steps_in_each_body("surveys.waves", lambda body: sendings(body, now=now), now=now)


@job("surveys.remind", cron="15 * * * *")
def remind_late(timestamp: int = 0) -> None:
    """Every hour, for it is day somewhere: remind those of a wave who did not answer."""
    now = timezone.now()
    steps_in_each_body("surveys.remind", lambda body: reminders(body, now=now), now=now)


@job("surveys.forget", cron="40 * * * *", queue=LONG)
def forget(timestamp: int = 0) -> None:
    """Every hour: erase those whom the body knows by the list of a wave only, once they are asked no more."""
    now = timezone.now()
    steps_in_each_body("surveys.forget", lambda body: unasked(body, now=now), now=now)
