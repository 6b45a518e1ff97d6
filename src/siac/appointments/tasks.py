# SPDX-License-Identifier: EUPL-1.2
"""What is done about appointments by the clock."""

from collections.abc import Callable
from datetime import datetime

from django.utils import timezone

from siac.appointments.commands.offering import lapse_offers, offer_free
from siac.appointments.commands.suspending import LINE, suspending
from siac.appointments.commands.tending import forget, remind, review, settle
from siac.infra.jobs import job
from siac.infra.longwork import declare_long_job
from siac.organizations.public import Institution, in_each_body, steps_in_each_body

suspend = declare_long_job(LINE, suspending)


@job("appointments.tend", cron="*/5 * * * *")
def tend(timestamp: int = 0) -> None:
    """Every five minutes: end offers, offer what is free, remind, note what no longer fits and how visits
    ended; a step that fails ends no other.
    """
    now = timezone.now()
    steps_in_each_body("appointments.tend", lambda body: _steps(body, now), now=now)


def _steps(body: Institution, now: datetime) -> list[tuple[str, Callable[[], int]]]:
    return [
        ("offers", lambda: lapse_offers(body, now=now)),
        ("free", lambda: offer_free(body, now=now)),
        ("reminders", lambda: remind(body, now=now)),
        ("fit", lambda: review(body, now=now)),
        ("ends", lambda: settle(body, now=now)),
    ]


@job("appointments.forget", cron="50 3 * * *")
def forget_nightly(timestamp: int = 0) -> None:
    """Every night: forget who booked what is long over."""
    now = timezone.now()
    in_each_body("appointments.forget", lambda body: forget(body, now=now), now=now)
