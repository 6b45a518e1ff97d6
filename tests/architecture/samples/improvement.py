# SPDX-License-Identifier: EUPL-1.2
"""Pages of `improvement`."""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from siac.accounts.public import Role
from siac.documents.public import attachments_of, check_uploads
from siac.improvement.commands.following import note_progress
from siac.improvement.commands.plans import propose_plan
from siac.improvement.models import Action, Plan
from siac.improvement.public import ActionData, add_action, begin_plan, set_baseline
from siac.indicators.public import count_all, save_indicator
from siac.infra.metrics import Statistic
from tests.architecture.samples.whom import Made, Sample, with_
from tests.factories import House, upload
from tests.improvements import decided

READERS = frozenset(
    {
        Role.QUALITY_MANAGER, Role.PLANNING, Role.HEAD_OF_UNIT, Role.AUTHORITY, Role.COMMITTEE_MEMBER,
        Role.AUDITOR, Role.INTERNAL_AUDITOR,
    }
)  # fmt: skip
KEEPERS = frozenset({Role.QUALITY_MANAGER, Role.PLANNING})
REVIEWERS = frozenset(
    {Role.QUALITY_MANAGER, Role.AUTHORITY, Role.COMMITTEE_MEMBER, Role.AUDITOR, Role.PLANNING}
)
"""Who reads both plans and sessions."""
_PLAN, _ACTION = with_(plan_id="improvement_plan"), with_(action_id="improvement_action")


def _evidence(made: Made) -> dict[str, Any]:
    return {"action_id": made["improvement_action"], "attachment_id": made["improvement_file"]}


def _proposal(made: Made) -> dict[str, Any]:
    return {"plan_id": made["improvement_plan"], "number": 1}


def _act(made: Made) -> dict[str, Any]:
    return {"plan_id": made["improvement_plan"], "code": "proponer"}


SAMPLES = {
    "workspace:improvement:plans": Sample(READERS),
    "workspace:improvement:plan_new": Sample(KEEPERS),
    "workspace:improvement:plan": Sample(READERS, _PLAN),
    "workspace:improvement:plan_change": Sample(KEEPERS, _PLAN),
    "workspace:improvement:plan_act": Sample(KEEPERS, _act, post=True),
    "workspace:improvement:plan_evaluate": Sample(KEEPERS, _PLAN),
    "workspace:improvement:proposal": Sample(READERS, _proposal),
    "workspace:improvement:plan_paper": Sample(READERS, _PLAN),
    "workspace:improvement:action_new": Sample(KEEPERS, _PLAN),
    "workspace:improvement:actions": Sample(READERS),
    "workspace:improvement:action": Sample(READERS, _ACTION),
    "workspace:improvement:action_change": Sample(KEEPERS, _ACTION),
    "workspace:improvement:baseline": Sample(KEEPERS, _ACTION),
    "workspace:improvement:effect": Sample(KEEPERS, _ACTION),
    "workspace:improvement:action_drop": Sample(KEEPERS, _ACTION),
    "workspace:improvement:action_reopen": Sample(KEEPERS, _ACTION),
    "workspace:improvement:tell": Sample(KEEPERS, _ACTION, post=True),
    "workspace:improvement:evidence": Sample(READERS, _evidence),
    "workspace:improvement:link": Sample(KEEPERS, with_(finding_id="finding")),
    "workspace:improvement:review": Sample(REVIEWERS, with_(sitting_id="sitting_planned")),
    "workspace:improvement:adopt": Sample(
        KEEPERS, with_(agreement_id="agreement"), post=True, data={"plan": "0"}
    ),
    "portal:improvement:plans": Sample(),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a plan that a committee approved, published and under way, with evidence."""
    with transaction.atomic():
        return _made(house, made, now)


def _made(house: House, made: Made, now: datetime) -> Made:
    common: dict[str, Any] = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER)}
    common["now"] = now
    today = house.institution.local_date(now)
    plan: Plan = begin_plan(
        **common, name="Llegar antes", starts_on=today, ends_on=today + timedelta(days=90), is_public=True,
        diagnosis="Doce reclamos en un mes.",
    )  # fmt: skip
    data = ActionData(
        title="Revisar los sumideros", unit_id=house.units["obras"], starts_on=today,
        responsible_id=house.user(Role.HEAD_OF_UNIT).pk, due_on=today + timedelta(days=30),
    )  # fmt: skip
    row: Action = add_action(**common, plan_id=plan.pk, data=data, findings=[made["finding"]])
    of = save_indicator(
        **common, code="recibidas-del-plan", name="Solicitudes recibidas", definition="Cuántas.", target=5,
        metric_key="cases.received", statistic=Statistic.COUNT, since=None,
    )  # fmt: skip
    count_all(house.institution, now=now)
    first = today - timedelta(days=60)
    set_baseline(
        **common, action_id=row.pk, indicator_id=of.pk, first=first, last=today - timedelta(days=1), goal=5
    )
    propose_plan(**common, plan_id=plan.pk)
    decided(house, plan, "for", now=now)
    said = note_progress(
        **common, action_id=row.pk, percent=40, dated_on=today, note="Se empezó.",
        files=check_uploads([upload("acta.pdf")]),
    )  # fmt: skip
    files = attachments_of(house.institution.pk, "plan_progress", [said.pk])
    return {
        "improvement_plan": plan.pk, "improvement_action": row.pk,
        "improvement_file": files[said.pk][0].pk,
    }  # fmt: skip
