# SPDX-License-Identifier: EUPL-1.2
"""A case ends without an answer to what was asked, is joined to another, or comes back."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from siac.accounts.public import User
from siac.cases.access import visible_to
from siac.cases.commands.denying import Denial, check_denial, denial_body
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.terms import (
    after_information,
    asked_of,
    contest_until,
    correction_clock,
    end_without_answer,
    legal_rule,
    open_appeals,
    run_again,
    start_review,
)
from siac.cases.commands.writing import tell, write
from siac.cases.domain.clock_kinds import CORRECTION, SUBJECT
from siac.cases.domain.endings import BY_LAPSE, REVIEWABLE, Ending
from siac.cases.domain.numbers import parse_folio
from siac.cases.domain.states import Move, State, after
from siac.cases.locking import cases_to_lock, lock_with_joined
from siac.cases.models import Case, MessageKind
from siac.clocks.public import Clock, Correction, lock_clocks, running_clocks
from siac.documents.public import CheckedFile
from siac.infra.turns import Step
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, access_in, steps_in_each_body

JOINED = "Su solicitud se responderá junto con otra que trata de lo mismo."
"""Neither text of a joining names the other case: what is written stays, and the other may be restricted
later. Pages name it as long as its reader may know of it.
"""
LET_GO = "La solicitud con la que se iba a responder terminó sin respuesta: la suya sigue por separado."
_FIELDS = (
    "state",
    "ending",
    "closed_at",
    "contest_until",
    "due_on",
    "legal_due_on",
    "ground",
    "reserve_entry",
)


def end_without_reply(
    institution: Institution,
    case: Case,
    state: State,
    ending: Ending,
    *,
    kind: MessageKind,
    body: str,
    actor: User | None,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Close `case`, which is locked with those joined to it, as `ending`; tell the person why and what can be
    done about it.

    Those joined to it were promised its answer: each comes back, to be answered by itself. Who withdraws or
    does not complete a request does so for nobody else (art. 42 Ley 19.880, art. 94.2 Ley 39/2015).
    """
    joined = promised_its_answer(case)
    data: dict[str, Any] = write(case, kind, body, author=actor, now=now, files=files)
    case.state, case.ending, case.closed_at = state, ending, now
    end_without_answer(institution, case, now=now)
    case.contest_until = contest_until(institution, case, now=now) if ending in REVIEWABLE else None
    if ending in REVIEWABLE:
        data["appeals"] = len(open_appeals(institution, case, against="denial", now=now))
    data["ending"] = ending.value
    data |= let_go(institution, joined, actor=actor, now=now)
    tell(case, f"cases.{ending.value}", now=now, message=data["message"])
    return keep(case, f"cases.{ending.value}", actor=actor, now=now, fields=_FIELDS, data=data)


@transaction.atomic
def withdraw_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None = None,
    body: str,
    actor: User | None,
    now: datetime,
) -> Case:
    """End a case because its person no longer wants it; `actor` is whoever of
    the house records that, None the person.

    Raises:
        Refused: no reason or record given, changed meanwhile, or the case is answered already.
    """
    lock_with_joined(case_id)
    case, state = locked(institution, case_id, version, Move.WITHDRAW)
    return end_without_reply(
        institution,
        case,
        state,
        Ending.WITHDRAWN,
        kind=MessageKind.WITHDRAWAL,
        body=body,
        actor=actor,
        now=now,
    )


