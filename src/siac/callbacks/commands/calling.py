# SPDX-License-Identifier: EUPL-1.2
"""Calling: who will, what became of it, and the end of it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.callbacks.commands.promising import SUBJECT
from siac.callbacks.domain.states import AFTER, Result, State
from siac.callbacks.models import Call, CallBack
from siac.callbacks.queries import rule_of
from siac.callbacks.texts import CALLED, ENDED, MOVED, REOPENED, TAKEN
from siac.cases.public import Attention, Channel, register_attention
from siac.clocks.public import Moved, cancel, finish
from siac.journal.public import NewEntry, record, record_many
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, institution_of, unit_tree

MOST_REASON = 200


def _locked(institution: Institution, call_back_id: int) -> CallBack:
    row = (
        CallBack.objects.select_for_update(of=("self",))
        .select_related("interaction")
        .filter(institution=institution, pk=call_back_id)
        .first()
    )
    if row is None or not row.is_open:
        raise Refused("call_over")
    return row


@transaction.atomic
def take_call(*, institution: Institution, call_back_id: int, actor: User, now: datetime) -> None:
    """Say that one will call, so that nobody else does (3 SQL); whoever says so last has it.

    Raises:
        Refused: it is over (call_over).
    """
    row = _locked(institution, call_back_id)
    if row.taken_by_id == actor.pk:
        return
    row.taken_by = actor
    row.save(update_fields=["taken_by"])
    record(institution.pk, row.stream, TAKEN, now, actor.pk, {})


@transaction.atomic
def note_call(
    *,
    institution: Institution,
    call_back_id: int,
    result: Result,
    subject: str = "",
    is_resolved: bool = True,
    known: int | None = None,
    actor: User,
    now: datetime,
) -> CallBack:
    """Note a call and what became of it (7 SQL; when somebody spoke also those of `register_attention`).

    The first one settles whether the promise was kept: in time, whether or not anybody answered. A call in
    which somebody spoke is an attention by telephone of the same person. `known`: how many calls whoever
    notes this one had before them.

    Raises:
        Refused: it is over (call_over), or another call was noted meanwhile (call_noted).
    """
    row = _locked(institution, call_back_id)
    if known is not None and known != row.calls:
        raise Refused("call_noted")
    Call.objects.create(call_back=row, result=result, made_at=now, made_by=actor)
    row.calls += 1
    if row.first_call_at is None:
        row.first_call_at = now
        _settle(institution, row, now)
    row.taken_by, row.state = actor, AFTER[result]
    if result is Result.SPOKE:
        row.answered_in = register_attention(
            institution=institution, attention=_attention(row, institution, subject, is_resolved, now),
            person_id=row.interaction.person_id, actor=actor, now=now,
        )  # fmt: skip
    if not row.is_open:
        row.ended_at = now
    row.save()
    data = {"result": result.value, "state": row.state, "interaction": row.answered_in_id}
    record(institution.pk, row.stream, CALLED, now, actor.pk, data)
    return row


def _settle(institution: Institution, row: CallBack, now: datetime) -> None:
    finish(
        institution_id=institution.pk, subject_type=SUBJECT, subject_ids=[row.pk],
        on=institution.local_date(now), now=now,
    )  # fmt: skip


def _attention(
    row: CallBack, institution: Institution, subject: str, is_resolved: bool, now: datetime
) -> Attention:
    first = row.interaction
    return Attention(
        channel=Channel.PHONE,
        unit_id=unit_tree(institution).current(row.unit_id) or row.unit_id,
        begun_at=now,
        service_point_id=first.service_point_id,
        topic_id=first.topic_id,
        subject=squeeze(subject) or first.subject,
        is_resolved=is_resolved,
    )


@transaction.atomic
def give_up(*, institution: Institution, call_back_id: int, actor: User, now: datetime) -> None:
    """End a call that nobody answers (4 SQL).

    Raises:
        Refused: it is over (call_over), or was not tried as often as the body says (call_more).
    """
    row, least = _locked(institution, call_back_id), rule_of(institution).attempts
    if row.calls < least:
        raise Refused("call_more", count=least)
    _end(institution, row, State.UNREACHED, "", actor, now)


@transaction.atomic
def withdraw_call(
    *, institution: Institution, call_back_id: int, reason: str, actor: User, now: datetime
) -> None:
    """End a call that need not be made any more: the person came, or wrote that it is settled (5 SQL). Where
    nobody had called yet there is no promise any more; one that was late already stays broken.

    Raises:
        Refused: it is over (call_over), or nobody says why (call_why).
    """
    why = squeeze(reason)
    if not why:
        raise Refused("call_why")
    row = _locked(institution, call_back_id)
    if row.first_call_at is None and now <= row.due_at:
        cancel(institution_id=institution.pk, subject_type=SUBJECT, subject_ids=[row.pk], now=now)
    elif row.first_call_at is None:
        _settle(institution, row, now)
    _end(institution, row, State.WITHDRAWN, why[:MOST_REASON], actor, now)


def _end(
    institution: Institution, row: CallBack, state: State, reason: str, actor: User, now: datetime
) -> None:
    row.state, row.reason, row.ended_at = state, reason, now
    row.save(update_fields=["state", "reason", "ended_at"])
    record(institution.pk, row.stream, ENDED, now, actor.pk, {"state": row.state})


@transaction.atomic
def reopen_call(*, institution: Institution, call_back_id: int, actor: User, now: datetime) -> None:
    """Have a call made after all (4 SQL): somebody pressed the wrong button, or the person asks again.
    Whether the promise was kept stays as it is; a withdrawn one of which nobody had called is promised anew
    instead.

    Raises:
        Refused: it is open (call_not_over), another one is promised (call_open), or it was withdrawn before
            anybody called (call_over).
    """
    row = CallBack.objects.select_for_update().filter(institution=institution, pk=call_back_id).first()
    if row is None or row.is_open:
        raise Refused("call_not_over")
    if row.first_call_at is None:
        raise Refused("call_over")
    row.state, row.ended_at, row.reason = State.OPEN, None, ""
    try:
        with transaction.atomic():
            row.save(update_fields=["state", "ended_at", "reason"])
    except IntegrityError as error:  # the constraint alone knows of one that is promised at once
        raise Refused("call_open") from error
    record(institution.pk, row.stream, REOPENED, now, actor.pk, {})


def follow_moved(moves: Sequence[Moved], now: datetime) -> None:
    """Put the day to which a change of calendar moved a call on it (3 SQL for each body)."""
    for institution_id in sorted({move.institution_id for move in moves}):
        own = {move.subject_id: move for move in moves if move.institution_id == institution_id}
        zone = institution_of(institution_id).zone
        rows = list(CallBack.objects.filter(institution_id=institution_id, pk__in=own).order_by("pk"))
        for row in rows:
            move = own[row.pk]
            local = row.due_at.astimezone(zone)
            day = local.date() + (move.due_to - move.due_from)
            row.due_at = datetime.combine(day, local.timetz().replace(tzinfo=None), zone)
            row.due_on = (row.due_at - timedelta(microseconds=1)).astimezone(zone).date()
        CallBack.objects.bulk_update(rows, ["due_at", "due_on"])
        entries = [
            NewEntry(stream=row.stream, kind=MOVED, data={"due_at": row.due_at.isoformat()}) for row in rows
        ]
        record_many(institution_id, entries, at=now)


def lock_calls(ids: Sequence[int]) -> None:
    """Lock calls to return, the lowest id first (1 SQL)."""
    rows = CallBack.objects.select_for_update(of=("self",)).filter(pk__in=ids)
    list(rows.order_by("pk").values_list("pk"))
