# SPDX-License-Identifier: EUPL-1.2
"""The actions of a plan: what is done, by whom, with what, and what figure it means to move."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.findings.public import Finding, findings_in
from siac.governance.public import Agreement
from siac.improvement.commands.plans import LONGEST, locked_plan, tell_plan
from siac.improvement.domain.progress import MOST_WEIGHT
from siac.improvement.domain.states import CHANGEABLE, OPEN, ActionState, Grant, PlanState
from siac.improvement.models import Action, ActionBaseline, ActionStateLabel, AnsweredFinding, Plan
from siac.improvement.queries import responsibles
from siac.indicators.public import take_baseline
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Institution, check_basis, unit_tree

MOST_COST = 10**15
LONGEST_TOLD = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionData:
    """What is said of an action; days are local, `cost` is in the least part of `currency`."""

    title: str
    unit_id: int | None
    responsible_id: int | None
    starts_on: date
    due_on: date
    detail: str = ""
    cost: int | None = None
    currency: str = ""
    budget: str = Grant.NOT_NEEDED.value
    people: str = Grant.NOT_NEEDED.value
    means: str = Grant.NOT_NEEDED.value
    weight: int = 1
    told_text: str = ""


def locked_action(institution: Institution, action_id: int) -> Action:
    """Return an action with its plan, both locked, the plan first (2 SQL).

    Raises:
        Refused: there is none (action_unknown).
    """
    rows = Action.objects.filter(institution=institution, pk=action_id)
    plan_id = rows.values_list("plan_id", flat=True).first()
    if plan_id is None:
        raise Refused("action_unknown")
    plan = locked_plan(institution, plan_id)
    row = rows.select_for_update(of=("self",), no_key=True).get()
    row.plan = plan
    return row


@transaction.atomic
def add_action(
    *,
    institution: Institution,
    plan_id: int,
    data: ActionData,
    findings: Sequence[int] = (),
    agreement: Agreement | None = None,
    actor: User,
    now: datetime,
) -> Action:
    """Add an action to a plan that is not before a body nor over, with the findings that it answers (8 SQL).

    Raises:
        Refused: as `plan_moment`; it says nothing (action_title), no unit (action_unit) or nobody of the
            house (action_responsible) answers for it, its days (action_days), cost (action_cost), weight
            (action_weight) or what was granted (action_grant) cannot be, a finding is unknown or dismissed
            (action_finding), or the agreement has its action already (agreement_adopted).
    """
    plan = locked_plan(institution, plan_id, *CHANGEABLE)
    fields = _fields(institution, plan, data)
    found = _findings(institution, findings)
    try:
        with transaction.atomic():
            row = Action.objects.create(
                institution=institution, plan=plan, agreement=agreement, added_at=now, **fields
            )
    except IntegrityError as error:
        raise Refused("agreement_adopted") from error
    AnsweredFinding.objects.bulk_create(
        AnsweredFinding(institution=institution, action=row, finding=each) for each in found
    )
    tell_plan(
        plan, "action_added", actor.pk, now, action=row.pk, findings=[each.pk for each in found],
        agreement=agreement.pk if agreement else None, state=plan.state,
    )  # fmt: skip
    return row


@transaction.atomic
def change_action(
    *,
    institution: Institution,
    action_id: int,
    data: ActionData,
    findings: Sequence[int],
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> Action:
    """Change an action that is not over, of a plan that is not before a body nor over; the journal tells
    which fields (9 SQL).

    Raises:
        Refused: as `add_action`; it is over (action_over), or somebody changed it meanwhile
            (saved_meanwhile).
    """
    row = locked_action(institution, action_id)
    _check_changeable(row)
    check_basis(based_on, row.saves)
    fields = _fields(institution, row.plan, data, answers=row.responsible_id)
    found = {each.pk: each for each in _findings(institution, findings)}
    known = {each.finding_id for each in row.answered.all()}
    changed = sorted(name for name, value in fields.items() if getattr(row, name) != value)
    if known != set(found):
        row.answered.exclude(finding__in=list(found)).delete()
        AnsweredFinding.objects.bulk_create(
            AnsweredFinding(institution=institution, action=row, finding=found[pk])
            for pk in found
            if pk not in known
        )
    if changed or known != set(found):
        for name in changed:
            setattr(row, name, fields[name])
        row.saves += 1
        row.save(update_fields=[*changed, "saves"])
        tell_plan(
            row.plan, "action_changed", actor.pk, now, action=row.pk, fields=changed,
            findings=sorted(found), state=row.plan.state,
        )  # fmt: skip
    return row


@transaction.atomic
def drop_action(
    *, institution: Institution, action_id: int, reason: str, actor: User, now: datetime
) -> Action:
    """Say that an action is not done any more, and why (4 SQL). It counts no longer.

    Raises:
        Refused: there is none (action_unknown), its plan is before a body or over (plan_moment), it is over
            (action_over), or nobody says why (action_reason).
    """
    said = squeeze(reason)[:500]
    if not said:
        raise Refused("action_reason")
    row = locked_action(institution, action_id)
    _check_changeable(row)
    row.state, row.drop_reason = ActionState.DROPPED, said
    row.save(update_fields=["state", "drop_reason"])
    tell_plan(row.plan, "action_dropped", actor.pk, now, action=row.pk)
    return row


@transaction.atomic
def set_baseline(
    *,
    institution: Institution,
    action_id: int,
    indicator_id: int,
    first: date,
    last: date,
    goal: Decimal,
    written: Decimal | None = None,
    actor: User,
    now: datetime,
) -> ActionBaseline:
    """Freeze the indicator that an action means to move as it was in a window that is over, with its
    definition and rows (9 SQL). It can be taken anew until the plan is put before a body.

    Raises:
        Refused: as `take_baseline`; the action is over (action_over), its plan is before a body or over
            (plan_moment), or it was approved with this one (baseline_fixed).
    """
    row = locked_action(institution, action_id)
    _check_changeable(row)
    standing = ActionBaseline.objects.filter(action=row).first()
    if standing is not None and row.plan.state != PlanState.DRAFT:
        raise Refused("baseline_fixed")
    taken = take_baseline(
        institution, indicator_id, first=first, last=last, today=institution.local_date(now), written=written
    )
    fields: dict[str, Any] = {
        "indicator_id": indicator_id, "first": first, "last": last, "value": taken.value,
        "total": taken.total, "definition": dict(taken.definition), "rows": taken.rows,
        "digest": taken.digest, "goal": goal, "taken_by": actor, "taken_at": now,
    }  # fmt: skip
    made, _ = ActionBaseline.objects.update_or_create(
        action=row, defaults=fields, create_defaults={**fields, "institution": institution}
    )
    tell_plan(
        row.plan, "baseline_taken", actor.pk, now, action=row.pk, indicator=indicator_id,
        first=first.isoformat(), last=last.isoformat(), value=str(taken.value), total=taken.total,
        goal=str(goal), digest=taken.digest.hex(),
    )  # fmt: skip
    return made


def _check_changeable(row: Action) -> None:
    if row.plan.state not in CHANGEABLE:
        raise Refused("plan_moment", state=row.plan.get_state_display().lower())
    if row.state not in OPEN:
        raise Refused("action_over", state=ActionStateLabel(row.state).label.lower())


def _fields(
    institution: Institution, plan: Plan, data: ActionData, *, answers: int | None = None
) -> Mapping[str, Any]:
    fields = asdict(data)
    fields["title"] = squeeze(data.title)[:200]
    fields["detail"], fields["told_text"] = legible(data.detail).strip(), legible(data.told_text).strip()
    for name, limit in (("detail", LONGEST), ("told_text", LONGEST_TOLD)):
        if len(fields[name]) > limit:
            raise Refused("text_too_long", length=len(fields[name]), limit=limit)
    known = {each.code for each in institution.country.money}
    wrong = {
        "action_title": not fields["title"],
        "action_unit": data.unit_id is None or unit_tree(institution).current(data.unit_id) != data.unit_id,
        "action_days": data.due_on < data.starts_on,
        "action_outside": data.due_on < plan.starts_on,
        "action_weight": not 1 <= data.weight <= MOST_WEIGHT,
        "action_grant": not {data.budget, data.people, data.means} <= {each.value for each in Grant},
        "action_cost": data.cost is not None
        and (not 0 <= data.cost <= MOST_COST or data.currency not in known),
        "action_responsible": data.responsible_id not in {None, answers}
        and data.responsible_id not in dict(responsibles(institution)),
    }
    for code, is_wrong in wrong.items():
        if is_wrong:
            raise Refused(code)
    if data.cost is None:
        fields["currency"] = ""
    return fields


def _findings(institution: Institution, ids: Sequence[int]) -> list[Finding]:
    wanted = sorted(set(ids))
    found = findings_in(institution, wanted)
    if len(found) != len(wanted) or any(each.state == "dismissed" for each in found):
        raise Refused("action_finding")
    return found
