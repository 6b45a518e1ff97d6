# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of guided processes: the list, one process with its line, what is done in it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.documents.public import attachments_of_several, staff_download
from siac.organizations.public import ROLE_NAMES, Access, staff_page, standing_beside
from siac.processes.commands import running
from siac.processes.domain.guides import PhasePlan, SignOff
from siac.processes.domain.rights import ProcessRight
from siac.processes.domain.subjects import named
from siac.processes.forms import AssignForm, CloseForm, DateForm, ReasonForm, TaskForm
from siac.processes.models import ProcessRun, TaskRecord
from siac.processes.queries import FILES, PhaseLine, ToldPhase, line_of, lines_of, task_text, waiting_tasks
from siac.ui.forms import Form, basis_field
from siac.ui.lists import Asked
from siac.ui.public import long_date
from siac.ui.records import Row, record_form, record_list

_LIST, _ONE = "workspace:processes:processes", "workspace:processes:process"


@require_safe
@staff_page(ProcessRight.READ)
def process_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the processes, the newest first: what each is about, where it stands, until when."""
    slug, today = access.institution.slug, access.institution.local_date(current_time())
    rows = ProcessRun.objects.filter(institution=access.institution).select_related("guide")
    listing = Asked.of(request).listing(rows, ("-pk",), size=20)
    by_kind: dict[str, list[int]] = {}
    for row in listing.rows:
        row.institution = access.institution
        by_kind.setdefault(row.subject_kind, []).append(row.subject_id)
    names = {kind: named(access, kind, ids) for kind, ids in by_kind.items()}
    shown = []
    for line in lines_of(listing.rows, today=today):
        row, at = line.run, line.current
        about = names[row.subject_kind].get(row.subject_id)
        shown.append(
            Row(
                [
                    about.name if about else "—", row.guide.title,
                    f"{at.plan.code} {at.plan.short}" if at else "Terminado",
                    f"{line.over} de {len(line.phases)}", long_date(at.days.last) if at else "—",
                ],
                reverse(_ONE, args=[slug, row.pk]),
            )
        )  # fmt: skip
    return record_list(
        request,
        title="Procesos guiados",
        columns=("De qué", "Guía", "Fase", "Fases hechas", "Fase hasta el"),
        rows=shown,
        listing=listing,
        other=("Guías", reverse("workspace:processes:guides", args=[slug])),
        empty="Todavía no hay ninguno. Se empiezan desde lo que se quiere hacer, por ejemplo una carta.",
    )


@require_safe
@staff_page(ProcessRight.READ)
def task_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the tasks that whoever asks has and has not done, those due first first."""
    slug = access.institution.slug
    rows = waiting_tasks(access).select_related("run__guide")
    listing = Asked.of(request).listing(rows, ("due_on", "pk"))
    return record_list(
        request,
        title="Mis tareas de procesos",
        columns=("Tarea", "Guía", "Fase", "Para cuándo"),
        rows=[
            Row(
                [
                    task_text(row), row.run.guide.title, row.phase,
                    long_date(row.due_on) if row.due_on else "—",
                ],
                reverse("workspace:processes:task", args=[slug, row.run_id, row.phase, row.task]),
            )
            for row in listing.rows
        ],
        listing=listing,
        other=("Procesos guiados", reverse(_LIST, args=[slug])),
        empty="No tiene tareas por hacer.",
    )  # fmt: skip


def _run(access: Access, run_id: int) -> ProcessRun:
    rows = ProcessRun.objects.filter(institution=access.institution).select_related("guide")
    found = rows.filter(pk=run_id).first()
    if found is None:
        raise Http404(str(run_id))
    found.institution = access.institution
    return found


def _phase(line: PhaseLine, code: str) -> ToldPhase:
    for phase in line.phases:
        if phase.plan.code == code:
            return phase
    raise Http404(code)


_ACTS_SHOWN = 20
"""Times that a phase was closed or opened which its page tells: the newest ones."""


@require_safe
@staff_page(ProcessRight.READ)
def process(request: HttpRequest, access: Access, run_id: int) -> HttpResponse:
    """Show a process: its line, and a phase with its tasks."""
    run = _run(access, run_id)
    line = line_of(run, today=access.institution.local_date(current_time()))
    asked = request.GET.get("fase", "")
    shown = _phase(line, asked) if asked else (line.current or line.phases[-1])
    about = named(access, run.subject_kind, [run.subject_id]).get(run.subject_id)
    ids = [task.record.pk for task in shown.tasks if task.record]
    files = attachments_of_several(access.institution.pk, {FILES: ids}) if ids else {}
    context = {
        "run": run,
        "line": line,
        "shown": shown,
        "about": about,
        "tasks": [
            (task, files.get((FILES, task.record.pk), []) if task.record else []) for task in shown.tasks
        ],
        "acts": run.acts.filter(phase=shown.plan.code).select_related("by")[:_ACTS_SHOWN],
        "may_keep": access.has(ProcessRight.KEEP),
        "may_close": _may_close(access, shown.plan),
        "user_id": access.user.pk,
        "needs_act": shown.plan.sign_off is SignOff.BODY,
        "signer": ROLE_NAMES.get(shown.plan.signed_by, ""),
    }
    return render(request, "processes/workspace/process.html", context)


