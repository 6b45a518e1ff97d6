# SPDX-License-Identifier: EUPL-1.2
"""How processes stand: their line of phases, their tasks, and what waits for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from siac.clocks.public import WorkingCalendar, calendar_for
from siac.kernel.errors import Refused
from siac.organizations.public import Access, Institution
from siac.processes.domain.guides import PhasePlan, TaskPlan
from siac.processes.domain.line import Days, Ending, State, planned, states
from siac.processes.domain.subjects import Check, Problem, checks
from siac.processes.models import Guide, PhaseEnd, ProcessRun, TaskRecord
from siac.processes.texts import STATES

FILES = "process_task"
"""What the files that show a task belong to."""


@dataclass(frozen=True, slots=True)
class ToldTask:
    """A task as it stands."""

    plan: TaskPlan
    record: TaskRecord | None
    problems: Sequence[Problem]
    """Of a task that a check does: what it finds."""

    @property
    def is_done(self) -> bool:
        """Whether it is done: somebody said so, or its check finds no errors."""
        if self.plan.check:
            return not any(each.is_error for each in self.problems)
        return self.record is not None and self.record.done_at is not None


@dataclass(frozen=True, slots=True)
class ToldPhase:
    """A phase as it stands."""

    plan: PhasePlan
    state: State
    days: Days
    end: PhaseEnd | None
    tasks: Sequence[ToldTask]

    @property
    def words(self) -> str:
        """How it stands, in a word or two."""
        return STATES[self.state]

    @property
    def is_running(self) -> bool:
        """Whether it can be closed or left out."""
        return self.state in (State.CURRENT, State.BLOCKED, State.OPEN)

    @property
    def is_over(self) -> bool:
        """Whether it ended."""
        return self.state in (State.DONE, State.SKIPPED)

    @property
    def done(self) -> int:
        """How many of its tasks are done."""
        return sum(task.is_done for task in self.tasks)


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A process as its line of phases shows it."""

    run: ProcessRun
    phases: Sequence[ToldPhase]

    @property
    def current(self) -> ToldPhase | None:
        """The phase that others wait for; else the first that goes on beside; None: all are over."""
        held = [each for each in self.phases if each.state in (State.CURRENT, State.BLOCKED)]
        return next(iter([*held, *(each for each in self.phases if each.is_running)]), None)

    @property
    def over(self) -> int:
        """How many phases are over."""
        return sum(each.is_over for each in self.phases)


def line_of(run: ProcessRun, *, today: date, checked: bool = True) -> PhaseLine:
    """Return how a process stands on a local day (3 SQL, and what the checks of the phases that run cost
    unless not `checked`; then a task that a check does is told as not done).
    """
    return lines_of([run], today=today, checked=checked)[0]


def lines_of(runs: Sequence[ProcessRun], *, today: date, checked: bool = False) -> list[PhaseLine]:
    """Return how each of several processes stands on a local day, as `line_of` (3 SQL however many)."""
    ends: dict[int, dict[str, PhaseEnd]] = {run.pk: {} for run in runs}
    for end in PhaseEnd.objects.filter(run__in=runs).select_related("ended_by"):
        ends[end.run_id][end.phase] = end
    records: dict[int, dict[tuple[str, str], TaskRecord]] = {run.pk: {} for run in runs}
    for row in TaskRecord.objects.filter(run__in=runs).select_related("responsible", "done_by"):
        records[row.run_id][row.phase, row.task] = row
    bodies = {run.institution_id: run.institution for run in runs}
    known = {pk: calendar_for(body.place, body.pk) for pk, body in bodies.items()}
    return [
        _line(run, known[run.institution_id], ends[run.pk], records[run.pk], today, checked) for run in runs
    ]


def _line(
    run: ProcessRun,
    calendar: WorkingCalendar,
    ends: dict[str, PhaseEnd],
    records: Mapping[tuple[str, str], TaskRecord],
    today: date,
    checked: bool,
) -> PhaseLine:
    ended = {code: Ending(end.ending) for code, end in ends.items() if end.ending}
    first = states(run.plan, ended, set())
    found = []
    known = checks() if checked else {}
    for plan, state in zip(run.plan, first, strict=True):
        tasks = [
            ToldTask(
                task,
                records.get((plan.code, task.code)),
                _problems(run, task, known, today) if state not in (State.DONE, State.SKIPPED) else (),
            )
            for task in plan.tasks
        ]
        if state is State.CURRENT and any(any(p.is_error for p in task.problems) for task in tasks):
            state = State.BLOCKED
        found.append((plan, state, tasks))
    days = _planned(run, calendar, ends)
    return PhaseLine(
        run,
        [
            ToldPhase(plan, state, each, ends.get(plan.code), tasks)
            for (plan, state, tasks), each in zip(found, days, strict=True)
        ],
    )


def _problems(run: ProcessRun, task: TaskPlan, known: Mapping[str, Check], today: date) -> Sequence[Problem]:
    if not task.check:
        return ()
    check = known.get(task.check)
    if check is None:
        return (Problem(True, "Todavía no se ha revisado."),)
    return check.finds(run.institution, run.subject_id, today)


def _planned(run: ProcessRun, calendar: WorkingCalendar, ends: Mapping[str, PhaseEnd]) -> list[Days]:
    institution = run.institution

    def add(day: date, days: int) -> date:
        try:
            return calendar.add_business(day, days) if days else day
        except Refused:  # no calendar goes so far: planned to its end, and not beyond
            return max(day, calendar.last)

    return planned(
        run.plan,
        opened_on=run.opened_on,
        ended_on={code: institution.local_date(end.ended_at) for code, end in ends.items() if end.ended_at},
        said={code: end.due_on for code, end in ends.items() if end.due_on is not None},
        add=add,
    )


def process_of(institution: Institution, kind: str, pk: int) -> ProcessRun | None:
    """Return the process of a thing; None where it has none (1 SQL)."""
    found = ProcessRun.objects.filter(institution=institution, subject_kind=kind, subject_id=pk).first()
    if found is not None:
        found.institution = institution
    return found


def guides_for(institution: Institution, kind: str) -> list[Guide]:
    """Return the guides in use for things of a kind, by name (1 SQL)."""
    rows = Guide.objects.filter(institution=institution, subject_kind=kind, is_active=True)
    return list(rows.order_by("title", "pk"))


def waiting_tasks(access: Access) -> QuerySet[TaskRecord]:
    """Return the tasks that somebody has and has not done, of phases that are not over. Lazy: no SQL until it
    is read.
    """
    return undone().filter(institution=access.institution, responsible=access.user.pk)


def task_text(row: TaskRecord) -> str:
    """Return what a task says, by the guide its process goes by. No SQL when the process is at hand."""
    texts = {(phase.code, task.code): task.text for phase in row.run.plan for task in phase.tasks}
    return texts.get((row.phase, row.task), row.task)


def undone() -> QuerySet[TaskRecord]:
    """Return the tasks that are not done, of phases that are not over: of others nobody waits. Lazy: no SQL
    until it is read.
    """
    over = PhaseEnd.objects.filter(run=OuterRef("run"), phase=OuterRef("phase")).exclude(ending="")
    return TaskRecord.objects.filter(~Exists(over), done_at=None)
