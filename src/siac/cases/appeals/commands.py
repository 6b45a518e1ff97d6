# SPDX-License-Identifier: EUPL-1.2
"""What persons file against the body's answer: written down with its term, defended or decided, and
obeyed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.planning import plan_appeal_term
from siac.cases.commands.terms import legal_rule, start_review
from siac.cases.commands.writing import tell, write
from siac.cases.domain.clock_kinds import APPEAL
from siac.cases.domain.states import Move, State
from siac.cases.models import Appeal, Case, MessageKind
from siac.clocks.public import Moved, finish, starting
from siac.documents.public import CheckedFile
from siac.infra.ready import send
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

_REOPENED = (
    "state", "closed_at", "contest_until", "ending", "merged_into", "reviews", "due_on", "legal_due_on",
)  # fmt: skip
_ORDERS = (Appeal.Result.UPHELD, Appeal.Result.PARTLY)


@transaction.atomic
def register_appeal(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    forum: str,
    authority: str,
    reference: str = "",
    notified_on: date,
    until: date | None = None,
    body: str,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Write down that the answer (or the silence) was appealed, and start the term to defend or decide.

    The term is the one that the authority's letter names (`until`), else the one of the rule (art. 25 Ley
    20.285: ten business days from the notification). `body` is what is asked for.

    Raises:
        Refused: no authority, no text, told in the future (received_in_future), a last day before the
            notification or on a day off (appeal_day), no rule and no letter that name one
            (appeal_until_needed), the same reference twice (appeal_known), changed meanwhile.
    """
    case, _ = locked(institution, case_id, version, Move.APPEAL)
    known = Appeal.Forum(forum)
    name = institution.name if known is Appeal.Forum.OWN else authority.strip()
    _check(institution, name, reference.strip(), notified_on, until, today=institution.local_date(now))
    data: dict[str, Any] = write(case, MessageKind.APPEAL, body, author=actor, now=now, files=files)
    appeal = Appeal(
        institution=institution,
        case=case,
        forum=known,
        authority=name[:120],
        reference=reference.strip(),
        notified_on=notified_on,
    )
    clock = plan_appeal_term(
        institution,
        case,
        legal_rule(case),
        own=known is Appeal.Forum.OWN,
        notified_on=notified_on,
        until=until,
    )
    appeal.due_on = clock.due_on
    appeal.save(force_insert=True)
    send([starting([clock], subject_id=appeal.pk)])
    data |= {"appeal": appeal.pk, "due_on": appeal.due_on.isoformat()}
    return keep(case, "cases.appealed", actor=actor, now=now, fields=(), data=data)


def _check(
    institution: Institution, name: str, reference: str, told: date, until: date | None, *, today: date
) -> None:
    if not name:
        raise Refused("appeal_authority")
    if told > today:
        raise Refused("received_in_future")
    if until is not None and until <= told:
        raise Refused("appeal_day")
    rows = Appeal.objects.filter(institution=institution, authority=name[:120], reference=reference)
    if reference and rows.exists():
        raise Refused("appeal_known", reference=reference)


