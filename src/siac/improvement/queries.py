# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about plans of improvement."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Cast, JSONObject

from siac.accounts.public import rights_of
from siac.improvement.domain.progress import weighted
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import APPROVED, OPEN, UNDER_WAY, ActionState
from siac.improvement.models import (
    Action,
    ActionEffect,
    AnsweredFinding,
    Plan,
    Progress,
    Proposal,
    Review,
    Told,
)
from siac.improvement.wording import Moved, moved_words
from siac.organizations.public import Access, Institution, colleagues, holders


def visible_plans(access: Access) -> QuerySet[Plan]:
    """Return the plans that somebody may read: all of the body, for whoever reads plans. Lazy: no SQL until
    it is read.
    """
    rows = Plan.objects.filter(institution=access.institution)
    return rows if access.has(ImprovementRight.READ) else rows.none()


def visible_actions(access: Access) -> QuerySet[Action]:
    """Return the actions of the plans that somebody may read. Lazy: no SQL until it is read."""
    rows = Action.objects.filter(institution=access.institution)
    rows = rows if access.has(ImprovementRight.READ) else rows.none()
    return rows.select_related("plan", "unit", "responsible")


def may_follow(access: Access, row: Action) -> bool:
    """Return whether somebody may write how far an action is: it is of a unit of theirs, or they answer for
    it. No SQL.
    """
    return access.has_in(ImprovementRight.FOLLOW, row.unit_id) or (
        row.responsible_id == access.user.pk and access.has(ImprovementRight.READ)
    )


def responsibles(institution: Institution) -> list[tuple[int, str]]:
    """Return (user id, name) of those who can answer for an action, by name: who may read plans (2 SQL)."""
    may = {user for role, _, user in holders(institution).rows if ImprovementRight.READ in rights_of(role)}
    return [(pk, name) for pk, name in colleagues(institution) if pk in may]


def own_actions(access: Access) -> QuerySet[Action]:
    """Return the open actions of plans under way that somebody follows: all of them for whoever keeps plans,
    those of their units and those they answer for otherwise. Lazy: no SQL until it is read.
    """
    rows = visible_actions(access).filter(plan__state__in=UNDER_WAY, state__in=OPEN)
    units = access.units_with(ImprovementRight.FOLLOW)
    return rows if units is None else rows.filter(Q(unit__in=units) | Q(responsible=access.user.pk))


def late_actions(access: Access, *, today: date) -> QuerySet[Action]:
    """Return those of them whose local day has passed. Lazy: no SQL until it is read."""
    return own_actions(access).filter(due_on__lt=today)


def overdue_actions(institution: Institution, *, today: date) -> list[Action]:
    """Return the open actions of a body whose local day has passed, of plans under way, for a report of it,
    the longest waited for first (1 SQL).
    """
    rows = Action.objects.filter(
        institution=institution, plan__state__in=UNDER_WAY, state__in=OPEN, due_on__lt=today
    )
    return list(rows.select_related("unit", "plan").order_by("due_on", "pk"))


def silent_plans(access: Access, *, since: date) -> QuerySet[Plan]:
    """Return the plans under way of which nobody wrote how far they are since a local day. Lazy: no SQL until
    it is read.
    """
    said = Progress.objects.filter(action__plan=OuterRef("pk"), dated_on__gte=since)
    begun, _ = access.institution.day_bounds(since, since)
    rows = visible_plans(access).filter(state__in=UNDER_WAY, approved_at__lt=begun)
    return rows.filter(~Exists(said))


def progress_of(plans: Sequence[Plan]) -> dict[int, Fraction | None]:
    """Return how far each plan is, by its key, in hundredths weighted by its actions that were not dropped;
    None of one without any (1 SQL).
    """
    parts: dict[int, list[tuple[int, int]]] = {plan.pk: [] for plan in plans}
    rows = Action.objects.filter(plan__in=list(parts)).exclude(state=ActionState.DROPPED)
    for plan_id, weight, done in rows.order_by("pk").values_list("plan_id", "weight", "progress"):
        parts[plan_id].append((weight, done))
    return {pk: weighted(found) for pk, found in parts.items()}


def approved_proposal(plan: Plan) -> Proposal | None:
    """Return a plan as a body approved it; None while none did (1 SQL)."""
    return plan.proposals.filter(is_approved=True).order_by("-number").first()


def public_plans(institution: Institution) -> QuerySet[Plan]:
    """Return the approved plans that a body publishes. Lazy: no SQL until it is read."""
    return Plan.objects.filter(institution=institution, is_public=True, state__in=APPROVED)


def told_counts(action: Action) -> dict[str, int]:
    """Return how many cases there are for each state of telling (1 SQL)."""
    found: dict[str, int] = {}
    for state in Told.objects.filter(action=action).values_list("state", flat=True):
        found[state] = found.get(state, 0) + 1
    return found


