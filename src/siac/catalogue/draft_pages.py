# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of sheets that are being written: their list, one with what it changes, its form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.catalogue.commands import drafts
from siac.catalogue.domain.drafts import DraftState
from siac.catalogue.domain.gaps import gaps_of
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.forms import ReturnForm, ServiceForm
from siac.catalogue.models import ServiceDraft
from siac.catalogue.panels import origin_of
from siac.catalogue.queries import draft_digest, open_drafts, service_sheet, term_words
from siac.catalogue.service_pages import process_told, service_of
from siac.catalogue.texts import DRAFT_TAGS, DraftStateLabel, OfferingLabel
from siac.catalogue.wording import changed, told_saves, words_of
from siac.kernel.errors import Refused
from siac.organizations.public import Access, overtaken, staff_page
from siac.ui.lists import Asked, Filter
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_form, record_list

_LIST, _ONE = "workspace:catalogue:drafts", "workspace:catalogue:draft"
_OPEN = [(each.value, str(each.label)) for each in (DraftStateLabel.DRAFT, DraftStateLabel.REVIEW)]


@require_safe
@staff_page(ServiceRight.READ)
def draft_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the sheets that are being written, by name; of those that are given back it says so."""
    slug = access.institution.slug
    asked = Asked.of(
        request, Filter("estado", "Estado", _OPEN), Filter("tipo", "Qué es", OfferingLabel.choices)
    )
    rows = open_drafts(access.institution).select_related("responsible", "started_by")
    if state := asked.kept.get("estado"):
        rows = rows.filter(state=state)
    if offering := asked.kept.get("tipo"):
        rows = rows.filter(offering=offering)
    listing = asked.listing(rows, ("sort_key", "pk"))
    return record_list(
        request,
        title="Borradores de fichas",
        columns=["Ficha", "Qué es", "Estado", "Unidad", "La empezó", "Cambia algo publicado"],
        rows=[Row(_cells(row), reverse(_ONE, args=[slug, row.pk])) for row in listing.rows],
        listing=listing,
        add=("Agregar un servicio", reverse("workspace:catalogue:service_new", args=[slug]))
        if access.has(ServiceRight.KEEP)
        else None,
        intro="Lo que se escribe y lo que espera que otra persona lo apruebe. Nadie de fuera lo ve.",
        empty="No hay ninguna ficha en borrador ni en revisión.",
    )


def _cells(row: ServiceDraft) -> list[str]:
    state = "Devuelta" if row.returned_because and row.state == DraftState.DRAFT else row.get_state_display()
    return [
        row.name, row.get_offering_display(), state, str(row.responsible or "—"),
        row.started_by.name if row.started_by else "la instalación", "Sí" if row.service_id else "No",
    ]  # fmt: skip


def _of(access: Access, draft_id: int) -> ServiceDraft:
    rows = ServiceDraft.objects.filter(institution=access.institution).select_related(
        "responsible", "topic", "service", "started_by", "submitted_by", "decided_by"
    )
    found = get_object_or_404(rows, pk=draft_id)
    found.institution = access.institution
    return found


@require_safe
@staff_page(ServiceRight.READ)
def draft(request: HttpRequest, access: Access, draft_id: int) -> HttpResponse:
    """Show a draft as people will read it, what it lacks, what it changes, and what is done with it."""
    return _shown(request, access, _of(access, draft_id), ReturnForm())


def _shown(
    request: HttpRequest, access: Access, row: ServiceDraft, form: ReturnForm, *, refused: str = ""
) -> HttpResponse:
    today = access.institution.local_date(current_time())
    is_own = access.user.pk in drafts.writers_of(row)
    is_review = row.state == DraftState.REVIEW
    gaps = gaps_of(row, today) if row.is_open else []
    base = row.service.snapshot() if row.service else None
    context = {
        "draft": row,
        "state": DRAFT_TAGS[DraftState(row.state)],
        "origin": origin_of(access, row.origin),
        "sheet": service_sheet(row),
        "term": term_words(row),
        **process_told(row),
        "gaps": gaps,
        "is_blocked": any(gap.is_required for gap in gaps),
        "changes": changed(access.institution, base, row.snapshot()) if base and row.is_open else [],
        "saves": told_saves(access.institution, row),
        "may_write": access.has(ServiceRight.KEEP) and row.state == DraftState.DRAFT,
        "may_call_back": access.has(ServiceRight.KEEP) and is_review,
        "may_decide": access.has(ServiceRight.PUBLISH) and is_review and not is_own,
        "is_own": access.has(ServiceRight.PUBLISH) and is_review and is_own,
        "act_url": reverse(
            f"{_ONE}_decide" if is_review else f"{_ONE}_step", args=[access.institution.slug, row.pk]
        ),
        "seen": draft_digest(row, row.service.version if row.service else None),
        "form": form,
        "refused": refused,
    }
    status = 422 if refused or form.is_bound else 200
    return render(request, "catalogue/workspace/draft.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(ServiceRight.KEEP)
def draft_form(request: HttpRequest, access: Access, draft_id: int | None = None) -> HttpResponse:
    """Write a sheet: a new one, or one that is in draft."""
    institution = access.institution
    row = _of(access, draft_id) if draft_id is not None else None
    today = institution.local_date(current_time())
    form = ServiceForm(institution, row, today, request.POST or None, request.FILES or None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        files = fields.pop("attachments")
        saved = drafts.save_draft(
            institution=institution, draft=row, actor=access.user, now=current_time(), files=files, **fields
        )
        messages.success(request, "Borrador guardado. Lo publicado sigue igual hasta que se apruebe.")
        return redirect(_ONE, institution.slug, saved.pk)

    name = row.name if row else "Nueva ficha"  # before the form writes on the row
    back = (
        reverse(_ONE, args=[institution.slug, row.pk])
        if row
        else reverse("workspace:catalogue:services", args=[institution.slug])
    )
    return record_form(
        request, form, save, title=name, back_url=back, submit="Guardar el borrador",
        overtaken=lambda refused: overtaken(form, refused, row, words_of(institution)) if row else [],
    )  # fmt: skip


@require_POST
@staff_page(ServiceRight.KEEP)
def start(request: HttpRequest, access: Access, service_id: int) -> HttpResponse:
    """Begin to change what is published, or go on with what somebody began."""
    row = drafts.start_draft(
        institution=access.institution, service=service_of(access, service_id), actor=access.user,
        now=current_time(),
    )  # fmt: skip
    return redirect("workspace:catalogue:draft_change", access.institution.slug, row.pk)


_STEPS: dict[str, tuple[Callable[..., ServiceDraft], str]] = {
    "enviar": (drafts.submit_draft, "Enviada a revisión. La aprueba otra persona."),
    "retirar": (drafts.call_back_draft, "Ya no está en revisión: puede seguir escribiendo."),
    "descartar": (drafts.leave_draft, "Borrador descartado. Lo publicado sigue igual."),
}


@require_POST
@staff_page(ServiceRight.KEEP)
def step(request: HttpRequest, access: Access, draft_id: int) -> HttpResponse:
    """Send a draft to review, take it back from there, or leave it (`hacer`)."""
    row = _of(access, draft_id)
    command, said = _STEPS.get(request.POST.get("hacer", ""), (None, ""))
    if command is None:
        return redirect(_ONE, access.institution.slug, row.pk)
    try:
        command(institution=access.institution, draft=row, actor=access.user, now=current_time())
    except Refused as refused:
        return _shown(request, access, _of(access, draft_id), ReturnForm(), refused=refusal_text(refused))
    messages.success(request, said)
    if request.POST["hacer"] == "descartar":
        return redirect(_LIST, access.institution.slug)
    return redirect(_ONE, access.institution.slug, row.pk)


@require_POST
@staff_page(ServiceRight.PUBLISH)
def decide(request: HttpRequest, access: Access, draft_id: int) -> HttpResponse:
    """Publish a draft that somebody else wrote, as it was looked at (`visto`), or give it back with a
    reason.
    """
    row, form = _of(access, draft_id), ReturnForm()
    common: dict[str, Any] = {
        "institution": access.institution, "draft": row, "actor": access.user, "now": current_time()
    }  # fmt: skip
    try:
        if request.POST.get("hacer") == "devolver":
            form = ReturnForm(request.POST)
            if not form.is_valid():
                return _shown(request, access, row, form)
            drafts.return_draft(**common, reason=form.cleaned_data["reason"])
            messages.success(request, "Devuelta a quien la escribió.")
            return redirect(_ONE, access.institution.slug, row.pk)
        published = drafts.publish_draft(**common, seen=request.POST.get("visto", ""))
    except Refused as refused:
        return _shown(request, access, _of(access, draft_id), form, refused=refusal_text(refused))
    messages.success(request, f"Publicada: es la edición {published.version}.")
    return redirect("workspace:catalogue:service", access.institution.slug, published.pk)