@transaction.atomic
def transfer_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    competent_body: str,
    reason: str,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Send a case to the body that is competent: it ends here and the person is told where it went and why.

    Art. 13 Ley 20.285 and art. 14 Ley 19.880 (Chile), art. 16 DS 007-2020-PCM
    (Peru), art. 14 Ley 40/2015 (Spain).

    Raises:
        Refused: no body or reason named, changed meanwhile, or the case is answered already.
    """
    lock_with_joined(case_id)
    case, state = locked(institution, case_id, version, Move.TRANSFER)
    if not competent_body.strip() or not reason.strip():
        raise Refused("text_missing")
    text = f"Organismo competente: {competent_body.strip()}\n\n{reason.strip()}"
    return end_without_reply(
        institution,
        case,
        state,
        Ending.TRANSFERRED,
        kind=MessageKind.TRANSFER,
        body=text,
        actor=actor,
        now=now,
        files=files,
    )


@transaction.atomic
def dismiss_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    reason: str,
    ground: str = "",
    reserve_id: int | None = None,
    actor: User,
    now: datetime,
) -> Case:
    """Declare a case inadmissible, with reasons; the person may ask for a review and is told how to appeal.

    Not to admit a request is to deny it: where the law of the case names
    grounds, it says which, as an answer does.

    Raises:
        Refused: no reason, changed meanwhile, the case is answered already, or as `check_denial`.
    """
    lock_with_joined(case_id)
    case, state = locked(institution, case_id, version, Move.DISMISS)
    rule, denial = legal_rule(case), Denial(ground, reason, reserve_id)
    why = None
    if (rule is not None and rule.grounds) or ground or reserve_id:
        today = institution.local_date(now)
        why = check_denial(institution, rule, denial, denies=True, today=today)
    if why is not None:
        reason = denial_body(why, reason)
        case.ground, case.reserve_entry_id = why.id, reserve_id
    return end_without_reply(
        institution,
        case,
        state,
        Ending.DISMISSED,
        kind=MessageKind.DISMISSAL,
        body=reason,
        actor=actor,
        now=now,
    )


@transaction.atomic
def declare_lapsed(
    *, institution: Institution, case_id: int, version: int | None, reason: str, actor: User, now: datetime
) -> Case:
    """Declare by an act of the body that a request nobody completed is given up (art.

    68 Ley 39/2015, art. 31 Ley 19.880).

    Raises:
        Refused: nobody was asked to complete it, or the person's term has not
            ended (correction_still_running); the person completed it
            (correction_done); no reason; changed meanwhile.
    """
    lock_with_joined(case_id)
    case, state = locked(institution, case_id, version, Move.LAPSE)
    rule, clock = legal_rule(case), correction_clock(case)
    correction = asked_of(rule, clock) if rule else None
    if correction is None or clock is None or correction.outcome == "proceeds":
        raise Refused("no_correction_asked")
    if clock.state == Clock.State.MET:
        raise Refused("correction_done")
    if institution.local_date(now) <= clock.due_on:
        raise Refused("correction_still_running", until=f"{clock.due_on:%d-%m-%Y}")
    return end_without_reply(
        institution,
        case,
        state,
        BY_LAPSE[correction.outcome],
        kind=MessageKind.LAPSE,
        body=reason,
        actor=actor,
        now=now,
    )


def settle_lapsed_corrections(*, now: datetime, limit: int = 500) -> int:
    """Deal with the requests whose person let the term to complete pass; return how many.

    Each is a transaction of its own. Where the law itself ends the request, the case closes; where an act is
    needed or the request goes on as it is, the body's terms run again from the last day the person had.
    """
    return steps_in_each_body("cases.settle_lapsed", partial(_lapsed, now=now, limit=limit), now=now)


def _lapsed(institution: Institution, *, now: datetime, limit: int) -> Iterator[Step]:
    yesterday = institution.local_date(now) - timedelta(days=1)
    waiting = running_clocks(institution.pk, SUBJECT, (CORRECTION,), first=date.min, last=yesterday)
    for case_id in waiting.values_list("subject_id", flat=True)[:limit]:
        yield f"case:{case_id}", partial(_settle, institution, case_id, now)


def _settle(institution: Institution, case_id: int, now: datetime) -> int:
    try:
        settle_lapsed_correction(institution=institution, case_id=case_id, now=now)
    except Refused:
        return 0  # completed or ended since it was read
    return 1


@transaction.atomic
def settle_lapsed_correction(*, institution: Institution, case_id: int, now: datetime) -> None:
    """Deal with one request whose person let the term to complete pass, as `settle_lapsed_corrections`.

    Raises:
        Refused: nobody was asked, it was completed or ended meanwhile, or the term has not passed.
    """
    lock_with_joined(case_id)
    case, proceeds = locked(institution, case_id, None, Move.PROCEED)
    rule, clock = legal_rule(case), correction_clock(case)
    asked = asked_of(rule, clock) if rule else None
    if asked is None or clock is None or clock.state != Clock.State.RUNNING:
        raise Refused("no_correction_asked")
    if institution.local_date(now) <= clock.due_on:
        raise Refused("correction_still_running", until=f"{clock.due_on:%d-%m-%Y}")
    if not asked.declared and asked.outcome in BY_LAPSE:
        end_without_reply(
            institution,
            case,
            after(State.WAITING, Move.LAPSE),
            BY_LAPSE[asked.outcome],
            kind=MessageKind.LAPSE,
            body=_lapse_text(asked, clock),
            actor=None,
            now=now,
        )
        return
    after_information(institution, case, now=now, on=clock.due_on, met=False)
    case.state = proceeds
    data = {"until": clock.due_on.isoformat(), "declared": asked.declared}
    keep(
        case,
        "cases.correction_lapsed",
        actor=None,
        now=now,
        fields=("state", "due_on", "legal_due_on"),
        data=data,
    )


def _lapse_text(correction: Correction, clock: Clock) -> str:
    return (
        "Se le pidió completar la solicitud hasta el "
        f"{clock.due_on:%d-%m-%Y} y no recibimos los antecedentes."
        f" {correction.lapse}"
    )


@transaction.atomic
def merge_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    into: str,
    reason: str = "",
    actor: User,
    now: datetime,
) -> Case:
    """Join a case to another of the body (its folio is `into`), which will
    answer both; nothing of either is lost.

    The joined case owes nothing more by itself: it never counts as late. What was joined to it goes along.

    Raises:
        Refused: there is no such case, or a restricted one that `actor` does not see (merge_target_unknown),
            it is the same one (merge_itself), it is not open (merge_target_closed), it is of another
            confidentiality (merge_restricted); changed meanwhile, or this one is answered already.
    """
    number = parse_folio(into)
    target = (
        Case.objects.filter(institution=institution, year=number[0], number=number[1])
        .filter(
            Q(is_restricted=False) | Q(pk__in=visible_to(access_in(actor, institution.slug)).values("pk"))
        )
        .values_list("pk", flat=True)
        .first()
        if number
        else None
    )
    if target is None:
        raise Refused("merge_target_unknown", folio=into)
    if target == case_id:
        raise Refused("merge_itself")
    # Always in the same order, so that two officers joining the same two cases
    # cannot wait for each other for ever.
    lock_with_joined(case_id, target)
    case, state = locked(institution, case_id, version, Move.MERGE)
    main = Case.objects.get(pk=target)
    if not main.is_open:
        raise Refused("merge_target_closed", folio=main.folio)
    if main.is_restricted != case.is_restricted:
        raise Refused("merge_restricted")
    case.merged_into = main
    moved = _take_along(case, main, actor=actor, now=now)
    body = f"{JOINED}\n\n{reason.strip()}" if reason.strip() else JOINED
    data: dict[str, Any] = write(case, MessageKind.MERGER, body, author=actor, now=now)
    case.state, case.ending, case.closed_at, case.contest_until = state, Ending.MERGED, now, None
    end_without_answer(institution, case, now=now)
    tell(case, "cases.merged", now=now, message=data["message"])
    data |= {"into": main.pk, "with": moved}
    _note_on(institution, main, "Se acumuló otra solicitud a esta.", actor=actor, now=now)
    return keep(case, "cases.merged", actor=actor, now=now, fields=(*_FIELDS, "merged_into"), data=data)


def _take_along(case: Case, main: Case, *, actor: User, now: datetime) -> list[int]:
    """Join to `main` what was joined to `case`; return which."""
    moved = list(cases_to_lock().filter(merged_into=case))
    for other in moved:
        other.merged_into, other.version = main, other.version + 1
        keep(other, "cases.merged_on", actor=actor, now=now, fields=("merged_into",), data={"into": main.pk})
    return [other.pk for other in moved]


def _note_on(institution: Institution, case: Case, text: str, *, actor: User, now: datetime) -> None:
    """Leave an internal note on another case of the same transaction."""
    other, _ = locked(institution, case.pk, None, Move.NOTE)
    data = write(other, MessageKind.NOTE, text, author=actor, now=now)
    keep(other, "cases.noted", actor=actor, now=now, fields=(), data=data)


@transaction.atomic
def reopen_case(
    *, institution: Institution, case_id: int, version: int | None, reason: str, actor: User, now: datetime
) -> Case:
    """Bring a closed case back because closing it was wrong; the person is told.

    A case that ended without an answer gets its clocks again, the days between included: closing by mistake
    wins no time. One that was answered gets the clock of a review.

    Raises:
        Refused: no reason, changed meanwhile, or the case is not closed.
    """
    case, state = locked(institution, case_id, version, Move.REOPEN)
    return _come_back(institution, case, state, reason, actor=actor, now=now)


def promised_its_answer(main: Case) -> list[int]:
    """Return what was joined to `main` and still waits for its answer (1 SQL where nothing was joined): those
    joined before its last answer got that one. Their clocks and its own are locked then.
    """
    waiting = main.merged.filter(erased_at=None).order_by("pk")
    joined = dict(waiting.values_list("pk", "closed_at"))
    if not joined:
        return []
    answers = main.messages.filter(kind=MessageKind.ANSWER).order_by("-pk")
    last = answers.values_list("at", flat=True).first()
    waits = [pk for pk, at in joined.items() if last is None or (at and at > last)]
    if waits:
        lock_clocks(institution_id=main.institution_id, subject_type=SUBJECT, subject_ids=[main.pk, *waits])
    return waits


def let_go(
    institution: Institution, joined: list[int], *, actor: User | None, now: datetime
) -> dict[str, Any]:
    """Bring back what was `promised_its_answer`, each with its own term and its person told; return what the
    entry of the other one says of it.
    """
    for pk in joined:
        case, state = locked(institution, pk, None, Move.REOPEN)
        _come_back(institution, case, state, LET_GO, actor=actor, now=now)
    return {"released": joined} if joined else {}


def _come_back(
    institution: Institution, case: Case, state: State, reason: str, *, actor: User | None, now: datetime
) -> Case:
    data: dict[str, Any] = write(case, MessageKind.REOPENING, reason, author=actor, now=now)
    data["ending"] = case.ending
    since, case.closed_at, case.contest_until = case.closed_at, None, None
    case.state, case.merged_into = state, None
    if case.ending and since is not None:
        run_again(institution, case, since=since, now=now)
        case.ground, case.reserve_entry = "", None
    else:
        case.reviews += 1
        start_review(institution, case, now=now)
    case.ending = ""
    tell(case, "cases.reopened", now=now, message=data["message"])
    data["due_on"] = case.due_on.isoformat() if case.due_on else None
    fields = (*_FIELDS, "merged_into", "reviews")
    return keep(case, "cases.reopened", actor=actor, now=now, fields=fields, data=data)
