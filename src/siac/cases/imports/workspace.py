# SPDX-License-Identifier: EUPL-1.2
"""The import wizard: upload, choose columns, see what would come in, load, get back what could not."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.domain.rights import CaseRight
from siac.cases.imports.batches import (
    broken_off,
    check_digest,
    choose_layout,
    choose_source,
    give_meanings,
    kept_file,
    may_resume,
    receive_file,
    start_load,
    take_up,
)
from siac.cases.imports.column_texts import ENCODING_NAMES
from siac.cases.imports.forms import LayoutForm, MeaningsForm, SourceForm, UploadForm
from siac.cases.imports.layouts import unused
from siac.cases.imports.mappings import layout_for, saved_choices
from siac.cases.imports.opening import Source
from siac.cases.imports.reader import BadRow
from siac.cases.imports.registers import layout_of, register_of, registers
from siac.cases.imports.rejected import rejected_lines
from siac.cases.imports.report import reason_lines
from siac.cases.imports.working import why
from siac.cases.models import CHECKED, REFUSED, UPLOADED, ImportBatch, StagedRow
from siac.infra.tables.download import csv_response
from siac.infra.tables.reading import Row
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, staff_page
from siac.ui.lists import Asked
from siac.ui.public import refusal_text
from siac.ui.records import record_form

_SHOWN_PROBLEMS = 50
_SHOWN_ROWS = 8
_SHOWN_COLUMNS = 12


def _batch(access: Access, batch_id: int) -> ImportBatch:
    batch = ImportBatch.objects.filter(institution=access.institution, pk=batch_id).first()
    if batch is None:
        raise Http404(str(batch_id))
    batch.institution = access.institution
    return batch


@require_safe
@staff_page(CaseRight.IMPORT)
def import_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the imports of the body, newest first."""
    slug = access.institution.slug
    batches = ImportBatch.objects.filter(institution=access.institution).select_related("created_by")
    listing = Asked.of(request).listing(batches, ("-pk",))
    context = {
        "listing": listing,
        "rows": [(batch, register_of(batch).title) for batch in listing.rows],
        "add_url": reverse("workspace:cases:import_new", args=[slug]),
    }
    return render(request, "cases/workspace/imports.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.IMPORT)
def import_new(request: HttpRequest, access: Access) -> HttpResponse:
    """Receive a file."""
    form = UploadForm(request.POST or None, request.FILES or None, initial=_sort_asked(request))

    def save(fields: dict[str, Any]) -> HttpResponse:
        upload = fields["register"]
        batch = receive_file(
            institution=access.institution,
            upload=upload,
            name=upload.name,
            actor=access.user,
            now=current_time(),
            register=fields["sort"],
        )
        return redirect("workspace:cases:import", access.institution.slug, batch.pk)

    return record_form(
        request,
        form,
        save,
        title="Importar un registro",
        submit="Subir y elegir columnas",
        back_url=reverse("workspace:cases:imports", args=[access.institution.slug]),
        intro="Traiga el registro o la planilla que lleva hoy. Nada se carga hasta que usted lo confirme.",
        words=why,
        field="register",
    )


def _sort_asked(request: HttpRequest) -> dict[str, str]:
    """Return the sort of register that the address asks for, as the form begins with it."""
    asked = request.GET.get("trae", "")
    return {"sort": asked} if asked in {each.code for each in registers()} else {}


@require_safe
@staff_page(CaseRight.IMPORT)
def import_page(request: HttpRequest, access: Access, batch_id: int) -> HttpResponse:
    """Show how an import stands and what can be done next; refreshes itself while a job works on it."""
    batch = _batch(access, batch_id)
    if batch.state == UPLOADED and batch.headers:
        return redirect("workspace:cases:import_columns", access.institution.slug, batch.pk)
    has_file = kept_file(batch) is not None
    register = register_of(batch)
    good = max(batch.total - batch.rows_repeated - batch.rows_rejected, 0)
    context = {
        "batch": batch,
        "refreshes": batch.is_moving,
        "doing": batch.get_step_display(),
        "good": good,
        "preview": _preview(batch) if batch.state == CHECKED else [],
        "problems": StagedRow.objects.filter(batch=batch).order_by("line")[:_SHOWN_PROBLEMS],
        "reasons": reason_lines(batch.report.get("reasons", {})),
        "without": reason_lines(batch.report.get("without", {})),
        "unknown": bool(batch.report.get("unknown")),
        "ignored": unused(layout_of(batch), batch.headers) if batch.mapping else [],
        "register": register,
        "seen": check_digest(batch),
        "has_file": has_file,
        "can_go_on": has_file and broken_off(batch) is not None,
        "can_load": has_file
        and (batch.state == CHECKED or may_resume(batch))
        and (good > 0 or (batch.updates and batch.rows_repeated > 0)),
        "can_choose": batch.state in {CHECKED, REFUSED, WorkState.FAILED} and batch.headers,
        "list_url": register.listed(access, batch) if batch.state == WorkState.DONE else "",
    }
    return render(request, "cases/workspace/import.html", context)


def _preview(batch: ImportBatch) -> list[Sequence[str]]:
    """Return the first rows as they would come in."""
    rows = iter(
        [
            Row(line, cells)
            for line, cells in enumerate([batch.headers, *batch.samples[:_SHOWN_ROWS]], start=1)
        ]
    )
    register = register_of(batch)
    try:
        reader = register.open(batch, rows, current_time())
        return [
            register.cells(row) for block in reader.blocks() for row in block if not isinstance(row, BadRow)
        ]
    except Refused:
        return []


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.IMPORT)
def import_columns(request: HttpRequest, access: Access, batch_id: int) -> HttpResponse:
    """Choose which column gives which field; sending starts the check of the whole file."""
    batch = _batch(access, batch_id)
    if not batch.headers:
        return redirect("workspace:cases:import", access.institution.slug, batch.pk)
    register = register_of(batch)
    layout = layout_of(batch) or layout_for(
        access.institution, batch.headers, batch.samples, register=register.code, shape=register.shape
    )
    chosen = saved_choices(access.institution, batch.headers, register=register.code)
    if batch.mapping:
        chosen = {"updates": batch.updates, "without": batch.comes_without}
    form = LayoutForm(
        access.institution, batch.headers, layout, request.POST or None, register=register, **chosen
    )
    if form.is_bound and form.is_valid():
        try:
            choose_layout(
                batch=batch, layout=form.chosen, now=current_time(),
                updates=bool(form.cleaned_data.get("updates")),
                without=bool(form.cleaned_data.get("without")),
            )  # fmt: skip
            return redirect("workspace:cases:import", access.institution.slug, batch.pk)
        except Refused as refused:
            form.refuse(why(refused))
    context = {
        "batch": batch,
        "form": form,
        "columns": _columns(batch),
        "ignored": unused(layout, batch.headers),
        "source": _source_words(batch),
    }
    return render(
        request, "cases/workspace/import_columns.html", context, status=422 if form.is_bound else 200
    )