@transaction.atomic
def send_defence(
    *,
    institution: Institution,
    appeal_id: int,
    sent_on: date,
    body: str,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Keep what the body told the authority, and when: it ends the term (art. 25 Ley 20.285).

    Raises:
        Refused: there is nothing left to defend (appeal_not_pending), sent in the future or
            before the notification (appeal_day), no text.
    """
    case, appeal = _locked(institution, appeal_id, (Appeal.State.PENDING,))
    if appeal.forum == Appeal.Forum.OWN:
        raise Refused("appeal_not_pending")
    _check_day(institution, appeal, sent_on, now=now)
    data: dict[str, Any] = write(case, MessageKind.DEFENCE, body, author=actor, now=now, files=files)
    appeal.state, appeal.done_at = Appeal.State.DEFENDED, now
    appeal.save(update_fields=["state", "done_at"])
    data |= {"appeal": appeal.pk, "missed": _end_term(institution, appeal, on=sent_on, now=now)}
    return keep(case, "cases.appeal_defended", actor=actor, now=now, fields=(), data=data)


@transaction.atomic
def decide_appeal(
    *,
    institution: Institution,
    appeal_id: int,
    result: str,
    decided_on: date,
    comply_on: date | None = None,
    body: str,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Keep how the appeal was decided, by the authority or by the body; what is
    upheld must be answered again.

    An answered or closed request opens then, with a term to `comply_on` (without it, the term of a review of
    its kind). The person is told what the body decided; another authority tells the person itself.

    Raises:
        Refused: it is decided already (appeal_not_pending), decided in the future or before the notification,
            or to be obeyed before it was decided or on a day off (appeal_day); no text.
    """
    case, appeal = _locked(institution, appeal_id, (Appeal.State.PENDING, Appeal.State.DEFENDED))
    _check_day(institution, appeal, decided_on, now=now)
    if comply_on is not None and comply_on < institution.local_date(now):
        raise Refused("appeal_day")
    data: dict[str, Any] = write(case, MessageKind.RULING, body, author=actor, now=now, files=files)
    data |= {"appeal": appeal.pk, "result": result}
    if appeal.is_pending:
        data["missed"] = _end_term(institution, appeal, on=decided_on, now=now)
        appeal.done_at = now
    appeal.state, appeal.result, appeal.decided_on = Appeal.State.DECIDED, Appeal.Result(result), decided_on
    orders = appeal.result in _ORDERS
    appeal.comply_on = comply_on if orders else None
    appeal.save(update_fields=["state", "result", "decided_on", "comply_on", "done_at"])
    fields = _open_again(institution, case, appeal, now=now) if orders and not case.is_open else ()
    if appeal.forum == Appeal.Forum.OWN:
        tell(case, "cases.appeal_decided", now=now, message=data["message"])
    elif fields:
        tell(case, "cases.reopened", now=now, message=data["message"])
    return keep(case, "cases.appeal_decided", actor=actor, now=now, fields=fields, data=data)


def _open_again(institution: Institution, case: Case, appeal: Appeal, *, now: datetime) -> tuple[str, ...]:
    case.state, case.closed_at, case.contest_until = State.WITH_UNIT, None, None
    case.ending, case.merged_into = "", None
    case.reviews += 1
    start_review(institution, case, now=now, until=appeal.comply_on)
    return _REOPENED


def _locked(institution: Institution, appeal_id: int, states: Sequence[Appeal.State]) -> tuple[Case, Appeal]:
    case_id = Appeal.objects.values_list("case_id", flat=True).get(institution=institution, pk=appeal_id)
    case, _ = locked(institution, case_id, None, Move.APPEAL)
    appeal = Appeal.objects.select_for_update().get(pk=appeal_id)
    if appeal.state not in states:
        raise Refused("appeal_not_pending")
    return case, appeal


def _check_day(institution: Institution, appeal: Appeal, day: date, *, now: datetime) -> None:
    if not appeal.notified_on <= day <= institution.local_date(now):
        raise Refused("appeal_day")


def _end_term(institution: Institution, appeal: Appeal, *, on: date, now: datetime) -> bool:
    """End the term of the appeal; return whether it was missed."""
    ended = finish(
        institution_id=institution.pk,
        subject_type=APPEAL,
        subject_ids=[appeal.pk],
        kinds=(APPEAL,),
        on=on,
        now=now,
    )
    return any(clock.state == clock.State.MISSED for clock in ended)


def lock_appeals(appeal_ids: Sequence[int]) -> None:
    """Lock the rows of appeals, the lowest id first."""
    list(Appeal.objects.select_for_update().filter(pk__in=appeal_ids).order_by("pk").values_list("pk"))


def follow_moved_terms(moves: Sequence[Moved], now: datetime) -> None:
    """Put the days that a change of calendar moved on the appeals."""
    for move in moves:
        own = Appeal.objects.filter(institution=move.institution_id, pk=move.subject_id)
        own.filter(state=Appeal.State.PENDING).update(due_on=move.due_to)