def _may_close(access: Access, plan: PhasePlan) -> bool:
    """Return whether the holder of `access` closes a phase: who keeps processes, unless a role signs it; then
    who has it (1 SQL at most).
    """
    if plan.sign_off is SignOff.ROLE:
        return running.signs(access.institution, access.user, plan)
    return access.has(ProcessRight.KEEP)


def _back(access: Access, run: ProcessRun, phase: str) -> str:
    return f"{reverse(_ONE, args=[access.institution.slug, run.pk])}?fase={phase}"


def _may_do(access: Access, record: TaskRecord | None) -> bool:
    mine = record is not None and record.responsible_id == access.user.pk
    return access.has(ProcessRight.KEEP) or mine


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ProcessRight.READ)
def task(request: HttpRequest, access: Access, run_id: int, phase: str, code: str) -> HttpResponse:
    """Say that a task is done, with what shows it: whoever keeps the process, or has the task."""
    run = _run(access, run_id)
    plan = next((p for p in run.plan if p.code == phase), None)
    told = next((t for t in plan.tasks if t.code == code), None) if plan else None
    if told is None or told.check:
        raise Http404(code)
    record = TaskRecord.objects.filter(run=run, phase=phase, task=code).first()
    if not _may_do(access, record):
        raise PermissionDenied(ProcessRight.KEEP.value)
    form = TaskForm(request.POST or None, request.FILES or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        running.finish_task(
            institution=access.institution, run_id=run.pk, phase=phase, task=code, note=fields["note"],
            dated_on=fields["dated_on"], files=fields["attachments"], actor=access.user, now=current_time(),
        )  # fmt: skip
        messages.success(request, "Tarea hecha.")
        return redirect(_back(access, run, phase))

    return record_form(
        request, form, save, title=told.text, submit="Marcar como hecha", back_url=_back(access, run, phase),
        intro=told.document and f"Documento: {told.document}.",
    )  # fmt: skip


@require_POST
@staff_page(ProcessRight.KEEP)
def task_undo(request: HttpRequest, access: Access, run_id: int, phase: str, code: str) -> HttpResponse:
    """Take back that a task is done."""
    run = _run(access, run_id)
    running.undo_task(
        institution=access.institution, run_id=run.pk, phase=phase, task=code, actor=access.user,
        now=current_time(),
    )  # fmt: skip
    return redirect(_back(access, run, phase))


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ProcessRight.KEEP)
def assign(request: HttpRequest, access: Access, run_id: int, phase: str, code: str) -> HttpResponse:
    """Say who does a task and by when."""
    run = _run(access, run_id)
    record = TaskRecord.objects.filter(run=run, phase=phase, task=code).first()
    form = AssignForm(access.institution, record, request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        running.assign_task(
            institution=access.institution, run_id=run.pk, phase=phase, task=code, actor=access.user,
            now=current_time(), **fields,
        )  # fmt: skip
        messages.success(request, "Tarea encargada.")
        return redirect(_back(access, run, phase))

    return record_form(
        request, form, save, title="Encargar la tarea", back_url=_back(access, run, phase),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


_ACTS: dict[str, tuple[str, str, type[Form], Callable[..., None], str]] = {
    "cerrar": ("Cerrar la fase", "Cerrar la fase", CloseForm, running.close_phase, "Fase cerrada."),
    "omitir": ("Omitir la fase", "Omitir", ReasonForm, running.skip_phase, "Fase omitida."),
    "reabrir": ("Volver a abrir la fase", "Abrir", ReasonForm, running.reopen_phase, "Fase abierta."),
    "fecha": ("Cambiar la fecha de la fase", "Guardar", DateForm, running.date_phase, "Fecha guardada."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ProcessRight.READ)
def phase_act(request: HttpRequest, access: Access, run_id: int, phase: str, act: str) -> HttpResponse:
    """Close a phase, leave it out, open it again or say until when; whoever signs a phase may close it."""
    run = _run(access, run_id)
    plan = next((each for each in run.plan if each.code == phase), None)
    if plan is None or act not in _ACTS:
        raise Http404(phase)
    if not (access.has(ProcessRight.KEEP) or (act == "cerrar" and _may_close(access, plan))):
        raise PermissionDenied(ProcessRight.KEEP.value)
    title, submit, form_class, command, done = _ACTS[act]
    form = form_class(request.POST if request.method == "POST" else None)
    if act == "cerrar" and plan.sign_off is not SignOff.BODY:
        del form.fields["act"]
    if act == "fecha":
        said = run.ends.filter(phase=phase).first()
        form.fields["due_on"].initial = said.due_on if said else None
        form.fields["based_on"] = basis_field(said.version if said else 0)

    def save(fields: dict[str, Any]) -> HttpResponse:
        given = {"act": "", **fields} if act == "cerrar" else fields
        command(
            institution=access.institution, run_id=run.pk, phase=phase, actor=access.user, now=current_time(),
            **given,
        )  # fmt: skip
        messages.success(request, done)
        return redirect(reverse(_ONE, args=[access.institution.slug, run.pk]))

    return record_form(
        request, form, save, title=f"{title} {plan.code}", submit=submit, intro=plan.name,
        back_url=_back(access, run, phase), overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


@require_safe
@staff_page(ProcessRight.READ)
def file(request: HttpRequest, access: Access, run_id: int, attachment_id: int) -> HttpResponseBase:
    """Hand out a file that shows a task."""
    run = _run(access, run_id)
    records = set(run.tasks.values_list("pk", flat=True))
    return staff_download(access.institution.pk, attachment_id, FILES, records)