def _columns(batch: ImportBatch) -> list[dict[str, Any]]:
    """Return each column with some of its values."""
    return [
        {
            "name": name,
            "values": [row[place] for row in batch.samples if place < len(row) and row[place].strip()][:3],
        }
        for place, name in enumerate(batch.headers)
    ]


def _source_words(batch: ImportBatch) -> str:
    """Return in words how the file was read."""
    source = Source.of(batch.source)
    sheet = f"hoja «{source.sheet}», " if source.sheet else ""
    code = f"codificación {ENCODING_NAMES.get(source.encoding, source.encoding)}, " if source.encoding else ""
    return f"{sheet}{code}nombres de las columnas en la fila {source.header}"


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.IMPORT)
def import_source(request: HttpRequest, access: Access, batch_id: int) -> HttpResponse:
    """Show the first rows as they were read, and read the file anew with
    another sheet, header row or encoding.
    """
    batch = _batch(access, batch_id)
    lines = [line for line, _ in batch.first_rows]
    form = SourceForm(batch.sheets, lines, batch.source, request.POST or None)
    if form.is_bound and form.is_valid():
        data = form.cleaned_data
        source = Source(data.get("sheet", ""), data.get("encoding", ""), int(data["header"]))
        try:
            choose_source(batch=batch, source=source, now=current_time())
            return redirect("workspace:cases:import", access.institution.slug, batch.pk)
        except Refused as refused:
            form.refuse(why(refused))
    rows = [(line, cells[:_SHOWN_COLUMNS]) for line, cells in batch.first_rows]
    context = {"batch": batch, "form": form, "rows": rows, "header": batch.source.get("header", 0)}
    return render(
        request, "cases/workspace/import_source.html", context, status=422 if form.is_bound else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.IMPORT)
def import_meanings(request: HttpRequest, access: Access, batch_id: int) -> HttpResponse:
    """Say what the words that the body does not know stand for; sending checks the register again."""
    batch = _batch(access, batch_id)
    layout = layout_of(batch)
    unknown = {name: values for name, values in batch.report.get("unknown", {}).items() if name in layout}
    if not unknown:
        return redirect("workspace:cases:import", access.institution.slug, batch.pk)
    form = MeaningsForm(unknown, register_of(batch).meanings(access.institution), request.POST or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        give_meanings(batch=batch, meanings=form.meanings(), now=current_time())
        return redirect("workspace:cases:import", access.institution.slug, batch.pk)

    return record_form(
        request,
        form,
        save,
        title="Qué significa cada valor",
        submit="Guardar y revisar de nuevo",
        back_url=reverse("workspace:cases:import", args=[access.institution.slug, batch.pk]),
        intro=(
            "Estos valores del archivo no existen en la institución. "
            "Diga qué es cada uno; se recuerda para los próximos archivos."
        ),
        words=why,
    )


@require_POST
@staff_page(CaseRight.IMPORT)
def import_load(request: HttpRequest, access: Access, batch_id: int) -> HttpResponse:
    """Start loading."""
    batch = _batch(access, batch_id)
    try:
        skip = request.POST.get("solo_correctas") == "si"
        seen = request.POST.get("visto") or None
        start_load(batch=batch, skip_rejected=skip, seen=seen, actor=access.user, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:import", access.institution.slug, batch.pk)


@require_POST
@staff_page(CaseRight.IMPORT)
def import_go_on(request: HttpRequest, access: Access, batch_id: int) -> HttpResponse:
    """Do a reading or a check that broke off again."""
    batch = _batch(access, batch_id)
    try:
        take_up(batch=batch, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:cases:import", access.institution.slug, batch.pk)


@require_safe
@staff_page(CaseRight.IMPORT)
def import_rejected(request: HttpRequest, access: Access, batch_id: int) -> StreamingHttpResponse:
    """Download the rows that could not come in, each with the reasons."""
    batch = _batch(access, batch_id)
    return csv_response((), rejected_lines(batch), name=f"rechazadas-{batch.pk}", as_typed=True)
