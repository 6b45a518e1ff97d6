# SPDX-License-Identifier: EUPL-1.2
"""Answers that go by letter: posted the day after, and some of them back some days later."""

from datetime import datetime, timedelta

from siac.accounts.public import User
from siac.cases.public import Delivery, record_delivery, record_return
from siac.notices.public import Notice, ReturnReason, State, outbox
from siac.organizations.public import Institution

_WHY = (ReturnReason.UNCLAIMED, ReturnReason.NO_ADDRESS, ReturnReason.REFUSED, ReturnReason.UNCLAIMED)


def way_of(number: int) -> Delivery:
    """Return how the answer of that story reaches its person: one in twelve by letter."""
    return Delivery.LETTER if number % 12 == 5 else Delivery.EMAIL


def post_letters(institution: Institution, *, actor: User, now: datetime) -> None:
    """Post the letters that are older than two days; each fourth comes back, every other one of these is
    delivered after all.
    """
    waiting = outbox(institution.pk, state=State.PENDING).filter(channel=Delivery.LETTER.value)
    for place, notice in enumerate(waiting.order_by("pk")):
        posted = notice.created_at + timedelta(days=1)
        if posted + timedelta(days=1) > now:
            continue
        _deliver(institution, notice, f"RR{700000 + notice.pk}CL", actor=actor, now=posted)
        back = posted + timedelta(days=9)
        if place % 4 != 1 or back > now:
            continue
        record_return(
            institution=institution,
            case_id=notice.subject_id,
            notice_id=notice.pk,
            returned_on=institution.local_date(back),
            reason=_WHY[place // 4 % len(_WHY)],
            actor=actor,
            now=back,
        )
        if place % 8 == 1 and back + timedelta(days=1) <= now:
            _deliver(institution, notice, "Retirada en la oficina", actor=actor, now=back + timedelta(days=1))


def _deliver(institution: Institution, notice: Notice, proof: str, *, actor: User, now: datetime) -> None:
    record_delivery(
        institution=institution,
        case_id=notice.subject_id,
        notice_id=notice.pk,
        proof=proof,
        actor=actor,
        now=now,
    )
