# SPDX-License-Identifier: EUPL-1.2
from siac.improvement.models.action import (
    Action,
    ActionStateLabel,
    AnsweredFinding,
    GrantLabel,
    Progress,
)
from siac.improvement.models.effect import ActionBaseline, ActionEffect, EffectLabel
from siac.improvement.models.facts import ActionFact, FindingFact
from siac.improvement.models.plan import Plan, PlanStateLabel, Proposal
from siac.improvement.models.review import Review
from siac.improvement.models.telling import LinkedCase, Telling, Told, ToldState

__all__ = [
    "Action",
    "ActionBaseline",
    "ActionEffect",
    "ActionFact",
    "ActionStateLabel",
    "AnsweredFinding",
    "EffectLabel",
    "FindingFact",
    "GrantLabel",
    "LinkedCase",
    "Plan",
    "PlanStateLabel",
    "Progress",
    "Proposal",
    "Review",
    "Telling",
    "Told",
    "ToldState",
]
