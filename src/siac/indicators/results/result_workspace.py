# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of one result: how it was worked out, its evidence, and freezing it once more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.documents.public import Attachment, attachments_of, staff_download
from siac.findings.public import opening_address
from siac.indicators.domain.figures import Silence
from siac.indicators.domain.rights import IndicatorRight
from siac.indicators.models import IndicatorResult, ResultNote
from siac.indicators.results.commands import NOTE, note_on_result, revise_result
from siac.indicators.results.forms import NoteForm, ReasonForm
from siac.indicators.results.found import RESULT
from siac.indicators.results.pages import checked, row_table, told_results
from siac.indicators.texts import WHY_SILENT
from siac.infra.metrics import metric
from siac.infra.tables.download import table_response
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.forms import Form
from siac.ui.public import refusal_text

_RESULT = "workspace:indicators:result"


@require_safe
@staff_page(StaffRight.FIGURES)
def result(request: HttpRequest, access: Access, result_id: int) -> HttpResponseBase:
    """Show a result, worked out again from its rows; or hand the rows out as a table."""
    row = _result(access, result_id)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx") and _is_counted(row):
        heads, body = row_table(access, row)
        name = f"resultado-{row.indicator.code}-{row.first}-r{row.revision}"
        return table_response(heads, body, form=wanted, name=name, title="Filas contadas")
    return _result_page(request, access, row)


def _result_page(
    request: HttpRequest,
    access: Access,
    row: IndicatorResult,
    *,
    reason: Form | None = None,
    note: Form | None = None,
    status: int = 200,
) -> HttpResponse:
    of = row.indicator
    later = of.results.filter(first=row.first, revision__gt=row.revision).order_by("-revision").first()
    context = {
        "result": row,
        "opens": opening_address(access, RESULT, row.pk),
        "told": told_results(of, [row])[0],
        "checked": checked(access.institution, row) if _is_counted(row) else None,
        "later": later,
        "why_silent": _why_silent(row),
        "notes": _notes(row),
        "may_keep": access.has(IndicatorRight.KEEP),
        "reason": reason or ReasonForm(prefix="revisar"),
        "note": note or NoteForm(prefix="nota"),
        "tables": [
            (form.upper(), f"{reverse(_RESULT, args=[access.institution.slug, row.pk])}?formato={form}")
            for form in ("csv", "xlsx")
        ] if _is_counted(row) else [],
    }  # fmt: skip
    return render(request, "indicators/workspace/result.html", context, status=status)


def _why_silent(row: IndicatorResult) -> str:
    """Return why a result of what people answered says nothing, as a sentence; empty of any other."""
    is_silent = _is_counted(row) and row.value is None and metric(row.indicator.metric).least
    return f"Nadie respondió, o no se dice. {WHY_SILENT[Silence.FEW]}" if is_silent else ""


def _is_counted(row: IndicatorResult) -> bool:
    """Return whether things were counted behind it, which can be listed and counted again."""
    return bool(row.indicator.metric) and not row.is_earlier


def _notes(row: IndicatorResult) -> list[tuple[ResultNote, list[Attachment]]]:
    """Return what was written about a result, each with its files (2 SQL)."""
    notes = list(ResultNote.objects.filter(result=row).select_related("written_by"))
    files = attachments_of(row.institution_id, NOTE, [each.pk for each in notes])
    return [(each, files[each.pk]) for each in notes]


@require_safe
@staff_page(StaffRight.FIGURES)
def evidence(request: HttpRequest, access: Access, result_id: int, attachment_id: int) -> HttpResponseBase:
    """Hand out a file that somebody put to a result as its evidence."""
    notes = ResultNote.objects.filter(result=_result(access, result_id)).values_list("pk", flat=True)
    return staff_download(access.institution.pk, attachment_id, NOTE, set(notes))


@require_POST
@staff_page(IndicatorRight.KEEP)
def revise(request: HttpRequest, access: Access, result_id: int) -> HttpResponse:
    """Freeze a period once more, and say why."""
    row, form = _result(access, result_id), ReasonForm(request.POST, prefix="revisar")
    if form.is_valid():
        try:
            again = revise_result(
                institution=access.institution,
                result_id=row.pk,
                reason=form.cleaned_data["reason"],
                actor=access.user,
                now=current_time(),
            )
            messages.success(request, "Resultado revisado. El anterior queda como estaba.")
            return redirect(_RESULT, access.institution.slug, again.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _result_page(request, access, row, reason=form, status=422)


@require_POST
@staff_page(IndicatorRight.KEEP)
def annotate(request: HttpRequest, access: Access, result_id: int) -> HttpResponse:
    """Write an analysis to a result."""
    row, form = _result(access, result_id), NoteForm(request.POST, request.FILES, prefix="nota")
    if form.is_valid():
        try:
            note_on_result(
                institution=access.institution,
                result_id=row.pk,
                body=form.cleaned_data["body"],
                files=form.cleaned_data["attachments"],
                dated_on=form.cleaned_data["dated_on"],
                actor=access.user,
                now=current_time(),
            )
            messages.success(request, "Análisis guardado.")
            return redirect(_RESULT, access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _result_page(request, access, row, note=form, status=422)


def _result(access: Access, pk: int) -> IndicatorResult:
    rows = IndicatorResult.objects.filter(institution=access.institution)
    return get_object_or_404(rows.select_related("indicator", "frozen_by"), pk=pk)