def reviews_of(institution: Institution, sitting_id: int) -> list[Review]:
    """Return what was prepared for a session, the newest first (1 SQL)."""
    rows = Review.objects.filter(institution=institution, sitting=sitting_id)
    return list(rows.select_related("prepared_by"))


def last_said(plan_ids: Sequence[int]) -> dict[int, date]:
    """Return the last local day on which somebody wrote how far a plan is, by plan (1 SQL)."""
    rows = Progress.objects.filter(action__plan__in=list(plan_ids)).order_by()
    return dict(rows.values_list("action__plan").annotate(last=Max("dated_on")))


def approved_between(institution: Institution, first: date, last: date) -> QuerySet[Plan]:
    """Return the plans that a body approved between two local days, both included, the first first. Lazy: no
    SQL until it is read.
    """
    since, before = institution.day_bounds(first, last)
    rows = Plan.objects.filter(institution=institution, approved_at__gte=since, approved_at__lt=before)
    return rows.order_by("approved_at", "pk")


def done_between(institution: Institution, first: date, last: date) -> QuerySet[Action]:
    """Return the actions that were done between two local days, both included, the first first. Lazy: no SQL
    until it is read.
    """
    rows = Action.objects.filter(institution=institution, done_on__range=(first, last))
    return rows.select_related("plan", "unit").order_by("done_on", "pk")


def measured_between(institution: Institution, first: date, last: date) -> QuerySet[ActionEffect]:
    """Return the effects that were measured between two local days, both included, without their rows, the
    first first. Lazy: no SQL until it is read.
    """
    since, before = institution.day_bounds(first, last)
    rows = ActionEffect.objects.filter(institution=institution, measured_at__gte=since)
    return rows.filter(measured_at__lt=before).select_related("action").defer("rows").order_by("pk")


def chained_actions(
    access: Access, *, findings: Sequence[int], indicators: Sequence[int]
) -> list[tuple[Action, tuple[int, ...], Moved | None]]:
    """Return the actions of approved plans, of those somebody may read, that answer some findings or mean to
    move some indicators: each with the findings that it answers, and what moved, as it was measured last;
    those due first come first (1 SQL).
    """
    own = AnsweredFinding.objects.filter(action=OuterRef("pk")).order_by("pk")
    rows = visible_actions(access).filter(
        Q(Exists(own.filter(finding__in=list(findings)))) | Q(baseline__indicator__in=list(indicators)),
        plan__state__in=APPROVED,
    )
    rows = rows.exclude(state=ActionState.DROPPED).select_related("baseline__indicator")
    rows = rows.defer("baseline__rows").order_by("due_on", "pk")
    told = rows.annotate(answers=ArraySubquery(own.values("finding_id")), last_effect=_last_effect())
    return [(row, tuple(row.answers), _moved(row, row.last_effect)) for row in told]


_TOLD_OF_EFFECT = (
    "number", "before_first", "before_last", "first", "last", "before_value", "before_total", "value",
    "total", "effect", "by", "low", "high", "doubts",
)  # fmt: skip
_DAYS = ("before_first", "before_last", "first", "last")
_EXACT = ("before_value", "value", "by", "low", "high")


def _last_effect() -> Subquery:
    """Return what was measured last of an action as JSON: exact numbers and days as texts."""
    texts = {name: Cast(name, CharField()) for name in (*_DAYS, *_EXACT)}
    fields = {name: texts.get(name, name) for name in _TOLD_OF_EFFECT}
    rows = ActionEffect.objects.filter(action=OuterRef("pk")).order_by("-number")
    return Subquery(rows.values(told=JSONObject(**fields))[:1])


def _moved(action: Action, told: Mapping[str, Any] | None) -> Moved | None:
    if told is None:
        return None
    fields = dict(told)
    fields |= {name: date.fromisoformat(fields[name]) for name in _DAYS}
    fields |= {name: fields[name] and Decimal(fields[name]) for name in _EXACT}
    return moved_words(ActionEffect(action=action, **fields))


def public_deeds(institution: Institution) -> list[tuple[Action, Moved | None]]:
    """Return the actions of the plans that a body publishes, the latest done first, each with what moved, as
    it was measured last (1 SQL).
    """
    rows = Action.objects.filter(plan__in=public_plans(institution)).exclude(state=ActionState.DROPPED)
    rows = rows.select_related("unit", "baseline__indicator").defer("baseline__rows")
    rows = rows.order_by(F("done_on").desc(nulls_last=True), "due_on", "pk")
    return [(row, _moved(row, row.last_effect)) for row in rows.annotate(last_effect=_last_effect())]
