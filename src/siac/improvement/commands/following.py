# SPDX-License-Identifier: EUPL-1.2
"""How far an action is: entries with a day, a note and what shows it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.documents.public import CheckedFile, Visibility, attach
from siac.improvement.commands.actions import locked_action
from siac.improvement.commands.plans import LONGEST, moved, tell_plan
from siac.improvement.commands.telling import begin_telling
from siac.improvement.domain.states import OPEN, UNDER_WAY, ActionState, PlanState, PlanStep
from siac.improvement.models import Action, ActionBaseline, ActionStateLabel, Progress, Telling
from siac.kernel.errors import Refused
from siac.kernel.text import legible
from siac.organizations.public import Institution

EVIDENCE = "plan_progress"
"""What files of evidence belong to, as they name it."""


@transaction.atomic
def note_progress(
    *,
    institution: Institution,
    action_id: int,
    percent: int,
    dated_on: date,
    note: str,
    files: Sequence[CheckedFile] = (),
    actor: User,
    now: datetime,
) -> Progress:
    """Write how far an action was on a local day, with the files that show it (7 SQL, and 2 with files, 1
    where it is done); the first entry puts its plan under way. At 100 the action is done, and those whose
    complaint led to it are told, where something is to be told.

    Raises:
        Refused: there is no such action (action_unknown), its plan is not under way (plan_moment), it is over
            (action_over), the hundredths cannot be (progress_percent), it would be done and has no baseline,
            which is not taken afterwards (progress_without_baseline), the day is to come (progress_ahead) or
            before that of the newest entry (progress_before), nothing is written (progress_note), or too much
            is (text_too_long).
    """
    text = legible(note).strip()
    if not text:
        raise Refused("progress_note")
    if len(text) > LONGEST:
        raise Refused("text_too_long", length=len(text), limit=LONGEST)
    if not 0 <= percent <= 100:
        raise Refused("progress_percent")
    if dated_on > institution.local_date(now):
        raise Refused("progress_ahead")
    row = _under_way(institution, action_id)
    _check_follows(row, percent, dated_on)
    made = Progress.objects.create(
        institution=institution, action=row, percent=percent, dated_on=dated_on, note=text,
        written_by=actor, written_at=now,
    )  # fmt: skip
    kept = attach(
        institution.pk, EVIDENCE, made.pk, files, actor_id=actor.pk, now=now, visibility=Visibility.INTERNAL
    )
    row.progress = percent
    row.state = ActionState.DONE if percent == 100 else ActionState.RUNNING
    row.done_on = dated_on if percent == 100 else None
    row.save(update_fields=["progress", "state", "done_on"])
    if row.plan.state == PlanState.APPROVED:
        moved(row.plan, PlanStep.RUN)
        row.plan.save(update_fields=["state"])
    tell_plan(
        row.plan, "progressed", actor.pk, now, action=row.pk, progress=made.pk, percent=percent,
        dated_on=dated_on.isoformat(), files=[[each.pk, each.sha256] for each in kept],
    )  # fmt: skip
    if row.state == ActionState.DONE and row.told_text:
        begin_telling(institution=institution, action_id=row.pk, actor=actor, now=now)
    return made


@transaction.atomic
def reopen_action(
    *, institution: Institution, action_id: int, reason: str, actor: User, now: datetime
) -> Progress:
    """Say that an action is not done after all, and why: it stands at 99 until it is (6 SQL).

    Raises:
        Refused: there is no such action (action_unknown), it is not done or its plan is over (plan_moment),
            people were told already that it is done (action_told), or nobody says why (progress_note).
    """
    text = legible(reason).strip()
    if not text:
        raise Refused("progress_note")
    row = locked_action(institution, action_id)
    if row.plan.state not in UNDER_WAY or row.state != ActionState.DONE:
        raise Refused("plan_moment", state=row.plan.get_state_display().lower())
    if Telling.objects.filter(action=row).exists():
        raise Refused("action_told")
    newest = row.entries.first()
    today = institution.local_date(now)
    made = Progress.objects.create(
        institution=institution, action=row, percent=99, note=text[:LONGEST], written_by=actor,
        written_at=now,
        dated_on=max(today, newest.dated_on) if newest else today,
    )  # fmt: skip
    row.state, row.progress, row.done_on = ActionState.RUNNING, 99, None
    row.save(update_fields=["state", "progress", "done_on"])
    tell_plan(row.plan, "action_reopened", actor.pk, now, action=row.pk, progress=made.pk)
    return made


def _check_follows(row: Action, percent: int, dated_on: date) -> None:
    if percent == 100 and not ActionBaseline.objects.filter(action=row).exists():
        raise Refused("progress_without_baseline")
    newest = row.entries.first()
    if newest is not None and dated_on < newest.dated_on:
        raise Refused("progress_before", day=f"{newest.dated_on:%d-%m-%Y}")


def _under_way(institution: Institution, action_id: int) -> Action:
    row = locked_action(institution, action_id)
    if row.plan.state not in UNDER_WAY:
        raise Refused("plan_moment", state=row.plan.get_state_display().lower())
    if row.state not in OPEN:
        raise Refused("action_over", state=ActionStateLabel(row.state).label.lower())
    return row
