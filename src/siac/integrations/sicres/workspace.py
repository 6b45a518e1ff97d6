# SPDX-License-Identifier: EUPL-1.2
"""Pages of the exchange: what came, what went out, and the office of the body."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.cases.public import OPEN_STATES, CaseRight, may, openable
from siac.documents.public import attachments_of, staff_download
from siac.infra.retrying import StoreAway
from siac.integrations.sicres.commands.bringing import SUBJECT as ENTRY
from siac.integrations.sicres.commands.bringing import bring
from siac.integrations.sicres.commands.deciding import (
    Preview,
    exchange_of,
    file_entry,
    preview_of,
    reject_entry,
)
from siac.integrations.sicres.commands.office import save_office
from siac.integrations.sicres.commands.replying import DECIDED, RECEIVED, reply_of
from siac.integrations.sicres.commands.sending import SUBJECT as DISPATCH
from siac.integrations.sicres.commands.sending import transfer_accepted
from siac.integrations.sicres.domain.layout import SUBJECT as SUBJECT_SEGMENT
from siac.integrations.sicres.forms import (
    BringForm,
    FileEntryForm,
    OfficeForm,
    RejectEntryForm,
    TransferAcceptedForm,
)
from siac.integrations.sicres.models import Dispatch, DispatchState, EntryState, RegistryEntry
from siac.integrations.sicres.queries import is_here, office_of, visible_dispatches, visible_entries
from siac.integrations.sicres.texts import trouble_text
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, setup_tabs, staff_page
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(StaffRight.SETUP)
def office(request: HttpRequest, access: Access) -> HttpResponse:
    """Say by which office and unit the body is known."""
    body = access.institution
    found = office_of(body)
    fields = ("office_code", "office_name", "unit_code", "kind_id")
    initial = {name: getattr(found, name) for name in fields} if found else {}
    form = OfficeForm(body, request.POST or None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            save_office(institution=body, actor=access.user, now=current_time(), **form.cleaned_data)
            messages.success(request, "Oficina de registro guardada.")
            return redirect("workspace:sicres:office", body.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"form": form, "tabs": setup_tabs(body), "here": is_here(body)}
    return render(request, "sicres/workspace/office.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def entries(request: HttpRequest, access: Access) -> HttpResponse:
    """List what came, the newest first; bring a file."""
    form = BringForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid():
        try:
            content = form.cleaned_data["file"].read()
            body, now = access.institution, current_time()
            made = bring(institution=body, content=content, actor=access.user, now=now)
            return _brought(request, access, made)
        except Refused as refused:
            form.refuse(refusal_text(refused), "file")
    asked = Asked.of(request, Filter("estado", "Estado", EntryState.choices), cursor="desde")
    rows = visible_entries(access).select_related("case")
    if asked.kept.get("estado", "") in EntryState.values:
        rows = rows.filter(state=asked.kept["estado"])
    context = {
        "form": form,
        "asked": asked,
        "listing": asked.listing(rows, ("-pk",)),
        "is_set": office_of(access.institution) is not None,
    }
    return render(request, "sicres/workspace/entries.html", context, status=422 if form.is_bound else 200)


def _brought(request: HttpRequest, access: Access, made: RegistryEntry | Dispatch) -> HttpResponse:
    slug = access.institution.slug
    if isinstance(made, Dispatch):
        messages.success(request, f"{made.destination_name}: {DispatchState(made.state).label.lower()}.")
        if visible_dispatches(access).filter(pk=made.pk).exists():
            return redirect("workspace:sicres:dispatch", slug, made.pk)
        return redirect("workspace:sicres:entries", slug)
    return redirect("workspace:sicres:entry", slug, made.pk)


def _entry(access: Access, entry_id: int) -> RegistryEntry:
    rows = visible_entries(access).select_related("case", "decided_by", "brought_by", "institution")
    found = rows.filter(pk=entry_id).first()
    if found is None:
        raise Http404(str(entry_id))
    return found


@require_safe
@staff_page(CaseRight.FILE)
def entry(request: HttpRequest, access: Access, entry_id: int) -> HttpResponse:
    """Show an entry: whom it names, what it asks, its files, and what is wrong with it."""
    return _shown(request, access, _entry(access, entry_id))


def _shown(
    request: HttpRequest, access: Access, found: RegistryEntry, *, status: int = 200, **bound: Form
) -> HttpResponse:
    body, set_up = access.institution, office_of(access.institution)
    is_open = found.state == EntryState.WAITING and found.erased_at is None
    made = _preview(access, found) if is_open else None
    context: dict[str, Any] = {
        "entry": found,
        "is_open": is_open,
        "made": made,
        "subject": made.exchange.field(SUBJECT_SEGMENT, "Resumen") if made else "",
        "troubles": [trouble_text(code, where) for code, where, _ in found.troubles],
        "may_open_case": bool(found.case_id and openable(access, [found.case_id])),
        "file_form": bound.get("file_form")
        or FileEntryForm(body, initial={"kind_id": set_up.kind_id if set_up else None}),
        "reject_form": bound.get("reject_form") or RejectEntryForm(),
        "bound": [form for form in bound.values() if form.errors],
        "replies": _replies(found) if set_up else [],
    }
    return render(request, "sicres/workspace/entry.html", context, status=status)


def _preview(access: Access, found: RegistryEntry) -> Preview | None:
    """Return what an entry would become; reading it is noted, as it names people. None while its file cannot
    be fetched or read.
    """
    try:
        exchange = exchange_of(found)
    except (Refused, StoreAway):
        return None
    if exchange is None:
        return None
    with transaction.atomic():
        record_access(access.institution.pk, access.user.pk, found.stream, current_time())
    return preview_of(found, exchange)


def _replies(found: RegistryEntry) -> list[tuple[str, str]]:
    """Return what can be handed back to the origin: name in the address and words."""
    if not found.identifier or not found.origin_code:
        return []
    decided = {
        EntryState.FILED: "Confirmación (mensaje 03)",
        EntryState.REJECTED: "Rechazo (entrada devuelta)",
        EntryState.REFUSED: "Error (mensaje 02)",
    }
    acknowledged = [] if found.state == EntryState.REFUSED else [(RECEIVED, "Acuse de recibo (mensaje 01)")]
    state = EntryState(found.state)
    if found.erased_at is not None:
        decided[EntryState.REJECTED] = "Rechazo con su motivo (mensaje 02)"
    return [*acknowledged, *([(DECIDED, decided[state])] if state in decided else [])]


@require_POST
@staff_page(CaseRight.FILE)
def to_case(request: HttpRequest, access: Access, entry_id: int) -> HttpResponse:
    """Make the request of an entry."""
    found, body = _entry(access, entry_id), access.institution
    form = FileEntryForm(body, request.POST)
    if form.is_valid():
        try:
            case = file_entry(
                institution=body, entry_id=found.pk, kind_id=form.cleaned_data["kind_id"], actor=access.user,
                now=current_time(),
            )  # fmt: skip
            messages.success(request, f"Solicitud {case.folio} creada. Devuelva la confirmación a su origen.")
            if openable(access, [case.pk]):
                return redirect("workspace:sicres:entry", body.slug, found.pk)
            return redirect("workspace:sicres:entries", body.slug)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _shown(request, access, _entry(access, entry_id), status=422, file_form=form)


@require_POST
@staff_page(CaseRight.FILE)
def reject(request: HttpRequest, access: Access, entry_id: int) -> HttpResponse:
    """Reject an entry."""
    found, body = _entry(access, entry_id), access.institution
    form = RejectEntryForm(request.POST)
    if form.is_valid():
        try:
            reject_entry(
                institution=body, entry_id=found.pk, reason=form.cleaned_data["reason"], actor=access.user,
                now=current_time(),
            )  # fmt: skip
            messages.success(request, "Entrada rechazada. Devuelva el rechazo a su origen.")
            return redirect("workspace:sicres:entry", body.slug, found.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _shown(request, access, _entry(access, entry_id), status=422, reject_form=form)


@require_safe
@staff_page(CaseRight.FILE)
def entry_file(request: HttpRequest, access: Access, entry_id: int) -> HttpResponseBase:
    """Hand out the file as it came; noted, as it names people."""
    found = _entry(access, entry_id)
    return _file(access, ENTRY, found.pk, found.stream)


def _file(access: Access, subject: str, pk: int, stream: str) -> HttpResponseBase:
    kept = attachments_of(access.institution.pk, subject, [pk])[pk]
    if not kept:
        raise Http404(str(pk))
    with transaction.atomic():
        record_access(access.institution.pk, access.user.pk, stream, current_time())
    return staff_download(access.institution.pk, kept[0].pk, subject, {pk})


@require_safe
@staff_page(CaseRight.FILE)
def reply(request: HttpRequest, access: Access, entry_id: int, which: str) -> HttpResponse:
    """Hand out a message for the origin of an entry."""
    found, set_up = _entry(access, entry_id), office_of(access.institution)
    if set_up is None or which not in (RECEIVED, DECIDED):
        raise Http404(which)
    try:
        content = reply_of(found, set_up, which)
    except Refused as refused:
        raise Http404(refused.code) from refused
    with transaction.atomic():  # a rejection gives back all that came, with whoever it names
        record_access(access.institution.pk, access.user.pk, found.stream, current_time())
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{which}-{found.pk}.xml"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@staff_page(CaseRight.FILE)
def dispatches(request: HttpRequest, access: Access) -> HttpResponse:
    """List what was sent, the newest first."""
    asked = Asked.of(request, Filter("estado", "Estado", DispatchState.choices), cursor="desde")
    rows = visible_dispatches(access).select_related("case")
    if asked.kept.get("estado", "") in DispatchState.values:
        rows = rows.filter(state=asked.kept["estado"])
    context = {"asked": asked, "listing": asked.listing(rows, ("-pk",))}
    return render(request, "sicres/workspace/dispatches.html", context)


def _dispatch(access: Access, dispatch_id: int) -> Dispatch:
    found = visible_dispatches(access).select_related("case", "sent_by").filter(pk=dispatch_id).first()
    if found is None:
        raise Http404(str(dispatch_id))
    return found


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(CaseRight.FILE)
def dispatch(request: HttpRequest, access: Access, dispatch_id: int) -> HttpResponse:
    """Show what was sent and what was said of it; once accepted, end the request here."""
    found, body = _dispatch(access, dispatch_id), access.institution
    reason = f"La aceptó {found.destination_name}, con el número {found.number}." if found.number else ""
    form = TransferAcceptedForm(request.POST or None, initial={"reason": reason})
    may_transfer = found.state == DispatchState.ACCEPTED and can_transfer(access, found)
    if form.is_bound and not may_transfer:
        raise Http404("nothing to transfer")
    if form.is_bound and form.is_valid():
        try:
            transfer_accepted(
                institution=body, dispatch_id=found.pk, actor=access.user, now=current_time(),
                reason=form.cleaned_data["reason"],
            )  # fmt: skip
            messages.success(request, f"{found.case.folio} trasladada a {found.destination_name}.")
            return redirect("workspace:sicres:dispatch", body.slug, found.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    context = {"sent": found, "form": form, "may_transfer": may_transfer}
    return render(request, "sicres/workspace/dispatch.html", context, status=422 if form.is_bound else 200)


def can_transfer(access: Access, sent: Dispatch) -> bool:
    """Return whether the holder of `access` may end the request of something sent, which they see. No SQL
    when warm.
    """
    return sent.case.state in OPEN_STATES and may(access, sent.case, CaseRight.WORK)


@require_safe
@staff_page(CaseRight.FILE)
def dispatch_file(request: HttpRequest, access: Access, dispatch_id: int) -> HttpResponseBase:
    """Hand out the file of exchange; noted, as it names its person."""
    found = _dispatch(access, dispatch_id)
    return _file(access, DISPATCH, found.pk, found.case.stream)
