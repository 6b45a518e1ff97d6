# SPDX-License-Identifier: EUPL-1.2
"""Measuring the effect of an action on the indicator that it meant to move."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.improvement.commands.actions import locked_action
from siac.improvement.commands.plans import tell_plan
from siac.improvement.domain.states import UNDER_WAY, ActionState
from siac.improvement.models import ActionBaseline, ActionEffect
from siac.indicators.public import Baseline, measure_effect
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


def baseline_of(row: ActionBaseline) -> Baseline:
    """Return a baseline as `indicators` compares it. No SQL."""
    return Baseline(
        row.first, row.last, row.value, row.total, row.definition, bytes(row.rows), bytes(row.digest)
    )


@transaction.atomic
def measure_action(
    *, institution: Institution, action_id: int, first: date, last: date, actor: User, now: datetime
) -> ActionEffect:
    """Freeze the indicator of a done action in a window after its baseline, that is over, beside that
    baseline (12 SQL). Measured again, what was said before stays.

    Raises:
        Refused: there is no such action (action_unknown), its plan is not under way (plan_moment), it is not
            done (effect_open), has no baseline (effect_baseline), the window begins before it was done
            (effect_early), or is not over (effect_days).
    """
    row = locked_action(institution, action_id)
    if row.plan.state not in UNDER_WAY:
        raise Refused("plan_moment", state=row.plan.get_state_display().lower())
    if row.state != ActionState.DONE or row.done_on is None:
        raise Refused("effect_open")
    of = ActionBaseline.objects.filter(action=row).first()
    if of is None:
        raise Refused("effect_baseline")
    if first < row.done_on:
        raise Refused("effect_early")
    found = measure_effect(
        institution, of.indicator_id, baseline_of(of), first=first, last=last,
        today=institution.local_date(now),
    )  # fmt: skip
    told, newest = found.compared, row.effects.first()
    by = told.difference
    made = ActionEffect.objects.create(
        institution=institution, action=row, number=newest.number + 1 if newest else 1,
        before_first=of.first, before_last=of.last, first=first, last=last,
        before_value=told.before.value, before_total=told.before.total,
        value=told.after.value, total=told.after.total, effect=told.effect.value,
        by=by.by if by else None, low=by.low if by else None, high=by.high if by else None,
        doubts=[each.value for each in found.doubts], rows=found.rows, digest=found.digest,
        measured_by=actor, measured_at=now,
    )  # fmt: skip
    tell_plan(row.plan, "effect_measured", actor.pk, now, **_told(made))
    return made


def _told(row: ActionEffect) -> dict[str, Any]:
    return {
        "action": row.action_id, "number": row.number, "first": row.first.isoformat(),
        "last": row.last.isoformat(), "value": None if row.value is None else str(row.value),
        "total": row.total, "effect": row.effect, "digest": bytes(row.digest).hex(),
    }  # fmt: skip
