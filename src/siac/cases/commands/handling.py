# SPDX-License-Identifier: EUPL-1.2
"""What officers do with a case: classify, refer, assign, note, ask, extend, close.

Every command locks the case row, asks the transition table, checks that nobody changed the case since the
form was opened (`version`), and journals in the same transaction.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.assignable import check_assignee
from siac.cases.commands.answer_drafts import call_back
from siac.cases.commands.terms import (
    evaluated,
    extend_legal,
    follow_topic,
    hand_to_unit,
    pause_for_person,
    restart_for_kind,
)
from siac.cases.commands.undo_offers import UNDO_FOR, as_it_is, offer_undo
from siac.cases.commands.writing import is_repeated, tell, write
from siac.cases.domain.offered import suggested
from siac.cases.domain.states import Move, State, after
from siac.cases.features import router
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case, MessageKind
from siac.cases.queries import kinds
from siac.cases.texts import refusal_context
from siac.catalogue.public import topics
from siac.documents.public import CheckedFile
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, unit_tree

_WAKING = frozenset(
    {"cases.information_added", "cases.third_party_stood", "cases.assigned", "cases.referred"}
)
"""News for whoever snoozed a case, or for whoever has it now."""


def locked(institution: Institution, case_id: int, version: int | None, move: Move) -> tuple[Case, State]:
    """Return the case locked for this transaction and the state that `move` leads it to.

    Raises:
        Refused: the case changed since `version` (changed_meanwhile), its state
            does not admit the move, or it was erased.
    """
    case = cases_to_lock().get(institution=institution, pk=case_id)
    if case.erased_at is not None:
        raise Refused("case_erased")
    if version is not None and case.version != version:
        raise Refused("changed_meanwhile")
    try:
        state = after(case.state, move)
    except Refused as refused:
        raise Refused(refused.code, **refusal_context(move, case.state)) from None
    case.version += 1
    return case, state


def keep(
    case: Case, kind: str, *, actor: User | None, now: datetime, fields: tuple[str, ...], data: dict[str, Any]
) -> Case:
    """Save the changed `fields` and journal the change as `kind`; what the
    person does brings a snoozed case back.
    """
    if case.snoozed_until is not None and (actor is None or kind in _WAKING):
        case.snoozed_until, fields = None, (*fields, "snoozed_until")
    case.save(update_fields=[*fields, "version"])
    record(
        institution_id=case.institution_id,
        stream=case.stream,
        kind=kind,
        at=now,
        actor_id=actor.pk if actor else None,
        data={**data, "row": case.row_seal},
    )
    return case


@transaction.atomic
def classify_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    kind_id: int | None = None,
    topic_id: int | None,
    offered: Sequence[int] = (),
    actor: User,
    now: datetime,
) -> Case:
    """Set what the case is about; a different kind starts its legal clock anew from the filing day.

    `offered` are the topics that had been suggested: the journal says whether one of them was taken. A change
    is followed by the rules of the body that speak of it (see `routing`).

    Raises:
        Refused: unknown kind or topic, changed meanwhile, or not in this state.
    """
    case, _ = locked(institution, case_id, version, Move.CLASSIFY)
    if topic_id is not None and topic_id not in topics(institution):
        raise Refused("topic_unknown")
    kind = kinds(institution).get(kind_id or case.kind_id)
    if kind is None or (not kind.is_active and kind.pk != case.kind_id):
        raise Refused("kind_unknown")
    data: dict[str, Any] = {
        "topic": topic_id,
        "kind": kind.pk,
        "before": {"topic": case.topic_id, "kind": case.kind_id},
        **suggested(offered, topic_id),
    }
    case.topic_id = topic_id
    if kind.pk != case.kind_id:
        case.kind, case.is_restricted = kind, kind.is_restricted or case.is_restricted
        case.kind_version = kind.version
        restart_for_kind(institution, kind, case, now=now)
        data["due_on"] = case.legal_due_on.isoformat() if case.legal_due_on else None
    else:
        follow_topic(institution, case, before=data["before"]["topic"], now=now)
    evaluated(institution, case, now=now)
    fields = ("topic", "kind", "kind_version", "is_restricted", "due_on", "legal_due_on")
    keep(case, "cases.classified", actor=actor, now=now, fields=fields, data=data)
    if data["before"] != {"topic": case.topic_id, "kind": case.kind_id}:
        router().classified(institution, case, now=now)
    return case


@transaction.atomic
def refer_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    unit_id: int,
    reason: str = "",
    offered: Sequence[int] = (),
    undoable: bool = False,
    actor: User,
    now: datetime,
) -> Case:
    """Hand the case to a unit; whoever had it assigned no longer has. An answer that waited to be approved is
    a draft again (`call_back`).

    `offered`: the units that had been suggested.

    `undoable`: `actor` may take it back for some seconds (3 SQL more).

    Raises:
        Refused: the unit is unknown, inactive or has the case already; changed meanwhile; not in this state.
    """
    case, state = locked(institution, case_id, version, Move.REFER)
    unit = unit_tree(institution).nodes.get(unit_id)
    if unit is None or not unit.is_active:
        raise Refused("unit_unknown")
    if case.unit_id == unit_id:
        raise Refused("same_unit")
    data: dict[str, Any] = {"unit": unit_id, "before": case.unit_id, **suggested(offered, unit_id)}
    was = as_it_is(case) if undoable else None
    if reason.strip():
        data |= write(case, MessageKind.NOTE, reason, author=actor, now=now)
    case.unit_id, case.assignee, case.state = unit_id, None, state
    hand_to_unit(institution, case, now=now)
    back = call_back(case, actor=actor, now=now, delay=UNDO_FOR if undoable else timedelta(0))
    if was is not None:
        offer_undo(
            case,
            Move.REFER,
            was,
            message_id=data.get("message", 0),
            notices=back.notices,
            submitted_at=back.submitted_at,
            actor=actor,
            now=now,
        )
    fields = ("unit", "assignee", "state", "due_on", "legal_due_on")
    return keep(case, "cases.referred", actor=actor, now=now, fields=fields, data=data)


@transaction.atomic
def assign_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    assignee_id: int | None,
    actor: User,
    now: datetime,
) -> Case:
    """Give the case to a person who works on the cases of its unit, or to nobody.

    Raises:
        Refused: the person does not, or is away; changed meanwhile; not in this state.
    """
    case, _ = locked(institution, case_id, version, Move.ASSIGN)
    if assignee_id is not None:
        check_assignee(institution, case, assignee_id, today=institution.local_date(now))
    data = {"assignee": assignee_id, "before": case.assignee_id}
    case.assignee_id = assignee_id
    evaluated(institution, case, now=now)
    fields = ("assignee", "due_on", "legal_due_on")
    return keep(case, "cases.assigned", actor=actor, now=now, fields=fields, data=data)


@transaction.atomic
def add_note(
    *,
    institution: Institution,
    case_id: int,
    body: str,
    actor: User | None,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Write a note that only staff see; without an `actor` the system writes it.

    Notes do not clash with other changes; sent twice at once it is one.

    Raises:
        Refused: the note is empty or too long.
    """
    case, _ = locked(institution, case_id, None, Move.NOTE)
    if is_repeated(case, MessageKind.NOTE, body, author=actor, now=now, files=files or ()):
        case.version -= 1  # as it stands: nothing is kept
        return case
    data = write(case, MessageKind.NOTE, body, author=actor, now=now, files=files)
    return keep(case, "cases.noted", actor=actor, now=now, fields=(), data=data)


