# SPDX-License-Identifier: EUPL-1.2
"""What came from the field and waits for somebody: read, completed and filed, or put away with a reason."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.cases.public import AttentionForm, StaffFilingForm
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.offline.access import held_records, record_for
from siac.offline.commands.settling import drop_record, finish_attention, finish_request
from siac.offline.domain.rights import OfflineRight
from siac.offline.filling import typed, unasked
from siac.offline.forms import DropForm
from siac.offline.models import OfflineRecord, RecordState
from siac.offline.sealing import opened
from siac.offline.texts import HELD_WORDS
from siac.organizations.public import Access, Institution, staff_page
from siac.ui.lists import Asked
from siac.ui.public import refusal_text


def why(row: OfflineRecord) -> str:
    """Return why a record waits. No SQL."""
    return HELD_WORDS.get(row.reason) or refusal_text(Refused(row.reason))


@require_safe
@staff_page(OfflineRight.REVIEW)
def record_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List what waits, the oldest first; nothing of what people said."""
    rows = held_records(access).select_related("device", "officer").defer("sealed")
    listing = Asked.of(request).listing(rows, ("received_at", "pk"))
    context = {"listing": listing, "rows": [{"record": each, "why": why(each)} for each in listing.rows]}
    return render(request, "offline/workspace/review.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(OfflineRight.REVIEW)
def record_page(request: HttpRequest, access: Access, record_id: int) -> HttpResponse:
    """Show a record and what may be done with it; that it was read is noted."""
    row = record_for(access, record_id)
    if row.state != RecordState.HELD:
        return _show(request, access, row)
    if request.method != "POST":
        return _open(request, access, row)
    if "archivar" in request.POST:
        return _drop(request, access, row)
    return _finish(request, access, row)


def _kept(access: Access, row: OfflineRecord) -> Mapping[str, str]:
    fields: Mapping[str, str] = opened(access.institution.pk, row.uuid, row.sealed or b"")["fields"]
    return fields


def _open(request: HttpRequest, access: Access, row: OfflineRecord) -> HttpResponse:
    record_access(access.institution.pk, access.user.pk, row.stream, current_time())
    fields = dict(_kept(access, row))
    if request.GET.get("kind"):  # another kind was chosen: its questions
        fields["kind"] = request.GET["kind"]
    form = _form(access.institution, row, typed({**fields, **_when(access.institution, row)}))
    return _show(request, access, row, form=form)


def _when(institution: Institution, row: OfflineRecord) -> dict[str, str]:
    """Return the likeliest moment as the boxes of the form take it."""
    local = row.received_at.astimezone(institution.zone)
    name = "received_on" if row.is_request else "begun_on"
    boxes = {
        f"{name}_day": str(local.day),
        f"{name}_month": str(local.month),
        f"{name}_year": str(local.year),
    }
    return boxes if row.is_request else {**boxes, "begun_time": f"{local:%H:%M}"}


def _form(
    institution: Institution, row: OfflineRecord, data: QueryDict, files: Any = None
) -> StaffFilingForm | AttentionForm:
    if row.is_request:
        form = StaffFilingForm(institution, data, files, kind_id=data.get("kind", ""))
        form.fields["received_on"].help_text = "El día en que la persona la entregó en terreno."
        return form
    return AttentionForm(institution, data)


def _finish(request: HttpRequest, access: Access, row: OfflineRecord) -> HttpResponse:
    form = _form(access.institution, row, request.POST, request.FILES or None)
    common: dict[str, Any] = {
        "institution": access.institution, "record_id": row.pk, "actor": access.user, "now": current_time(),
    }  # fmt: skip
    if form.is_valid():
        try:
            if isinstance(form, StaffFilingForm):
                day = form.cleaned_data["received_on"]
                at = received_at(access.institution, row, day, now=common["now"])
                files = form.cleaned_data["attachments"]
                case = finish_request(**common, form=form, received_at=at, files=files)
                messages.success(request, f"Solicitud {case.folio} ingresada.")
            else:
                finish_attention(**common, form=form, received_at=row.received_at)
                messages.success(request, "Atención registrada.")
            return redirect("workspace:offline:review", access.institution.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _show(request, access, row, form=form, status=422)


def received_at(institution: Institution, row: OfflineRecord, day: date | None, *, now: datetime) -> datetime:
    """Return the moment of the record where its day was left, else the local noon of the day that was chosen,
    of today at most now. No SQL.
    """
    if day is None or day == institution.local_date(row.received_at):
        return row.received_at
    noon = datetime.combine(day, time(12), tzinfo=institution.zone)
    return min(noon, now) if day == institution.local_date(now) else noon


def _drop(request: HttpRequest, access: Access, row: OfflineRecord) -> HttpResponse:
    drop = DropForm(request.POST)
    if drop.is_valid():
        try:
            drop_record(
                institution=access.institution,
                record_id=row.pk,
                reason=drop.cleaned_data["reason"],
                actor=access.user,
                now=current_time(),
            )
            messages.success(request, "Registro archivado sin ingresar.")
            return redirect("workspace:offline:review", access.institution.slug)
        except Refused as refused:
            drop.refuse(refusal_text(refused))
    form = _form(access.institution, row, typed({**_kept(access, row), **_when(access.institution, row)}))
    return _show(request, access, row, form=form, drop=drop, status=422)


def _show(
    request: HttpRequest,
    access: Access,
    row: OfflineRecord,
    *,
    form: StaffFilingForm | AttentionForm | None = None,
    drop: DropForm | None = None,
    status: int = 200,
) -> HttpResponse:
    lost = {}
    if isinstance(form, StaffFilingForm) and row.sealed:
        lost = unasked(form, _kept(access, row))
    context = {
        "record": row,
        "why": why(row) if row.reason else "",
        "form": form,
        "drop": drop or DropForm(),
        "unasked": [(name.removeprefix("q_"), value) for name, value in lost.items()],
    }
    return render(request, "offline/workspace/record.html", context, status=status)
