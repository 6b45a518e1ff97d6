# SPDX-License-Identifier: EUPL-1.2
"""What became of a complaint: its cause, the findings, the actions, the indicator before and after, the
notice.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from siac.cases.public import Case, Fragment, Nature, Panel, causes, kinds
from siac.findings.public import (
    Finding,
    RootCause,
    findings_in,
    opening_address,
    root_causes_of,
    visible_findings,
)
from siac.improvement.behind import CASE, is_behind
from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.domain.states import APPROVED, ActionState
from siac.improvement.models import Action, ActionEffect, AnsweredFinding, LinkedCase, Told, ToldState
from siac.improvement.queries import visible_actions
from siac.improvement.wording import Moved, moved_words
from siac.notices.public import STATES, State
from siac.organizations.public import Access

FRAGMENTS = (
    Fragment(
        "improvement",
        """(SELECT jsonb_build_object('linked', ARRAY(SELECT l.finding_id FROM improvement_linkedcase l
        WHERE l.case_id = cases_case.id), 'found', ARRAY(SELECT f.id FROM findings_finding f
        WHERE f.institution_id = cases_case.institution_id AND f.subject_kind IN ('case', 'cause')
        AND ((f.subject_kind = 'cause' AND f.subject_id = cases_case.cause_id)
        OR (f.subject_kind = 'case' AND f.subject_id = cases_case.id))
        ORDER BY f.id LIMIT 50)))""",
    ),
)


@dataclass(frozen=True, slots=True)
class Link:
    """A finding that a request led to, as staff see it: why it came about, and what is done about it. No
    finding where whoever looks may not see it.
    """

    finding: Finding | None
    why: RootCause | None
    actions: Sequence["Step"]


@dataclass(frozen=True, slots=True)
class Step:
    """An action with the indicator before and after, and how the person of the request was told."""

    action: Action
    moved: Moved | None
    told: Told | None
    told_words: str


def chain(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return what became of a request for whoever reads plans (5 SQL, none where it led to nothing: that was
    read along with it). Its person sees `told`.
    """
    if access is None or not access.has(ImprovementRight.READ):
        return None
    around: dict[str, Any] = getattr(case, "surroundings", {}).get("improvement") or {}
    linked = around.get("linked", [])
    wanted = {*linked, *around.get("found", [])}
    if not wanted:
        return _to_open(case, access)
    found = [row for row in findings_in(access.institution, sorted(wanted)) if is_behind(case, row, linked)]
    if not found:
        return None
    keys = [row.pk for row in found]
    seen = set(visible_findings(access).filter(pk__in=keys).values_list("pk", flat=True))
    whys = root_causes_of(access.institution, keys)
    steps = _steps(case, keys)
    cause = causes(access.institution).get(case.cause_id) if case.cause_id else None
    return {
        "cause": cause.name if cause else "",
        "links": [
            Link(row if row.pk in seen else None, whys.get(row.pk) if row.pk in seen else None, steps[row.pk])
            for row in found
        ],
        "slug": access.institution.slug,
    }


def _to_open(case: Case, access: Access) -> Mapping[str, Any] | None:
    """Return the way to open a finding about a suggestion that led to nothing yet. No SQL when warm."""
    kind = kinds(access.institution).get(case.kind_id)
    if kind is None or kind.nature != Nature.SUGGESTION:
        return None
    opens = opening_address(access, CASE, case.pk)
    return {"links": [], "opens": opens} if opens else None


def _steps(case: Case, findings: Sequence[int]) -> dict[int, list[Step]]:
    answered = AnsweredFinding.objects.filter(finding__in=list(findings), action__plan__state__in=APPROVED)
    rows = list(
        answered.exclude(action__state=ActionState.DROPPED).select_related("action__plan", "action__unit")
    )
    actions = [row.action_id for row in rows]
    told = {
        row.action_id: row
        for row in Told.objects.filter(case=case, action__in=actions).select_related("notice")
    }
    moved = _moved(actions)
    steps: dict[int, list[Step]] = {pk: [] for pk in findings}
    for row in rows:
        each = told.get(row.action_id)
        steps[row.finding_id].append(
            Step(row.action, moved.get(row.action_id), each, _how(each) if each else "")
        )
    return steps


def _how(row: Told) -> str:
    if row.state == ToldState.SENT and row.notice is not None:
        return f"Aviso: {STATES[State(row.notice.state)].lower()}"
    return ToldState(row.state).label


def _moved(actions: Sequence[int]) -> dict[int, Moved]:
    rows = ActionEffect.objects.filter(action__in=list(actions)).select_related("action__baseline__indicator")
    return {row.action_id: moved_words(row) for row in rows.order_by("action", "number")}


def told(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return what the person of a request reads of what was done because of it (1 SQL, 2 where something
    was): also before it is answered, for the notice that they were sent says that it is here.
    """
    if access is not None:
        return None
    rows = Told.objects.filter(case=case, institution=case.institution_id).select_related("action")
    found = list(rows.order_by("told_at", "pk"))
    if not found:
        return None
    moved = _moved([row.action_id for row in found])
    return {"done": [(row.action, moved.get(row.action_id)) for row in found]}


def answers(finding: Finding, access: Access) -> Mapping[str, Any] | None:
    """Return the actions that answer a finding for whoever reads plans (2 SQL)."""
    if not access.has(ImprovementRight.READ):
        return None
    rows = visible_actions(access).filter(answered__finding=finding).order_by("due_on", "pk")
    linked = LinkedCase.objects.filter(finding=finding).count()
    return {"actions": list(rows), "cases": linked, "slug": access.institution.slug}


PANEL = Panel(title="Qué cambió con esto", template="improvement/_chain.html", context=chain)
FOR_PERSON = Panel(
    title="Qué hicimos gracias a su solicitud",
    template="improvement/_told.html",
    context=told,
    for_citizen=True,
)
