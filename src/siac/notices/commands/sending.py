# SPDX-License-Identifier: EUPL-1.2
"""Sending what is due, one attempt at a time, each written down before the server is spoken to."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError, transaction

from siac.journal.public import record, seal
from siac.kernel.text import legible, squeeze
from siac.notices.channels import Channel, Letter, Result, channel_for, channel_named, sent_by_jobs
from siac.notices.domain.outbox import OnUncertain, Outcome, State, next_try
from siac.notices.gate import is_withheld
from siac.notices.models import Attempt, Notice
from siac.notices.registry import address_of, announce_sent, kind_of, lock_subject

logger = logging.getLogger(__name__)

BROKEN_OFF_AFTER = timedelta(minutes=10)
_FINAL = {Outcome.REJECTED, Outcome.NO_ADDRESS, Outcome.UNKNOWN_KIND, Outcome.RENDER_ERROR}


def send_due(clock: Callable[[], datetime], limit: int = 200) -> int:
    """Send up to `limit` notices that are due; return how many were tried. Any number may run at once."""
    for tried in range(limit):
        claimed = _claim(clock())
        if claimed is None:
            return tried
        notice, attempt = claimed
        _conclude(notice, attempt, _fate(notice, clock()), clock())
    return limit


def settle_broken_off(now: datetime) -> int:
    """Settle attempts whose process died ten minutes ago or earlier, by the
    rule of their kind; return how many.
    """
    stale = Notice.objects.filter(state=State.SENDING, due_at__lt=now - BROKEN_OFF_AFTER)
    settled = 0
    for pk in list(stale.order_by("pk").values_list("pk", flat=True)[:500]):
        with transaction.atomic():
            notice = (
                Notice.objects.select_for_update(skip_locked=True).filter(pk=pk, state=State.SENDING).first()
            )
            if notice is not None:
                _leave_uncertain(notice, now)
                settled += 1
    return settled


@transaction.atomic
def _claim(now: datetime) -> tuple[Notice, Attempt] | None:
    """Take the notice due longest and write its attempt; while `sending`, `due_at` says since when."""
    due = Notice.objects.filter(
        state=State.PENDING, channel__in=sent_by_jobs(), due_at__lte=now, institution__is_active=True
    )
    notice = due.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk").first()
    if notice is None:
        return None
    Notice.objects.filter(pk=notice.pk).update(state=State.SENDING, due_at=now)
    attempt = Attempt.objects.create(notice=notice, institution_id=notice.institution_id, started_at=now)
    return notice, attempt


def _fate(notice: Notice, now: datetime) -> Result:
    """Return how an attempt ended; a fault nobody thought of ends this notice, not those behind it."""
    try:
        return _try(notice, now)
    except DatabaseError:
        raise
    except Exception as error:
        logger.exception("Notice %s ended its attempt with a fault", notice.pk)
        return Result(Outcome.UNCERTAIN, type(error).__name__)


def _try(notice: Notice, now: datetime) -> Result:
    kind = kind_of(notice)
    if kind is None:
        return Result(Outcome.UNKNOWN_KIND)
    try:
        to = address_of(notice)
        channel = channel_for(notice, kind, to)
        _take_channel(notice, channel)
        if not channel.says(kind):
            return Result(Outcome.UNKNOWN_KIND)
        notice.subject_line, notice.body = (legible(part) for part in channel.words(kind, notice))
        notice.subject_line = squeeze(notice.subject_line)[:250]
        if is_withheld(notice):
            return Result(Outcome.WITHHELD)
        if channel.shows():
            return Result(Outcome.SHOWN, cost=channel.cost(notice.body))
        where = channel.reach(to, notice) if to is not None else ""
        if to is None or not where or channel.send is None or not channel.is_on(notice.institution_id):
            return Result(Outcome.NO_ADDRESS)
        letter = Letter(notice, where, to.name, notice.subject_line, notice.body, now)
    except Exception as error:
        logger.exception("Notice %s could not be written", notice.pk)
        return Result(Outcome.RENDER_ERROR, type(error).__name__)
    return channel.send(letter)


def _take_channel(notice: Notice, channel: Channel) -> None:
    """Write down which way a notice takes before it does: what is known of a broken attempt depends on it."""
    if notice.channel != channel.code:
        notice.channel = channel.code
        Notice.objects.filter(pk=notice.pk).update(channel=channel.code)


@transaction.atomic
def _conclude(notice: Notice, attempt: Attempt, result: Result, now: datetime) -> None:
    """Write down how the attempt ended; a notice that staff or a sweep settled meanwhile stays settled."""
    Attempt.objects.filter(pk=attempt.pk).update(
        ended_at=now, outcome=result.outcome, server_answer=result.answer
    )
    lock_subject(notice)
    current = Notice.objects.select_for_update().get(pk=notice.pk)
    current.subject_line, current.body = notice.subject_line, notice.body
    _add_cost(current, result)
    if result.outcome == Outcome.ACCEPTED:
        _finish(current, State.SENT, "notices.sent", now)
    elif current.state != State.SENDING:
        return
    elif result.outcome == Outcome.SHOWN:
        _finish(current, State.SHOWN, "notices.shown", now)
    elif result.outcome == Outcome.WITHHELD:
        _finish(current, State.WITHHELD, "notices.withheld", now)
    elif result.outcome == Outcome.UNCERTAIN:
        _leave_uncertain(current, now)
    elif result.outcome in _FINAL:
        _finish(current, State.FAILED, "notices.failed", now, result.outcome)
    else:
        _retry(current, now)


def _add_cost(notice: Notice, result: Result) -> None:
    """Keep what an attempt cost beside what those before it did, and the id that the other side gave."""
    if result.cost is not None:
        notice.parts, notice.currency = result.cost.parts, result.cost.currency
        notice.cost = (notice.cost or 0) + result.cost.thousandths
    notice.given_id = result.given_id or notice.given_id


def _retry(notice: Notice, now: datetime) -> None:
    tries = notice.attempts.filter(started_at__gte=notice.open_since).count()
    again = next_try(notice.open_since, tries, now)
    if again is None:
        _finish(notice, State.FAILED, "notices.failed", now, Outcome.GAVE_UP)
    else:
        Notice.objects.filter(pk=notice.pk).update(state=State.PENDING, due_at=again)


def _leave_uncertain(notice: Notice, now: datetime) -> None:
    kind, channel = kind_of(notice), channel_named(notice.channel)
    if kind is not None and kind.on_uncertain == OnUncertain.RESEND and channel.may_repeat:
        _retry(notice, now)
    else:
        _finish(notice, State.UNCERTAIN, "notices.uncertain", now)


def _finish(notice: Notice, state: State, entry: str, now: datetime, outcome: str = "") -> None:
    """Fix the state, seal the text as it went out, and note it in the journal.

    Of one that was erased while it was on its way the text is not kept again.
    """
    sealed = seal(f"{notice.subject_line}\n{notice.body}")
    notice.state, notice.salt = state, sealed.salt
    if notice.erased_at is not None:
        notice.subject_line = notice.body = notice.salt = ""
    notice.sent_at = now if state == State.SENT else None
    notice.save(
        update_fields=[
            "state", "salt", "sent_at", "subject_line", "body", "given_id", "parts", "cost", "currency",
        ]
    )  # fmt: skip
    data: dict[str, Any] = {"digest": sealed.digest, "kind": notice.kind}
    if notice.parts is not None:
        data |= {"channel": notice.channel, "parts": notice.parts, "cost": notice.cost}
    if outcome:
        data["outcome"] = outcome
    record(notice.institution_id, f"notice:{notice.pk}", entry, now, data=data)
    if state in (State.SENT, State.SHOWN, State.WITHHELD):
        announce_sent(notice, now)
