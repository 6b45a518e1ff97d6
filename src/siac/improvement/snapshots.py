# SPDX-License-Identifier: EUPL-1.2
"""A plan in words, as it is put before a body: frozen, so that what was approved can be read for good."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from siac.improvement.models import Action, Plan
from siac.improvement.money import money_words
from siac.indicators.public import number_words
from siac.kernel.approvals import digest_of
from siac.ui.public import long_date


def content_of(plan: Plan, actions: Sequence[Action]) -> dict[str, Any]:
    """Return a plan with its actions as plain words and numbers. No SQL where the actions were read with
    their unit, responsible, baseline and findings.
    """
    return {
        "name": plan.name, "starts_on": plan.starts_on.isoformat(), "ends_on": plan.ends_on.isoformat(),
        "diagnosis": plan.diagnosis, "actions": [_action(each) for each in actions],
    }  # fmt: skip


def _action(row: Action) -> dict[str, Any]:
    of = getattr(row, "baseline", None)
    return {
        "id": row.pk, "title": row.title, "detail": row.detail, "unit": row.unit.name,
        "responsible": row.responsible.name if row.responsible else "",
        "starts_on": row.starts_on.isoformat(), "due_on": row.due_on.isoformat(),
        "cost": money_words(row.cost, row.currency), "budget": row.budget, "people": row.people,
        "means": row.means, "weight": row.weight,
        "findings": [each.finding.code for each in row.answered.all()],
        "indicator": of.indicator.name if of else "",
        "baseline": str(of.value) if of else "", "goal": str(of.goal) if of else "",
        "first": of.first.isoformat() if of else "", "last": of.last.isoformat() if of else "",
    }  # fmt: skip


def digest_of_content(content: dict[str, Any]) -> str:
    """Return the SHA-256 of what was put before a body."""
    return digest_of(content)


def in_words(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was put before a body as people read it: days and numbers in words. No SQL."""
    return {**_days(content), "actions": [_numbers(_days(each)) for each in content.get("actions", [])]}


def _days(told: Mapping[str, Any]) -> dict[str, Any]:
    days = ("starts_on", "ends_on", "due_on", "first", "last")
    return {
        name: long_date(date.fromisoformat(value)) if name in days and value else value
        for name, value in told.items()
    }


def _numbers(told: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: number_words(Decimal(value)) if name in ("baseline", "goal") and value else value
        for name, value in told.items()
    }
