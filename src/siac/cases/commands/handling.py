# SPDX-License-Identifier: EUPL-1.2
"""What officers do with a case: classify, refer, assign, note, ask, extend, answer, close.

Every command locks the case row, asks the transition table, checks that nobody changed the case since the form was
opened (`version`), and journals in the same transaction.
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.terms import (
    after_answer,
    contest_until,
    evaluated,
    extend_legal,
    hand_to_unit,
    legal_rule,
    open_appeals,
    pause_for_person,
    restart_for_kind,
)
from siac.cases.commands.writing import is_repeated, tell, write
from siac.cases.domain.states import Move, State, after
from siac.cases.models import Case, MessageKind, Outcome, ThirdParty
from siac.cases.queries import kinds
from siac.cases.texts import refusal_context
from siac.catalogue.public import topics
from siac.documents.public import CheckedFile
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, colleagues, unit_tree


def locked(institution: Institution, case_id: int, version: int | None, move: Move) -> tuple[Case, State]:
    """Return the case locked for this transaction and the state that `move` leads it to.

    Raises:
        Refused: the case changed since `version` (changed_meanwhile), or its state does not admit the move.
    """
    case = Case.objects.select_for_update(of=("self",)).get(institution=institution, pk=case_id)
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
    """Save the changed `fields` and journal the change as `kind`."""
    case.save(update_fields=[*fields, "version"])
    record(
        institution_id=case.institution_id,
        stream=case.stream,
        kind=kind,
        at=now,
        actor_id=actor.pk if actor else None,
        data=data,
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
    actor: User,
    now: datetime,
) -> Case:
    """Set what the case is about; a different kind starts its legal clock anew from the filing day.

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
    }
    case.topic_id = topic_id
    if kind.pk != case.kind_id:
        case.kind, case.is_restricted = kind, kind.is_restricted or case.is_restricted
        case.kind_version = kind.version
        restart_for_kind(institution, kind, case, now=now)
        data["due_on"] = case.legal_due_on.isoformat() if case.legal_due_on else None
    evaluated(institution, case, now=now)
    fields = ("topic", "kind", "kind_version", "is_restricted", "due_on", "legal_due_on")
    return keep(case, "cases.classified", actor=actor, now=now, fields=fields, data=data)


@transaction.atomic
def refer_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    unit_id: int,
    reason: str = "",
    actor: User,
    now: datetime,
) -> Case:
    """Hand the case to a unit; whoever had it assigned no longer has.

    Raises:
        Refused: the unit is unknown, inactive or has the case already; changed meanwhile; not in this state.
    """
    case, state = locked(institution, case_id, version, Move.REFER)
    unit = unit_tree(institution).nodes.get(unit_id)
    if unit is None or not unit.is_active:
        raise Refused("unit_unknown")
    if case.unit_id == unit_id:
        raise Refused("same_unit")
    data: dict[str, Any] = {"unit": unit_id, "before": case.unit_id}
    if reason.strip():
        data |= write(case, MessageKind.NOTE, reason, author=actor, now=now)
    case.unit_id, case.assignee, case.state = unit_id, None, state
    hand_to_unit(institution, case, now=now)
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
    """Give the case to a person of the body, or to nobody.

    Raises:
        Refused: the person does not work in the body; changed meanwhile; not in this state.
    """
    case, _ = locked(institution, case_id, version, Move.ASSIGN)
    if assignee_id is not None and assignee_id not in dict(colleagues(institution)):
        raise Refused("assignee_unknown")
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
        return case
    data = write(case, MessageKind.NOTE, body, author=actor, now=now, files=files)
    return keep(case, "cases.noted", actor=actor, now=now, fields=(), data=data)


@transaction.atomic
def ask_for_information(
    *, institution: Institution, case_id: int, version: int | None, body: str, actor: User, now: datetime
) -> Case:
    """Ask the citizen to complete the request; the legal clock pauses where its rule says so.

    Raises:
        Refused: the text is empty, changed meanwhile, or the case is not in a state for it.
    """
    case, state = locked(institution, case_id, version, Move.ASK)
    data = write(case, MessageKind.ASK, body, author=actor, now=now)
    data["paused"], until = pause_for_person(institution, case, now=now)
    data["until"] = until.isoformat() if until else None
    evaluated(institution, case, now=now)
    case.state = state
    tell(case, "cases.information_asked", now=now, message=data["message"])
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

    `until` is the local day on which the body will answer, where its law asks for a day instead of giving a length.

    Raises:
        Refused: the rule allows none, it was extended already, its last day has passed, no reason; or as `locked`.
    """
    case, _ = locked(institution, case_id, version, Move.EXTEND)
    data = write(case, MessageKind.EXTENSION, reason, author=actor, now=now)
    before = case.legal_due_on
    extend_legal(institution, case, reason=reason, until=until, now=now)
    data |= {
        "before": before.isoformat() if before else None,
        "due_on": case.legal_due_on.isoformat() if case.legal_due_on else None,
    }
    tell(case, "cases.term_extended", now=now, message=data["message"])
    return keep(
        case, "cases.term_extended", actor=actor, now=now, fields=("due_on", "legal_due_on"), data=data
    )


@transaction.atomic
def answer_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    body: str,
    outcome: Outcome,
    actor: User,
    now: datetime,
    files: list[CheckedFile] | None = None,
) -> Case:
    """Answer the citizen and send it; the clocks that wait for an answer end, met or missed.

    A denial opens the terms to appeal. Those whose requests were joined to this one get the same answer, each under
    the folio of their own.

    Raises:
        Refused: the answer is empty or too long, changed meanwhile, the case is in no state for it, or it would give
            what a third party objected to, or may still object to.
    """
    case, state = locked(institution, case_id, version, Move.ANSWER)
    check_third_parties(case, outcome)
    data = write(case, MessageKind.ANSWER, body, author=actor, now=now, files=files)
    case.state, case.outcome = state, outcome
    days, missed = after_answer(institution, case, now=now)
    if case.answered_at is None:
        # Figures count the first answer: a later one, after a review, has a clock of its own.
        case.answered_at, case.answer_days = now, days
    case.contest_until = contest_until(institution, case, now=now)
    data |= {"outcome": outcome.value, "days": days, "missed": missed}
    if outcome in (Outcome.DENIED, Outcome.PARTLY):
        data["appeals"] = len(open_appeals(institution, case, against="denial", now=now))
    for told in (case, *case.merged.order_by("pk")):
        tell(told, "cases.answered", now=now, message=data["message"])
    fields = ("state", "outcome", "answered_at", "answer_days", "due_on", "legal_due_on", "contest_until")
    return keep(case, "cases.answered", actor=actor, now=now, fields=fields, data=data)


def check_third_parties(case: Case, outcome: Outcome) -> None:
    """Refuse an answer that gives what third parties may keep from being given (art. 20 Ley 20.285).

    Raises:
        Refused: somebody's term to object still runs (third_party_pending), or somebody objected where that blocks
            the delivery (third_party_objected; what it does not touch can be given in part).
    """
    if outcome not in (Outcome.UPHELD, Outcome.PARTLY):
        return
    stands = set(ThirdParty.objects.filter(case=case).values_list("stand", flat=True))
    if ThirdParty.Stand.PENDING in stands:
        raise Refused("third_party_pending")
    if ThirdParty.Stand.OBJECTED in stands and outcome == Outcome.UPHELD:
        rule = legal_rule(case)
        if rule is not None and rule.third_party_effect == "blocks":
            raise Refused("third_party_objected")


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
