# SPDX-License-Identifier: EUPL-1.2
"""Going through a process: its tasks, its phases, their ends."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import Role, User
from siac.documents.public import CheckedFile, Visibility, attach
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import legible, says_something
from siac.organizations.public import Institution, check_basis, colleagues, roles_held
from siac.processes.domain.guides import (
    Differences,
    PhasePlan,
    SignOff,
    TaskPlan,
    differences,
    keep_phases,
    taken_over,
)
from siac.processes.domain.line import Ending, State
from siac.processes.domain.subjects import is_subject
from siac.processes.models import ActLabel, Guide, PhaseAct, PhaseEnd, ProcessRun, TaskRecord
from siac.processes.queries import FILES, line_of
from siac.processes.sealing import act_digest


@transaction.atomic
def start_process(
    *,
    institution: Institution,
    guide: Guide,
    subject_id: int,
    actor: User | None,
    now: datetime,
) -> ProcessRun:
    """Begin a process by a guide, about a thing of the kind that the guide is for (4 SQL).

    Raises:
        Refused: the thing has its process (process_running), or the guide is not the body's (guide_unknown).
    """
    if guide.institution_id != institution.pk or not is_subject(guide.subject_kind):
        raise Refused("guide_unknown")
    try:
        with transaction.atomic():
            run = ProcessRun.objects.create(
                institution=institution, guide=guide, guide_version=guide.version, phases=guide.phases,
                subject_kind=guide.subject_kind, subject_id=subject_id,
                opened_on=institution.local_date(now), opened_by=actor, opened_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused("process_running") from error
    data = {"guide": guide.pk, "version": guide.version, "subject": subject_id, "kind": guide.subject_kind}
    record(institution.pk, run.stream, "processes.opened", now, actor.pk if actor else None, data)
    return run


def _held(institution: Institution, run_id: int) -> ProcessRun:
    rows = ProcessRun.objects.select_for_update(of=("self",), no_key=True)
    found = rows.filter(institution=institution, pk=run_id).first()
    if found is None:
        raise Refused("process_unknown")
    found.institution = institution
    return found


def _phase(run: ProcessRun, code: str) -> PhasePlan:
    for phase in run.plan:
        if phase.code == code:
            return phase
    raise Refused("phase_unknown")


def _task(run: ProcessRun, phase: str, code: str) -> TaskPlan:
    for task in _phase(run, phase).tasks:
        if task.code == code:
            return task
    raise Refused("process_task_unknown")


def _note(run: ProcessRun, kind: str, actor: User | None, now: datetime, **data: Any) -> None:
    by = actor.pk if actor else None
    record(run.institution_id, run.stream, f"processes.{kind}", now, by, data)


@transaction.atomic
def finish_task(
    *,
    institution: Institution,
    run_id: int,
    phase: str,
    task: str,
    note: str,
    files: Sequence[CheckedFile],
    actor: User,
    now: datetime,
    dated_on: date | None = None,
) -> TaskRecord:
    """Say that a task is done, with what shows it and the day that this speaks for, where it is known; work
    may go ahead of the phase that runs (6 SQL).

    Raises:
        Refused: there is no such process, phase or task (process_unknown, phase_unknown,
            process_task_unknown), a check does it (process_task_checked), or it is done (process_task_done).
    """
    run = _held(institution, run_id)
    if _task(run, phase, task).check:
        raise Refused("process_task_checked")
    row, _ = TaskRecord.objects.get_or_create(
        run=run, phase=phase, task=task, defaults={"institution": institution}
    )
    if row.done_at is not None:
        raise Refused("process_task_done")
    row.done_at, row.done_by, row.note = now, actor, legible(note).strip()[:500]
    row.dated_on = dated_on
    row.save(update_fields=["done_at", "done_by", "note", "dated_on"])
    attach(institution.pk, FILES, row.pk, files, actor_id=actor.pk, now=now, visibility=Visibility.INTERNAL)
    _note(run, "task_done", actor, now, phase=phase, task=task, record=row.pk, files=len(files))
    return row


@transaction.atomic
def undo_task(
    *, institution: Institution, run_id: int, phase: str, task: str, actor: User, now: datetime
) -> None:
    """Take back that a task is done, while its phase runs; what showed it stays (5 SQL).

    Raises:
        Refused: as `finish_task`; or its phase is over (phase_not_running).
    """
    run = _held(institution, run_id)
    _task(run, phase, task)
    if run.ends.filter(phase=phase).exclude(ending="").exists():
        raise Refused("phase_not_running")
    changed = TaskRecord.objects.filter(run=run, phase=phase, task=task, done_at__isnull=False)
    if changed.update(done_at=None, done_by=None):
        _note(run, "task_undone", actor, now, phase=phase, task=task)


@transaction.atomic
def assign_task(
    *,
    institution: Institution,
    run_id: int,
    phase: str,
    task: str,
    responsible_id: int | None,
    due_on: date | None,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> TaskRecord:
    """Say who does a task and by when (6 SQL).

    Raises:
        Refused: as `finish_task`, but for what is done, that person does not work here
            (process_task_answers), or somebody gave it to somebody meanwhile (saved_meanwhile).
    """
    run = _held(institution, run_id)
    if _task(run, phase, task).check:
        raise Refused("process_task_checked")
    if responsible_id is not None and responsible_id not in dict(colleagues(institution)):
        raise Refused("process_task_answers")
    row, _ = TaskRecord.objects.get_or_create(
        run=run, phase=phase, task=task, defaults={"institution": institution}
    )
    check_basis(based_on, row.version)
    row.responsible_id, row.due_on = responsible_id, due_on
    row.version += 1
    row.save(update_fields=["responsible", "due_on", "version"])
    due = due_on.isoformat() if due_on else None
    _note(run, "task_assigned", actor, now, phase=phase, task=task, to=responsible_id, due=due)
    return row


@transaction.atomic
def close_phase(
    *, institution: Institution, run_id: int, phase: str, act: str, actor: User, now: datetime
) -> None:
    """Close a phase that runs, signed by whoever its guide says (9 SQL, and what its checks cost).

    Raises:
        Refused: there is no such process or phase, it does not run (phase_not_running), required tasks are
            not done or a check finds errors (phase_tasks), somebody of another role signs it (phase_role), or
            the act of its body is missing (phase_act).
    """
    run = _held(institution, run_id)
    plan = _phase(run, phase)
    line = line_of(run, today=institution.local_date(now))
    told = next(each for each in line.phases if each.plan.code == phase)
    if told.state not in (State.CURRENT, State.BLOCKED, State.OPEN):
        raise Refused("phase_not_running")
    left = [each for each in told.tasks if each.plan.is_required and not each.is_done]
    if left:
        raise Refused("phase_tasks", count=len(left))
    words = legible(act).strip()[:500]
    if plan.sign_off is SignOff.BODY and not says_something(words, 1):
        raise Refused("phase_act")
    if plan.sign_off is SignOff.ROLE and not signs(institution, actor, plan):
        raise Refused("phase_role")
    _end(run, phase, Ending.DONE, words, actor, now)
    _act(run, phase, ActLabel.CLOSED, words, actor, now)


def signs(institution: Institution, actor: User, plan: PhasePlan) -> bool:
    """Return whether somebody holds the role that signs a phase (1 SQL)."""
    held = {role for role, _, user_id in roles_held(institution.pk) if user_id == actor.pk}
    return Role(plan.signed_by) in held


@transaction.atomic
def skip_phase(
    *, institution: Institution, run_id: int, phase: str, reason: str, actor: User, now: datetime
) -> None:
    """Leave a phase that runs out, with the reason (8 SQL).

    Raises:
        Refused: there is no such process or phase, it does not run (phase_not_running), or the reason says
            nothing (phase_reason).
    """
    run = _held(institution, run_id)
    _phase(run, phase)
    words = legible(reason).strip()[:500]
    if not says_something(words):
        raise Refused("phase_reason")
    line = line_of(run, today=institution.local_date(now), checked=False)
    told = next(each for each in line.phases if each.plan.code == phase)
    if told.state not in (State.CURRENT, State.BLOCKED, State.OPEN):
        raise Refused("phase_not_running")
    _end(run, phase, Ending.SKIPPED, words, actor, now)
    _act(run, phase, ActLabel.SKIPPED, words, actor, now)


@transaction.atomic
def reopen_phase(
    *, institution: Institution, run_id: int, phase: str, reason: str, actor: User, now: datetime
) -> None:
    """Open a phase again that was closed or left out (7 SQL); those after it that ended stay so.

    Raises:
        Refused: there is no such process or phase, it is not over (phase_over), or the reason says nothing
            (phase_reason).
    """
    run = _held(institution, run_id)
    _phase(run, phase)
    words = legible(reason).strip()[:500]
    if not says_something(words):
        raise Refused("phase_reason")
    ended = run.ends.filter(phase=phase).exclude(ending="")
    if not ended.update(ending="", ended_at=None, ended_by=None, words=words):
        raise Refused("phase_over")
    _act(run, phase, ActLabel.REOPENED, words, actor, now)


@transaction.atomic
def date_phase(
    *,
    institution: Institution,
    run_id: int,
    phase: str,
    due_on: date | None,
    actor: User,
    now: datetime,
    based_on: int | None = None,
) -> None:
    """Say until when a phase is meant to end; None: as its guide says (6 SQL).

    Raises:
        Refused: there is no such process or phase, or somebody said another day meanwhile (saved_meanwhile).
    """
    run = _held(institution, run_id)
    _phase(run, phase)
    row, _ = PhaseEnd.objects.get_or_create(run=run, phase=phase)
    check_basis(based_on, row.version)
    row.due_on = due_on
    row.version += 1
    row.save(update_fields=["due_on", "version"])
    _note(run, "phase_dated", actor, now, phase=phase, due=due_on.isoformat() if due_on else None)


def _act(run: ProcessRun, phase: str, kind: ActLabel, words: str, actor: User, now: datetime) -> None:
    row = PhaseAct.objects.create(run=run, phase=phase, kind=kind, words=words, at=now, by=actor)
    _note(run, f"phase_{kind.value}", actor, now, phase=phase, act=row.pk, digest=act_digest(row))


def _end(run: ProcessRun, phase: str, ending: Ending, words: str, actor: User, now: datetime) -> None:
    PhaseEnd.objects.update_or_create(
        run=run, phase=phase,
        defaults={"ending": ending.value, "ended_at": now, "ended_by": actor, "words": words},
    )  # fmt: skip


@transaction.atomic
def follow_newest(
    *, institution: Institution, run_id: int, based_on: int, actor: User, now: datetime
) -> Differences:
    """Let a process go on by the version of its guide that stands, and return what changed in its tasks (5
    SQL). Phases that are over stay as they were signed; what was done of a task that is still there counts.

    Raises:
        Refused: there is no such process (process_unknown), it goes by that version already
            (guide_followed), or the guide was saved again since whoever asks looked (guide_moved).
    """
    run = _held(institution, run_id)
    guide = Guide.objects.get(pk=run.guide_id)
    if guide.version == run.guide_version:
        raise Refused("guide_followed")
    if guide.version != based_on:
        raise Refused("guide_moved")
    over = set(run.ends.exclude(ending="").values_list("phase", flat=True))
    old, new = run.plan, taken_over(run.plan, guide.plan, over)
    run.phases, run.guide_version = keep_phases(new), guide.version
    run.save(update_fields=["phases", "guide_version"])
    told = differences(old, new)
    _note(
        run, "guide_followed", actor, now, version=guide.version, added=len(told.added),
        removed=len(told.removed), changed=len(told.changed),
    )  # fmt: skip
    return told
