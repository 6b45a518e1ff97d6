# SPDX-License-Identifier: EUPL-1.2
"""A plan from its draft to its end: written, put before a body, approved, evaluated and closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.governance.public import Decided, Result, decisions_about
from siac.improvement.domain.states import CHANGEABLE, ActionState, PlanState, PlanStep, after
from siac.improvement.models import Action, Plan, PlanStateLabel, Proposal
from siac.improvement.snapshots import content_of, digest_of_content
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Institution, check_basis, institution_of, is_colleague

PLAN = "improvement_plan"
"""The kind of what bodies decide about when they decide about a plan."""
LONGEST = 10_000


def tell_plan(plan: Plan, kind: str, actor_id: int | None, now: datetime, **data: Any) -> None:
    """Write what happened with a plan into its chain (1 SQL)."""
    record(
        plan.institution_id, plan.stream, f"improvement.{kind}", now, actor_id=actor_id,
        data={"plan": plan.pk, **data}, new_stream=kind == "plan_begun",
    )  # fmt: skip


def locked_plan(institution: Institution, plan_id: int, *states: PlanState) -> Plan:
    """Return a plan, locked, in one of some states, or in any (1 SQL).

    Raises:
        Refused: there is none (improvement_unknown), or it is not the moment (plan_moment).
    """
    rows = Plan.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(institution=institution, pk=plan_id).first()
    if row is None:
        raise Refused("improvement_unknown")
    if states and row.state not in states:
        raise Refused("plan_moment", state=PlanStateLabel(row.state).label.lower())
    return row


def moved(plan: Plan, step: PlanStep) -> None:
    """Put a plan where a step leads, unsaved.

    Raises:
        Refused: it leads nowhere from where it stands (plan_moment).
    """
    state = after(plan.state, step)
    if state is None:
        raise Refused("plan_moment", state=PlanStateLabel(plan.state).label.lower())
    plan.state = state


@transaction.atomic
def begin_plan(
    *,
    institution: Institution,
    name: str,
    starts_on: date,
    ends_on: date,
    diagnosis: str = "",
    is_public: bool = False,
    actor: User,
    now: datetime,
) -> Plan:
    """Begin a plan as a draft; both days are local (2 SQL).

    Raises:
        Refused: it has no name (plan_name), ends before it begins (plan_days) or says too much
            (text_too_long).
    """
    fields = _fields(name, starts_on, ends_on, diagnosis, is_public=is_public)
    row = Plan.objects.create(institution=institution, begun_by=actor, begun_at=now, **fields)
    tell_plan(row, "plan_begun", actor.pk, now)
    return row


@transaction.atomic
def change_plan(
    *,
    institution: Institution,
    plan_id: int,
    name: str,
    starts_on: date,
    ends_on: date,
    diagnosis: str = "",
    is_public: bool = False,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> Plan:
    """Change a plan that is not before a body nor over; of an approved one the journal tells what was
    changed, and what was approved stays readable (3 SQL).

    Raises:
        Refused: as `begin_plan`; there is none (improvement_unknown), it is not the moment (plan_moment), or
            somebody changed it meanwhile (saved_meanwhile).
    """
    row = locked_plan(institution, plan_id, *CHANGEABLE)
    check_basis(based_on, row.saves)
    fields = _fields(name, starts_on, ends_on, diagnosis, is_public=is_public)
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    if changed:
        for each in changed:
            setattr(row, each, fields[each])
        row.saves += 1
        row.save(update_fields=[*changed, "saves"])
        tell_plan(row, "plan_changed", actor.pk, now, fields=changed, state=row.state)
    return row


def _fields(
    name: str, starts_on: date, ends_on: date, diagnosis: str, *, is_public: bool
) -> Mapping[str, Any]:
    said, text = squeeze(name)[:150], legible(diagnosis).strip()
    if not said:
        raise Refused("plan_name")
    if ends_on < starts_on:
        raise Refused("plan_days")
    if len(text) > LONGEST:
        raise Refused("text_too_long", length=len(text), limit=LONGEST)
    return {
        "name": said, "starts_on": starts_on, "ends_on": ends_on, "diagnosis": text, "is_public": is_public,
    }  # fmt: skip


@transaction.atomic
def propose_plan(*, institution: Institution, plan_id: int, actor: User, now: datetime) -> Proposal:
    """Put a plan before a body as it stands: from then on it does not change until it is decided or withdrawn
    (9 SQL and 1 for each action).

    Raises:
        Refused: it is not a draft (plan_moment), has no diagnosis (plan_diagnosis) or no action
            (plan_without_actions), or some of its actions have no baseline (plan_without_baseline), nobody
            who answers for them (plan_without_responsible) or no finding (plan_without_finding): `actions`
            says which.
    """
    row = locked_plan(institution, plan_id, PlanState.DRAFT)
    if not row.diagnosis:
        raise Refused("plan_diagnosis")
    actions = kept_actions(row)
    if not actions:
        raise Refused("plan_without_actions")
    _check_whole(institution, actions)
    content = content_of(row, actions)
    last = row.proposals.first()
    made = Proposal.objects.create(
        institution=institution, plan=row, number=last.number + 1 if last else 1, content=content,
        digest=digest_of_content(content), proposed_by=actor, proposed_at=now,
    )  # fmt: skip
    moved(row, PlanStep.PROPOSE)
    row.save(update_fields=["state"])
    tell_plan(row, "plan_proposed", actor.pk, now, proposal=made.number, digest=made.digest)
    return made


def kept_actions(plan: Plan) -> list[Action]:
    """Return the actions of a plan that were not dropped, with all that a proposal says of them (2 SQL)."""
    rows = plan.actions.exclude(state=ActionState.DROPPED)
    rows = rows.select_related("unit", "responsible", "baseline__indicator")
    return list(rows.prefetch_related("answered__finding").order_by("due_on", "pk"))


def _check_whole(institution: Institution, actions: Sequence[Action]) -> None:
    def nobody(each: Action) -> bool:
        return each.responsible_id is None or not is_colleague(institution, each.responsible_id)

    for code, missing in (
        ("plan_without_baseline", [each for each in actions if not hasattr(each, "baseline")]),
        ("plan_without_responsible", [each for each in actions if nobody(each)]),
        (
            "plan_without_finding",
            [each for each in actions if not each.answered.all() and each.agreement_id is None],
        ),
    ):
        if missing:
            raise Refused(code, actions=", ".join(f"«{each.title}»" for each in missing))


@transaction.atomic
def withdraw_plan(*, institution: Institution, plan_id: int, actor: User, now: datetime) -> Plan:
    """Take a plan back that nobody decided about yet, to change it (4 SQL).

    Raises:
        Refused: it is not before a body (plan_moment).
    """
    row = locked_plan(institution, plan_id, PlanState.PROPOSED)
    moved(row, PlanStep.WITHDRAW)
    row.save(update_fields=["state"])
    row.proposals.filter(decided_at=None).update(is_withdrawn=True)
    tell_plan(row, "plan_withdrawn", actor.pk, now)
    return row


@transaction.atomic
def take_decision(news: Decided) -> None:
    """Let a plan be approved by the vote of a body, or go back with the reason (6 SQL). A vote that decides
    nothing, one about a plan that is not before a body any more, and one that was opened before the plan was
    proposed as it now stands, changes nothing: whoever voted had another text before them.
    """
    if news.result not in (Result.APPROVED, Result.REJECTED):
        return
    institution = institution_of(news.institution)
    rows = Plan.objects.select_for_update(of=("self",), no_key=True)
    row = rows.filter(institution=institution, pk=news.number, state=PlanState.PROPOSED).first()
    if row is None:
        return
    is_approved = news.result is Result.APPROVED
    decision = decisions_about(institution, PLAN, row.pk)[-1]
    proposal = row.proposals.get(decided_at=None, is_withdrawn=False)
    if decision.motion.opened_at < proposal.proposed_at:
        return
    words = f"{decision.council}, sesión {decision.sitting.number}: {decision.motion.text}"
    moved(row, PlanStep.APPROVE if is_approved else PlanStep.REJECT)
    row.approved_at = news.at if is_approved else None
    row.save(update_fields=["state", "approved_at"])
    proposal.decided_at, proposal.is_approved = news.at, is_approved
    proposal.decided_by, proposal.sitting = words[:300], decision.sitting
    proposal.save(update_fields=["decided_at", "is_approved", "decided_by", "sitting"])
    kind = "plan_approved" if is_approved else "plan_rejected"
    tell_plan(
        row, kind, news.actor, news.at, proposal=proposal.number, digest=proposal.digest,
        sitting=decision.sitting.pk, motion=decision.motion.pk,
    )  # fmt: skip


@transaction.atomic
def evaluate_plan(
    *, institution: Institution, plan_id: int, conclusion: str, actor: User, now: datetime
) -> Plan:
    """Say what a plan came to, once every action is done or dropped and the effect of each done one was
    measured (6 SQL).

    Raises:
        Refused: it is not under way (plan_moment), some actions are not over (plan_open_actions) or their
            effect was not measured (plan_unmeasured), or nothing is concluded (plan_conclusion).
    """
    row = locked_plan(institution, plan_id, PlanState.RUNNING)
    text = legible(conclusion).strip()
    if not text:
        raise Refused("plan_conclusion")
    if len(text) > LONGEST:
        raise Refused("text_too_long", length=len(text), limit=LONGEST)
    actions = list(row.actions.exclude(state=ActionState.DROPPED).prefetch_related("effects"))
    waiting = [each.title for each in actions if each.state != ActionState.DONE]
    if waiting:
        raise Refused("plan_open_actions", actions=", ".join(f"«{each}»" for each in waiting))
    unmeasured = [each.title for each in actions if not _is_measured(each)]
    if unmeasured:
        raise Refused("plan_unmeasured", actions=", ".join(f"«{each}»" for each in unmeasured))
    moved(row, PlanStep.EVALUATE)
    row.conclusion, row.evaluated_at = text, now
    row.save(update_fields=["state", "conclusion", "evaluated_at"])
    tell_plan(row, "plan_evaluated", actor.pk, now, actions=len(actions))
    return row


def _is_measured(action: Action) -> bool:
    """Return whether an effect was measured since the action was done: what was measured before it was
    reopened tells of another end of it. No SQL where its effects were read.
    """
    return any(action.done_on and each.first >= action.done_on for each in action.effects.all())


@transaction.atomic
def close_plan(*, institution: Institution, plan_id: int, actor: User, now: datetime) -> Plan:
    """Close a plan that was evaluated (3 SQL).

    Raises:
        Refused: it was not evaluated, or is closed (plan_moment).
    """
    row = locked_plan(institution, plan_id, PlanState.EVALUATED)
    moved(row, PlanStep.CLOSE)
    row.save(update_fields=["state"])
    tell_plan(row, "plan_closed", actor.pk, now)
    return row