@transaction.atomic
def ask_for_information(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    body: str,
    more: bool = False,
    actor: User,
    now: datetime,
) -> Case:
    """Ask the citizen to complete the request; the legal clock pauses where its rule says so.

    `more`: it lacks nothing, but the body needs to know more to answer; where the law of the case tells the
    two apart, the person's term and what it does to the body's are others.

    Raises:
        Refused: the text is empty, changed meanwhile, or the case is not in a state for it.
    """
    case, state = locked(institution, case_id, version, Move.ASK)
    before = as_it_is(case)
    data = write(case, MessageKind.ASK, body, author=actor, now=now)
    data["paused"], until = pause_for_person(institution, case, more=more, now=now)
    data["until"] = until.isoformat() if until else None
    evaluated(institution, case, now=now)
    case.state = state
    told = tell(case, "cases.information_asked", now=now, delay=UNDO_FOR, message=data["message"])
    offer_undo(case, Move.ASK, before, message_id=data["message"], notices=told, actor=actor, now=now)
    fields = ("state", "due_on", "legal_due_on")
    return keep(case, "cases.information_asked", actor=actor, now=now, fields=fields, data=data)


@transaction.atomic
def extend_term(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    reason: str,
    until: date | None = None,
    actor: User,
    now: datetime,
) -> Case:
    """Give the legal clock its one extension, with reasons that the citizen is told.

    `until` is the local day on which the body will answer, where its law asks
    for a day instead of giving a length.

    Raises:
        Refused: the rule allows none, it was extended already, its last day has
            passed, no reason; or as `locked`.
    """
    case, _ = locked(institution, case_id, version, Move.EXTEND)
    was = as_it_is(case)
    data = write(case, MessageKind.EXTENSION, reason, author=actor, now=now)
    before = case.legal_due_on
    extend_legal(institution, case, reason=reason, until=until, now=now)
    data |= {
        "before": before.isoformat() if before else None,
        "due_on": case.legal_due_on.isoformat() if case.legal_due_on else None,
    }
    told = tell(case, "cases.term_extended", now=now, delay=UNDO_FOR, message=data["message"])
    offer_undo(case, Move.EXTEND, was, message_id=data["message"], notices=told, actor=actor, now=now)
    return keep(
        case, "cases.term_extended", actor=actor, now=now, fields=("due_on", "legal_due_on"), data=data
    )


@transaction.atomic
def close_case(
    *, institution: Institution, case_id: int, version: int | None, actor: User | None, now: datetime
) -> Case:
    """Close an answered case; while its window is open the citizen may still contest it.

    Raises:
        Refused: changed meanwhile, or the case is not answered.
    """
    case, state = locked(institution, case_id, version, Move.CLOSE)
    case.state = state
    case.closed_at = now
    return keep(case, "cases.closed", actor=actor, now=now, fields=("state", "closed_at"), data={})
