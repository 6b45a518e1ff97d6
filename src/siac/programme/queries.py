# SPDX-License-Identifier: EUPL-1.2
"""How a programme stands: its requirements, what already proves each, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from siac.documents.public import attachments_of_several
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, Institution
from siac.processes.public import FILES, PhaseLine, TaskPlan, ToldPhase, ToldTask, line_of, process_of
from siac.programme.domain.packing import digest_of_inputs
from siac.programme.domain.proofs import Told, proofs
from siac.programme.domain.subjects import KIND
from siac.programme.models import Pack, Programme


def programmes(institution: Institution) -> QuerySet[Programme]:
    """Return the programmes of a body, the newest first. Lazy: no SQL until it is read."""
    return Programme.objects.filter(institution=institution).select_related("guide").order_by("-year", "pk")


def programme_for(access: Access, programme_id: int) -> Programme:
    """Return a programme (1 SQL).

    Raises:
        Http404: the body has none of that number.
    """
    row = programmes(access.institution).filter(pk=programme_id).first()
    if row is None:
        raise Http404(str(programme_id))
    row.institution = access.institution
    return row


def line_for(programme: Programme, *, today: date) -> PhaseLine:
    """Return the stages of a programme as they stand (4 SQL, and what its checks cost)."""
    run = process_of(programme.institution, KIND, programme.pk)
    if run is None:
        raise Http404(str(programme.pk))
    return line_of(run, today=today)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A requirement as it stands: its stage and task, how many rows each of its proofs found, its files and
    its newest pack.
    """

    phase: ToldPhase
    task: ToldTask
    proven: Sequence[tuple[str, int]]
    files: Sequence[Any]
    pack: Pack | None

    @property
    def plan(self) -> TaskPlan:
        """What it asks."""
        return self.task.plan

    @property
    def is_proven(self) -> bool:
        """Whether something shows it: files, a note, or rows of every proof it names."""
        own = bool(self.files) or bool(self.task.record and self.task.record.note)
        return own or (bool(self.proven) and all(count for _, count in self.proven))

    @property
    def missing(self) -> list[str]:
        """What is missing, in words; empty: nothing."""
        found = [f"el sistema no tiene: {title.lower()}" for title, count in self.proven if not count]
        if not self.is_proven and not self.proven:
            found.append("nada lo muestra todavía")
        if not self.task.is_done:
            found.append("nadie lo da por hecho")
        if self.pack is None or self.pack.state != WorkState.DONE:
            found.append("no tiene expediente")
        elif self.pack.verdict == "observed":
            found.append("su expediente tiene observaciones")
        return found


def requirements(programme: Programme, line: PhaseLine, *, today: date) -> list[Requirement]:
    """Return every requirement of a programme in the order of its stages (2 SQL and what each proof that is
    named costs once).
    """
    records = {task.record.pk for phase in line.phases for task in phase.tasks if task.record}
    files = attachments_of_several(programme.institution_id, {FILES: sorted(records)}) if records else {}
    packs: dict[tuple[str, str], Pack] = {}
    for pack in programme.packs.order_by("-revision"):
        packs.setdefault((pack.phase, pack.task), pack)
    counted: dict[str, int] = {}
    return [
        Requirement(
            phase,
            task,
            _counts(programme, task.plan, counted, today),
            files.get((FILES, task.record.pk), []) if task.record else [],
            packs.get((phase.plan.code, task.plan.code)),
        )
        for phase in line.phases
        for task in phase.tasks
    ]


def _counts(
    programme: Programme, plan: TaskPlan, counted: dict[str, int], today: date
) -> list[tuple[str, int]]:
    known, found = proofs(), []
    for code in plan.proofs:
        if code in known:
            if code not in counted:
                counted[code] = known[code].told(programme.institution, programme.year, today).count
            found.append((known[code].title, counted[code]))
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A proof with what it found."""

    code: str
    title: str
    told: Told
    url_name: str


def shown_by(programme: Programme, plan: TaskPlan, *, today: date) -> list[Shown]:
    """Return what each proof of a requirement found of the year (at most 2 SQL for each of them)."""
    known = proofs()
    return [
        Shown(
            code,
            known[code].title,
            known[code].told(programme.institution, programme.year, today),
            known[code].url_name,
        )
        for code in plan.proofs
        if code in known
    ]


def inputs_of(requirement: Requirement, shown: Sequence[Shown]) -> str:
    """Return the digest of what a pack would be made of now. No SQL."""
    record = requirement.task.record
    told = [f"{each.code}:{row.text}:{row.on}:{row.digest}" for each in shown for row in each.told.rows]
    files = [f"{file.name}:{file.sha256}" for file in requirement.files]
    note = [f"note:{record.note}:{record.done_at}:{record.dated_on}"] if record else []
    return digest_of_inputs([*told, *files, *note, requirement.plan.text, requirement.plan.document])


def requirement_of(rows: Sequence[Requirement], phase: str, task: str) -> Requirement:
    """Return one requirement. No SQL.

    Raises:
        Refused: there is none of these codes (requirement_unknown).
    """
    for row in rows:
        if (row.phase.plan.code, row.plan.code) == (phase, task):
            return row
    raise Refused("requirement_unknown")


def pack_for(access: Access, pack_id: int) -> Pack:
    """Return a pack (1 SQL).

    Raises:
        Http404: the body has none of that number.
    """
    rows = Pack.objects.filter(institution=access.institution).select_related(
        "programme__guide", "requested_by", "reviewed_by"
    )
    row = rows.filter(pk=pack_id).first()
    if row is None:
        raise Http404(str(pack_id))
    row.programme.institution = access.institution
    return row


def texts_of(programme: Programme) -> dict[tuple[str, str], str]:
    """Return what each requirement of a programme asks, by stage and code (1 SQL)."""
    run = process_of(programme.institution, KIND, programme.pk)
    plan = run.plan if run else ()
    return {(phase.code, task.code): task.text for phase in plan for task in phase.tasks}
